"""A workbook to fill in, as rows and cells: one row for each figure, and for each cell what may stand in it.

The month of a unit and an indicator over its units have the same shape, so one writer and one reader serve both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from unicodedata import category

from indicators.choices import FigureState, IndicatorKind, TaskStatus, TimeRule
from indicators.models import Denominator, Figure, FigureValues, Indicator, MilestoneStep
from indicators.rules.oddities import FigureWarning
from units.rules.calling import called_together
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed
from vietnamese.text import nfc

#: What may be typed into a column.
NUMBER, CHOICE, TICK, DATE, TEXT = "number", "choice", "tick", "date", "text"
NOTHING_AROSE = "Không phát sinh"
TICKED = "x"
BASE = "base:"

Value = Decimal | date | str | None
#: What would be odd about rows if they stood as these do, by figure; asks the database nothing.
Foresight = Callable[[Sequence[Figure]], Mapping[int, tuple[FigureWarning, ...]]]


@dataclass(frozen=True)
class InputColumn:
    """One column to fill in: its key, its head, what is typed, how wide, and the longest text."""

    key: str
    title: str
    kind: str
    width: float
    limit: int = 0


COLUMNS = (
    InputColumn("amount", "Số liệu kỳ này", NUMBER, 13),
    InputColumn("state", "Tình hình", CHOICE, 15),
    InputColumn("is_cumulative", "Là số lũy kế (x)", TICK, 8),
    InputColumn("is_estimate", "Là số ước (x)", TICK, 7),
    InputColumn("year_estimate", "Ước cả năm", NUMBER, 12),
    InputColumn("step", "Đã xong bước", CHOICE, 8),
    InputColumn("text", "Nội dung đã làm", TEXT, 32, 5000),
    InputColumn("data_source", "Nguồn số liệu", TEXT, 18, 200),
    InputColumn("as_of_on", "Số liệu đến ngày", DATE, 12),
    InputColumn("note", "Ghi chú, lý do", TEXT, 26, 2000),
)


@dataclass(frozen=True)
class InputCell:
    """One cell to fill in: the name by which the form reads it, what stands in it, what may be chosen."""

    field: str
    value: Value
    choices: tuple[str, ...] = ()
    decimals: int = 0
    prompt: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside the cells of a row: the target, the cumulative before, the period before."""

    target: str
    before: str
    previous: str


@dataclass(frozen=True)
class TemplateRow:
    """One figure: its values that this reader may see, what is shown beside it, its cells, and why it is not open.

    What stands beside is told when the sheet is written; who compares a sheet that came back does not ask.
    """

    figure: Figure
    shown: FigureValues
    label: str
    unit_of_measure: str
    read_beside: Callable[[], Beside]
    cells: Mapping[str, InputCell]
    bases: Sequence[Denominator] = ()
    refusal: str = ""
    about: str = ""

    @cached_property
    def beside(self) -> Beside:
        """What stands beside the cells."""
        return self.read_beside()

    @property
    def full_label(self) -> str:
        """The row's name where it stands without its heading."""
        return f"{self.label}, {self.about}" if self.about else self.label

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the cells, each as one text."""
        return {key: text_of(cell.value) for key, cell in self.cells.items()}


@dataclass(frozen=True)
class TemplateGroup:
    """Rows under one heading; without a title there is no heading."""

    title: str
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True)
class Template:
    """The whole workbook. ``subject`` says what it is about, ``about`` says it in words."""

    subject: str
    title: str
    about: str
    window: str
    label_title: str
    before_title: str
    groups: tuple[TemplateGroup, ...]
    columns: tuple[InputColumn, ...]
    foresee: Foresight
    on_behalf: bool = False
    refusal: str = ""
    holders: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[TemplateRow]:
        """All rows in order."""
        return [row for group in self.groups for row in group.rows]

    @property
    def units_called(self) -> str:
        """How the units of the rows are called together."""
        units = {row.figure.assignment.unit_id: row.figure.assignment.unit for row in self.rows}
        return called_together([(unit.kind.name, unit.kind.is_territorial) for unit in units.values()])

    def lines(self) -> Iterator[tuple[str, TemplateRow | None]]:
        """Headings and rows as they stand below one another: the text of the first column, and the row."""
        for group in self.groups:
            if group.title:
                yield group.title, None
            for row in group.rows:
                yield row.label, row


def text_of(value: Value) -> str:
    """One text for what stands in a cell, the same before and after a spreadsheet has kept it."""
    if isinstance(value, Decimal):
        return format_trimmed(value)
    if isinstance(value, date):
        return format_date(value)
    text = nfc(value or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t" or category(sign) == "Zs").strip()


def reported_bases(bases: Iterable[Denominator]) -> tuple[Denominator, ...]:
    """The bases that the unit itself reports."""
    return tuple(base for base in bases if base.is_reported)


def columns_of(rows: Iterable[TemplateRow]) -> tuple[InputColumn, ...]:
    """The columns that some row fills; each named base stands beside the amount."""
    used: dict[str, None] = {}
    for row in rows:
        used |= dict.fromkeys(row.cells)
    bases = [InputColumn(key, f"Mẫu số: {key.removeprefix(BASE)}", NUMBER, 13) for key in used if key.startswith(BASE)]
    plain = [column for column in COLUMNS if column.key in used]
    first = [column for column in plain if column.key == "amount"]
    return (*first, *bases, *(column for column in plain if column.key != "amount"))


def cells_of(
    indicator: Indicator,
    shown: FigureValues,
    bases: Sequence[Denominator],
    steps: Sequence[MilestoneStep],
) -> dict[str, InputCell]:
    """The cells of a row with the values that this reader may see."""
    cells = _number_cells(indicator, shown, bases) if indicator.is_numeric else _task_cells(indicator, shown, steps)
    cells["data_source"] = InputCell("data_source", shown.data_source, prompt=_usual(indicator))
    if indicator.asks_source_date:
        cells["as_of_on"] = InputCell("as_of_on", shown.as_of_on)
    cells["note"] = InputCell("note", shown.note)
    return cells


def _number_cells(indicator: Indicator, shown: FigureValues, bases: Sequence[Denominator]) -> dict[str, InputCell]:
    """What carries numbers."""
    nothing = NOTHING_AROSE if shown.state == FigureState.NOTHING_AROSE else None
    cells = {"amount": InputCell("amount", shown.amount, decimals=indicator.decimals)}
    for base in bases:
        written = shown.denominators.get(str(base.pk))
        amount = Decimal(written) if written else None
        cells[f"{BASE}{base.name}"] = InputCell(f"denominator-{base.pk}", amount, decimals=indicator.decimals)
    cells["state"] = InputCell("nothing_arose", nothing, choices=(NOTHING_AROSE,))
    if indicator.time_rule == TimeRule.FLOW:
        cells["is_cumulative"] = InputCell("is_cumulative", TICKED if shown.is_cumulative else None)
    cells["is_estimate"] = InputCell("is_estimate", TICKED if shown.is_estimate else None)
    cells["year_estimate"] = InputCell("year_estimate", shown.year_estimate, decimals=indicator.decimals)
    return cells


def _task_cells(indicator: Indicator, shown: FigureValues, steps: Sequence[MilestoneStep]) -> dict[str, InputCell]:
    """What is told in words."""
    labels = tuple(str(label) for label in TaskStatus.labels)
    status = str(TaskStatus(shown.task_status).label) if shown.task_status else None
    cells = {"state": InputCell("task_status", status, choices=labels)}
    if indicator.kind == IndicatorKind.MILESTONE and steps:
        names = "; ".join(str(step) for step in steps)
        numbers = tuple(str(step.position) for step in steps)
        reached = None if shown.step is None else str(shown.step)
        cells["step"] = InputCell("step", reached, choices=numbers, prompt=names)
    cells["text"] = InputCell("text", shown.text)
    return cells


def _usual(indicator: Indicator) -> str:
    return f"Thường lấy ở: {indicator.data_source}" if indicator.data_source else ""
