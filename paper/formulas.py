"""Formulas of a workbook's cells: addresses by column key, and the sums, rates and differences that reports need."""

from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell


class Cells:
    """The addresses and the shown decimals that a formula of one cell may use."""

    def __init__(self, places: dict[str, int], row: int, children: Sequence[int], decimals: int) -> None:
        self._places, self._row, self._children, self.decimals = places, row, children, decimals

    def here(self, key: str) -> str:
        """The cell of the same row in the column of this key."""
        return str(xl_rowcol_to_cell(self._row, self._places[key]))

    def children(self, key: str) -> str:
        """The cells of the rows directly below this one in the outline, as ranges; empty where there are none."""
        letter = xl_col_to_name(self._places[key])
        ranges: list[list[int]] = []
        for row in self._children:
            if ranges and ranges[-1][1] == row - 1:
                ranges[-1][1] = row
            else:
                ranges.append([row, row])
        return ",".join(f"{letter}{a + 1}" if a == b else f"{letter}{a + 1}:{letter}{b + 1}" for a, b in ranges)


Formula = Callable[[Cells, Any], str | None]


def ratio(numerator: str, denominator: str, *, times: int = 100) -> Formula:
    """Formula of a rate from two columns of the row, rounded as shown; empty without two numbers or over 0."""

    def formula(cells: Cells, row: object) -> str:
        above, below = cells.here(numerator), cells.here(denominator)
        quotient = f"ROUND({above}/{below}*{times},{cells.decimals})"
        return f'=IF(AND(ISNUMBER({above}),ISNUMBER({below})),IF({below}=0,"",{quotient}),"")'

    return formula


def total(key: str) -> Formula:
    """Formula of the sum over the child rows, rounded as shown; empty where no child has a number."""

    def formula(cells: Cells, row: object) -> str | None:
        children = cells.children(key)
        return f'=IF(COUNT({children})=0,"",ROUND(SUM({children}),{cells.decimals}))' if children else None

    return formula


def difference(minuend: str, subtrahend: str) -> Formula:
    """Formula of the difference of two columns of the row, rounded as shown; empty where either is not a number."""

    def formula(cells: Cells, row: object) -> str:
        left, right = cells.here(minuend), cells.here(subtrahend)
        return f'=IF(AND(ISNUMBER({left}),ISNUMBER({right})),ROUND({left}-{right},{cells.decimals}),"")'

    return formula
