"""How the blocks of a document are set in HTML: which template prints a block, where a row's cells stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from paper.document import (
    CENTRE,
    RIGHT,
    SECTION,
    Block,
    Cell,
    Chart,
    CheckCode,
    Heading,
    Paragraph,
    Row,
    Table,
)
from paper.marks import BAND_SHAPES, band_mark

register = template.Library()

FACES: dict[type, str] = {
    Heading: "paper/_heading.html",
    Paragraph: "paper/_paragraph.html",
    Table: "paper/_table.html",
    Chart: "paper/_chart.html",
}


@dataclass(frozen=True)
class Placed:
    """One cell of a row on paper: over how many columns, as the row's head or not, how aligned."""

    cell: Cell
    span: int
    is_head: bool
    css: str
    scope: str

    @property
    def mark(self) -> SafeString:
        """The band as a drawing, beside its words."""
        has_band = self.cell.mark in BAND_SHAPES and self.cell.mark != "no_data"
        return SafeString(f"{band_mark(self.cell.mark, decorative=True)} ") if has_band else SafeString()


@register.filter
def face(block: Block) -> str:
    """The template that prints a block."""
    return FACES[type(block)]


@register.filter
def placed(table: Table, row: Row) -> Iterator[Placed]:
    """The cells from left to right; the last one spans what is left."""
    last = len(row.cells) - 1
    for place, cell in enumerate(row.cells):
        span = len(table.columns) - last if place == last else 1
        is_head = place == table.head_column
        yield Placed(cell, span, is_head, _css(cell, table, place), "rowgroup" if row.look == SECTION else "row")


@register.filter
def drawing(chart: Chart) -> SafeString:
    """The chart's own SVG: made by our own marks, never by a person."""
    return mark_safe(chart.svg)


def _css(cell: Cell, table: Table, place: int) -> str:
    align = cell.align or table.columns[place].align
    if align == CENTRE:
        return "centre"
    if align == RIGHT:
        # A word before the number ("khoảng 910.000") may stand on a line of its own; a bare number never breaks.
        is_bare = isinstance(cell.value, (Decimal, int)) and not cell.note and not re.search(r"[^\W\d]", cell.text)
        return "number" if is_bare else "figure"
    return "words"


@register.filter
def square_code(check: CheckCode) -> SafeString:
    """The square code of the address where a copy may be checked; nothing where no address is known."""
    if not check.is_reachable:
        return SafeString()
    import segno  # only a process that prints needs it

    svg = segno.make(check.address, error="m").svg_inline(scale=2, border=0, omitsize=False)
    return mark_safe(svg.replace("<path", f"<title>Mã tra cứu {check.code}</title><path", 1))
