"""What the page of stand-ins shows: roles lent and held, the earlier ones, and what can still be lent to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from units import clock
from units.models import RoleGrant, StandIn, User
from units.permissions import LENDABLE, may_lend, why_not_take_back
from vietnamese.dates import format_date

#: The queries of ``stand_in_table``.
QUERIES = 1


@dataclass(frozen=True)
class StandInRow:
    """One stand-in as text."""

    pk: int
    role: str
    unit: str
    lender: str
    holder: str
    days: str
    ground: str
    state: str
    is_over: bool
    may_take_back: bool


@dataclass(frozen=True)
class StandInTable:
    """Those in force or to come, and those that are over."""

    current: tuple[StandInRow, ...]
    over: tuple[StandInRow, ...]


def stand_in_table(user: User) -> StandInTable:
    """Stand-ins that the person lent, holds, or may end as head of the unit: one query."""
    today = clock.today()
    rows = StandIn.objects.visible_to(user).select_related("grant__unit", "lender", "holder")
    found = [_row(one, user, today) for one in rows.order_by("-valid_to", "-pk")]
    return StandInTable(tuple(row for row in found if not row.is_over), tuple(row for row in found if row.is_over))


def lendable_grants(user: User) -> list[RoleGrant]:
    """The roles in force that the person may lend: own ones first, then the people's of a unit where they are head."""
    units = {grant.unit_id for grant in user.grants if grant.stand_in_id is None and not grant.is_inherited}
    rows = RoleGrant.objects.in_force(clock.today()).filter(unit__in=units, role__in=LENDABLE)
    ordered = rows.select_related("unit", "user").order_by("unit__sort_key", "role", "user__full_name")
    return sorted((row for row in ordered if may_lend(row, user)), key=lambda row: row.user_id != user.pk)


def _row(one: StandIn, user: User, today: date) -> StandInRow:
    """One stand-in."""
    is_over = one.withdrawn_at is not None or one.valid_to < today
    return StandInRow(
        pk=one.pk,
        role=one.grant.get_role_display(),
        unit=one.grant.unit.name,
        lender=str(one.lender),
        holder=str(one.holder),
        days=f"{format_date(one.valid_from)} – {format_date(one.valid_to)}",
        ground=one.ground,
        state=_state(one, today),
        is_over=is_over,
        may_take_back=not why_not_take_back(one, user, today=today),
    )


def _state(one: StandIn, today: date) -> str:
    """In force, to come, over, or taken back: in words, from the dates."""
    if one.withdrawn_at is not None:
        return f"đã thôi ngày {format_date(clock.local_date(one.withdrawn_at))}"
    if one.valid_to < today:
        return "đã hết hạn"
    return "đang có hiệu lực" if one.valid_from <= today else "chưa đến ngày"
