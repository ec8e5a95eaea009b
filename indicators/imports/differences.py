"""What a workbook would change: each row with its old and new texts, what may be written, what not and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from indicators.choices import FigureState, TaskStatus
from indicators.exports.template import Refill, Remark
from indicators.forms import NOTHING_AROSE_WORDS, FigureForm
from indicators.imports.reading import FileRow
from indicators.models import VALUE_FIELDS, Figure
from indicators.rules.oddities import FigureWarning
from indicators.services.figures import Entry, as_running_total, clean_values
from indicators.tables.template import (
    CHOICE,
    NOTHING_AROSE,
    NUMBER,
    TICK,
    InputCell,
    InputColumn,
    Template,
    TemplateRow,
)
from vietnamese.text import fold

BLANK = "để trống"
UNSENT = "đơn vị đã nhập, chưa gửi"
GONE = "Dòng này không còn thuộc báo cáo. Tải lại biểu mẫu để có các dòng mới."
CONFLICT = (
    "Số liệu này đã được sửa sau khi tải biểu mẫu. Hiện nay: {now}. Trong tệp: {typed}. "
    "Số hiện nay được giữ; muốn lấy số trong tệp thì nhập lại trên trang, hoặc vào biểu mẫu mới."
)
HIDDEN_CONFLICT = "Đơn vị đã sửa dòng này sau khi tải biểu mẫu nhưng chưa gửi nên chưa xem được. Tải lại biểu mẫu."
TICK_WORDS = {"x", "co", "1", "true", "v"}
UNTICKED_WORDS = {"", "khong", "0", "false"}


@dataclass(frozen=True)
class Change:
    """One cell: its column, what stands there now and what would stand there."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class RowDifference:
    """One row that would change: what may be written and what is odd about it, or why it may not, or what is asked."""

    figure_id: int
    label: str
    changes: tuple[Change, ...]
    refusals: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    is_conflict: bool = False
    entry: Entry | None = None
    refill: Refill = Refill()
    as_written: Figure | None = None
    warnings: tuple[FigureWarning, ...] = ()

    @property
    def is_right(self) -> bool:
        """True when nothing stands against writing it."""
        return self.entry is not None

    @property
    def has_reason(self) -> bool:
        """True when the row would hold a note, which answers what asks for a reason."""
        return bool(self.as_written and self.as_written.note)


@dataclass(frozen=True)
class Preview:
    """Everything that the file would change."""

    rows: tuple[RowDifference, ...]

    @property
    def right(self) -> list[RowDifference]:
        """Rows that can be written."""
        return [row for row in self.rows if row.is_right]

    @property
    def asked(self) -> list[RowDifference]:
        """Rows with a number that could mean two things."""
        return [row for row in self.rows if row.questions and not row.refusals]

    @property
    def refused(self) -> list[RowDifference]:
        """Rows that cannot be written."""
        return [row for row in self.rows if row.refusals]

    @property
    def odd(self) -> list[RowDifference]:
        """Rows that can be written and should be looked at once more."""
        return [row for row in self.rows if row.warnings]

    @property
    def changes(self) -> int:
        """How many cells would change in the rows that can be written."""
        return sum(len(row.changes) for row in self.right)

    @property
    def is_whole(self) -> bool:
        """True when nothing is wrong and nothing is asked."""
        return all(row.is_right for row in self.rows)

    @property
    def refills(self) -> dict[int, Refill]:
        """What to write back into the workbook."""
        return {row.figure_id: row.refill for row in self.rows}


def differences(
    template: Template, rows: Iterable[FileRow], *, confirmed: Collection[int] = (), client_key: str = ""
) -> Preview:
    """Compare what came with what stands; ``confirmed``: rows whose doubtful numbers the person has confirmed."""
    standing = {row.figure.pk: row for row in template.rows}
    columns = {column.key: column for column in template.columns}
    found = []
    for file_row in rows:
        row = standing.get(file_row.figure_id)
        if row is None:
            found.append(RowDifference(file_row.figure_id, "–", (), refusals=(GONE,)))
            continue
        reader = _RowReader(template, row, file_row, columns, is_confirmed=file_row.figure_id in confirmed)
        if difference := reader.difference(client_key):
            found.append(difference)
    foreseen = template.foresee([one.as_written for one in found if one.as_written])
    found = [replace(one, warnings=foreseen[one.figure_id]) if foreseen.get(one.figure_id) else one for one in found]
    order = {pk: place for place, pk in enumerate(standing)}
    return Preview(tuple(sorted(found, key=lambda one: order.get(one.figure_id, len(order)))))


class _RowReader:
    """Reads one row through the form of the grid, and keeps beside each cell what is wrong with it."""

    def __init__(
        self,
        template: Template,
        row: TemplateRow,
        came: FileRow,
        columns: Mapping[str, InputColumn],
        *,
        is_confirmed: bool,
    ) -> None:
        self.template, self.row, self.came, self.columns = template, row, came, columns
        self.is_confirmed = is_confirmed
        self.faults: dict[str, str] = dict(came.faults)
        self.questions: dict[str, str] = {}
        now = row.texts
        typed = {key: text for key, text in came.texts.items() if key in row.cells and key in columns}
        self.typed = typed
        self.changed = [key for key in columns if key in typed and (typed[key] != now[key] or key in came.faults)]
        self.now = now

    def difference(self, client_key: str) -> RowDifference | None:
        """The row's difference, or None where it changes nothing."""
        if not self.changed:
            return None
        if self.row.refusal:
            return self._answer(refusals=[self.row.refusal], everywhere=self.row.refusal)
        if self.came.version != self.row.figure.version:
            sentence = self._conflict()
            return self._answer(refusals=[sentence], everywhere=sentence, is_conflict=True)
        values = self._values()
        if self.faults:
            return self._answer(refusals=list(self.faults.values()))
        if self.questions:
            return self._answer(questions=list(self.questions.values()))
        if not values:
            return None
        try:
            as_written = self._as_written(values)
        except ValidationError as error:
            self.faults["amount"] = error.messages[0]
            return self._answer(refusals=error.messages)
        entry = Entry(self.row.figure.pk, self.came.version, values, client_key, assignment=self.row.figure.assignment)
        return self._answer(entry=entry, as_written=as_written)

    def _as_written(self, values: Mapping[str, Any]) -> Figure:
        """The row as it would stand, made from what this reader sees of it; it is never saved."""
        figure = copy(self.row.figure)
        for name in VALUE_FIELDS:
            setattr(figure, name, getattr(self.row.shown, name))
        for name, value in {**clean_values(figure, values), **as_running_total(figure)}.items():
            setattr(figure, name, value)
        return figure

    def _values(self) -> dict[str, Any]:
        """The columns to write; empty where the cells only say the same in other words."""
        data = self._data()
        form = FigureForm(self.row.figure, data, self.row.bases)
        names = {cell.field: key for key, cell in self.row.cells.items()}
        for name, sentence in form.errors.items():
            self.faults.setdefault(names.get(name, "amount"), sentence)
        for name, question in form.questions.items():
            self.questions.setdefault(names.get(name, "amount"), f"“{question.typed}”: {question.sentence}")
        if self.template.on_behalf:
            self._must_report(form)
        elif not form.has_changes():
            return {}
        left_alone = {cell.field for key, cell in self.row.cells.items() if key not in self.changed}
        texts = left_alone & {"text", "note", "data_source", "as_of_on"}
        return {name: value for name, value in form.values.items() if name not in texts}

    def _must_report(self, form: FigureForm) -> None:
        """Who enters for a unit enters something; a unit's own draft, which is not shown, is never emptied."""
        if not form.errors and form.values.get("state") == FigureState.NOT_REPORTED:
            if self.row.figure.assignment.indicator.is_numeric:
                self.faults["amount"] = "Nhập số liệu, hoặc chọn “Không phát sinh”."
            else:
                self.faults["state"] = "Chọn tình hình thực hiện."

    def _data(self) -> dict[str, str]:
        """The texts under the names of the form."""
        data: dict[str, str] = {}
        for key, text in self.typed.items():
            column, cell = self.columns[key], self.row.cells[key]
            if column.kind == TICK:
                data[cell.field] = self._tick(key, text)
            elif column.kind == CHOICE:
                data[cell.field] = self._choice(key, cell, text)
            else:
                data[cell.field] = text
            if column.kind == NUMBER and (self.is_confirmed or self._is_exact(key, cell)):
                data[f"sure-{cell.field}"] = text
        return data

    def _is_exact(self, key: str, cell: InputCell) -> bool:
        """A number of Excel means itself, unless it would have to be rounded."""
        number = self.came.exact.get(key)
        return number is not None and number == round(number, cell.decimals)

    def _tick(self, key: str, text: str) -> str:
        word = fold(text)
        if word not in TICK_WORDS | UNTICKED_WORDS:
            self.faults.setdefault(key, f"“{text[:40]}”: cột này chỉ đánh dấu x, hoặc để trống.")
        return "1" if word in TICK_WORDS else ""

    def _choice(self, key: str, cell: InputCell, text: str) -> str:
        """The value behind the words of a list."""
        word = fold(text)
        if cell.field == "nothing_arose":
            if word in NOTHING_AROSE_WORDS:
                return "1"
            if word:
                self.faults.setdefault(key, f"“{text[:40]}”: chọn “{NOTHING_AROSE}”, hoặc để trống khi có số.")
            return ""
        if cell.field == "task_status":
            found = next((value for value, label in TaskStatus.choices if fold(str(label)) == word), "")
        else:
            found = text if text in cell.choices else ""
        if text and not found:
            self.faults.setdefault(key, f"“{text[:40]}” không có trong danh sách: {', '.join(cell.choices)}.")
        return found

    def _unseen(self) -> str:
        """What stands in an empty cell: nothing, or what a unit keeps unsent and an office may not see."""
        holds = self.row.figure.state != FigureState.NOT_REPORTED
        return UNSENT if self.template.on_behalf and holds and not any(self.now.values()) else BLANK

    def _conflict(self) -> str:
        """Both values in a sentence; what an office may not see stays unseen."""
        figure = self.row.figure
        if self.template.on_behalf and not any(self.now.values()) and figure.sent_version_id is None:
            return HIDDEN_CONFLICT
        words = [(self.columns[key].title, self.now[key] or BLANK, self.typed[key] or BLANK) for key in self.changed]
        now = "; ".join(f"{title} {text}" for title, text, _ in words)
        return CONFLICT.format(now=now, typed="; ".join(f"{title} {text}" for title, _, text in words))

    def _answer(
        self,
        *,
        refusals: Sequence[str] = (),
        questions: Sequence[str] = (),
        everywhere: str = "",
        is_conflict: bool = False,
        entry: Entry | None = None,
        as_written: Figure | None = None,
    ) -> RowDifference:
        remarks = {key: Remark(text, is_question=True) for key, text in self.questions.items()}
        remarks |= {key: Remark(text) for key, text in self.faults.items()}
        if everywhere:
            remarks = {key: Remark(everywhere, is_question=is_conflict) for key in self.changed}
        exact: dict[str, Decimal] = {key: self.came.exact[key] for key in self.changed if key in self.came.exact}
        return RowDifference(
            figure_id=self.row.figure.pk,
            label=self.row.full_label,
            changes=tuple(
                Change(self.columns[key].title, self.now[key] or self._unseen(), self.typed[key] or BLANK)
                for key in self.changed
            ),
            refusals=tuple(dict.fromkeys(refusals)),
            questions=tuple(questions),
            is_conflict=is_conflict,
            entry=entry,
            as_written=as_written,
            refill=Refill({key: self.typed[key] for key in self.changed}, exact, remarks),
        )
