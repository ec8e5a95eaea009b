"""Columns as wide as their numbers need: a number that breaks within its cell is read as two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from paper.document import RIGHT, SECTION, TOTAL, Column, Table
from paper.measure import width_in_mm

#: The room beside the letters of a cell, and the step of widths that the style sheet of the letter knows.
BESIDE_MM, STEP_MM = 2.6, 2


def fitted(table: Table, points: float) -> Table:
    """The table with no column of numbers narrower than its longest number in letters of this size.

    A column without a width gives the room; words beside a number ("khoảng 910.000") stand on lines of their own.
    """
    columns = tuple(_fitted(table, place, column, points) for place, column in enumerate(table.columns))
    return replace(table, columns=columns)


def _fitted(table: Table, place: int, column: Column, points: float) -> Column:
    if not column.width or column.align != RIGHT:
        return column
    longest = max(_lengths(table, place, points), default=0.0) + BESIDE_MM
    return replace(column, width=max(column.width, ceil(longest / STEP_MM) * STEP_MM))


def _lengths(table: Table, place: int, points: float) -> Iterator[float]:
    """What each word with a digit in it takes, in the rows that have a cell of their own here."""
    for row in table.rows:
        if row.look != SECTION and place < len(row.cells):
            for word in row.cells[place].text.split(" "):
                if any(letter.isdigit() for letter in word):
                    yield width_in_mm(word, points, bold=row.look == TOTAL)
