"""The reports of some units over some periods as plain columns, with what follows from their days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaign.models import DaysOfAReport, Participation, Period, Submission


@dataclass
class Report(DaysOfAReport):
    """The columns of a report that its sign is reckoned from: a model for each would take half the page's time."""

    participation: Participation
    period: Period
    pk: int
    status: str
    due_on: date
    first_sent_at: datetime | None
    reopened_until: date | None


def reports_of(parts: Iterable[Participation], periods: Sequence[Period]) -> dict[tuple[int, int], Report]:
    """The reports by unit and period, each joined to what was read already."""
    by_part = {part.pk: part for part in parts}
    by_period = {period.pk: period for period in periods}
    rows = Submission.objects.filter(period__in=by_period, participation__in=by_part).order_by()
    columns = ("participation_id", "period_id", "pk", "status", "due_on", "first_sent_at", "reopened_until")
    return {
        (part, period): Report(by_part[part], by_period[period], *rest)
        for part, period, *rest in rows.values_list(*columns)
    }
