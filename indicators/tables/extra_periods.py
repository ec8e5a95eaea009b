"""The page of quick reports and supplementary periods: those there are with who owes what, and what can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q

from campaign.choices import PeriodKind, Relation
from campaign.models import Campaign, Participation, Period
from indicators.models import Indicator
from units import clock
from vietnamese.dates import days_left_phrase, format_date

#: Periods with their counts, their indicators, what may be asked, of whom.
QUERIES = 4


@dataclass(frozen=True)
class ExtraPeriod:
    """One period beside the months."""

    period: Period
    kind_label: str
    window: str
    due: str
    left: str
    indicators: tuple[str, ...]
    units: int
    sent: int


@dataclass(frozen=True)
class AskableArea:
    """The indicators of one content area that carry numbers."""

    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class AskableKind:
    """The units of one kind that may be asked."""

    title: str
    units: tuple[Participation, ...]


def extra_periods(campaign: Campaign) -> tuple[ExtraPeriod, ...]:
    """Quick reports and supplementary periods, the latest first: two queries."""
    rows = campaign.periods.exclude(kind=PeriodKind.MONTH).annotate(
        units=Count("submissions", distinct=True),
        sent=Count("submissions", filter=Q(submissions__first_sent_at__isnull=False), distinct=True),
    )
    periods = list(rows.prefetch_related("deadlines").order_by("-ends_on", "-number"))
    names: dict[int, list[str]] = {}
    asked = Indicator.objects.filter(assignments__figures__period__in=periods).order_by("area__position", "position")
    for period_id, name in asked.values_list("assignments__figures__period_id", "short_name").distinct():
        if period_id is not None:
            names.setdefault(period_id, []).append(name)
    return tuple(_row(period, names.get(period.pk, [])) for period in periods)


def _row(period: Period, names: Iterable[str]) -> ExtraPeriod:
    """One period as text."""
    due_on = max((line.due_on for line in period.deadlines.all()), default=period.ends_on)
    now = clock.now()
    return ExtraPeriod(
        period=period,
        kind_label=str(PeriodKind(period.kind).label),
        window=period.window,
        due=format_date(due_on),
        left="đã hết hạn" if clock.today() > due_on else days_left_phrase(due_on, now),
        indicators=tuple(names),
        units=period.units,  # type: ignore[attr-defined]
        sent=period.sent,  # type: ignore[attr-defined]
    )


def askable(campaign: Campaign) -> tuple[AskableArea, ...]:
    """What may be asked, by content area: one query."""
    rows = campaign.indicators.with_figures().select_related("area__parent").order_by("area__position", "position")
    grouped = groupby(rows, key=lambda row: row.area.parent or row.area)
    return tuple(AskableArea(f"{area.numbering} {area.short_title}".strip(), tuple(found)) for area, found in grouped)


def askable_units(campaign: Campaign) -> tuple[AskableKind, ...]:
    """Of whom it may be asked, by kind of unit: one query."""
    rows = campaign.participations.filter(relation__in=[Relation.ASSIGNED, Relation.ASKED])
    ordered = rows.select_related("unit__kind").order_by("unit__kind__position", "unit__position", "unit__sort_key")
    grouped = groupby(ordered, key=lambda part: part.unit.kind)
    return tuple(AskableKind(kind.plural or kind.name, tuple(found)) for kind, found in grouped)
