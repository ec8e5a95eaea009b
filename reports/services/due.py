"""Drafts that are there without anybody's act: the month's on the morning after the deadline, the evaluation sheets.

Safe to run twice, by two at once: whoever takes the campaign's row second finds the draft. One that a person has opened
is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from campaign.choices import CampaignStatus, SubmissionStatus
from campaign.models import Campaign, Period, Submission
from followup.services.notices import notify, standing_people
from indicators.tables.standings import OFFICIAL, SENT
from reports.exports.kind import Kind
from reports.exports.kinds import EVALUATION, MONTH
from reports.models import Report
from reports.services.drafts import open_report
from units import clock

#: A month that has been over for longer is left to whoever still wants a report of it.
FRESH = timedelta(days=31)
#: Cadres are evaluated before 15 December: the sheets are ready on the first, from the figures of November.
EVALUATED = (12, 15)
SHEETS_READY_ON = 1


def draw_up_due() -> list[Report]:
    """Open whatever draft has fallen due and is not there; returns what was opened now."""
    campaigns = Campaign.objects.filter(status=CampaignStatus.LAUNCHED)
    found = [
        _draw_up(campaign, kind, period)
        for campaign in campaigns
        for kind, period in due_drafts(campaign, clock.today())
    ]
    return [one for one in found if one is not None]


def due_drafts(campaign: Campaign, on: date) -> Iterator[tuple[Kind, Period]]:
    """What must be there on a day, whether it is or not: one query."""
    months = list(campaign.periods.monthly().with_units_due().order_by("number"))
    gathered = [one for one in months if on - FRESH <= _units_due_on(one) < on]
    if gathered:
        yield MONTH, gathered[-1]
    month, last_day = EVALUATED
    begins = date(on.year, month, SHEETS_READY_ON)
    if begins <= on < date(on.year, month, last_day) and campaign.starts_on <= begins:
        over = [one for one in months if one.ends_on < begins and one.ends_on.year == on.year]
        if over:
            yield EVALUATION, over[-1]


def _units_due_on(period: Period) -> date:
    """The last day on which a unit is in time, as ``with_units_due`` read it."""
    due_on: date | None = getattr(period, "units_due_on", None)
    return due_on or date.max


@transaction.atomic
def _draw_up(campaign: Campaign, kind: Kind, period: Period) -> Report | None:
    """Open the draft and tell the office, unless it is there."""
    locked = Campaign.objects.select_for_update(of=("self",)).select_related("standing_body").get(pk=campaign.pk)
    if Report.objects.filter(campaign=locked, kind=kind.key, period=period, issuer=locked.standing_body).exists():
        return None
    waiting = Submission.objects.filter(period=period, status=SubmissionStatus.SENT).count()
    report = open_report(locked, kind.key, period, by=None, basis=SENT if waiting else OFFICIAL)
    text = f"Dự thảo đã sẵn sàng: {kind.label}, {period.name.lower()}"
    detail = (
        f"Dự thảo đang dùng số liệu tạm tính vì còn {waiting} báo cáo chờ tiếp nhận. "
        "Tiếp nhận xong thì chọn số liệu chính thức ở mục thiết lập rồi mới chốt bản trình ký."
        if waiting
        else "Số liệu chính thức; xem lời văn, sửa nếu cần rồi chốt bản trình ký."
    )
    path = reverse("reports:report", args=[report.pk])
    notify(standing_people(locked), text, path, by=None, detail=detail, key=f"draft:{kind.key}:{period.pk}")
    return report
