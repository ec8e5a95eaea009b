"""What is missing to a plan, in words bound to its values: how much, how much a week, by whom."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Direction
from indicators.rules.gap import DAYS_A_WEEK, RECENT_WEEKS, Concentration, pace_decimals
from indicators.rules.progress import ONE, ZERO
from indicators.tables.standings import Standing
from reports.narrative.standings import key_of
from reports.narrative.words import Words, amount, count, joined, name, percent, say, whole


def missing(standing: Standing) -> Words:
    """How much is missing, without the pace: "còn thiếu 1.234 triệu đồng"."""
    if standing.dispute_text:
        return say(name(key_of(standing, "dispute"), standing.dispute_text))
    if standing.target is None:
        return say("chưa có chỉ tiêu giao để so sánh")
    if standing.judged.measured.value is None:
        return say("chưa có số liệu")
    return _missing(standing)


def gap(standing: Standing, by_units: Concentration | None = None, *, with_pace: bool = True) -> Words:
    """The gap: amount, per week, against the last four weeks, how few units make most of it.

    The same words as ``indicators.rules.gap.gap_sentence``, bound to their values; a test compares the two.
    """
    found = standing.gap
    is_open = found.missing and not found.is_met and not found.is_excess
    if standing.dispute_text or standing.target is None or standing.judged.measured.value is None or not is_open:
        return missing(standing)
    told = [missing(standing), _pace(standing) if with_pace else ()]
    if by_units is not None:
        told.append(_concentrated(standing, by_units))
    return joined(told, "; ")


def unit_and_decimals(standing: Standing) -> tuple[str, int]:
    """In what a gap is told: amounts in their own measure, percentages in points."""
    if standing.in_percent:
        return "điểm %", 1
    return standing.indicator.unit_of_measure, standing.indicator.decimals


def _missing(standing: Standing) -> Words:
    found, fewer = standing.gap, standing.indicator.direction == Direction.FEWER
    if found.missing is None:
        return say("chưa tính được phần thiếu")
    if found.is_met:
        return say("trong mức cho phép" if fewer else "đã đạt kế hoạch")
    unit, decimals = unit_and_decimals(standing)
    told = say(amount(key_of(standing, "missing"), found.missing, decimals), f" {unit}" if unit else "")
    if found.is_excess:
        return say("vượt mức cho phép " if fewer else "vượt quá kế hoạch ", told)
    if found.missing == ZERO:
        return say("mới bằng kế hoạch, phải vượt kế hoạch mới đạt")
    return say("còn thiếu ", told)


def _pace(standing: Standing) -> Words:
    """What the remaining time asks for: an amount per week, or the days where less than a week is left."""
    found = standing.gap
    if found.days_left is None:
        return ()
    if found.per_week is None:
        return say("đã hết thời hạn")
    if found.days_left < DAYS_A_WEEK:
        return say("chỉ còn ", whole(key_of(standing, "days_left"), found.days_left), " ngày")
    unit, decimals = unit_and_decimals(standing)
    pace = amount(key_of(standing, "per_week"), found.per_week, pace_decimals(found.per_week, decimals))
    return say("phải đạt ", pace, f" {unit}/tuần" if unit else "/tuần", _times(standing))


def _times(standing: Standing) -> Words:
    """The pace needed against that of the last four weeks."""
    found, weeks = standing.gap, whole("weeks:recent", RECENT_WEEKS)
    if found.recent_per_week is None:
        return ()
    if found.times_recent is None:
        return say(", ", weeks, " tuần qua chưa có thêm")
    times = amount(key_of(standing, "times_recent"), found.times_recent, 1)
    return say(", gấp " if found.times_recent > ONE else ", bằng ", times, " lần ", weeks, " tuần qua")


def _concentrated(standing: Standing, by_units: Concentration) -> Words:
    units = count(key_of(standing, "gap_units"), len(by_units.units))
    names = joined(name("unit", unit) for unit in by_units.units)
    part: Decimal = by_units.percent
    return say(units, " đơn vị (", names, ") chiếm ", percent(key_of(standing, "gap_share"), part, 0), " phần thiếu")
