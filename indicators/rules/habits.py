"""Checks of a figure against what the unit usually does, asked where no plainer check has spoken."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import TimeRule
from indicators.rules.digits import DIGITS
from indicators.rules.oddities import Check, FigureContext, FigureWarning, asks_reason, note
from indicators.rules.progress import ONE, ZERO, ratio
from vietnamese.numbers import format_number, format_percent

# A step is unusual beyond so many times the largest before it; small numbers and small shares of the plan may jump.
STEP_FACTOR = Decimal(2)
FLOW_FACTOR = Decimal(2)
SECOND_FACTOR = Decimal(4)
DROP_FACTOR = Decimal(8)
STEADY_SHARE = Decimal("0.05")
PLAN_SHARE = Decimal("0.04")
SMALL = Decimal(10)
FEW = Decimal(4)
OTHERS_FACTOR = Decimal(3)
OTHERS_PART = Decimal(8)
MANY_OTHERS = 3
FIRST_SHARE = Decimal("0.6")
# A month that outdoes all of the year before it, or is hardly anything beside it.
YEAR_FACTOR = Decimal("1.5")
YEAR_PART = Decimal(50)


def unusual_step(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Far beyond what the unit's own figures have done from one period to the next, though no slip of a thousand."""
    if amount < ZERO or context.is_reduction or context.is_bare_rate:
        return None
    if context.time_rule == TimeRule.FLOW:
        return _unusual_flow(context, amount)
    if not context.levels or amount == ZERO:
        return None
    before = context.levels[-1]
    if len(context.levels) == 1:
        return _unusual_second(context, amount, before)
    largest = max(abs(later - earlier) for earlier, later in zip(context.levels, context.levels[1:], strict=False))
    step = amount - before
    usual = max(STEP_FACTOR * largest, STEADY_SHARE * abs(before), PLAN_SHARE * _plan(context), _few(context))
    if abs(step) <= usual:
        return None
    how = "tăng" if step > ZERO else "giảm"
    return asks_reason(
        "unusual",
        f"{context.say(amount)}: {how} {context.say(abs(step))} so với kỳ trước ({context.say(before)}), trong khi các "
        f"kỳ trước mỗi kỳ thay đổi nhiều nhất {context.say(largest)}.",
    )


def _unusual_second(context: FigureContext, amount: Decimal, before: Decimal) -> FigureWarning | None:
    """With one earlier figure alone only a multiple of it is unusual."""
    most = abs(before) * SECOND_FACTOR + _few(context)
    small = ONE if context.decimals else SMALL
    if abs(before) / SECOND_FACTOR <= amount <= most or max(before, amount) < small:
        return None
    when = "kỳ trước" if context.history else "đầu kỳ"
    return asks_reason("unusual", f"{context.say(amount)}, {when} là {context.say(before)}.")


def _unusual_flow(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Work of one period far above the best or far below the poorest before."""
    known = [value for value in context.history if value > ZERO]
    if not known:
        return _unusual_first(context, amount)
    most, least = max(known), min(known)
    factor = FLOW_FACTOR if len(known) > 1 else SECOND_FACTOR
    if amount > max(factor * most, most + _few(context)):
        how = f"gấp {format_number(amount / most, 1)} lần kỳ cao nhất trước đây ({context.say(most)})"
    elif ZERO < amount < least / DROP_FACTOR:
        how = f"chỉ bằng 1/{format_number(least / amount, 0)} kỳ thấp nhất trước đây ({context.say(least)})"
    else:
        return None
    return asks_reason("unusual", f"{context.say(amount)} {how}.")


def _unusual_first(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """The first flow: nearly the whole plan at once, or out of all proportion to what was entered as lũy kế before."""
    if context.is_cumulative or context.is_held_by_base:
        return None
    share = ratio(amount, context.target)
    if share is not None and share > FIRST_SHARE * 100 and amount > _few(context):
        return asks_reason("unusual", f"Kỳ đầu đã bằng {format_percent(share)} kế hoạch.")
    before = ZERO if context.cumulative is None else context.cumulative - amount
    if amount > YEAR_FACTOR * before + _few(context) and before > ZERO:
        how = f"gấp {format_number(amount / before, 1)} lần cả số đã làm từ đầu năm ({context.say(before)})"
        return asks_reason("unusual", f"Riêng kỳ này {context.say(amount)}, {how}.")
    if ZERO < amount * YEAR_PART < before:
        how = f"chỉ bằng 1/{format_number(before / amount, 0)} số đã làm từ đầu năm ({context.say(before)})"
        return note("unusual", f"{context.say(amount)} {how}. Có thể nhầm đơn vị tính; xem lại.")
    return None


def _few(context: FigureContext) -> Decimal:
    """By so much a small count may jump; measured amounts by as little as a unit."""
    return ONE if context.decimals else FEW


def _plan(context: FigureContext) -> Decimal:
    """The size of the plan in the figure's own unit; nothing where it has none."""
    return ZERO if context.plan_amount is None else abs(context.plan_amount)


def unlike_the_others(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Far above or below every other unit, where a unit has no history of its own to be held against."""
    known = [value for value in context.others if value > ZERO]
    if context.history or len(known) < MANY_OTHERS or amount <= ZERO:
        return None
    most, least = max(known), min(known)
    if amount > OTHERS_FACTOR * most and amount > most + _few(context):
        how = f"gấp {format_number(amount / most, 1)} lần đơn vị cao nhất"
    elif amount * OTHERS_PART < least:
        how, most = f"chỉ bằng 1/{format_number(least / amount, 0)} đơn vị thấp nhất", least
    else:
        return None
    sentence = f"{context.say(amount)} {how} trong các đơn vị khác ({context.say(most)}). Kiểm tra lại với đơn vị."
    return note("unlike_others", sentence)


HABITS: tuple[Check, ...] = (unusual_step, *DIGITS, unlike_the_others)
