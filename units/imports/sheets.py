"""Tables in a file that somebody filled in (Excel or CSV): lines of text by column, faults with sheet and cell."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from xlsxwriter.utility import xl_col_to_name

from units.imports.package import BROKEN, EMPTY, MAX_BYTES, TOO_LARGE, check_package
from units.rules.encodings import UTF16_MARKS, WrongEncoding, decoded, why_not_text
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed
from vietnamese.text import nfc, search_key

MOST_ROWS, MOST_COLUMNS, HEAD_WITHIN = 5000, 60, 12
NO_SHEET = "Tệp không có trang “{sheet}”. Tải biểu mẫu ở trang này, nhập vào tệp đó rồi nạp lại."
NO_HEAD = "Trang “{sheet}” không có dòng tiêu đề với cột “{title}”. Tải biểu mẫu rồi nhập vào tệp đó."
TWO_COLUMNS = "Trang “{sheet}” có hai cột “{title}”. Xóa một cột rồi nạp lại."
STRANGE = "Không có cột “{title}” trong biểu mẫu. Ghi lại đúng tên cột, hoặc xóa cột ấy rồi nạp lại."
NO_ROWS = "Trang “{sheet}” chưa có dòng nào dưới tiêu đề. Nhập ít nhất một dòng rồi nạp lại."
TOO_MANY_ROWS = "Trang “{sheet}” có hơn {most} dòng. Chia thành nhiều tệp rồi nạp lần lượt."
MERGED = "Các ô {cells} bị gộp nên không biết giá trị thuộc dòng nào. Bỏ gộp ô, ghi đủ từng dòng rồi nạp lại."
FORMULA = "Ô là công thức. Ghi kết quả bằng chữ hoặc số, không để công thức."
BROKEN_CELL = "Ô đang báo lỗi {value}. Ghi lại giá trị."
_BROKEN_VALUES = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


@dataclass(frozen=True)
class Title:
    """One column that may be read: the key by which it is known, its title, other titles, and whether it must be."""

    key: str
    title: str
    others: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet that is looked for."""

    sheet: str
    titles: tuple[Title, ...]
    is_needed: bool = True


class Fault(NamedTuple):
    """What is wrong, and where: in words, and by the key of the column."""

    place: str
    sentence: str
    key: str = ""


@dataclass
class Line:
    """One row of a table as texts; columns that the file does not have are missing."""

    sheet: str
    number: int
    texts: dict[str, str]
    letters: dict[str, str] = field(default_factory=dict)

    def place(self, key: str = "") -> str:
        """Where a cell stands, in words."""
        where = f"ô {self.letters[key]}{self.number}" if key in self.letters else f"dòng {self.number}"
        return f"{self.sheet}, {where}" if self.sheet else where[0].upper() + where[1:]

    def fault(self, key: str, sentence: str) -> Fault:
        """A complaint about one cell."""
        return Fault(self.place(key), sentence, key)

    def text(self, key: str) -> str:
        """What stands in the cell; "" where nothing does."""
        return self.texts.get(key, "")


@dataclass
class Came:
    """What was read of a file: lines by sheet, and what of it cannot be read."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Cell(NamedTuple):
    text: str
    fault: str = ""


class _Grid(NamedTuple):
    """One sheet as rows of cells, with the ranges that are merged (first row, last row, name)."""

    name: str
    rows: list[list[_Cell]]
    merged: list[tuple[int, int, str]]


def read_tables(content: bytes, tables: Sequence[Table]) -> Came:
    """The tables of the file; raises the sentence that says why the file as a whole cannot be taken."""
    grids = _csv_grid(content) if _is_text(content) else _excel_grids(content)
    came = Came()
    for table in tables:
        grid = _grid_of(table, grids, is_only=len(tables) == 1)
        if grid is None and table.is_needed:
            raise ValidationError(NO_SHEET.format(sheet=table.sheet))
        came.lines[table.sheet] = [] if grid is None else _lines(table, grid, came.faults)
    return came


def _grid_of(table: Table, grids: Sequence[_Grid], *, is_only: bool) -> _Grid | None:
    """The sheet by its name; a file with one sheet is taken as the first table whatever its name."""
    wanted = search_key(table.sheet)
    named = next((grid for grid in grids if search_key(grid.name) == wanted), None)
    if named is None and len(grids) == 1 and (is_only or table.is_needed):
        return grids[0]
    return named


# --- Cells -----------------------------------------------------------------------------------------------------------


def _is_text(content: bytes) -> bool:
    """A plain text: no package, no old Office file, and no zero bytes but those of UTF-16."""
    if not content:
        raise ValidationError(EMPTY)
    if len(content) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return False
    return content.startswith(UTF16_MARKS) or b"\x00" not in content[:4096]


def _csv_grid(content: bytes) -> list[_Grid]:
    """A CSV file is one sheet; its separator is whichever its head uses most."""
    try:
        text = decoded(content)
    except WrongEncoding as fault:
        raise ValidationError(str(fault)) from None
    head = text[:2000]
    separator = max(";,\t", key=head.count)
    rows = [[_Cell(nfc(one).strip()) for one in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    return [_Grid("", rows, [])]


def _excel_grids(content: bytes) -> list[_Grid]:
    """Every visible sheet; a hidden one is not read."""
    check_package(content)
    from openpyxl import load_workbook  # a tenth of the program's start, and few processes ever read a workbook

    try:
        workbook = load_workbook(BytesIO(content), keep_links=False)
        grids = []
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            last = min(sheet.max_row, MOST_ROWS + HEAD_WITHIN + 1)
            rows = [[_cell(one) for one in row] for row in sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS)]
            merged = [(area.min_row, area.max_row, area.coord) for area in sheet.merged_cells.ranges]
            grids.append(_Grid(sheet.title, rows, sorted(merged)))
    except Exception as error:  # the library raises almost anything for a file that was written by hand
        raise ValidationError(BROKEN) from error
    return grids


def _cell(cell: Any) -> _Cell:
    """The text of a cell, and why it cannot be taken."""
    value = getattr(cell, "value", None)
    if value is None:
        return _Cell("")
    if getattr(cell, "data_type", "") == "f":
        return _Cell("", FORMULA)
    if isinstance(value, datetime | date):
        return _Cell(format_date(value))
    if isinstance(value, bool):
        return _Cell("có" if value else "không")
    if isinstance(value, int):
        return _Cell(str(value))
    if isinstance(value, float):
        return _Cell(format_trimmed(Decimal(f"{value:.15g}")).replace(".", "")) if math.isfinite(value) else _Cell("")
    text = " ".join(nfc(str(value)).split())
    return _Cell("", BROKEN_CELL.format(value=text)) if text in _BROKEN_VALUES else _Cell(text)


# --- Rows ------------------------------------------------------------------------------------------------------------


def _lines(table: Table, grid: _Grid, faults: list[Fault]) -> list[Line]:
    """The lines below the head; merged cells among them are a fault of their own."""
    label = f"Trang “{grid.name}”" if grid.name else ""
    head, columns = _head(table, grid)
    for place, cell in enumerate(grid.rows[head - 1]):
        if cell.text and place not in columns.values():
            where = f"ô {xl_col_to_name(place)}{head}"
            faults.append(Fault(f"{label}, {where}" if label else where, STRANGE.format(title=cell.text)))
    for first, last, coord in grid.merged:
        if last > head:
            faults.append(Fault(f"{label}, dòng {first}", MERGED.format(cells=coord)))
    letters = {key: xl_col_to_name(place) for key, place in columns.items()}
    lines = []
    for number, row in enumerate(grid.rows[head:], start=head + 1):
        cells = {key: row[place] if place < len(row) else _Cell("") for key, place in columns.items()}
        if not any(cell.text or cell.fault for cell in cells.values()):
            continue
        line = Line(label, number, {key: cell.text for key, cell in cells.items()}, letters)
        for key, cell in cells.items():
            if wrong := cell.fault or why_not_text(cell.text):
                faults.append(line.fault(key, wrong))
        lines.append(line)
    if len(lines) > MOST_ROWS:
        raise ValidationError(TOO_MANY_ROWS.format(sheet=table.sheet, most=MOST_ROWS))
    if not lines and table.is_needed:
        raise ValidationError(NO_ROWS.format(sheet=table.sheet))
    return lines


def _head(table: Table, grid: _Grid) -> tuple[int, dict[str, int]]:
    """The row below the head (counted from 0), and the place of each column that is known."""
    known = {search_key(name): title.key for title in table.titles for name in (title.title, *title.others)}
    needed = [title for title in table.titles if title.is_needed]
    best: dict[str, int] = {}
    for number, row in enumerate(grid.rows[:HEAD_WITHIN], start=1):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            key = known.get(search_key(cell.text)) if cell.text else None
            if key in places:
                raise ValidationError(TWO_COLUMNS.format(sheet=table.sheet, title=cell.text))
            if key:
                places[key] = place
        if all(title.key in places for title in needed):
            return number, places
        best = max(best, places, key=len)
    missing = next(title for title in needed if title.key not in best)
    if wrong := next((why_not_text(cell.text) for row in grid.rows[:HEAD_WITHIN] for cell in row if cell.text), ""):
        raise ValidationError(wrong)
    raise ValidationError(NO_HEAD.format(sheet=table.sheet, title=missing.title))
