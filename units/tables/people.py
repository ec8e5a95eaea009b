"""People: who has an account where, in which state; and what of all accounts a list is held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from units import clock
from units.choices import Role
from units.models import OrgUnit, Post, RoleGrant, Slip, User, below_any, is_in_force
from units.permissions import people_paths, why_not_manage
from vietnamese.dates import format_date
from vietnamese.text import search_key

#: Accounts with all their roles and posts and the units of both; slips.
QUERIES = 6
HOLDING, IDLE, CLOSED = "dang-giu", "chua-co", "da-ngung"
#: Where an account stands in the list; the keys stand in the address.
SHELVES: dict[str, str] = {HOLDING: "Đang giữ vai trò", IDLE: "Chưa có vai trò", CLOSED: "Đã ngừng"}


@dataclass(frozen=True)
class Known:
    """All accounts: by name, by person and unit, by e-mail; roles and titles by account and unit."""

    by_username: dict[str, User]
    by_person: dict[tuple[str, str], str]
    by_email: dict[str, str]
    roles: dict[tuple[int, str], frozenset[str]]
    titles: dict[tuple[int, str], frozenset[str]]


@dataclass(frozen=True)
class PersonRow:
    """One account as text."""

    pk: int
    name: str
    username: str
    units: str
    posts: str
    roles: str
    contact: str
    state: str
    is_waiting: bool
    why_not: str
    shelf: str


@dataclass(frozen=True)
class Shelf:
    """One part of the list, with how many stand in it."""

    key: str
    label: str
    number: int
    is_current: bool


@dataclass(frozen=True)
class PeopleList:
    """The people of the chosen part, and the parts that there are."""

    rows: list[PersonRow]
    shelves: tuple[Shelf, ...]


def known_people() -> Known:
    """Every account with the roles and posts that it holds, or will hold: three queries."""
    today = clock.today()
    users = {user.pk: user for user in User.objects.prefetch_related("role_grants__unit")}
    roles: dict[tuple[int, str], set[str]] = defaultdict(set)
    titles: dict[tuple[int, str], set[str]] = defaultdict(set)
    persons: dict[tuple[str, str], str] = {}
    for user in users.values():
        for grant in user.role_grants.all():
            if grant.valid_to is None or grant.valid_to >= today:
                roles[user.pk, grant.unit.key].add(grant.role)
                if user.is_active:
                    persons[search_key(user.full_name), grant.unit.key] = user.username
    lasting = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    for user_id, key, title in lasting.values_list("user", "unit__key", "title"):
        titles[user_id, key].add(title)
    return Known(
        by_username={user.username: user for user in users.values()},
        by_person=persons,
        by_email={user.work_email.lower(): user.username for user in users.values() if user.work_email},
        roles={key: frozenset(words) for key, words in roles.items()},
        titles={key: frozenset(words) for key, words in titles.items()},
    )


def unit_with_people(by: User, key: str) -> OrgUnit | None:
    """The unit of that key, where the person keeps people of it."""
    return OrgUnit.objects.below_paths(people_paths(by)).filter(key=key).first()


def people_list(by: User, on: date, *, words: str = "", shown: str = "", unit: OrgUnit | None = None) -> PeopleList:
    """The people whom the person keeps: ``QUERIES`` queries beside the person's own roles.

    Those who hold something today; who holds nothing any more, or is closed, is one choice away, and is found by words.
    """
    paths = (unit.path,) if unit else people_paths(by)
    users = User.objects.kept_by(paths).prefetch_related("role_grants__unit", "posts__unit")
    slips = {slip.user_id: slip for slip in Slip.objects.unused().filter(user__in=users)}
    rows = [_row(user, by, on, paths, slips.get(user.pk)) for user in users.order_by("full_name", "username")]
    rows = [row for row in rows if row.shelf and _fits(row, words)]
    counts = Counter(row.shelf for row in rows)
    wanted = shown if shown in SHELVES else "" if words else HOLDING
    return PeopleList(
        rows=[row for row in rows if wanted in ("", row.shelf)],
        shelves=tuple(Shelf(key, label, counts[key], key == wanted) for key, label in SHELVES.items()),
    )


def _row(user: User, by: User, on: date, paths: tuple[str, ...], slip: Slip | None) -> PersonRow:
    """One account; where it holds nothing any more, with what it held last."""
    everything = [*user.role_grants.all(), *user.posts.all()]
    now = [one for one in everything if is_in_force(one, on)]
    here = [one for one in now if one.unit.path.startswith(paths)]
    told = here or _last(everything)
    return PersonRow(
        pk=user.pk,
        name=str(user),
        username=user.username,
        units=", ".join(dict.fromkeys(_place(one, on) for one in told)),
        posts=", ".join(dict.fromkeys(one.title for one in told if isinstance(one, Post))),
        roles=", ".join(dict.fromkeys(_role(one, on) for one in told if isinstance(one, RoleGrant))),
        contact=" · ".join(text for text in (user.work_phone, user.work_email) if text),
        state=_state(user, slip, on),
        is_waiting=bool(here) and (user.must_change_password or not user.has_usable_password()),
        why_not=why_not_manage(user, by),
        shelf=_shelf(user, now, here, on),
    )


def _shelf(user: User, now: list[RoleGrant | Post], here: list[RoleGrant | Post], on: date) -> str:
    """Where the account stands in the list; nowhere, where all that it holds is elsewhere."""
    if not user.is_active:
        return CLOSED
    if any(one.unit.valid_to is None or one.unit.valid_to >= on for one in here):
        return HOLDING
    elsewhere = any(one not in here for one in now)
    return "" if elsewhere else IDLE


def _last(rows: list[RoleGrant | Post]) -> list[RoleGrant | Post]:
    """What ended last, or is still to begin."""
    ends = [one.valid_to or date.max for one in rows]
    return [one for one, end in zip(rows, ends, strict=True) if end == max(ends)]


def _place(one: RoleGrant | Post, on: date) -> str:
    """The unit, and that it is there no longer."""
    is_over = one.unit.valid_to is not None and one.unit.valid_to < on
    return f"{one.unit.short_name} (đã kết thúc)" if is_over else one.unit.short_name


def _role(one: RoleGrant, on: date) -> str:
    """The role in words, and until or from when, where that is not today."""
    word = str(Role(one.role).label).lower()
    if one.valid_to is not None and one.valid_to < on:
        return f"{word} đến {format_date(one.valid_to)}"
    if one.valid_from is not None and one.valid_from > on:
        return f"{word} từ {format_date(one.valid_from)}"
    return word


def _fits(row: PersonRow, words: str) -> bool:
    key = search_key(words)
    return key in search_key(" ".join((row.name, row.username, row.units, row.posts)))


def _state(user: User, slip: Slip | None, on: date) -> str:
    """How far the account is, in words."""
    if not user.is_active:
        return "đã ngừng"
    if not user.has_usable_password():
        return "chưa có phiếu"
    if slip is not None and user.must_change_password:
        if slip.expires_on < on:
            return f"phiếu hết hạn {format_date(slip.expires_on)}"
        return f"chờ đăng nhập, phiếu đến {format_date(slip.expires_on)}"
    if user.must_change_password:
        return "phải đổi mật khẩu"
    return "đang dùng"


def template_rows(by: User, on: date) -> list[dict[str, str]]:
    """The accounts that there are, as the workbook shows them: one line for each person and unit.

    A unit that has ended takes nobody on: who still holds a role there is left out, so that the list can come back.
    """
    place = below_any("unit__path", people_paths(by))
    posts: dict[tuple[int, int], str] = {}
    for post in Post.objects.in_force(on).filter(place):
        posts.setdefault((post.user_id, post.unit_id), post.title)
    found: dict[tuple[int, int], dict[str, str]] = {}
    lasting = Q(unit__valid_to=None) | Q(unit__valid_to__gte=on)
    grants = RoleGrant.objects.in_force(on).filter(place, lasting).filter(Q(user__is_active=True))
    for grant in grants.select_related("user", "unit").order_by("unit__path", "user__username", "role"):
        row = found.setdefault(
            (grant.user_id, grant.unit_id),
            {
                "full_name": grant.user.full_name,
                "username": grant.user.username,
                "unit": grant.unit.name,
                "title": posts.get((grant.user_id, grant.unit_id), ""),
                "roles": "",
                "phone": grant.user.work_phone,
                "email": grant.user.work_email,
            },
        )
        label = str(Role(grant.role).label)
        row["roles"] = f"{row['roles']}; {label}" if row["roles"] else label
    return list(found.values())
