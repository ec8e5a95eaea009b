"""A unit of a line of successors, period by period: its own figures, or those of the whole line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from indicators.choices import UnitRule
from indicators.models import Indicator, Total
from reports.tables.boundaries import NEW, OLD, Amounts, Series, SeriesRow, amount_text, heirs_by, known_sum, ways
from reports.tables.frame import Frame
from units.models import OrgUnit

#: Successions, totals of the unit, its heir and those before them. Where no unit of the campaign has an heir: none.
QUERIES = 2
NOTE = "{heir}Gồm số liệu của {names}. Cột Từ khi phát động theo cách nào cũng nối tiếp số của đơn vị cũ."
HEIR = "Địa giới hiện nay: {heir}. "


def series_of_unit(
    frame: Frame,
    unit: OrgUnit,
    on: date,
    asked: str,
    indicator_ids: frozenset[int] | None = None,
    why_not: Callable[[OrgUnit], str] = lambda unit: "",
) -> Series | None:
    """The summed indicators of a unit that others passed into, or of one that passed into another.

    By today's boundaries both stand in the figures of the heir, where the person may see the heir (``why_not``). None
    where nobody passed into anybody: at most ``QUERIES`` queries.
    """
    if not frame.campaign.has_successions:
        return None
    heirs = heirs_by(on)
    heir = heirs.get(unit.pk, unit)
    before = {pk for pk, one in heirs.items() if one.pk == heir.pk}
    if not before or (heir.pk != unit.pk and why_not(heir)):
        return None
    way = asked if asked in (OLD, NEW) else OLD
    rows = Total.objects.filter(
        unit__in={*before, heir.pk},
        indicator__campaign=frame.campaign,
        indicator__unit_rule=UnitRule.SUM,
        period__number__lte=frame.period.number,
        is_node=False,
    )
    if indicator_ids is not None:
        rows = rows.filter(indicator__in=indicator_ids)
    units, periods, indicators, found = _sorted_out(frame, rows.select_related("unit", "indicator", "period"))
    members = {heir.pk, *before} if way == NEW else {unit.pk}
    chief = heir if way == NEW else unit
    old = ", ".join(sorted(units[pk].name for pk in before if pk in units))
    others = [one for pk, one in units.items() if pk != unit.pk and not why_not(one)]
    words = NOTE.format(heir=HEIR.format(heir=heir) if heir.pk != unit.pk else "", names=old)
    return Series(
        periods=tuple(periods[number] for number in sorted(periods)),
        rows=tuple(
            _row(indicators[pk], found[pk], members, chief, sorted(periods))
            for pk in indicators
            if members & found[pk].keys()
        ),
        choices=ways(way),
        head="Chỉ tiêu (đơn vị tính)",
        note=words if way == NEW and old else "",
        related=tuple((one.pk, one.name) for one in sorted(others, key=lambda one: one.sort_key)),
    )


def _sorted_out(
    frame: Frame, totals: QuerySet[Total]
) -> tuple[dict[int, OrgUnit], dict[int, str], dict[int, Indicator], dict[int, dict[int, Amounts]]]:
    """The units, names of periods, the indicators in their order, and the amounts of each at each unit."""
    units: dict[int, OrgUnit] = {}
    periods: dict[int, str] = {}
    indicators: dict[int, Indicator] = {}
    found: dict[int, dict[int, Amounts]] = defaultdict(lambda: defaultdict(dict))
    for total in totals.order_by("indicator__position", "indicator", "period__number"):
        units[total.unit_id] = total.unit
        periods[total.period.number] = total.period.name
        indicators[total.indicator_id] = total.indicator
        amount, since = getattr(total, f"{frame.basis}_amount"), getattr(total, f"{frame.basis}_since_launch")
        found[total.indicator_id][total.unit_id][total.period.number] = (amount, since)
    return units, periods, indicators, found


def _row(
    indicator: Indicator, found: dict[int, Amounts], members: set[int], chief: OrgUnit, numbers: list[int]
) -> SeriesRow:
    """One indicator; the cumulative of an heir already holds those of the units before it."""
    own = found.get(chief.pk)
    held = [found[pk] for pk in members if pk in found]
    amounts = [known_sum(one.get(number, (None, None))[0] for one in held) for number in numbers]
    since = own[max(own)][1] if own else known_sum(one[max(one)][1] for one in held)
    return SeriesRow(
        name=indicator.short_name,
        of=indicator.unit_of_measure,
        amounts=tuple(amount_text(amount, indicator.decimals) for amount in amounts),
        since_launch=amount_text(since, indicator.decimals),
    )
