"""Checks of a figure against its plan and the path to it, asked where no plainer check has spoken."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Direction, TimeRule
from indicators.rules.oddities import Check, FigureContext, FigureWarning, asks_reason, note
from indicators.rules.progress import ONE, ZERO, ratio
from vietnamese.numbers import format_number, format_percent

# One period may do so many times its part of the plan; a first figure also tells of the time before.
STEP_FACTOR = Decimal(3)
FIRST_FACTOR = Decimal(6)
FIRST_PART = Decimal(25)
# Over the plan by so much at once; a plan is mostly passed by little steps.
LEAP = Decimal("1.15")
FEW = Decimal(4)


def leaps_over_the_plan(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """From below the plan to well over it in one period."""
    done, target = context.cumulative, _plan_to_reach(context)
    if done is None or target is None or context.is_cumulative or context.direction != Direction.MORE:
        return None
    before = done - amount if context.time_rule == TimeRule.FLOW else _last(context)
    if before >= target or done <= LEAP * target or done - target <= _few(context):
        return None
    rate = format_percent(ratio(done, target) or ZERO)
    sentence = f"Lũy kế {context.say(done)}, bằng {rate} kế hoạch ({context.say(target)}); đến kỳ trước mới"
    return asks_reason("leap", f"{sentence} {context.say(before)}.")


def off_the_path(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Several times what the plan's path asks of the period; or, as the first figure, hardly anything of it."""
    if context.due is None or context.target is None or context.target <= ZERO or amount <= ZERO:
        return None
    return _first_on_the_path(context, amount, context.due) if not context.previous else _step(context, amount)


def _first_on_the_path(context: FigureContext, amount: Decimal, due: Decimal) -> FigureWarning | None:
    """The first figure tells of all the time before; only what is out of proportion is odd."""
    done = context.reached(amount)
    if done is None:
        return None
    rate = ratio(done, context.target) or ZERO
    if done * FIRST_PART < due and context.direction == Direction.MORE:
        return note("path", f"Mới bằng {format_percent(rate, 2)} kế hoạch. Có thể nhầm đơn vị tính; xem lại.")
    if due > ZERO and done > FIRST_FACTOR * due + _few(context):
        asked = format_percent(ratio(due, context.target) or ZERO)
        return asks_reason("path", f"Kỳ đầu đã bằng {format_percent(rate)} kế hoạch, theo lộ trình là {asked}.")
    return None


def _step(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """What came in this period against the period's own part of the path."""
    target = _plan_to_reach(context)
    if target is None or context.due is None or context.due_before is None or context.is_cumulative:
        return None
    step = amount if context.time_rule == TimeRule.FLOW else amount - _last(context)
    part = context.due - context.due_before
    if part <= ZERO or step <= max(STEP_FACTOR * part, part + _few(context)):
        return None
    how = f"gấp {format_number(step / part, 1)} lần phần kế hoạch của kỳ theo lộ trình ({context.round(part)})"
    return asks_reason("path", f"Riêng kỳ này {context.say(step)}, {how}.")


def _plan_to_reach(context: FigureContext) -> Decimal | None:
    """The plan as an amount above zero."""
    return context.plan_amount if context.plan_amount is not None and context.plan_amount > ZERO else None


def _last(context: FigureContext) -> Decimal:
    """Where the row stood before this period."""
    return context.levels[-1] if context.levels else ZERO


def _few(context: FigureContext) -> Decimal:
    """By so much a small count may jump; measured amounts by as little as a unit."""
    return ONE if context.decimals else FEW


PACE: tuple[Check, ...] = (leaps_over_the_plan, off_the_path)
