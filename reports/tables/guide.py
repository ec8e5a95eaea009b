"""The one-page guide for clerks: periods, deadlines, who confirms, whom to ask; from the campaign's own data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.models import Campaign, Participation, Submission
from indicators.models import Assignment
from indicators.tables.wording import NONE
from units import clock
from units.choices import STANDING_ROLES, Role
from units.models import RoleGrant, User
from vietnamese.dates import format_date, weekday_name

#: The unit, its reports or the periods with their deadlines, the leads of its rows, the people to ask.
QUERIES = 5
#: So many indicators of one department are named; the rest are counted.
NAMED = 4


@dataclass(frozen=True)
class GuidePeriod:
    """One period: its window and when it is due."""

    name: str
    window: str
    due: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class GuideLead:
    """One department that confirms, and what."""

    unit: str
    indicators: str


@dataclass(frozen=True)
class Contact:
    """One person of the standing body."""

    name: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True)
class Guide:
    """The whole page."""

    campaign: Campaign
    unit_name: str
    columns: tuple[str, ...]
    periods: tuple[GuidePeriod, ...]
    leads: tuple[GuideLead, ...]
    contacts: tuple[Contact, ...]
    made_at: datetime


def guide(campaign: Campaign, user: User) -> Guide:
    """The guide of the person's unit, with its own deadlines; of the whole campaign for who has none there."""
    part = _own_part(campaign, user)
    tiers = [] if part else list(campaign.tiers.all())
    columns = tuple(tier.name for tier in tiers) or ("Hạn gửi, đến hết ngày",)
    periods = _own_periods(part) if part else _all_periods(campaign, [tier.pk for tier in tiers])
    return Guide(
        campaign=campaign,
        unit_name=part.unit_name if part else "",
        columns=columns,
        periods=periods,
        leads=_leads(campaign, part),
        contacts=_contacts(campaign),
        made_at=clock.now(),
    )


def _own_part(campaign: Campaign, user: User) -> Participation | None:
    """The unit for which the person enters or endorses."""
    rows = campaign.participations.worked_for(user)
    return rows.select_related("unit").order_by("pk").first()


def _own_periods(part: Participation) -> tuple[GuidePeriod, ...]:
    """The unit's reports with their due days, extensions included."""
    reports = Submission.objects.filter(participation=part).select_related("period", "participation")
    return tuple(
        GuidePeriod(
            report.period.name,
            report.period.window,
            (f"{weekday_name(report.due_on)}, {format_date(report.due_on)}",),
            "" if report.may_be_late else "không tính chậm",
        )
        for report in reports.order_by("period__ends_on", "period__number")
    )


def _all_periods(campaign: Campaign, tier_ids: Sequence[int]) -> tuple[GuidePeriod, ...]:
    """The periods with the due day of every group of units."""
    found = []
    for period in campaign.periods.prefetch_related("deadlines").order_by("ends_on", "number"):
        due = {line.tier_id: format_date(line.due_on) for line in period.deadlines.all()}
        note = "không tính chậm" if period.is_before_launch else ""
        found.append(GuidePeriod(period.name, period.window, tuple(due.get(pk, NONE) for pk in tier_ids), note))
    return tuple(found)


def _leads(campaign: Campaign, part: Participation | None) -> tuple[GuideLead, ...]:
    """Who confirms what of the unit's rows, the most first."""
    own = Assignment.objects.reporting().filter(indicator__campaign=campaign, valid_to=None)
    if part is not None:
        own = own.filter(unit=part.unit_id)
    indicators = own.values("indicator")
    rows = Assignment.objects.leading_now().filter(indicator__in=indicators)
    names: dict[str, list[str]] = {}
    ordered = rows.order_by("indicator__area__position", "indicator__position")
    for unit, name in ordered.values_list("unit__name", "indicator__short_name"):
        names.setdefault(unit, []).append(name)
    return tuple(GuideLead(unit, _listed(found)) for unit, found in sorted(names.items(), key=lambda one: -len(one[1])))


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    more = f" và {len(names) - NAMED} dòng nữa" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more


def _contacts(campaign: Campaign) -> tuple[Contact, ...]:
    """The people of the standing body: name, role, work phone and mail."""
    grants = RoleGrant.objects.in_force(clock.today()).filter(
        unit=campaign.standing_body_id, role__in=STANDING_ROLES, user__is_active=True
    )
    words = {Role.COORDINATOR: "chuyên viên tổng hợp", Role.COORDINATOR_HEAD: "thủ trưởng"}
    return tuple(
        Contact(str(row.user), words[Role(row.role)], row.user.work_phone, row.user.work_email)
        for row in grants.select_related("user").order_by("role", "user__full_name")
    )
