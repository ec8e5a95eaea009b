"""Checks of a figure against the other units of its cluster in the same period, where a person may see them.

Units of one cluster work towards the same plans under the same sky: what they reach in a period, as a share of their
plans or beside their own period before, lies close together. How close, they say themselves: the measure of what is far
is the usual distance of the others from their middle. Where they scatter, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from indicators.rules.digits import with_digits_swapped
from indicators.rules.oddities import Check, FigureContext, FigureWarning, Sister, note
from indicators.rules.progress import HUNDRED, ZERO
from vietnamese.numbers import format_number, format_percent

# From so many others on there is a middle; closer than a fiftieth of it nobody needs to be.
FEWEST = 2
CLOSE = Decimal("0.02")
# The usual distance of normally scattered values from their middle, beside the middle one of the distances.
USUAL_OF_MIDDLE = Decimal("1.4826")
# Far away is beyond so many usual distances, near is within so many.
FAR = Decimal("2.5")
NEAR = Decimal(2)
# Odd by itself, whatever the digits: so many distances, and so many times too much or too little.
OUT_OF_LINE = Decimal(8)
TIMES = Decimal("1.5")


@dataclass(frozen=True)
class Measure:
    """A number beside which units of different size can be compared, and how such a comparison is said."""

    scale: Callable[[Sister], Decimal | None]
    say: Callable[[Decimal], str]


@dataclass(frozen=True)
class Expected:
    """What the others lead to expect of this unit: the middle, the usual distance from it, in the figure's own unit."""

    middle: Decimal
    distance: Decimal
    scale: Decimal
    measure: Measure

    def away(self, amount: Decimal) -> Decimal:
        """How many usual distances an amount lies from the middle."""
        return abs(amount - self.middle) / self.distance

    def compare(self, amount: Decimal) -> str:
        """The figure and the others in the same words."""
        own, others = self.measure.say(amount / self.scale), self.measure.say(self.middle / self.scale)
        return f"{own}, các đơn vị cùng cụm, khối khoảng {others.removeprefix('bằng ')}"


SHARE = Measure(lambda one: one.target, lambda part: f"bằng {format_percent(part * HUNDRED)} kế hoạch")
GROWTH = Measure(lambda one: one.before, lambda times: f"bằng {format_number(times, 2)} lần kỳ trước")


def digits_unlike_sisters(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Far from what the other units lead to expect, while the same digits in the other order are near it."""
    for expected in _expected(context):
        if expected.away(amount) > FAR:
            for other in with_digits_swapped(amount, context.decimals):
                if expected.away(other) <= NEAR:
                    sentence = f"Có phải {context.say(other)} không? {context.say(amount)} {expected.compare(amount)}"
                    return note("digits_beside", f"{sentence}; đổi chỗ hai chữ số thì khớp.")
    return None


def out_of_line(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Far out of the line of the other units, by the comparison in which they lie closest together."""
    expected = min(_expected(context), key=lambda one: one.distance / one.middle, default=None)
    if expected is None or expected.away(amount) <= OUT_OF_LINE:
        return None
    if expected.middle / TIMES <= amount <= expected.middle * TIMES:
        return None
    return note("out_of_line", f"{context.say(amount)} {expected.compare(amount)}. Kiểm tra lại với đơn vị.")


def _expected(context: FigureContext) -> Iterator[Expected]:
    """By share of the plan, then beside the period before; where enough others can be compared so."""
    if context.amount is None or context.amount <= ZERO or context.is_bare_rate or context.is_reduction:
        return
    own = Sister(context.amount, _before(context), context.plan_amount, context.is_cumulative)
    others = [one for one in context.sisters if one.is_cumulative == context.is_cumulative]
    for measure in (SHARE, GROWTH):
        scale = measure.scale(own)
        shares = [one.amount / beside for one in others if (beside := measure.scale(one)) and beside > ZERO]
        middle = median(shares) if len(shares) >= FEWEST else ZERO
        if scale and scale > ZERO and middle > ZERO:
            distance = USUAL_OF_MIDDLE * median(abs(share - middle) for share in shares)
            least = max(CLOSE * middle * scale, Decimal(1).scaleb(-context.decimals))
            yield Expected(middle * scale, max(distance * scale, least), scale, measure)


def _before(context: FigureContext) -> Decimal | None:
    """The figure of the period before; a flow that is entered as lũy kế has none."""
    return None if context.is_cumulative or not context.previous else context.previous[-1]


SISTERS: tuple[Check, ...] = (digits_unlike_sisters, out_of_line)
