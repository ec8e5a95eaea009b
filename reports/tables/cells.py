"""One value of a report as every face shows it: its text, and for Excel the number with the format that prints so."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from indicators.tables.standings import Standing
from indicators.tables.wording import NONE
from vietnamese.numbers import format_number, format_trimmed, round_half_up

HUNDRED = Decimal(100)
RATE_DECIMALS = 1


class Cell(NamedTuple):
    """A text; where it is one number, that number and its Excel format too."""

    text: str = NONE
    number: Decimal | None = None
    number_format: str = ""

    @property
    def value(self) -> Decimal | str:
        """What stands in an Excel cell."""
        return self.text if self.number is None else self.number


def amount_format(decimals: int) -> str:
    """The Excel format of an amount; the comma is its mark of thousands and shows as a dot in Vietnam."""
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def amount_cell(value: Decimal | None, decimals: int) -> Cell:
    """An amount in the decimals of its indicator, or a dash."""
    if value is None:
        return Cell()
    return Cell(format_number(value, decimals), value, amount_format(decimals))


def rate_cell(rate: Decimal | None) -> Cell:
    """A percentage with one decimal and without its sign, for a column whose head says it."""
    return amount_cell(rate, RATE_DECIMALS)


def worded_cell(text: str, value: Decimal | None, decimals: int) -> Cell:
    """A number with words around it ("trên 1.200.000", "40 %"): the words go into the format, the number stays one."""
    written = "" if value is None else format_number(value, decimals)
    before, found, after = text.partition(written) if written else (text, "", "")
    if not found or '"' in text:
        return Cell(text)
    quoted = [f'"{words}"' if words else "" for words in (before, after)]
    return Cell(text, value, f"{quoted[0]}{amount_format(decimals)}{quoted[1]}")


def target_cell(standing: Standing) -> Cell:
    """The plan: an amount, a percentage, with its operator; both sides as text where the document disputes it."""
    main = standing.main
    if main is None:
        return Cell(standing.target_text)
    decimals = _written_decimals(main.amount) if main.is_percentage else standing.indicator.decimals
    text = f"{standing.target_text} ({standing.given_text})" if standing.given_text else standing.target_text
    return worded_cell(text, main.amount, decimals)


def opening_cell(standing: Standing) -> Cell:
    """What was done before the launch: one amount or one percentage; as text where there are several or a dispute."""
    if len(standing.openings) != 1:
        return Cell(standing.opening_text)
    only = standing.openings[0]
    if only.amount is not None and only.rate is None:
        return worded_cell(standing.opening_text, only.amount, standing.indicator.decimals)
    if only.rate is not None and only.amount is None:
        return worded_cell(standing.opening_text, only.rate, _written_decimals(only.rate))
    return Cell(standing.opening_text)


def rate_source(standing: Standing) -> str:
    """The column ("cumulative", "since_launch") over which the plan gives the very rate that is shown; "" for none.

    A rate of something else (percent of a base, points, a negative way) is no quotient of two cells of the row.
    """
    main, rate = standing.main, standing.rate
    reached = standing.cumulative if standing.is_year else standing.since_launch
    if rate is None or main is None or main.is_percentage or standing.in_percent or reached is None:
        return ""
    decimals = standing.indicator.decimals
    plan, done = round_half_up(main.amount, decimals), round_half_up(reached, decimals)
    if plan == 0 or _shown(done / plan * HUNDRED, RATE_DECIMALS) != _shown(rate, RATE_DECIMALS):
        return ""
    return "cumulative" if standing.is_year else "since_launch"


def adds_up(whole: Cell, parts: Iterable[Cell], decimals: int) -> bool:
    """Is the whole, as shown, the sum of its parts as shown? Only then may a formula stand for it."""
    numbers = [_shown(part.number, decimals) for part in parts if part.number is not None]
    return whole.number is not None and bool(numbers) and sum(numbers) == _shown(whole.number, decimals)


def _shown(value: Decimal, decimals: int) -> Decimal:
    return round_half_up(value, decimals)


def _written_decimals(value: Decimal) -> int:
    """How many decimals the text of a percentage has: 40 → 0, 19.6 → 1."""
    return len(format_trimmed(value).partition(",")[2])
