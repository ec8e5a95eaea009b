"""Bàn giao: posts, roles and the rows in a person's charge go to another person of the unit, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from indicators.models import Assignment
from units.models import OrgUnit, User
from units.services import record_act
from units.services.accounts import hand_over


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
