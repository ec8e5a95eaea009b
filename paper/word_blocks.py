"""The blocks of a document as Word markup: heads, paragraphs, editable tables, and what stands for a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from paper.document import (
    BASIS,
    CENTRE,
    NOTE,
    PART,
    RIGHT,
    SECTION,
    TOTAL,
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
)
from paper.marks import BAND_SIGNS
from paper.measure import width_in_mm
from paper.word_styles import LOOKS, TABLE_STYLE
from paper.word_xml import CellXml, paragraph, run, table, table_row, twips

_STYLES = {NOTE: "GhiChu", BASIS: "CanCu"}
_SHADES = {SECTION: "EEF1F5", TOTAL: "EEF1F5"}
_INDENT_MM = 4
_SMALL = 18


def blocks_xml(blocks: Sequence[Block], width: float, *, in_annex: bool = False, keeps_last: bool = False) -> str:
    """All blocks in order, in a text of this width in millimetres; the last paragraph with what comes after them."""
    last = len(blocks) - 1 if keeps_last else None
    return "".join(_block(block, width, in_annex, is_kept=place == last) for place, block in enumerate(blocks))


def _block(block: Block, width: float, in_annex: bool, *, is_kept: bool) -> str:
    if isinstance(block, Heading):
        broken = "<w:pageBreakBefore/>" if block.is_on_new_page else ""
        return paragraph(f"Heading{block.level}", run(block.text), properties=broken)
    if isinstance(block, Paragraph):
        spans = [run(span.text, bold=span.is_bold, italic=span.is_italic) for span in block.spans]
        return paragraph(_STYLES.get(block.kind, "NoiDung"), *spans, properties="<w:keepNext/>" if is_kept else "")
    if isinstance(block, Table):
        return table_xml(block, width, in_annex=in_annex)
    return _chart(block, width, in_annex)


def _chart(chart: Chart, width: float, in_annex: bool) -> str:
    """A drawing cannot be edited: its values stand as a table, or the words that tell them."""
    if chart.data is not None:
        return table_xml(chart.data, width, in_annex=in_annex, caption=chart.caption)
    caption = paragraph("TenBang", run(chart.caption)) if chart.caption else ""
    return caption + paragraph("GhiChu", run(chart.alternative))


def table_xml(block: Table, width: float, *, in_annex: bool = False, caption: str = "") -> str:
    """The table with its caption above and its source below."""
    style = ("OPhuLucNho" if block.is_dense else "OPhuLuc") if in_annex else "OBang"
    widths = column_widths(block.columns, width)
    title = caption or block.caption
    rows = [*_head(block, widths, style), *(_row(block, row, widths, style) for row in block.rows)]
    parts = [
        paragraph("TenBang", run(title)) if title else paragraph("DuongKe", properties="<w:keepNext/>"),
        table(widths, rows, style=TABLE_STYLE, words=title or block.columns[block.head_column].title),
        paragraph("GhiChu", run(block.source)) if block.source else paragraph("DuongKe"),
    ]
    return "".join(parts)


def column_widths(columns: Sequence[Column], width: float) -> list[float]:
    """Millimetres of each column: those without a width share what is left over."""
    left = width - sum(column.width for column in columns)
    open_ones = sum(not column.width for column in columns)
    share = max(left / open_ones, 8.0) if open_ones else 0.0
    return [float(column.width) or share for column in columns]


def _head(block: Table, widths: Sequence[float], style: str) -> list[str]:
    """One line, two where columns are grouped, and the numbers of the columns."""
    rows = []
    if block.has_groups:
        upper: list[tuple[CellXml, float]] = []
        place = 0
        for group, columns in block.head:
            room = sum(widths[place : place + len(columns)])
            upper.append(
                (CellXml(_head_cell(group, "", style), span=len(columns)), room)
                if group
                else (CellXml(_head_cell(columns[0].title, columns[0].note, style), merge="restart"), room)
            )
            place += len(columns)
        rows.append(table_row(upper, is_head=True))
    lower = [
        CellXml(paragraph(style), merge="continue")
        if block.has_groups and not column.group
        else CellXml(_head_cell(column.title, column.note, style))
        for column in block.columns
    ]
    size = LOOKS[style].size
    needed = max(_lines(column, width, size) for column, width in zip(block.columns, widths, strict=True))
    room = (needed - 1) * size * 1.15 if block.has_groups else 0
    rows.append(table_row(zip(lower, widths, strict=True), is_head=True, points=room))
    if block.has_column_numbers:
        numbers = [run(f"({place})", italic=True, half_points=20) for place in range(1, len(widths) + 1)]
        cells = [CellXml(paragraph(style, one, properties=_align(CENTRE))) for one in numbers]
        rows.append(table_row(zip(cells, widths, strict=True), is_head=True))
    return rows


def _lines(column: Column, width: float, size: float) -> int:
    """How many lines the head of a column takes, its words broken at the blanks."""
    lines, filled = 1, 0.0
    for word in column.title.split():
        long = width_in_mm(f"{word} ", size, bold=True)
        if filled and filled + long > width - 2:
            lines, filled = lines + 1, 0.0
        filled += long
    return lines + bool(column.note)


def _head_cell(title: str, note: str, style: str) -> str:
    runs = [run(title, bold=True)]
    if note:
        runs.append(run(f"\n{note}", italic=True, half_points=_SMALL))
    return paragraph(style, *runs, properties=f"<w:keepNext/>{_align(CENTRE)}")


def _row(block: Table, row: Row, widths: Sequence[float], style: str) -> str:
    """The cells from left to right; the last one spans what is left."""
    last = len(row.cells) - 1
    cells = []
    for place, cell in enumerate(row.cells):
        span = len(widths) - last if place == last else 1
        is_head = place == block.head_column
        content = _cell(cell, row, block.columns[place], style, is_head)
        cells.append((CellXml(content, span=span, shade=_SHADES.get(row.look, "")), sum(widths[place : place + span])))
    return table_row(cells)


def _cell(cell: Cell, row: Row, column: Column, style: str, is_head: bool) -> str:
    bold, italic = row.look in (SECTION, TOTAL), row.look == PART
    sign = f"{BAND_SIGNS[cell.mark]} " if cell.mark in BAND_SIGNS and cell.mark != "no_data" else ""
    runs = [run(f"{sign}{cell.text}", bold=bold, italic=italic)]
    if cell.note:
        runs.append(run(f"\n{cell.note}", italic=True, half_points=_SMALL))
    align = cell.align or column.align
    if not cell.align and isinstance(cell.value, (Decimal, int)) and align != CENTRE:
        align = RIGHT
    indent = f'<w:ind w:left="{twips(_INDENT_MM * row.level)}"/>' if is_head and row.level else ""
    keep = "<w:keepNext/>" if row.look in (SECTION, TOTAL) else ""
    return paragraph(style, *runs, properties=f"{keep}{indent}{_align(align)}")


def _align(align: str) -> str:
    word = {CENTRE: "center", RIGHT: "right"}.get(align, "left")
    return f'<w:jc w:val="{word}"/>'
