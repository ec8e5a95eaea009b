"""What a person who leaves would leave open: rows in charge, reports and figures that wait for the unit, stand-ins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from campaign.choices import CampaignStatus, SubmissionStatus
from campaign.models import Submission
from indicators.models import Assignment, Total
from units.choices import LEADING_ROLES, OWN_ROLES
from units.models import RoleGrant, StandIn, User
from vietnamese.dates import format_date
from vietnamese.numbers import format_number

#: The person's roles, rows, reports, figures to confirm, stand-ins.
QUERIES = 5
UNSENT = (SubmissionStatus.DRAFT, SubmissionStatus.ENDORSED, SubmissionStatus.CHANGES_REQUESTED)


@dataclass(frozen=True)
class OpenLine:
    """One thing that is open, in words."""

    what: str
    text: str
    unit: str


def open_work(user: User, on: date) -> list[OpenLine]:
    """What waits for the person on the day, or was left by one whose account is closed: ``QUERIES`` queries."""
    held = last_held(user.role_grants.select_related("unit"), on)
    return [*_charges(user), *_unsent(held, on), *_unconfirmed(held), *_lent(user, on)]


def last_held(grants: Iterable[RoleGrant], on: date) -> list[RoleGrant]:
    """The roles held on the day; of a person without any those that ended last."""
    rows = list(grants)
    now = [one for one in rows if one.valid_to is None or one.valid_to >= on]
    last = max((one.valid_to for one in rows if one.valid_to), default=None)
    return now or [one for one in rows if one.valid_to == last]


def _charges(user: User) -> list[OpenLine]:
    rows = rows_in_charge(user).select_related("indicator", "unit").order_by("pk")
    return [OpenLine("Phụ trách chỉ tiêu", str(row.indicator), row.unit.name) for row in rows]


def rows_in_charge(user: User) -> QuerySet[Assignment]:
    """The rows of running campaigns that stand in the person's charge."""
    return Assignment.objects.filter(person=user, valid_to=None, indicator__campaign__status=CampaignStatus.LAUNCHED)


def _unsent(held: Iterable[RoleGrant], on: date) -> list[OpenLine]:
    """Reports of the person's units that are over and not sent."""
    reports = Submission.objects.filter(
        participation__unit__in=[one.unit_id for one in held if one.role in OWN_ROLES],
        participation__campaign__status=CampaignStatus.LAUNCHED,
        status__in=UNSENT,
        period__ends_on__lte=on,
    ).select_related("participation__campaign", "period")
    return [
        OpenLine(
            "Báo cáo chưa gửi",
            f"{row.period}, hạn {format_date(row.due_on)}",
            f"{row.participation.unit_name} · {row.participation.campaign}",
        )
        for row in reports.order_by("participation__campaign", "due_on")
    ]


def _unconfirmed(held: Iterable[RoleGrant]) -> list[OpenLine]:
    """Figures that wait for the word of the person's department, one line for each campaign."""
    units = {one.unit_id for one in held if one.role in LEADING_ROLES}
    leads = Assignment.objects.leading_now().filter(unit__in=units)
    waiting = Total.objects.filter(
        indicator__campaign__status=CampaignStatus.LAUNCHED,
        indicator__in=leads.values("indicator"),
        is_node=True,
        sent__gt=F("confirmed"),
    )
    by_campaign = waiting.order_by("indicator__campaign").values_list("indicator__campaign__short_name")
    counted = by_campaign.annotate(number=Sum(F("sent") - F("confirmed")))
    return [OpenLine("Chờ xác nhận", f"{format_number(number)} số liệu", name) for name, number in counted]


def _lent(user: User, on: date) -> list[OpenLine]:
    lent = StandIn.objects.in_force(on).filter(holder=user).select_related("lender", "grant__unit")
    return [
        OpenLine("Đang làm thay", f"{one.lender} đến {format_date(one.valid_to)}", one.grant.unit.name) for one in lent
    ]
