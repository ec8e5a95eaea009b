"""The roles that a person holds on a day, wherever they come from: own, lent, inherited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, Value

from units.choices import ABOVE_ROLES
from units.models.people import RoleGrant
from units.models.prepared import prepared
from units.models.stand_in import StandIn


@dataclass(frozen=True)
class Grant:
    """One role in force: its word, the unit, that unit's path in the tree and its name.

    A role held in another's place (ủy quyền) names the stand-in, whose role it is and its last day. One that follows
    from a role at a unit's successor (kế thừa) is inherited: it opens what the old unit left, nothing else.
    """

    role: str
    unit_id: int
    path: str
    unit_name: str
    stand_in_id: int | None = None
    lender: str = ""
    until: date | None = None
    is_inherited: bool = False


def grants_of(user: int, today: date) -> tuple[Grant, ...]:
    """The roles in force: one query."""
    return tuple(Grant(*row) for row in grants_in_force.rows(user, today))


@prepared
def grants_in_force(user: int, today: date) -> models.QuerySet[Any, Any]:
    """The columns of ``Grant``: own roles, those held in another's place, those inherited from a unit before."""
    own_roles = RoleGrant.objects.in_force(today).filter(user=user)
    columns = ("role", "unit_id", "unit__path", "unit__short_name")
    nobody = {"stand_in": Value(None, models.BigIntegerField()), "lent_by_name": Value("")}
    nobody |= {"until": Value(None, models.DateField())}
    own = own_roles.order_by().annotate(**nobody, inherited=Value(False))
    lent = StandIn.objects.in_force(today).filter(holder=user).order_by().annotate(inherited=Value(False))
    open_to = Q(unit__successions_in__takes_over=True) | Q(role__in=ABOVE_ROLES)
    heirs = own_roles.filter(open_to, unit__successions_in__effective_on__lte=today)
    heirs = heirs.order_by().annotate(**nobody, inherited=Value(True))
    old = "unit__successions_in__predecessor"
    told = ("stand_in", "lent_by_name", "until", "inherited")
    rows: models.QuerySet[Any, Any] = own.values_list(*columns, *told).union(
        lent.values_list(*(f"grant__{name}" for name in columns), "pk", "lender__full_name", "valid_to", "inherited"),
        heirs.values_list("role", f"{old}_id", f"{old}__path", f"{old}__short_name", *told),
        all=True,
    )
    return rows
