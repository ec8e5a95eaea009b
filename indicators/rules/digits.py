"""Two neighbouring digits in the wrong order: asked where the number is odd as typed and fits when they change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from indicators.choices import TimeRule
from indicators.rules.oddities import Check, FigureContext, FigureWarning, note

# How far beyond the steps so far a number is still usual.
SPREAD_SHARE = Decimal("0.15")
#: So many figures that all end in zeros are a way of counting, and what the zeros are called.
ROUND_FIGURES = 4
ROUND_TO = {1000: "nghìn", 100: "trăm", 10: "chục"}


def slip_of_digits(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Beyond what is usual, while the same digits with two neighbours in the other order are not."""
    usual = None if amount <= 0 or context.is_bare_rate else _usual(context)
    if usual is None or usual[0] <= amount <= usual[1]:
        return None
    for other in with_digits_swapped(amount, context.decimals):
        if usual[0] <= other <= usual[1]:
            sentence = f"Có phải {context.say(other)} không? {context.say(amount)} lệch với các kỳ trước"
            return note("digits", f"{sentence}, đổi chỗ hai chữ số thì khớp.")
    return None


def slip_of_round_number(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Not round, where all figures of the row are and the same digits in the other order would be too."""
    known = [_in_last_place(value, context) for value in (*context.history, *(one.amount for one in context.sisters))]
    figures = [value for value in known if value]
    whole = _in_last_place(amount, context)
    if whole is None or amount <= 0 or len(figures) < ROUND_FIGURES or None in known:
        return None
    place = next((zeros for zeros in ROUND_TO if all(value % zeros == 0 for value in figures)), None)
    if place is None or whole % place == 0 or min(figures) < 10 * place:
        return None
    for other in with_digits_swapped(amount, context.decimals):
        if (_in_last_place(other, context) or 0) % place == 0:
            sentence = f"Có phải {context.say(other)} không? {context.say(amount)} không tròn {ROUND_TO[place]}"
            return note("round", f"{sentence} như các số khác của chỉ tiêu, đổi chỗ hai chữ số thì tròn.")
    return None


def with_digits_swapped(amount: Decimal, decimals: int) -> Iterator[Decimal]:
    """The number with two neighbouring digits in the other order, from the left; none gets a zero that is not written.

    A number below one is written with its zero ("0,7"), so 7,0 is one of its neighbours and the other way round.
    """
    whole = amount.scaleb(decimals)
    digits = str(int(whole)).zfill(decimals + 1) if whole == int(whole) else ""
    for n in range(len(digits) - 1):
        is_unwritten = n == 0 and digits[1] == "0" and len(digits) > decimals + 1
        if digits[n] != digits[n + 1] and not is_unwritten:
            yield Decimal(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]).scaleb(-decimals)


def _in_last_place(value: Decimal, context: FigureContext) -> int | None:
    """How many of the indicator's last decimal place a number is; None where it is finer."""
    scaled = value.scaleb(context.decimals)
    return int(scaled) if scaled == int(scaled) else None


def _usual(context: FigureContext) -> tuple[Decimal, Decimal] | None:
    """Between what the figure would be after its least and its largest change so far, and as far again beyond."""
    if context.is_cumulative or context.is_reduction:
        return None
    changes, base = context.history, Decimal(0)
    if context.time_rule != TimeRule.FLOW and context.levels:
        base = context.levels[-1]
        changes = tuple(after - before for before, after in zip(context.levels, context.levels[1:], strict=False))
    if len(changes) < 2:
        return None
    low, high = min(changes), max(changes)
    slack = high - low + SPREAD_SHARE * max(abs(low), abs(high))
    return base + low - slack, base + high + slack


DIGITS: tuple[Check, ...] = (slip_of_digits, slip_of_round_number)
