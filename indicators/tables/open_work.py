"""What a person who leaves would leave open: rows in their charge, reports of the unit still to be sent, stand-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaign.choices import CampaignStatus, SubmissionStatus
from campaign.models import Submission
from indicators.models import Assignment
from units.choices import OWN_ROLES
from units.models import StandIn, User
from vietnamese.dates import format_date

#: Rows, reports, stand-ins.
QUERIES = 3
MOST_SHOWN = 12
UNSENT = (SubmissionStatus.DRAFT, SubmissionStatus.ENDORSED, SubmissionStatus.CHANGES_REQUESTED)


@dataclass(frozen=True)
class OpenLine:
    """One thing that is open, in words."""

    what: str
    text: str
    unit: str


def open_work(user: User, on: date) -> list[OpenLine]:
    """What waits for the person on the day: ``QUERIES`` queries beside the person's own roles."""
    rows = Assignment.objects.filter(
        person=user, valid_to=None, indicator__campaign__status=CampaignStatus.LAUNCHED
    ).select_related("indicator", "unit")
    found = [OpenLine("Phụ trách chỉ tiêu", str(row.indicator), row.unit.name) for row in rows.order_by("pk")]
    own = [grant.unit_id for grant in user.grants if grant.role in OWN_ROLES and not grant.is_inherited]
    reports = Submission.objects.filter(
        participation__unit__in=own,
        participation__campaign__status=CampaignStatus.LAUNCHED,
        status__in=UNSENT,
        period__ends_on__lte=on,
    ).select_related("participation__campaign", "period")
    found += [
        OpenLine(
            "Báo cáo chưa gửi",
            f"{row.period}, hạn {format_date(row.due_on)}",
            f"{row.participation.unit_name} · {row.participation.campaign}",
        )
        for row in reports.order_by("participation__campaign", "due_on")
    ]
    lent = StandIn.objects.in_force(on).filter(holder=user).select_related("lender", "grant__unit")
    found += [
        OpenLine("Đang làm thay", f"{one.lender} đến {format_date(one.valid_to)}", one.grant.unit.name) for one in lent
    ]
    return found
