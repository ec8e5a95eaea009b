"""Figures that were sent and wait for their lead department: counted for the offices, named for a reminder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, QuerySet

from campaign.models import Campaign, Period
from indicators.models import Assignment, Total
from indicators.tables.kept import kept, stamps_of

#: The stamps, the leads, the totals: at most so many queries asks ``waiting_for_leads``.
QUERIES = 3


@dataclass(frozen=True)
class Unconfirmed:
    """One lead department with the figures that it has not yet confirmed."""

    unit_id: int
    unit_name: str
    sent: int
    unconfirmed: int


@dataclass(frozen=True)
class Waiting:
    """The figures of one period that wait for one lead department, by indicator."""

    unit_id: int
    period_name: str
    indicators: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        """How many figures."""
        return sum(number for _, number in self.indicators)


def unconfirmed(campaign: Campaign, period: Period) -> tuple[Unconfirmed, ...]:
    """Figures sent and not confirmed, by lead department, the most first; kept until a total changes."""
    return kept(
        ("unconfirmed", stamps_of(campaign), period.pk), lambda: _count_unconfirmed(campaign, period), lambda _: 1
    )


def waiting_for_leads(campaign: Campaign, period: Period) -> tuple[Waiting, ...]:
    """What waits for the lead departments up to a period, the oldest first; kept until a total changes."""
    return kept(("waiting", stamps_of(campaign), period.pk), lambda: _read_waiting(campaign, period), lambda _: 1)


def _count_unconfirmed(campaign: Campaign, period: Period) -> tuple[Unconfirmed, ...]:
    """From the totals of the whole: two queries."""
    nodes = _nodes(campaign).filter(indicator__campaign=campaign, period=period).order_by()
    counted = {pk: (sent, confirmed) for pk, sent, confirmed in nodes.values_list("indicator_id", "sent", "confirmed")}
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for indicator_id, unit_id, name in _leads(campaign).values_list("indicator_id", "unit_id", "unit__name"):
        sent, confirmed = counted.get(indicator_id, (0, 0))
        before = sums.get((unit_id, name), (0, 0))
        sums[unit_id, name] = (before[0] + sent, before[1] + sent - confirmed)
    found = [Unconfirmed(pk, name, sent, open_) for (pk, name), (sent, open_) in sums.items() if open_]
    return tuple(sorted(found, key=lambda row: -row.unconfirmed))


def _read_waiting(campaign: Campaign, period: Period) -> tuple[Waiting, ...]:
    """From the totals of the whole: two queries."""
    leads = dict(_leads(campaign).values_list("indicator_id", "unit_id"))
    nodes = _nodes(campaign).filter(indicator__in=leads, period__number__lte=period.number, sent__gt=F("confirmed"))
    found: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    columns = ("period__name", "indicator_id", "indicator__short_name", "sent", "confirmed")
    for period_name, indicator_id, name, sent, confirmed in nodes.order_by(
        "period__number", "indicator__area__position", "indicator__position"
    ).values_list(*columns):
        found[period_name, leads[indicator_id]].append((name, sent - confirmed))
    return tuple(Waiting(unit_id, name, tuple(rows)) for (name, unit_id), rows in found.items())


def _leads(campaign: Campaign) -> QuerySet[Assignment]:
    """Which department leads which indicator of the campaign."""
    return Assignment.objects.leading_now().filter(indicator__campaign=campaign)


def _nodes(campaign: Campaign) -> QuerySet[Total]:
    """The totals of the whole: named by the authority, they are found without reading those of the units."""
    return Total.objects.filter(unit=campaign.authority_id, is_node=True)
