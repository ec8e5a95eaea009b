"""Launching a campaign: definitions are fixed and everything that is owed is created."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import CampaignStatus, PeriodKind
from campaign.models import Campaign, Period, Submission
from campaign.rules.headings import headings
from campaign.services.campaigns import open_campaign
from campaign.services.periods import lay_periods
from indicators.choices import Schedule
from indicators.models import Assignment, Figure, Indicator
from indicators.services.totals import recompute_all
from units.models import User

QUARTER_ENDS = (3, 6, 9, 12)


@transaction.atomic
def launch_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """Launch (phát động): lay the periods where none are, create reports, figures owed and their empty totals."""
    if campaign.status != CampaignStatus.DRAFT:
        raise ValidationError(f"Phong trào “{campaign}” đã phát động rồi.")
    if not campaign.periods.exists():
        lay_periods(campaign, by=by)
    assignments = list(
        Assignment.objects.reporting().filter(indicator__campaign=campaign).select_related("indicator", "unit")
    )
    if not assignments:
        raise ValidationError("Chưa phân giao chỉ tiêu cho đơn vị nào nên chưa phát động được.")
    _lay_headings(campaign)
    open_campaign(campaign, by=by, unit_ids={row.unit_id for row in assignments})
    create_owed(campaign, assignments)
    # A report in which nothing is asked is not owed: most units have none at the supplementary closings.
    Submission.objects.filter(period__campaign=campaign, figures=None).delete()
    recompute_all(campaign)
    return campaign


def _lay_headings(campaign: Campaign) -> None:
    """Let every content area stand right below its heading, however deep the document nests; numbering stays."""
    parents = dict(campaign.areas.values_list("pk", "parent"))
    bearing = set(campaign.indicators.values_list("area", flat=True))
    for area, heading in headings(parents, bearing).items():
        if parents[area] != heading:
            campaign.areas.filter(pk=area).update(parent=heading)


def create_owed(campaign: Campaign, assignments: Iterable[Assignment]) -> int:
    """One empty figure for each assignment and period in which its row is asked for."""
    periods = list(campaign.periods.exclude(kind=PeriodKind.FLASH).order_by("number"))
    months = [period for period in periods if period.kind == PeriodKind.MONTH]
    last = months[-1] if months else None
    submissions: dict[tuple[int, int], Submission] = {
        (row.participation.unit_id, row.period_id): row
        for row in Submission.objects.filter(period__campaign=campaign).select_related("participation")
    }
    figures = [
        Figure(
            assignment=row,
            period=period,
            submission=submissions[row.unit_id, period.pk],
            kind=row.indicator.kind,
        )
        for row in assignments
        for period in periods
        if (row.unit_id, period.pk) in submissions
        and is_due(row.indicator, period, is_last=period == last)
        and _is_in_force(row, period)
    ]
    Figure.objects.bulk_create(figures, batch_size=1000, ignore_conflicts=True)
    return len(figures)


def is_due(indicator: Indicator, period: Period, *, is_last: bool) -> bool:
    """Is the row asked for in this period (kỳ phải báo cáo)?

    A supplementary period asks only for rows that list its last day ("2025-01-31"), whatever they are asked by month.
    """
    if period.kind == PeriodKind.SUPPLEMENTARY:
        return period.ends_on.isoformat() in indicator.listed_months
    if indicator.schedule in (Schedule.MONTHLY, Schedule.UNTIL_DONE):
        return True
    if indicator.schedule == Schedule.QUARTERLY:
        return period.month in QUARTER_ENDS
    if indicator.schedule == Schedule.LISTED:
        return period.month in indicator.listed_months
    return is_last


def _is_in_force(assignment: Assignment, period: Period) -> bool:
    """Does the unit carry the row in the period?"""
    if assignment.valid_from and assignment.valid_from > period.ends_on:
        return False
    return not (assignment.valid_to and assignment.valid_to < period.starts_on)
