"""A standing against its pace, the period before, the first half, last year; its units among themselves; its end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from indicators.choices import Direction
from indicators.rules.progress import HUNDRED, ZERO
from indicators.tables.outlook import Outlook
from indicators.tables.priors import Prior
from indicators.tables.standings import Standing
from reports.narrative.standings import POOR, key_of
from reports.narrative.words import Words, amount, count, joined, name, percent, say
from vietnamese.numbers import round_half_up

#: Units are told apart only where there are enough of them; so many at the lower end.
ENOUGH_UNITS, LOWEST = 4, 3


def pace(standing: Standing) -> Words:
    """Against what should be reached by now: "thấp hơn tiến độ phải đạt (60,0 %) 13,4 điểm %"."""
    if not _is_rated(standing) or standing.expected_rate is None or standing.expected_rate >= HUNDRED:
        return ()  # what is due in full is short by what is missing
    due = say(" tiến độ phải đạt (", percent(key_of(standing, "expected_rate"), standing.expected_rate), ")")
    apart = _shown(standing.rate) - _shown(standing.expected_rate)
    if apart == ZERO:
        return say("bằng", due)
    points = amount(key_of(standing, "pace"), abs(apart), 1)
    return say("cao hơn" if apart > ZERO else "thấp hơn", due, " ", points, " điểm %")


def behind(standing: Standing) -> Words:
    """How far behind its pace, in brief: "thấp hơn tiến độ 13,4 điểm %"; nothing where it is not."""
    if not _is_rated(standing) or standing.expected_rate is None or standing.expected_rate >= HUNDRED:
        return ()
    apart = _shown(standing.expected_rate) - _shown(standing.rate)
    if apart <= ZERO:
        return ()
    return say("thấp hơn tiến độ ", amount(key_of(standing, "pace"), apart, 1), " điểm %")


def since_last(standing: Standing, before: Standing | None) -> Words:
    """Against the period before: "tăng 8,2 điểm % so với kỳ trước"."""
    if before is None or not _is_rated(standing) or before.rate is None or before.target != standing.target:
        return ()
    apart = _shown(standing.rate) - _shown(before.rate)
    if apart == ZERO:
        return say("không tăng so với kỳ trước") if standing.band in POOR else ()
    points = amount(key_of(standing, "since_last"), abs(apart), 1)
    return say("tăng " if apart > ZERO else "giảm ", points, " điểm % so với kỳ trước")


def since_opening(standing: Standing, opening_name: str) -> Words:
    """Against the time before the campaign, on the same base: "tăng 28,7 điểm % so với 6 tháng đầu năm (14,2 %)"."""
    begun = _opening_rate(standing)
    if begun is None or not _is_rated(standing) or not standing.is_year:
        return ()
    now = standing.judged.measured.value if standing.in_percent else standing.rate
    apart = _shown(now) - _shown(begun)
    opened = say(" ", name("first_half", opening_name), " (", percent(key_of(standing, "opening_rate"), begun), ")")
    if apart == ZERO:
        return say("bằng mức", opened)
    points = amount(key_of(standing, "since_first_half"), abs(apart), 1)
    return say("tăng " if apart > ZERO else "giảm ", points, " điểm % so với", opened)


def against_prior(standing: Standing, prior: Prior | None) -> Decimal | None:
    """The cumulative in percent of that of last year; None where the two cannot be set against each other."""
    if prior is None or not prior.cumulative or standing.cumulative is None or not prior.is_of_same_units(standing):
        return None
    return standing.cumulative / prior.cumulative * HUNDRED


def same_period(standing: Standing, prior: Prior | None) -> Words:
    """Against the same period last year: "bằng 112,5 % cùng kỳ năm trước (tăng 12,5 %)"."""
    if prior is not None and prior.cumulative == ZERO and standing.cumulative is not None:
        words = "cùng kỳ năm trước không có" if standing.cumulative else "bằng cùng kỳ năm trước"
        return say(words) if prior.is_of_same_units(standing) else ()
    ratio = against_prior(standing, prior)
    if ratio is None:
        return ()
    apart = _shown(ratio) - HUNDRED
    told = say("bằng ", percent(key_of(standing, "same_period"), ratio), " cùng kỳ năm trước")
    if apart == ZERO:
        return told
    change = percent(key_of(standing, "same_period_change"), abs(apart))
    return say(told, " (tăng " if apart > ZERO else " (giảm ", change, ")")


def among_units(standing: Standing, units: Sequence[tuple[str, Standing]]) -> Words:
    """Who leads and who lags: "cao nhất: xã A (92,1 %); thấp nhất: xã B (12,0 %), …"."""
    rated = [(unit, one) for unit, one in units if _is_rated(one)]
    if len(rated) < ENOUGH_UNITS:
        return ()
    ordered = sorted(rated, key=lambda pair: pair[1].rate or ZERO, reverse=True)
    if _shown(ordered[0][1].rate) == _shown(ordered[-1][1].rate):
        return ()
    lowest = [pair for pair in reversed(ordered[-LOWEST:]) if _shown(pair[1].rate) < _shown(ordered[0][1].rate)]
    untouched = [pair for pair in rated if pair[1].rate == ZERO]
    if len(untouched) > LOWEST:
        none_yet = say(count(key_of(standing, "untouched"), len(untouched)), " đơn vị chưa thực hiện được")
        return say("cao nhất: ", _unit(*ordered[0]), "; ", none_yet)
    return say("cao nhất: ", _unit(*ordered[0]), "; thấp nhất: ", joined(_unit(*pair) for pair in lowest))


def forecast(outlook: Outlook | None, standing: Standing) -> Words:
    """Where it will probably end, where that is short of the plan; nothing is claimed of the others."""
    if outlook is None or outlook.found.expected is None or not outlook.plan or outlook.found.expected >= outlook.plan:
        return ()
    expected = outlook.found.expected
    if expected == standing.judged.measured.value:
        return ()  # nothing more is awaited: the result stands in the sentence already
    if outlook.in_percent:
        return say("dự báo đến hết thời gian thi đua đạt ", percent(key_of(standing, "forecast"), expected))
    unit = standing.indicator.unit_of_measure
    shown = round_half_up(expected, standing.indicator.decimals)  # what is told of the plan is told of this number
    reached = amount(key_of(standing, "forecast"), shown, standing.indicator.decimals)
    rate = percent(key_of(standing, "forecast_rate"), shown / outlook.plan * HUNDRED)
    return say("dự báo đến hết thời gian thi đua đạt ", reached, f" {unit}, bằng ", rate, " kế hoạch")


def _is_rated(standing: Standing) -> bool:
    return standing.rate is not None and standing.indicator.direction != Direction.FEWER


def _opening_rate(standing: Standing) -> Decimal | None:
    """The first half of the year in the measure that is judged; None where its base is another one."""
    main = standing.main
    if main is None:
        return None
    if standing.opening_rate is not None:
        return standing.opening_rate if standing.opening_base == standing.base_name else None
    if standing.opening is None or main.is_percentage or not main.amount:
        return None
    return standing.opening / main.amount * HUNDRED


def _shown(value: Decimal | None) -> Decimal:
    """As it is printed, so that what a reader subtracts is what is told."""
    return round_half_up(value or ZERO, 1)


def _unit(unit: str, standing: Standing) -> Words:
    rate = percent(key_of(standing, "rate"), standing.rate or ZERO)
    return say(name(f"unit:{standing.unit_id}", unit), " (", rate, ")")
