"""Forecasts for chosen standings, from the totals of the periods behind them: two queries, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from campaign.models import Period
from indicators.choices import TimeRule, UnitRule
from indicators.models import Figure
from indicators.rules import progress
from indicators.rules.forecast import MINIMUM_PERIODS, Observation, forecast
from indicators.tables import judging
from indicators.tables.outlook import Outlook
from indicators.tables.plan import base_amounts, share_due
from indicators.tables.standing import Standing
from indicators.tables.standings_source import OFFICIAL, VERSION_OF, Definitions, Key, Sums, read_sums

#: The totals of the periods before, and the units' own estimates.
QUERIES = 2
#: A forecast looks back so many periods; what lies before them is where it starts from.
REACH = 12
SUMMED = (UnitRule.SUM, UnitRule.RATIO_OF_SUMS)


def with_outlooks(known: Definitions, found: Mapping[Key, Standing], period: Period, basis: str) -> dict[Key, Standing]:
    """The same standings, each of those with numbers and a plan with its outlook: ``QUERIES`` queries."""
    asked = {key: row for key, row in found.items() if row.is_numeric and row.judged.measured.plan is not None}
    indicators, units = {pk for pk, _ in asked}, {pk for _, pk in asked}
    sums = read_sums(known, period, basis, indicators, units, reach=REACH)
    past = known.past
    estimates = past.estimates(basis, period.pk) if past else _estimates(period, basis, indicators)
    rows = dict(found)
    for key, row in asked.items():
        rows[key] = replace(row, outlook=_outlook(known, row, sums.get(key, ()), estimates))
    return rows


def _outlook(
    known: Definitions, standing: Standing, stored: Sequence[Sums], estimates: Mapping[Key, Decimal]
) -> Outlook:
    """One forecast: the periods that count, the day it looks to, and the estimates beside it."""
    indicator = standing.indicator
    seen = [one for one in judging.usable_sums(known, indicator, stored) if _counted(one, standing.basis)]
    complete = [one for one in seen if _counted(one, standing.basis) >= one.owed]
    used = complete if len(complete) >= MINIMUM_PERIODS else seen
    ends_on = indicator.due_on or known.campaign.ends_on
    found = forecast(
        _opening(known, standing, used),
        _observations(known, standing, used),
        time_rule=indicator.time_rule,
        end_share=share_due(indicator, known.campaign, known.path(indicator.pk, standing.unit_id), on=ends_on),
        reached=standing.judged.measured.value,
    )
    last = used[-1] if used else None
    units = [one.unit_id for one in standing.reporters] if standing.is_node else [standing.unit_id]
    given = [estimates[indicator.pk, pk] for pk in units if (indicator.pk, pk) in estimates]
    return Outlook(
        indicator=indicator,
        found=found,
        plan=standing.judged.measured.plan,
        in_percent=standing.in_percent,
        as_of=last.ends_on if last else standing.on,
        ends_on=ends_on,
        lacking=last.owed - _counted(last, standing.basis) if last else 0,
        estimate=_estimate(standing, given, len(units)),
        estimating=len(given),
        owing=len(units),
    )


def _counted(sums: Sums, basis: str) -> int:
    """How many units entered a total."""
    return sums.received if basis == OFFICIAL else sums.sent


def _observations(known: Definitions, standing: Standing, used: Sequence[Sums]) -> list[Observation]:
    """What is judged, at the end of each period, under the plan of today."""
    found = []
    for one in used:
        at = judging.judge(
            known,
            standing.indicator,
            standing.unit_id,
            one,
            targets=standing.targets,
            openings=standing.openings,
            on=one.ends_on,
        )
        value, share = at.measured.value, at.measured.share
        if value is not None and share is not None and at.is_year == standing.is_year:
            found.append(Observation(share, value, _elapsed(known, standing, one.ends_on)))
    return found


def _opening(known: Definitions, standing: Standing, used: Sequence[Sums]) -> Observation | None:
    """Where the work since the launch begins; None where that is not known, or lies before the periods looked at.

    A phased path names no day before its first point, so it begins at the opening's own share, at most at its first.
    """
    plan = standing.judged.measured.plan
    value = _opening_value(standing)
    if value is None or not plan or not used or used[0].number != 1:
        return None
    day = known.campaign.starts_on - timedelta(days=1)
    path = known.path(standing.indicator.pk, standing.unit_id)
    begun = min(max(value / plan, progress.ZERO), progress.ONE)
    first = share_due(standing.indicator, known.campaign, path, on=used[0].ends_on, opening_share=begun)
    return Observation(min(begun, first), value, _elapsed(known, standing, day))


def _opening_value(standing: Standing) -> Decimal | None:
    """What stood before the launch, in the measure that is judged; a level that is not known then starts nowhere."""
    if not standing.is_year:
        return None if standing.indicator.time_rule == TimeRule.LEVEL else progress.ZERO
    if standing.opening is not None:
        return _in_measure(standing, standing.opening)
    is_points = standing.in_percent and standing.main is not None and not standing.main.is_percentage
    return standing.opening_rate if is_points else None


def _in_measure(standing: Standing, amount: Decimal) -> Decimal | None:
    """An amount as it is judged: itself, or in percent of the base of its plan."""
    main = standing.main
    if not standing.in_percent or main is None:
        return amount
    if not main.is_percentage:
        return progress.ratio(amount, main.amount)
    bases = base_amounts(standing.targets, standing.now.denominators if standing.now else {})
    return progress.ratio(amount, bases.get(main.base_id or 0))


def _elapsed(known: Definitions, standing: Standing, on: date) -> Decimal:
    """The share of the time gone by a day, on a straight line to the due day."""
    campaign = known.campaign
    return progress.straight_share(campaign.starts_on, standing.indicator.due_on or campaign.ends_on, on)


def _estimates(period: Period, basis: str, indicator_ids: set[int]) -> dict[Key, Decimal]:
    """Ước cả năm as the units gave it with the period's figures."""
    column = f"{VERSION_OF[basis]}__year_estimate"
    rows = Figure.objects.filter(period=period, assignment__indicator__in=indicator_ids, **{f"{column}__isnull": False})
    return {
        (indicator_id, unit_id): estimate
        for indicator_id, unit_id, estimate in rows.values_list(
            "assignment__indicator_id", "assignment__unit_id", column
        )
    }


def year_estimates(
    known: Definitions, wholes: Mapping[int, Standing], period: Period, basis: str
) -> dict[int, Decimal]:
    """Ước cả năm of each whole in its own amounts, where every unit that reports gave one: one query."""
    past = known.past
    stored = past.estimates(basis, period.pk) if past else _estimates(period, basis, set(wholes))
    found = {}
    for pk, standing in wholes.items():
        units = [one.unit_id for one in standing.reporters]
        given = [stored[pk, unit_id] for unit_id in units if (pk, unit_id) in stored]
        if given and len(given) == len(units) and (len(units) == 1 or standing.indicator.unit_rule in SUMMED):
            found[pk] = sum(given, progress.ZERO)
    return found


def _estimate(standing: Standing, given: Sequence[Decimal], owing: int) -> Decimal | None:
    """One unit's estimate in the measure that is judged; of a whole the sum, where every unit gave one."""
    if not given or len(given) < owing:
        return None
    if owing > 1 and standing.indicator.unit_rule not in SUMMED:
        return None
    return _in_measure(standing, sum(given, progress.ZERO))
