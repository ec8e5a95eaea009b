"""Columns of a sheet declared as data, and how a cell shows a number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from typing import Generic, TypeVar

from paper.formulas import Cells

Row = TypeVar("Row")
CellValue = str | int | float | Decimal | date | datetime | None
DATE_FORMAT = "dd/mm/yyyy"
MOMENT_FORMAT = "hh:mm dd/mm/yyyy"

# Words of a number format, printed as they stand: "khoảng "#,##0.
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its head, what stands in it, how it looks, and the formula that yields the same value.

    `number_format` may differ by row (hectares with one decimal, households with none). `key` is the name by which
    formulas speak of the column. `group` is the upper head of neighbouring columns with the same word. `align` is left,
    center or right; `indent` sets text in by so many steps, to show the outline on paper too.
    A formula that answers None leaves the plain value in its cell. `comment` says where a value comes from; `name`
    gives its cell a name by which formulas of every sheet may call it.
    """

    title: str
    value: Callable[[Row], CellValue]
    width: float = 12
    number_format: str | Callable[[Row], str] = ""
    formula: Callable[[Cells, Row], str | None] | None = None
    group: str = ""
    key: str = ""
    align: str = ""
    indent: Callable[[Row], int] | None = None
    comment: Callable[[Row], str] | None = None
    name: Callable[[Row], str] | None = None

    @cached_property
    def is_plain(self) -> bool:
        """Does nothing but its value and its number format change from row to row?"""
        return not (self.formula or self.indent or self.comment or self.name)


@cache
def shown_decimals(number_format: str) -> int | None:
    """How many decimals a number format shows, a percent sign counted; None for text, dates and the general format."""
    positive = _QUOTED.sub("", number_format).split(";")[0]
    if "0" not in positive or positive == DATE_FORMAT:
        return None
    decimals = sum(character in "0#?" for character in positive.partition(".")[2])
    return decimals + (2 if "%" in positive else 0)


def shown_number(value: Decimal | float, number_format: str) -> float:
    """The number as its cell shows it, half up, so that sums and rates in Excel start from what the reader sees."""
    decimals = shown_decimals(number_format)
    if decimals is None or isinstance(value, int):
        return float(value)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return float(exact.quantize(_step(decimals), ROUND_HALF_UP))


@cache
def _step(decimals: int) -> Decimal:
    """The smallest difference that so many decimals show."""
    return Decimal(1).scaleb(-decimals)
