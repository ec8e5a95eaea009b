"""How a target is shared among units: as equal as its decimals allow, and never a unit more or less in sum."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal


def shares(whole: Decimal, parts: int, decimals: int) -> tuple[Decimal, ...]:
    """Equal shares of a whole; what does not divide goes to the first ones, one step each.

    10 over 3 without decimals: 4, 3, 3. The sum is the whole, whatever its own decimals.
    """
    step = Decimal(1).scaleb(-decimals)
    share = (whole / parts).quantize(step, ROUND_FLOOR)
    left = whole - share * parts
    more = int(left // step)
    rest = left - step * more
    return tuple(share + (step if place < more else 0) + (rest if place == 0 else 0) for place in range(parts))
