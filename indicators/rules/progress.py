"""Progress against a plan: achievement, whether the plan is met, what is expected to date, and the band."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from indicators.choices import Band, Direction, Operator, TimeRule

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

# "khoảng 2.293 hộ" names a rounded number: 2 % to either side still is that number.
APPROXIMATE_TOLERANCE = Decimal("0.02")


def achievement_rate(cumulative: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Cumulative ÷ target in percent, unrounded; above 100 and below 0 are kept.

    A reduction planned as −10 and carried to −48 stands at 480. For "fewer" the same number says how much of the limit
    is used up. A missing figure, a missing target and a zero target have no percentage: None.
    """
    return ratio(cumulative, target)


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Numerator ÷ denominator in percent, unrounded; None where either is missing or the denominator is zero."""
    if numerator is None or denominator is None or denominator == ZERO:
        return None
    return numerator / denominator * HUNDRED


def bar_length(rate: Decimal | None) -> Decimal:
    """How much of a bar to fill, 0 to 100. Only the bar is clamped; the number beside it stays as it is."""
    return ZERO if rate is None else min(max(rate, ZERO), HUNDRED)


def is_met(cumulative: Decimal | None, target: Decimal | None, *, direction: str, operator: str) -> bool:
    """Does the figure satisfy the target? The direction says which way is good, the operator how the edge counts.

    More: at least the target (above it for ">"). Fewer: within the limit while c ≤ t, so a zero target is met by zero.
    Exactly: equal to it. "≈" widens each by APPROXIMATE_TOLERANCE of the target. A negative target is a reduction to
    be reached, in whichever direction it was entered: −48 meets −10. What is not reported meets nothing.
    """
    if cumulative is None or target is None:
        return False
    done, plan, direction = _towards_plan(cumulative, target, direction)
    slack = plan * APPROXIMATE_TOLERANCE if operator == Operator.ABOUT else ZERO
    if direction == Direction.FEWER:
        return done <= plan + slack
    if direction == Direction.EXACTLY:
        return abs(done - plan) <= slack
    if operator == Operator.MORE_THAN:
        return done > plan
    return done >= plan - slack


def _towards_plan(cumulative: Decimal, target: Decimal, direction: str) -> tuple[Decimal, Decimal, str]:
    """The same figures with the plan counted upwards: a reduction of 10 becomes a plan of 10 to be reached."""
    if target >= ZERO:
        return cumulative, target, direction
    reached = Direction.EXACTLY if direction == Direction.EXACTLY else Direction.MORE
    return -cumulative, -target, reached


# The path: which share of the plan is due by a day.


class PathPoint(NamedTuple):
    """By the end of this day, this share of the plan (0 to 1, above 1 where the path says so) is due."""

    on: date
    share: Decimal


def straight_share(starts_on: date, ends_on: date, on: date, *, opening_share: Decimal = ZERO) -> Decimal:
    """The share due by the end of `on` on a straight line, both ends included; the default path.

    `opening_share` is where the line begins: a plan for the whole year of which 40 % was done before the launch climbs
    from 0.4 to 1, not from 0.
    """
    if on < starts_on:
        return opening_share
    if on >= ends_on:
        return ONE
    elapsed = Decimal((on - starts_on).days + 1) / Decimal((ends_on - starts_on).days + 1)
    return opening_share + (ONE - opening_share) * elapsed


def share_on(path: Iterable[PathPoint], on: date) -> Decimal | None:
    """The share due by the end of `on` on a phased path, in proportion to the days between two of its points.

    Before the first point nothing is due, after the last its share stays. Give the day before the launch as first
    point where the path starts from an opening. A path without points has no share: None.
    """
    points = sorted(path)
    if not points:
        return None
    before = [point for point in points if point.on <= on]
    after = [point for point in points if point.on > on]
    if not before:
        return ZERO
    if not after:
        return before[-1].share
    last, following = before[-1], after[0]
    part = Decimal((on - last.on).days) / Decimal((following.on - last.on).days)
    return last.share + (following.share - last.share) * part


def expected_to_date(target: Decimal | None, share: Decimal | None) -> Decimal | None:
    """The amount due by the day whose path share is given; None where there is no target or no path."""
    return None if target is None or share is None else target * share


# The band: how the figure stands on a day.


@dataclass(frozen=True)
class BandRule:
    """From which part of the expected amount a figure is ahead, on track or behind; below, it is likely to miss.

    A campaign may replace the rule from a date on; for "fewer" the same thresholds are applied to allowance ÷ used.
    """

    ahead_from: Decimal = Decimal("1.10")
    on_track_from: Decimal = Decimal("0.95")
    behind_from: Decimal = Decimal("0.75")
    valid_from: date | None = None

    def __post_init__(self) -> None:
        if not ZERO <= self.behind_from <= self.on_track_from <= self.ahead_from:
            raise ValueError("Các ngưỡng phải tăng dần: chậm, đúng tiến độ, vượt tiến độ.")


DEFAULT_BAND_RULE = BandRule()


def band_rule_on(rules: Iterable[BandRule], on: date) -> BandRule:
    """The campaign's rule valid on a day: the latest begun; one without date holds from the start."""
    begun = [rule for rule in rules if rule.valid_from is None or rule.valid_from <= on]
    return max(begun, key=lambda rule: rule.valid_from or date.min, default=DEFAULT_BAND_RULE)


def band(
    cumulative: Decimal | None,
    target: Decimal | None,
    share: Decimal | None,
    *,
    direction: str,
    operator: str,
    time_rule: str,
    rule: BandRule = DEFAULT_BAND_RULE,
) -> Band:
    """How a figure stands against its plan on the day whose path share is given.

    No figure or no target: no data; a reported zero is a figure. Above the plan is exceeded, satisfied is met, except
    that a limit on what adds up over time is only kept to date, and is met when its time is over. A limit that such a
    sum has broken cannot be kept any more: at risk; a level may come back: behind. Otherwise the figure is compared
    with what is due: before anything is due nothing is behind, and once everything is due what is not met is at best
    behind. Without a path nothing is claimed: no data.
    """
    if cumulative is None or target is None:
        return Band.NO_DATA
    met = is_met(cumulative, target, direction=direction, operator=operator)
    done, plan, direction = _towards_plan(cumulative, target, direction)
    adds_up = time_rule != TimeRule.LEVEL
    if met and direction == Direction.MORE and done > plan:
        return Band.EXCEEDED
    if direction == Direction.FEWER and adds_up and met and plan > ZERO:
        return _limit_band(done, plan, share, rule)
    if met:
        return Band.MET
    if direction != Direction.MORE and done > plan:
        return Band.AT_RISK if adds_up else _level_above_plan_band(done, plan, share, rule)
    return _path_band(done, plan, share, rule)


def _limit_band(used: Decimal, limit: Decimal, share: Decimal | None, rule: BandRule) -> Band:
    """A limit that is kept so far, on an amount that only grows: is it used up faster than time passes?"""
    if share is None or share <= ZERO:
        return Band.ON_TRACK
    if share >= ONE:
        return Band.MET
    if used <= ZERO:
        return Band.AHEAD
    return _graded(limit * share / used, rule)


def _level_above_plan_band(level: Decimal, plan: Decimal, share: Decimal | None, rule: BandRule) -> Band:
    """A level that must come down to the plan. A path above 1 allows more for the time being; zero has no distance."""
    if share is not None and share <= ZERO:
        return Band.ON_TRACK
    if plan == ZERO:
        return Band.BEHIND if share is None or share < ONE else Band.AT_RISK
    if share is not None and share > ONE:
        return _graded(plan * share / level, rule)
    return Band.BEHIND if plan / level >= rule.behind_from else Band.AT_RISK


def _path_band(done: Decimal, plan: Decimal, share: Decimal | None, rule: BandRule) -> Band:
    """A plan not yet reached, against the part of it that is due."""
    if share is None:
        return Band.NO_DATA
    if share <= ZERO:
        return Band.AHEAD if done > ZERO else Band.ON_TRACK
    if plan == ZERO:
        return Band.BEHIND if share < ONE else Band.AT_RISK
    grade = _graded(done / (plan * share), rule)
    if share >= ONE and grade in (Band.AHEAD, Band.ON_TRACK):
        return Band.BEHIND
    return grade


def _graded(pace: Decimal, rule: BandRule) -> Band:
    """The band of what is done ÷ what is due."""
    if pace >= rule.ahead_from:
        return Band.AHEAD
    if pace >= rule.on_track_from:
        return Band.ON_TRACK
    return Band.BEHIND if pace >= rule.behind_from else Band.AT_RISK


# Comparing percentages.


@dataclass(frozen=True)
class Rate:
    """A percentage with the base that it is a percentage of."""

    percent: Decimal
    base: str


def subtract_rates(later: Rate, earlier: Rate) -> Decimal:
    """The difference in percentage points (điểm %); only percentages of the same base may be subtracted."""
    if not later.base or later.base != earlier.base:
        bases = f"“{later.base or 'chưa rõ'}” và “{earlier.base or 'chưa rõ'}”"
        raise ValueError(f"Không so sánh được hai tỷ lệ khác cơ sở tính: {bases}.")
    return later.percent - earlier.percent
