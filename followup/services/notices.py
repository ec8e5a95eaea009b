"""Telling people: a notice in the program, and who at a unit, a standing body or an authority is told."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from campaign.models import Campaign
from followup.models import Notice
from indicators.models import Assignment, Indicator
from units import clock
from units.choices import OWN_ROLES, STANDING_ROLES, Role
from units.models import OrgUnit, RoleGrant, StandIn, User
from vietnamese.text import nfc


def people_at(unit_id: int | None, *roles: str) -> list[User]:
    """The accounts that hold one of the roles at the very unit today, own or in another's place: one query."""
    if unit_id is None:
        return []
    today = clock.today()
    own = RoleGrant.objects.in_force(today).filter(unit=unit_id, role__in=roles)
    lent = StandIn.objects.in_force(today).filter(grant__unit=unit_id, grant__role__in=roles)
    holders = Q(pk__in=own.values("user")) | Q(pk__in=lent.order_by().values("holder"))
    return list(User.objects.filter(holders, is_active=True).order_by("pk"))


def unit_people(unit: OrgUnit) -> list[User]:
    """Clerks and head of a unit."""
    return people_at(unit.pk, *OWN_ROLES)


def owner_people(unit: OrgUnit | None) -> list[User]:
    """Everyone who works for a unit to which something was given."""
    return people_at(unit.pk if unit else None, *OWN_ROLES, Role.REVIEWER)


def standing_people(campaign: Campaign) -> list[User]:
    """Specialists and head of the standing body."""
    return people_at(campaign.standing_body_id, *STANDING_ROLES)


def leaders(campaign: Campaign) -> list[User]:
    """Leaders of the authority."""
    return people_at(campaign.authority_id, Role.LEADER)


def lead_people(indicator: Indicator | None) -> list[User]:
    """Specialists of the department that leads an indicator."""
    if indicator is None:
        return []
    lead = Assignment.objects.leading_now().filter(indicator=indicator).first()
    return people_at(lead.unit_id if lead else None, Role.REVIEWER)


def notify(
    people: Iterable[User], text: str, path: str = "", *, by: User | None, detail: str = "", key: str = ""
) -> list[Notice]:
    """Leave a notice for each person but the one who acts; with a key only once for each, however often it is tried."""
    now = clock.now()
    rows = [
        Notice(user=one, text=nfc(text)[:300], detail=nfc(detail), path=path, key=key, created_at=now)
        for one in {one.pk: one for one in people}.values()
        if by is None or one.pk != by.pk
    ]
    return Notice.objects.bulk_create(rows, ignore_conflicts=bool(key))


@transaction.atomic
def read_notices(user: User, *, notice: Notice | None = None) -> int:
    """Mark one notice, or all, as read; returns how many were unread."""
    rows = Notice.objects.filter(user=user).unread()
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    return rows.update(read_at=clock.now())
