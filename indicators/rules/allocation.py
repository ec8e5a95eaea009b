"""Dividing a target among units: equal parts or by weights, rounded so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

ZERO = Decimal(0)


def shares(total: Decimal, weights: Sequence[Decimal], decimals: int) -> list[Decimal] | None:
    """Parts of the total in proportion to the weights, in so many decimals; None where no weight is above zero.

    Largest remainder (Hare): every part is cut down to the last place, the places that are missing go to the largest
    remainders, the earlier one first where two are alike. The parts always add up to the total, rounded to the same
    place; a unit without weight gets nothing.
    """
    whole = sum((one for one in weights if one > 0), ZERO)
    if not weights or whole <= 0:
        return None
    step = Decimal(1).scaleb(-decimals)
    target = total.quantize(step)
    exact = [abs(target) * max(one, ZERO) / whole for one in weights]
    cut = [one.quantize(step, rounding=ROUND_DOWN) for one in exact]
    missing = int((abs(target) - sum(cut, ZERO)) / step)
    order = sorted(range(len(weights)), key=lambda at: (cut[at] - exact[at], at))
    for at in order[:missing]:
        cut[at] += step
    return [-one if target < 0 else one for one in cut]


def equal_shares(total: Decimal, count: int, decimals: int) -> list[Decimal] | None:
    """As equal parts as the last place allows, adding up exactly."""
    return shares(total, [Decimal(1)] * count, decimals)
