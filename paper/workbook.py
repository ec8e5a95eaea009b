"""Excel primitives: sheets declared as columns, real numbers and dates, formulas stored with their values.

XlsxWriter writes a formula together with its value, so a viewer that cannot calculate shows the same numbers as Excel.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Generic

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from paper.columns import DATE_FORMAT, MOMENT_FORMAT, CellValue, Column, Row, shown_decimals, shown_number
from paper.lines import LINE_POINTS, lines_of, row_points
from paper.looks import LOOKS, Looks
from paper.plots import Plot, insert_plot
from paper.row_writer import RowWriter
from paper.styles import StyledWorkbook

__all__ = [
    "DATE_FORMAT",
    "MOMENT_FORMAT",
    "CellValue",
    "Column",
    "Head",
    "Plot",
    "Sheet",
    "sheet_names",
    "shown_decimals",
    "shown_number",
    "workbook_bytes",
    "write_sheet",
    "write_workbook",
]

#: So many rows leave a page room for their chart.
MOST_ROWS_ABOVE_PLOT = 24

_FORBIDDEN_IN_SHEET_NAMES = str.maketrans("[]:*?/\\", "       ")
#: Excel takes no more.
SHEET_NAME_LETTERS = 31


@dataclass(frozen=True)
class Head:
    """What stands above the table: who, what, over which window, figures up to when, and where they come from."""

    title: str
    authority: str = ""
    issuer: str = ""
    period: str = ""
    cut_off: str = ""
    labels: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """The lines in order, each with its look; empty ones are left out."""
        lines = [("authority", self.authority), ("issuer", self.issuer), ("title", self.title)]
        lines += [("subtitle", self.period), ("subtitle", self.cut_off)]
        lines += [("note", " · ".join(self.labels))]
        return [(look, text) for look, text in lines if text]


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """One sheet: columns declared as data, rows as they come, outline level and look of a row as functions of it.

    With `level` the rows are read into memory, for a formula may then sum its children; without it they stream.
    `fit_rows` reckons the height of each row from its texts: not every program does so when it opens the file.
    """

    name: str
    head: Head
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    level: Callable[[Row], int] | None = None
    look: Callable[[Row], str] | None = None
    freeze_columns: int = 2
    notes: tuple[str, ...] = ()
    landscape: bool = True
    autofilter: bool = True
    fit_rows: bool = False
    plot: Plot | None = None


def workbook_bytes(
    sheets: Sequence[Sheet[Any]], *, title: str, author: str = "", created: datetime | None = None
) -> bytes:
    """The whole workbook in memory; with `created` the same sheets give the same bytes."""
    target = BytesIO()
    write_workbook(target, sheets, title=title, author=author, created=created)
    return target.getvalue()


def write_workbook(
    target: BinaryIO | Path | str,
    sheets: Sequence[Sheet[Any]],
    *,
    title: str,
    author: str = "",
    created: datetime | None = None,
    constant_memory: bool = False,
) -> None:
    """Write the sheets to a file; `constant_memory` keeps one row at a time, for exports of tens of thousands."""
    place = str(target) if isinstance(target, Path) else target
    # What is kept whole is packed in memory as well: a file for each of its hundred parts costs more than its bytes.
    options = {"constant_memory": constant_memory, "in_memory": not constant_memory, "remove_timezone": True}
    workbook = StyledWorkbook(place, options)
    workbook.set_properties({"title": title, "author": author, **({"created": created} if created else {})})
    workbook.set_calc_mode("auto")
    looks = Looks(workbook)
    for sheet, name in zip(sheets, sheet_names([sheet.name for sheet in sheets]), strict=True):
        write_sheet(workbook, sheet, looks, name=name)
    workbook.close()


def write_sheet(workbook: StyledWorkbook, sheet: Sheet[Any], looks: Looks, *, name: str = "") -> Worksheet:
    """Add one sheet: head block, head of the table, rows, notes, and how it stands on screen and on A4."""
    worksheet = workbook.add_worksheet(name or sheet.name)
    for place, column in enumerate(sheet.columns):
        worksheet.set_column(place, place, column.width, looks.get("note"))
    head_row = _write_head(worksheet, sheet, looks)
    first_row = _write_table_head(worksheet, sheet.columns, looks, head_row)
    writer = RowWriter(worksheet, sheet.columns, looks)
    end_row = _write_rows(worksheet, sheet, writer, first_row)
    for line, note in enumerate(sheet.notes):
        worksheet.write_string(end_row + 1 + line, 0, note, looks.get("note"))
    for cell_name, (row, place) in writer.names.items():
        cell = xl_rowcol_to_cell(row, place, row_abs=True, col_abs=True)
        workbook.define_name(cell_name, f"={quote_sheetname(worksheet.get_name())}!{cell}")
    last = end_row - 1 + (1 + len(sheet.notes) if sheet.notes else 0)
    if sheet.plot is not None and end_row > first_row:
        last += insert_plot(workbook, worksheet, sheet.plot, writer.places, (first_row, end_row - 1), last + 2)
    _set_view(worksheet, sheet, head_row, first_row, end_row, last)
    return worksheet


def _write_head(worksheet: Worksheet, sheet: Sheet[Any], looks: Looks) -> int:
    last = len(sheet.columns) - 1
    width = sum(column.width for column in sheet.columns)
    lines = sheet.head.lines()
    for row, (look, text) in enumerate(lines):
        size = LOOKS[look]["font_size"]
        centred = LOOKS[look]["align"] == "center"
        # A merged cell never grows by itself: reckon its lines at the width of an average letter of its size.
        needed = -(-len(text) * size // int(width * 11)) if centred else 1
        worksheet.set_row(row, needed * size * 1.45)
        if centred and last > 0:
            worksheet.merge_range(row, 0, row, last, "", looks.get(look))
        worksheet.write_string(row, 0, text, looks.get(look))
    return len(lines) + 1 if lines else 0


def _write_table_head(worksheet: Worksheet, columns: Sequence[Column[Any]], looks: Looks, row: int) -> int:
    """One head row, or two where columns are grouped; row by row and without upright merges, as streaming demands."""
    grouped = any(column.group for column in columns)
    if grouped:
        start = 0
        while start < len(columns):
            group, end = columns[start].group, start
            while group and end + 1 < len(columns) and columns[end + 1].group == group:
                end += 1
            look = looks.get("head" if group else "head_top")
            if end > start:
                worksheet.merge_range(row, start, row, end, group, look)
            else:
                worksheet.write_string(row, start, group, look) if group else worksheet.write_blank(
                    row, start, None, look
                )
            start = end + 1
        row += 1
    # Capitals and bold letters are wider than those of the rows.
    worksheet.set_row(row, max(lines_of(column.title, column.width * 0.85) for column in columns) * LINE_POINTS + 4)
    for place, column in enumerate(columns):
        look = "head_bottom" if grouped and not column.group else "head"
        worksheet.write_string(row, place, column.title, looks.get(look))
    return row + 1


def _write_rows(worksheet: Worksheet, sheet: Sheet[Any], writer: RowWriter, first_row: int) -> int:
    rows, children = sheet.rows, _NO_CHILDREN
    if sheet.level is not None:
        rows = list(rows)
        children = _children([sheet.level(row) for row in rows], first_row)
    number = first_row
    for number, row in enumerate(rows, start=first_row + 1):
        depth = sheet.level(row) if sheet.level is not None else 0
        values = [column.value(row) for column in sheet.columns]
        height = _height(sheet.columns, row, values) if sheet.fit_rows else None
        if depth > 0 or height:
            worksheet.set_row(number - 1, height, None, {"level": min(depth, 7)})
        look = sheet.look(row) if sheet.look else "row"
        writer.write(number - 1, row, values, look, children.get(number - 1, ()))
    return number


def _height(columns: Sequence[Column[Any]], row: Any, values: Sequence[CellValue]) -> float:
    """Points that the longest wrapped text of the row takes, by the width of an average letter."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, str) and len(value) > column.width:
            inset = column.indent(row) * 1.5 if column.indent else 0
            lines = max(lines, lines_of(value, column.width - inset))
    return row_points(lines)


_NO_CHILDREN: dict[int, list[int]] = {}


def _children(levels: Sequence[int], first_row: int) -> dict[int, list[int]]:
    """For each sheet row with rows one level below it, those rows."""
    found: dict[int, list[int]] = {}
    above: list[tuple[int, int]] = []
    for row, level in enumerate(levels, start=first_row):
        while above and above[-1][1] >= level:
            above.pop()
        if above:
            found.setdefault(above[-1][0], []).append(row)
        above.append((row, level))
    return found


def _set_view(
    worksheet: Worksheet, sheet: Sheet[Any], head_row: int, first_row: int, end_row: int, last_row: int
) -> None:
    last = len(sheet.columns) - 1
    bottom = max(end_row - 1, first_row - 1)
    worksheet.freeze_panes(first_row, sheet.freeze_columns)
    if sheet.autofilter:
        worksheet.autofilter(first_row - 1, 0, bottom, last)
    worksheet.outline_settings(symbols_below=False)
    worksheet.hide_gridlines(2)
    worksheet.set_paper(9)
    if sheet.landscape:
        worksheet.set_landscape()
    worksheet.set_margins(left=0.59, right=0.59, top=0.79, bottom=0.79)
    # A table with its chart stays on one page, as long as it can still be read there.
    worksheet.fit_to_pages(1, 1 if sheet.plot is not None and end_row - first_row <= MOST_ROWS_ABOVE_PLOT else 0)
    worksheet.repeat_rows(head_row, first_row - 1)
    worksheet.print_area(0, 0, max(bottom, last_row), last)
    worksheet.set_footer('&L&"Times New Roman,Italic"&10&A&R&"Times New Roman,Regular"&10Trang &P/&N')


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """The names that sheets with these titles get, in order: formulas of one sheet may speak of another."""
    taken: set[str] = set()
    return [_sheet_name(one, taken) for one in wanted]


def _cut(text: str, most: int) -> str:
    """The text in so many letters; a long one ends with a whole word where it has one in its second half."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 0, most + 1)
    return text[: end if end > most // 2 else most].rstrip(" -,;")


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts: 31 letters at most, none of its forbidden signs, each once, case ignored."""
    plain = " ".join(wanted.translate(_FORBIDDEN_IN_SHEET_NAMES).split()).strip("'") or "Bảng"
    name, number = _cut(plain, SHEET_NAME_LETTERS), 1
    while name.lower() in taken:
        number += 1
        suffix = f" ({number})"
        name = _cut(plain, SHEET_NAME_LETTERS - len(suffix)) + suffix
    taken.add(name.lower())
    return name
