"""What the page of one person shows of the person: posts, roles, slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from units.choices import Role
from units.models import Slip, User
from units.tables.unit_page import days
from vietnamese.dates import format_date

#: Posts, roles, slip.
QUERIES = 3


@dataclass(frozen=True)
class HeldRow:
    """A post or a role with its unit and its days."""

    words: str
    unit: str
    unit_id: int
    days: str
    is_over: bool


@dataclass(frozen=True)
class PersonPage:
    """One person; ``unit`` and ``title`` are those of today's first post or role."""

    unit: str
    title: str
    posts: tuple[HeldRow, ...]
    roles: tuple[HeldRow, ...]
    slip: str

    @property
    def units(self) -> dict[int, str]:
        """Where the person holds anything now."""
        return {row.unit_id: row.unit for row in (*self.roles, *self.posts) if not row.is_over}


def person_page(user: User, on: date) -> PersonPage:
    """One person on a day: ``QUERIES`` queries."""
    posts = [
        HeldRow(one.title, one.unit.name, one.unit_id, days(one.valid_from, one.valid_to), _over(one.valid_to, on))
        for one in user.posts.select_related("unit").order_by("valid_from", "pk")
    ]
    roles = [
        HeldRow(
            str(Role(one.role).label),
            one.unit.name,
            one.unit_id,
            days(one.valid_from, one.valid_to),
            _over(one.valid_to, on),
        )
        for one in user.role_grants.select_related("unit").order_by("valid_from", "pk")
    ]
    held = [row for row in (*posts, *roles) if not row.is_over] or [*posts, *roles]
    slip = Slip.objects.unused().filter(user=user).first()
    return PersonPage(
        unit=held[0].unit if held else "",
        title=next((row.words for row in posts if not row.is_over), ""),
        posts=tuple(posts),
        roles=tuple(roles),
        slip=f"đã cấp {format_date(slip.made_on)}, dùng đến hết {format_date(slip.expires_on)}" if slip else "",
    )


def _over(last: date | None, on: date) -> bool:
    return last is not None and last < on
