"""A unit that others passed into, period by period: its own figures, or with those of the units before it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from indicators.choices import UnitRule
from indicators.models import Indicator, Total
from reports.tables.boundaries import NEW, OLD, Amounts, Series, SeriesRow, amount_text, heirs_by, known_sum, ways
from reports.tables.frame import Frame
from units.models import OrgUnit

#: Successions, totals of the unit and of those before it. Where no unit of the campaign has an heir: none.
QUERIES = 2
NOTE = "Gồm số liệu của {names}. Cột Từ khi phát động theo cách nào cũng nối tiếp số của đơn vị cũ."


def series_of_unit(
    frame: Frame, unit: OrgUnit, on: date, asked: str, indicator_ids: frozenset[int] | None = None
) -> Series | None:
    """The summed indicators of a unit; None where nobody passed into it: at most ``QUERIES`` queries."""
    if not frame.campaign.has_successions:
        return None
    before = {pk for pk, heir in heirs_by(on).items() if heir.pk == unit.pk}
    if not before:
        return None
    way = asked if asked in (OLD, NEW) else OLD
    rows = Total.objects.filter(
        unit__in={*before, unit.pk},
        indicator__campaign=frame.campaign,
        indicator__unit_rule=UnitRule.SUM,
        period__number__lte=frame.period.number,
        is_node=False,
    )
    if indicator_ids is not None:
        rows = rows.filter(indicator__in=indicator_ids)
    names, periods, indicators, found = _sorted_out(frame, rows.select_related("unit", "indicator", "period"))
    members = {unit.pk, *before} if way == NEW else {unit.pk}
    old = ", ".join(sorted(names[pk] for pk in before if pk in names))
    return Series(
        periods=tuple(periods[number] for number in sorted(periods)),
        rows=tuple(_row(indicators[pk], found[pk], members, unit, sorted(periods)) for pk in indicators),
        choices=ways(way),
        head="Chỉ tiêu (đơn vị tính)",
        note=NOTE.format(names=old) if way == NEW and old else "",
    )


def _sorted_out(
    frame: Frame, totals: QuerySet[Total]
) -> tuple[dict[int, str], dict[int, str], dict[int, Indicator], dict[int, dict[int, Amounts]]]:
    """Names of units, names of periods, the indicators in their order, and the amounts of each at each unit."""
    names: dict[int, str] = {}
    periods: dict[int, str] = {}
    indicators: dict[int, Indicator] = {}
    found: dict[int, dict[int, Amounts]] = defaultdict(lambda: defaultdict(dict))
    for total in totals.order_by("indicator__position", "indicator", "period__number"):
        names[total.unit_id] = total.unit.name
        periods[total.period.number] = total.period.name
        indicators[total.indicator_id] = total.indicator
        amount, since = getattr(total, f"{frame.basis}_amount"), getattr(total, f"{frame.basis}_since_launch")
        found[total.indicator_id][total.unit_id][total.period.number] = (amount, since)
    return names, periods, indicators, found


def _row(
    indicator: Indicator, found: dict[int, Amounts], members: set[int], unit: OrgUnit, numbers: list[int]
) -> SeriesRow:
    """One indicator; the unit's own cumulative already holds those of the units before it."""
    own = found.get(unit.pk)
    held = [found[pk] for pk in members if pk in found]
    amounts = [known_sum(one.get(number, (None, None))[0] for one in held) for number in numbers]
    since = own[max(own)][1] if own else known_sum(one[max(one)][1] for one in held)
    return SeriesRow(
        name=indicator.short_name,
        of=indicator.unit_of_measure,
        amounts=tuple(amount_text(amount, indicator.decimals) for amount in amounts),
        since_launch=amount_text(since, indicator.decimals),
    )
