"""Bàn giao: posts, roles and the rows in a person's charge go to another person of the unit, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from indicators.models import Assignment
from indicators.tables.open_work import rows_in_charge
from units import clock
from units.errors import refuse
from units.models import OrgUnit, User
from units.permissions import why_not_manage
from units.services import record_act
from units.services.accounts import hand_over
from vietnamese.text import nfc


@dataclass(frozen=True)
class Handed:
    """How much went over."""

    roles: int
    rows: int


@transaction.atomic
def hand_over_work(giver: User, receiver: User, unit: OrgUnit, *, on: date, note: str, by: User) -> Handed:
    """Give everything that one person does at a unit to another from a day on; what was done stays under its name."""
    roles = hand_over(giver, receiver, unit, on=on, note=note, by=by)
    held = Assignment.objects.filter(person=giver, unit=unit, valid_to=None)
    rows = held.update(person=receiver)
    if rows:
        detail = {"from": giver.pk, "to": receiver.pk, "rows": rows}
        record_act("assignments.handed_over", by=by, subject=receiver, unit=unit, detail=detail)
    return Handed(roles, rows)


@transaction.atomic
def hand_over_rows(giver: User, receiver: User, *, note: str, by: User) -> int:
    """Give the rows that a closed account left in its charge to another; how many went over.

    Posts and roles are over with the account; the rows of units where the receiver does not work stay.
    """
    for person in (giver, receiver):
        refuse(why_not_manage(person, by), about=person)
    if giver.is_active:
        raise ValidationError(f"{giver} còn đang làm việc: bàn giao cả chức vụ, vai trò cùng các dòng phụ trách.")
    if not receiver.is_active:
        raise ValidationError(f"Tài khoản của {receiver} đã ngừng. Chọn người khác.")
    units = {grant.unit_id for grant in receiver.role_grants.in_force(clock.today())}
    rows = list(rows_in_charge(giver).filter(unit__in=units).select_related("unit"))
    if not rows:
        raise ValidationError(f"Không dòng chỉ tiêu nào của {giver} thuộc đơn vị nơi {receiver} làm việc.")
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(person=receiver)
    detail = {"from": giver.pk, "to": receiver.pk, "rows": len(rows)}
    subject_unit = rows[0].unit
    reason = nfc(note).strip()
    record_act("assignments.handed_over", by=by, subject=receiver, unit=subject_unit, reason=reason, detail=detail)
    return len(rows)
