"""So cùng kỳ: a figure against the same period of the year before, in the words in which it is printed everywhere."""

from __future__ import annotations

from decimal import Decimal

from indicators.rules.progress import HUNDRED, ZERO
from vietnamese.numbers import NO_BREAK_SPACE, format_number, format_percent, round_half_up

PLACES = 1
NOTHING_THEN = "cùng kỳ bằng 0"


def against_last_year(now: Decimal | None, then: Decimal | None) -> str:
    """ "bằng 112,5 % (tăng 12,5 %)"; the two percentages always agree, because the second is taken from the first.

    Without one of the figures there is nothing to say. Of nothing there is no percentage, and of a negative figure none
    that means anything: then the difference is told.
    """
    if now is None or then is None:
        return ""
    if now == then:
        return "bằng cùng kỳ"
    if then == ZERO:
        return NOTHING_THEN
    if then < ZERO or now < ZERO:
        difference = now - then
        return f"{_word(difference)} {_plain(abs(difference))}"
    percent = round_half_up(now / then * HUNDRED, PLACES)
    change = percent - HUNDRED
    if change == ZERO:
        return f"bằng {format_percent(percent, PLACES)}"
    return f"bằng {format_percent(percent, PLACES)} ({_word(change)} {format_percent(abs(change), PLACES)})"


def rate_against_last_year(now: Decimal | None, then: Decimal | None) -> str:
    """Percentages are subtracted, not divided: "tăng 3,2 điểm %"."""
    if now is None or then is None:
        return ""
    difference = round_half_up(now, PLACES) - round_half_up(then, PLACES)
    if difference == ZERO:
        return "bằng cùng kỳ"
    return f"{_word(difference)} {format_number(abs(difference), PLACES)} điểm{NO_BREAK_SPACE}%"


def _word(difference: Decimal) -> str:
    return "tăng" if difference > ZERO else "giảm"


def _plain(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    return format_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)
