"""What the page of one unit shows: names and codes in time, whence and whither, the people; and its form's texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from units import clock
from units.models import OrgUnit, Post, RoleGrant, Succession, below_any
from units.rules.register import UnitLine
from units.rules.register_fields import UNIT_FIELDS, shown
from units.tables.register import kind_lines, level_lines, line_of
from vietnamese.dates import format_date

#: Names, codes, successions, posts, roles.
QUERIES = 5
NEW: dict[str, str] = {}


@dataclass(frozen=True)
class SpanRow:
    """A name or a code with its days."""

    text: str
    days: str
    ground: str = ""


@dataclass(frozen=True)
class PassingRow:
    """One unit passing into another."""

    words: str
    unit_pk: int
    unit: str
    on: str
    decision: str


@dataclass(frozen=True)
class PersonRow:
    """One person at the unit: post and roles in force."""

    pk: int
    name: str
    username: str
    posts: str
    roles: str
    contact: str


@dataclass(frozen=True)
class UnitPage:
    """The history and the people of one unit."""

    names: tuple[SpanRow, ...]
    codes: tuple[SpanRow, ...]
    passings: tuple[PassingRow, ...]
    people: tuple[PersonRow, ...]


def unit_page(unit: OrgUnit, on: date) -> UnitPage:
    """One unit on a day: ``QUERIES`` queries."""
    names = [SpanRow(row.name, days(row.valid_from, row.valid_to), row.decision) for row in unit.names.in_order()]
    codes = [SpanRow(row.code, days(row.valid_from, row.valid_to)) for row in unit.codes.in_order()]
    return UnitPage(tuple(names), tuple(codes), tuple(_passings(unit)), people_at(unit, on))


def _passings(unit: OrgUnit) -> list[PassingRow]:
    """Whence it came first, then into what it passed: one query."""
    rows = Succession.objects.about(unit).select_related("predecessor", "successor")
    found = []
    for row in rows:
        came = row.successor_id == unit.pk
        other = row.predecessor if came else row.successor
        words = f"{row.get_kind_display()}: {'kế thừa' if came else 'chuyển thành'}"
        found.append(PassingRow(words, other.pk, other.name, format_date(row.effective_on), row.decision))
    return found


def people_at(unit: OrgUnit, on: date) -> tuple[PersonRow, ...]:
    """Who holds a post or a role at the very unit on the day: two queries."""
    posts = list(Post.objects.in_force(on).filter(unit=unit).select_related("user"))
    roles = list(RoleGrant.objects.in_force(on).filter(unit=unit).select_related("user"))
    users = {row.user_id: row.user for row in [*posts, *roles]}
    rows = [
        PersonRow(
            pk=pk,
            name=str(user),
            username=user.username,
            posts=", ".join(post.title for post in posts if post.user_id == pk),
            roles=", ".join(str(role.get_role_display()).lower() for role in roles if role.user_id == pk),
            contact=" · ".join(text for text in (user.work_phone, user.work_email) if text),
        )
        for pk, user in users.items()
        if user.is_active
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def unit_texts(unit: OrgUnit) -> dict[str, str]:
    """One unit as its form shows it."""
    line = line_of(unit)
    return {one.key: _text(line, one.key) for one in UNIT_FIELDS}


def _text(line: UnitLine, key: str) -> str:
    value = shown(getattr(line, key))
    return "" if value is None else str(value)


def choices_for(paths: tuple[str, ...], unit: OrgUnit | None) -> dict[str, Sequence[tuple[str, str]]]:
    """Kinds, levels, and the units under which it may stand: three queries."""
    above = OrgUnit.objects.filter(below_any("path", paths)).select_related("kind")
    if unit is not None:
        above = above.exclude(path__startswith=unit.path)
    ordered = sorted(above, key=lambda one: (one.valid_to is not None, one.path.count("/"), one.sort_key))
    today = clock.today()
    parents = [
        (one.key, f"{one.name} (đã kết thúc)" if one.valid_to and one.valid_to < today else one.name) for one in ordered
    ]
    if unit is not None and unit.parent and unit.parent.key not in dict(parents):
        parents.insert(0, (unit.parent.key, unit.parent.name))
    return {
        "kind": [("", "Chọn loại"), *((row.code, row.name) for row in kind_lines())],
        "level": [("", "Chọn cấp"), *((row.code, row.name) for row in level_lines())],
        "parent": [("", "Không có cấp trên"), *parents],
    }


def days(first: date | None, last: date | None) -> str:
    """From when to when, in words."""
    if first and last:
        return f"{format_date(first)} – {format_date(last)}"
    if last:
        return f"đến hết {format_date(last)}"
    return f"từ {format_date(first)}" if first else "không nêu ngày"
