"""Periods and deadlines: laid by the campaign's calendar rule, and extended for a single unit with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from campaign.choices import DayOffKind, PeriodKind
from campaign.models import Campaign, DayOff, Deadline, DeadlineExtension, Period, Submission
from campaign.permissions import is_standing_body, stand_in_of
from campaign.rules.calendar import (
    PeriodWindow,
    cut_periods,
    due_day,
    grouped_periods,
    supplementary_periods,
    working_day_on_or_after,
    year_window,
)
from units import clock
from units.choices import STANDING_ROLES
from units.models import User
from units.services import record_act
from vietnamese.text import nfc


@transaction.atomic
def lay_periods(
    campaign: Campaign, *, by: User | None, length: int = 1, windows: Sequence[PeriodWindow] = ()
) -> list[Period]:
    """Cut the campaign into periods of so many months, or take the given ones; with a due day for every deadline tier.

    A campaign that ends with the reporting year gets the supplementary closings as well: to 31/12 and to 31/01.
    """
    if campaign.periods.exists():
        raise ValidationError(f"Phong trào “{campaign}” đã có kỳ báo cáo.")
    months = list(windows) or grouped_periods(
        cut_periods(campaign.starts_on, campaign.ends_on, campaign.calendar_rule), length
    )
    year = campaign.ends_on.year
    extra: list[PeriodWindow] = []
    if not windows and campaign.ends_on == year_window(year, campaign.calendar_rule)[1]:
        extra = supplementary_periods(year, campaign.calendar_rule, len(months) + 1)
    rows = [_period(campaign, PeriodKind.MONTH, window) for window in months]
    rows += [_period(campaign, PeriodKind.SUPPLEMENTARY, window) for window in extra]
    periods = Period.objects.bulk_create(rows)
    days_off, swapped = days_that_differ(campaign)
    Deadline.objects.bulk_create(
        Deadline(period=period, tier=tier, due_on=due_day(period.ends_on, tier.day_of_month, days_off, swapped))
        for period in periods
        for tier in campaign.tiers.all()
    )
    record_act("campaign.periods_laid", by=by, subject=campaign, detail={"periods": len(periods)})
    return periods


def _period(campaign: Campaign, kind: str, window: PeriodWindow) -> Period:
    """A row for a window."""
    return Period(
        campaign=campaign,
        kind=kind,
        number=window.number,
        name=window.name,
        month=window.month,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
    )


def days_that_differ(campaign: Campaign) -> tuple[set[date], set[date]]:
    """Days off and days worked instead, of all and of the campaign's authority."""
    rows = DayOff.objects.filter(Q(authority=None) | Q(authority=campaign.authority))
    pairs = list(rows.values_list("on", "kind"))
    return (
        {on for on, kind in pairs if kind == DayOffKind.HOLIDAY},
        {on for on, kind in pairs if kind == DayOffKind.WORKDAY},
    )


def working_day_in(campaign: Campaign, days: int) -> date:
    """The first working day at least so many days from today, so that nothing is asked for a day off."""
    return working_day_on_or_after(clock.today() + timedelta(days=days), *days_that_differ(campaign))


@transaction.atomic
def extend_deadline(submission: Submission, *, new_due_on: date, reason: str, by: User) -> Submission:
    """Give one unit a later due day for one period (gia hạn), with the reason that others will read."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("participation__campaign", "period")
    row = rows.get(pk=submission.pk)
    if not is_standing_body(row.participation.campaign, by):
        raise PermissionDenied("Chỉ cơ quan thường trực thi đua mới gia hạn gửi được.")
    if row.first_sent_at is not None:
        raise ValidationError("Đơn vị đã gửi báo cáo kỳ này nên không cần gia hạn.")
    if new_due_on <= row.due_on:
        raise ValidationError(f"Hạn mới phải sau hạn hiện nay là {row.due_on:%d/%m/%Y}.")
    if not reason.strip():
        raise ValidationError("Ghi lý do gia hạn.")
    DeadlineExtension.objects.create(
        submission=row, old_due_on=row.due_on, new_due_on=new_due_on, reason=nfc(reason).strip(), by=by, at=clock.now()
    )
    row.due_on = new_due_on
    row.save(update_fields=["due_on"])
    record_act(
        "submission.deadline_extended",
        by=by,
        stand_in_id=stand_in_of(row, by, STANDING_ROLES),
        subject=row,
        unit=row.participation.unit,
        reason=nfc(reason).strip(),
        detail={"new_due_on": new_due_on.isoformat()},
    )
    return row
