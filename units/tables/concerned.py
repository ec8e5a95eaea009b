"""Whom a decision about units concerns: what each held at a unit that ends, what becomes of it, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from units import clock
from units.choices import Role
from units.models import OrgUnit, Post, Reorganisation, RoleGrant, User, is_in_force
from units.permissions import why_not_grant
from units.rules.reorganising import RENAME
from vietnamese.dates import format_date

#: Ending units and successors; accounts with all their roles and posts and the units of both.
QUERIES = 7
STAYS_TO_FINISH = "còn vai trò ở đơn vị đã kết thúc để làm nốt các kỳ trước; chưa có nơi mới"
HAS_NONE = "thôi vai trò cùng đơn vị; chưa có vai trò mới"
IS_CLOSED = "tài khoản đã ngừng"


@dataclass(frozen=True)
class Concerned:
    """One person of a unit that ends; ``roles``: what may be given on, where the person has no place yet."""

    pk: int
    name: str
    username: str
    held: str
    becomes: str
    has_place: bool
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConcernedPeople:
    """Everybody concerned, and the units among which a new place is chosen; the first is proposed, where one is."""

    rows: tuple[Concerned, ...]
    successors: tuple[OrgUnit, ...]
    proposed: int | None
    last_day: str
    from_day: str

    @property
    def without(self) -> int:
        """How many have no place from the day on."""
        return sum(not row.has_place for row in self.rows)

    @property
    def may_place(self) -> bool:
        """Can the reader give somebody a place?"""
        return bool(self.successors) and any(row.roles for row in self.rows)


def concerned_people(act: Reorganisation, by: User) -> ConcernedPeople:
    """The people of the units that the decision ends: at most ``QUERIES`` queries beside the reader's own roles."""
    last = act.effective_on - timedelta(days=1)
    day = max(act.effective_on, clock.today())
    ending = [] if act.kind == RENAME else [one for one in act.units.all() if one.valid_to == last]
    passings = list(act.successions.select_related("successor").order_by("pk"))
    successors = tuple({row.successor_id: row.successor for row in passings}.values())
    takes_over = {row.successor_id for row in passings if row.takes_over}
    there = Q(unit__in=ending) & (Q(valid_to=None) | Q(valid_to__gte=last))
    posts, roles = Post.objects.filter(there), RoleGrant.objects.filter(there)
    users = User.objects.filter(Q(pk__in=posts.values("user")) | Q(pk__in=roles.values("user")))
    users = users.prefetch_related("role_grants__unit", "posts__unit").order_by("full_name", "username")
    ended = {one.pk for one in ending}
    return ConcernedPeople(
        rows=tuple(_row(user, ended, last, day, successors, by) for user in users) if ending else (),
        successors=successors,
        proposed=next(iter(takes_over)) if len(takes_over) == 1 else None,
        last_day=format_date(last),
        from_day=format_date(act.effective_on),
    )


def _row(user: User, ended: set[int], last: date, day: date, successors: Sequence[OrgUnit], by: User) -> Concerned:
    held = [*user.role_grants.all(), *user.posts.all()]
    before = [one for one in held if one.unit_id in ended and is_in_force(one, last)]
    after = [one for one in held if is_in_force(one, day)]
    placed = [one for one in after if one.unit.valid_to is None or one.unit.valid_to >= day]
    has_place = bool(placed) or not user.is_active
    given = dict.fromkeys(one.role for one in before if isinstance(one, RoleGrant))
    return Concerned(
        pk=user.pk,
        name=str(user),
        username=user.username,
        held=_words(before),
        becomes=_becomes(user, placed, after),
        has_place=has_place,
        roles=() if has_place else tuple(_offered(given, successors, by)),
    )


def _becomes(user: User, placed: list[RoleGrant | Post], after: list[RoleGrant | Post]) -> str:
    if not user.is_active:
        return IS_CLOSED
    if placed:
        return _words(placed)
    return STAYS_TO_FINISH if after else HAS_NONE


def _offered(held: Sequence[str] | dict[str, None], successors: Sequence[OrgUnit], by: User) -> list[tuple[str, str]]:
    """The roles that the person held, and to enter figures, as far as the reader may give them."""
    wanted = dict.fromkeys((*held, Role.CLERK))
    return [
        (str(role), str(Role(role).label))
        for role in wanted
        if successors and not any(why_not_grant(unit, role, by) for unit in successors)
    ]


def _words(rows: Sequence[RoleGrant | Post]) -> str:
    """ "thủ trưởng đơn vị, Chủ tịch · xã Đông"."""
    by_unit: dict[str, list[str]] = {}
    for one in rows:
        word = str(Role(one.role).label).lower() if isinstance(one, RoleGrant) else one.title
        by_unit.setdefault(one.unit.name, []).append(word)
    return "; ".join(f"{', '.join(dict.fromkeys(words))} · {unit}" for unit, words in by_unit.items())
