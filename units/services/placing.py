"""Giving people of a unit that ended a place at one of its successors; each with its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from units.errors import refuse
from units.models import OrgUnit, Post, Reorganisation, RoleGrant, User
from units.permissions import why_not_grant
from units.services.audit import record_act
from units.tables.concerned import concerned_people

CHANGED = "Danh sách người vừa thay đổi. Tải lại trang để xem ai còn chưa có nơi mới."


@dataclass(frozen=True)
class Place:
    """Who goes on where, in which role."""

    user_id: int
    unit_id: int
    role: str


@transaction.atomic
def place_people(act: Reorganisation, places: Sequence[Place], *, by: User) -> list[RoleGrant]:
    """Give each the role at the successor from the effective day on; the posts of the old unit go along with it."""
    if not places:
        raise ValidationError("Chọn nơi mới cho ít nhất một người.")
    found = concerned_people(act, by)
    waiting = {row.pk: row for row in found.rows if not row.has_place}
    units = {unit.pk: unit for unit in found.successors}
    given = []
    for place in places:
        row, unit = waiting.get(place.user_id), units.get(place.unit_id)
        if row is None or unit is None:
            raise ValidationError(CHANGED)
        refuse(why_not_grant(unit, place.role, by), about=row.name)
        given.append(_place(act, User.objects.get(pk=row.pk), unit, place.role, by))
    return given


def _place(act: Reorganisation, user: User, unit: OrgUnit, role: str, by: User) -> RoleGrant:
    """One person: the role, and the titles held to the last day."""
    grant = RoleGrant.objects.create(user=user, unit=unit, role=role, valid_from=act.effective_on)
    titles = user.posts.filter(unit__in=act.units.all()).values_list("title", "unit__head_title").distinct()
    for title, head_title in titles:
        if title != head_title and not user.posts.filter(unit=unit, title=title, valid_to=None).exists():
            Post.objects.create(user=user, unit=unit, title=title, valid_from=act.effective_on)
    detail = {"role": role, "on": act.effective_on.isoformat()}
    record_act("account.moved", by=by, subject=user, unit=unit, reason=str(act), detail=detail)
    return grant
