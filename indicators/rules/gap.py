"""The gap to a plan: how much is missing, per week, against the last four weeks, by whom; and the sentence for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from indicators.choices import Direction
from indicators.rules.progress import HUNDRED, ONE, ZERO, is_met
from vietnamese.numbers import format_number, format_percent

DAYS_A_WEEK = 7
RECENT_WEEKS = 4

# The units named in the gap: as few as make two thirds of it, three at most.
NAMED_UNITS = 3
NAMED_SHARE = Decimal(2) / Decimal(3)


@dataclass(frozen=True)
class Gap:
    """What is missing on a day. A field is None where it has no meaning.

    `missing` is 0 or more, in the indicator's own unit; `days_left` counts the days after `on` up to and including the
    due day, because the figures hold to the end of `on`; `per_week` is missing ÷ (days left ÷ 7), unrounded weeks;
    `times_recent` is per_week ÷ the mean week of the last four. `is_excess` says that the figure lies beyond a limit
    or an exact plan, where no pace can help: only missing is given then.
    """

    missing: Decimal | None
    is_met: bool
    is_excess: bool = False
    days_left: int | None = None
    per_week: Decimal | None = None
    recent_per_week: Decimal | None = None
    times_recent: Decimal | None = None


def gap(
    cumulative: Decimal | None,
    target: Decimal | None,
    *,
    direction: str,
    operator: str,
    on: date,
    due_on: date | None,
    last_four_weeks: Decimal | None = None,
) -> Gap:
    """The gap between a cumulative figure on a day and the target on its due day.

    `last_four_weeks` is what was added in the 28 days up to `on` (see `amount_of_last_four_weeks`). A negative target
    is a reduction: missing and pace are counted towards it.
    """
    days_left = None if due_on is None else max((due_on - on).days, 0)
    if cumulative is None or target is None:
        return Gap(missing=None, is_met=False, days_left=days_left)
    if is_met(cumulative, target, direction=direction, operator=operator):
        return Gap(missing=ZERO, is_met=True, days_left=days_left)
    sign = -ONE if target < ZERO else ONE
    missing = (target - cumulative) * sign
    if missing < ZERO:
        return Gap(missing=-missing, is_met=False, is_excess=True, days_left=days_left)
    per_week = missing * DAYS_A_WEEK / days_left if days_left else None
    recent = None if last_four_weeks is None else last_four_weeks * sign / RECENT_WEEKS
    times = per_week / recent if per_week is not None and recent is not None and recent > ZERO else None
    return Gap(missing, False, False, days_left, per_week, recent, times)


def amount_of_last_four_weeks(cumulatives: Iterable[tuple[date, Decimal]], on: date) -> Decimal | None:
    """What was added in the 28 days up to `on`, from cumulatives at the ends of periods.

    Within a period the amount is taken to have come in evenly: of a period of 31 days the last 28 count for 28 ÷ 31.
    None where the cumulatives do not reach back 28 days, or end before `on`.
    """
    points = sorted(cumulatives)
    now = _cumulative_on(points, on)
    then = _cumulative_on(points, on - timedelta(weeks=RECENT_WEEKS))
    return None if now is None or then is None else now - then


def _cumulative_on(points: Sequence[tuple[date, Decimal]], on: date) -> Decimal | None:
    """The cumulative on a day between two known ones, in proportion to the days."""
    before = [point for point in points if point[0] <= on]
    after = [point for point in points if point[0] > on]
    if before and before[-1][0] == on:
        return before[-1][1]
    if not before or not after:
        return None
    (from_on, earlier), (to_on, later) = before[-1], after[0]
    return earlier + (later - earlier) * (on - from_on).days / (to_on - from_on).days


@dataclass(frozen=True)
class Concentration:
    """The few units that make most of a gap, most first, and their part of it in percent."""

    units: tuple[str, ...]
    percent: Decimal


def concentration(missing_by_unit: Iterable[tuple[str, Decimal | None]]) -> Concentration | None:
    """Who makes most of what is missing: as few units as make two thirds, three at most.

    The percentage is of the sum of what units lack; a surplus elsewhere does not reduce it. None where nothing is
    missing, and where the named would be all the units there are: that would say nothing.
    """
    rows = list(missing_by_unit)
    lacking = sorted(
        ((missing, name) for name, missing in rows if missing is not None and missing > ZERO), reverse=True
    )
    whole = sum((missing for missing, _ in lacking), ZERO)
    if whole == ZERO:
        return None
    names: list[str] = []
    part = ZERO
    for missing, name in lacking[:NAMED_UNITS]:
        names.append(name)
        part += missing
        if part >= whole * NAMED_SHARE:
            break
    return None if len(names) == len(rows) else Concentration(tuple(names), part / whole * HUNDRED)


def gap_sentence(
    found: Gap, *, unit_of_measure: str, decimals: int, direction: str, by_units: Concentration | None = None
) -> str:
    """The gap in words, without capital and full stop.

    "còn thiếu 1.234 triệu đồng; phải đạt 154 triệu đồng/tuần, gấp 2,6 lần 4 tuần qua; 3 đơn vị chiếm 71 % phần thiếu"
    """
    if found.missing is None:
        return "chưa tính được phần thiếu"
    amount = f"{format_number(found.missing, decimals)} {unit_of_measure}".strip()
    if found.is_met:
        return "trong mức cho phép" if direction == Direction.FEWER else "đã đạt kế hoạch"
    if found.is_excess:
        return f"vượt mức cho phép {amount}" if direction == Direction.FEWER else f"vượt quá kế hoạch {amount}"
    if found.missing == ZERO:
        return "mới bằng kế hoạch, phải vượt kế hoạch mới đạt"
    parts = [f"còn thiếu {amount}", _pace_words(found, unit_of_measure, decimals)]
    if by_units is not None:
        parts.append(f"{len(by_units.units)} đơn vị chiếm {format_percent(by_units.percent, 0)} phần thiếu")
    return "; ".join(part for part in parts if part)


def _pace_words(found: Gap, unit_of_measure: str, decimals: int) -> str:
    """What the remaining time asks for: an amount per week, or the days where less than a week is left."""
    if found.days_left is None:
        return ""
    if found.per_week is None:
        return "đã hết thời hạn"
    if found.days_left < DAYS_A_WEEK:
        return f"chỉ còn {found.days_left} ngày"
    pace = format_number(found.per_week, pace_decimals(found.per_week, decimals))
    return f"phải đạt {pace} {unit_of_measure}/tuần".replace(" /", "/") + _times_words(found)


def pace_decimals(per_week: Decimal, decimals: int) -> int:
    """A small pace needs decimals even where the figures are whole: 0,25 chuỗi/tuần is not 0."""
    if per_week < ONE:
        return max(decimals, 2)
    return max(decimals, 1) if per_week < 10 else decimals


def _times_words(found: Gap) -> str:
    """The pace needed against that of the last four weeks."""
    if found.recent_per_week is None:
        return ""
    if found.times_recent is None:
        return f", {RECENT_WEEKS} tuần qua chưa có thêm"
    word = "gấp" if found.times_recent > ONE else "bằng"
    return f", {word} {format_number(found.times_recent, 1)} lần {RECENT_WEEKS} tuần qua"
