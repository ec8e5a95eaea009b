"""A workbook that came back, read as rows of texts: ours, of this subject, nothing moved, added or deleted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from indicators.exports.layout import (
    FIRST_ROW,
    HEAD_ROW,
    ID,
    LABEL,
    VERSION,
    Signature,
    mark_of,
    mark_of_cells,
    read_signature,
)
from indicators.imports.package import BROKEN, check_package
from indicators.tables.template import text_of
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

#: Beyond these nothing is looked at: our largest sheet has some hundreds of rows and some twenty columns.
MOST_ROWS, MOST_COLUMNS = 5000, 60
NOT_OURS = "Tệp không có mã nhận dạng của biểu mẫu. Tải biểu mẫu ở trang này, nhập vào tệp đó rồi nạp lại."
TAMPERED = "Mã ẩn của biểu mẫu đã bị sửa nên không biết số nào của dòng nào. Tải lại biểu mẫu rồi nhập vào tệp mới."
OTHER_SUBJECT = (
    "Tệp này là biểu mẫu của {about}, không phải của {wanted}. Chọn đúng tệp hoặc mở đúng trang rồi nạp lại."
)
HIDDEN_SHEET = "Tệp có trang tính ẩn “{name}”. Xóa trang tính ấy rồi nạp lại."
MORE_SHEETS = "Tệp có thêm trang tính “{name}”. Xóa trang tính ấy, chỉ để lại biểu mẫu, rồi nạp lại."
PUSHED = "Biểu mẫu đã bị thêm dòng hoặc cột ở đầu trang. Xóa phần thêm, hoặc tải lại biểu mẫu, rồi nạp lại."
FORMULA = "Ô {place} là công thức. Nhập kết quả bằng số hoặc chữ, không để công thức."
PERCENT = "Ô {place} đang ở dạng phần trăm nên giá trị trong tệp là {value}. Đổi ô về dạng số thường rồi nhập lại."


@dataclass(frozen=True)
class FileRow:
    """One row as it came: its texts by column, the numbers among them, and which cells cannot be read at all."""

    figure_id: int
    version: int
    cells_mark: int
    texts: dict[str, str]
    exact: dict[str, Decimal] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def is_touched(self, keys: Sequence[str]) -> bool:
        """True when some cell differs from what stood in it when the workbook was made."""
        return bool(self.faults) or mark_of_cells(self.texts, keys) != self.cells_mark


def touched_rows(content: bytes, *, subject: str, about: str) -> list[FileRow]:
    """The rows that somebody changed; raises the sentence that says why the file cannot be taken."""
    check_package(content)
    grid = _grid(content)
    signature = _signature(grid)
    if signature.subject != subject:
        raise ValidationError(OTHER_SUBJECT.format(about=signature.about, wanted=about))
    _check_head(grid, signature)
    _check_rows(grid, signature)
    rows = [_read_row(grid[FIRST_ROW + place], place, signature) for place, one in _figures(signature)]
    return [row for row in rows if row.is_touched(signature.keys)]


def _figures(signature: Signature) -> list[tuple[int, int]]:
    return [(place, row.figure_id) for place, row in enumerate(signature.rows) if row.figure_id]


# --- The sheet -------------------------------------------------------------------------------------------------------


def _grid(content: bytes) -> list[tuple[Any, ...]]:
    """The cells of the one sheet, row by row; read as a stream, so that a merged or distant cell costs nothing."""
    from openpyxl import load_workbook  # a tenth of the program's start, and few processes ever read a workbook

    try:
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheets = [(sheet.title, sheet.sheet_state) for sheet in workbook.worksheets]
        sheet = workbook.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        # Behind the last row stand rules for typing and colours, a fifth of the reading; nobody asks for them here.
        grid = [tuple(row) for row in islice(rows, sheet.max_row)]
    except Exception as error:  # the library raises almost anything for a file that was written by hand
        raise ValidationError(BROKEN) from error
    for name, state in sheets:
        if state != "visible":
            raise ValidationError(HIDDEN_SHEET.format(name=name))
    if len(sheets) > 1:
        raise ValidationError(MORE_SHEETS.format(name=next(name for name, _ in sheets[1:])))
    return grid


def _signature(grid: Sequence[tuple[Any, ...]]) -> Signature:
    """The signature in its place; elsewhere it tells that something was pushed in before it."""
    text = _plain(_cell(grid, 0, ID))
    found = read_signature(text) if text else None
    if found:
        return found
    if any(read_signature(_plain(cell)) for row in grid[:6] for cell in row[:6] if _plain(cell)):
        raise ValidationError(PUSHED)
    raise ValidationError(TAMPERED if ":" in text else NOT_OURS)


def _cell(grid: Sequence[tuple[Any, ...]], row: int, place: int) -> Any:
    if row >= len(grid) or place >= len(grid[row]):
        return None
    return grid[row][place]


def _plain(cell: Any) -> str:
    """The text of a cell, whatever its kind."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return format_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text_of(str(value))
    return format_trimmed(Decimal(f"{value:.15g}")) if math.isfinite(value) else "#NUM!"


# --- Is everything where it was? -------------------------------------------------------------------------------------


def _check_head(grid: Sequence[tuple[Any, ...]], signature: Signature) -> None:
    """Every column in its place, none more, none fewer."""
    row = grid[HEAD_ROW] if len(grid) > HEAD_ROW else ()
    titles = [_plain(cell) for cell in row[LABEL:]]
    while titles and not titles[-1]:
        titles.pop()
    marks, wanted = [mark_of(title) for title in titles], list(signature.head)
    if marks == wanted:
        last = LABEL + len(wanted)
        for number, cells in enumerate(grid[FIRST_ROW:], start=FIRST_ROW + 1):
            if any(_plain(cell) for cell in cells[last:]):
                raise ValidationError(f"Dòng {number} có nội dung ngoài bảng, ở bên phải. Xóa phần ấy rồi nạp lại.")
        return
    if sorted(marks) == sorted(wanted):
        raise ValidationError("Các cột đã bị chuyển chỗ. Đưa cột về chỗ cũ, hoặc tải lại biểu mẫu, rồi nạp lại.")
    more = [title for title, mark in zip(titles, marks, strict=True) if mark not in wanted]
    if set(wanted) <= set(marks):
        name = f" “{more[0]}”" if more and more[0] else ""
        raise ValidationError(f"Biểu mẫu đã bị thêm cột{name}. Xóa cột thêm rồi nạp lại.")
    if more and len(marks) >= len(wanted):
        raise ValidationError(f"Tên cột đã bị sửa thành “{more[0]}”. Tải lại biểu mẫu rồi nhập vào tệp mới.")
    raise ValidationError("Biểu mẫu đã bị xóa cột. Tải lại biểu mẫu rồi nhập vào tệp mới.")


def _check_rows(grid: Sequence[tuple[Any, ...]], signature: Signature) -> None:
    """Every row in its place with its hidden figure and version, none more, none fewer."""
    wanted = [str(row.figure_id) if row.figure_id else "" for row in signature.rows]
    found = [_identity(_cell(grid, FIRST_ROW + place, ID)) for place in range(max(len(wanted), len(grid) - FIRST_ROW))]
    while len(found) > len(wanted) and not found[-1]:
        found.pop()
    if found != wanted:
        raise ValidationError(_what_moved(wanted, found))
    for place, row in enumerate(signature.rows):
        number = FIRST_ROW + place
        version = _identity(_cell(grid, number, VERSION))
        if row.figure_id and version != str(row.version):
            raise ValidationError(TAMPERED)
        label = _plain(_cell(grid, number, LABEL))
        if mark_of(label) != row.label:
            raise ValidationError(
                f"Tên ở dòng {number + 1} (“{label[:60]}”) không còn khớp với số của dòng ấy. "
                "Tải lại biểu mẫu rồi nhập vào tệp mới."
            )
    for number, cells in enumerate(grid[FIRST_ROW + len(wanted) :], start=FIRST_ROW + len(wanted) + 1):
        if any(_plain(cell) for cell in cells):
            raise ValidationError(f"Biểu mẫu đã bị thêm dòng {number}. Xóa dòng thêm rồi nạp lại.")


def _identity(cell: Any) -> str:
    return _plain(cell).replace(".", "")


def _what_moved(wanted: list[str], found: list[str]) -> str:
    """In a sentence: rows deleted, added, moved, or their hidden numbers changed."""
    ours, theirs = [one for one in wanted if one], [one for one in found if one]
    if set(theirs) - set(ours) or len(theirs) != len(set(theirs)):
        return TAMPERED
    if set(ours) - set(theirs):
        missing = len(set(ours) - set(theirs))
        return f"Biểu mẫu đã bị xóa {missing} dòng. Tải lại biểu mẫu rồi nhập vào tệp mới."
    if ours == theirs:
        place = next(
            (at for at, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), len(wanted)
        )
        return f"Biểu mẫu đã bị thêm hoặc xóa dòng ở gần dòng {FIRST_ROW + place + 1}. Bỏ phần thêm rồi nạp lại."
    return "Các dòng đã bị chuyển chỗ hoặc sắp xếp lại. Tải lại biểu mẫu rồi nhập vào tệp mới."


# --- One row ---------------------------------------------------------------------------------------------------------


def _read_row(cells: tuple[Any, ...], place: int, signature: Signature) -> FileRow:
    """The texts of one row; a formula or a percentage is a fault of its cell."""
    signed = signature.rows[place]
    first = LABEL + len(signature.head) - len(signature.keys)
    row = FileRow(signed.figure_id, signed.version, signed.cells, {})
    for at, key in enumerate(signature.keys, start=first):
        cell: Any = cells[at] if at < len(cells) else None  # a cell of openpyxl, or nothing
        row.texts[key] = _plain(cell)
        value = getattr(cell, "value", None)
        if getattr(cell, "data_type", "") == "f":
            row.faults[key] = FORMULA.format(place=cell.coordinate)
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            row.exact[key] = Decimal(f"{value:.15g}")
            if "%" in str(cell.number_format):
                row.faults[key] = PERCENT.format(place=cell.coordinate, value=row.texts[key])
    return row
