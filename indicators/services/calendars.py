"""The calendar of a campaign in preparation cut anew, with its phased paths taken along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from campaign.models import Campaign, Period
from campaign.rules.calendar import PeriodWindow
from campaign.services.calendars import set_calendar
from indicators.models import PathPoint
from units.models import User


@transaction.atomic
def change_calendar(
    campaign: Campaign,
    *,
    starts_on: date,
    ends_on: date,
    year_starts_on: date,
    calendar_rule: str,
    by: User,
    length: int = 1,
    windows: Sequence[PeriodWindow] = (),
) -> int:
    """Cut the periods anew; points of paths go to the period of the same name. How many found none and are gone."""
    points = list(PathPoint.objects.filter(period__campaign=campaign).select_related("period"))
    names = [point.period.name for point in points]
    periods = set_calendar(
        campaign,
        starts_on=starts_on,
        ends_on=ends_on,
        year_starts_on=year_starts_on,
        calendar_rule=calendar_rule,
        by=by,
        length=length,
        windows=windows,
    )
    by_name: dict[str, Period] = {one.name: one for one in periods}
    kept = []
    for point, name in zip(points, names, strict=True):
        if name in by_name:
            point.pk, point.period = None, by_name[name]
            point._state.adding = True
            kept.append(point)
    PathPoint.objects.bulk_create(kept)
    return len(points) - len(kept)
