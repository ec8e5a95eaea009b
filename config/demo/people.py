"""The people of the demo: accounts of nobody, one password for all, roles and posts at their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from campaign.models import AreaOversight, Campaign
from config.demo.cells import DemoError
from config.demo.script import read_json
from indicators.choices import AssignmentRole
from indicators.models import Assignment
from units.choices import Role
from units.models import OrgUnit, Post, RoleGrant, User
from units.services import record_act

LABEL = " (minh họa)"


@dataclass(frozen=True)
class Person:
    """One account: who, with which roles where."""

    username: str
    name: str
    title: str
    post_at: str
    roles_at: str
    roles: tuple[str, ...]
    is_administrator: bool = False


def demo_password() -> str:
    """The one password of every demo account."""
    return str(read_json("people.json")["password"])


def shown_log_ins() -> list[tuple[str, str]]:
    """The accounts to print, each with who it is."""
    usernames = read_json("people.json")["shown"]
    names = dict(User.objects.filter(username__in=usernames).values_list("username", "full_name"))
    return [(username, names[username]) for username in usernames]


def load_people(campaign: Campaign) -> int:
    """Create the accounts that are missing, with posts and roles; returns how many are new."""
    data = read_json("people.json")
    units = {unit.key: unit for unit in OrgUnit.objects.all()}
    people = [*_of_units(data, units), *_others(data)]
    there = {user.username: user for user in User.objects.filter(username__in=[one.username for one in people])}
    taken = sorted(user.username for user in there.values() if not user.is_demo)
    if taken:
        raise DemoError(f"Tên đăng nhập {', '.join(taken)} đã có người dùng thật; không nạp dữ liệu minh họa ở đây.")
    new = [one for one in people if one.username not in there]
    if not new:
        return 0
    # Hashed once for all: a hash is slow on purpose, and these accounts share their password anyway.
    hashed = make_password(data["password"])
    users = User.objects.bulk_create(
        User(
            username=one.username,
            full_name=one.name.removesuffix(LABEL) + LABEL,
            password=hashed,
            is_demo=True,
            is_staff=one.is_administrator,
            is_superuser=one.is_administrator,
        )
        for one in new
    )
    pairs = list(zip(users, new, strict=True))
    Post.objects.bulk_create(Post(user=user, unit=units[one.post_at], title=one.title) for user, one in pairs)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, unit=units[one.roles_at], role=role) for user, one in pairs for role in one.roles
    )
    _put_in_charge(data, campaign)
    record_act("demo.people_loaded", by=None, subject=campaign, detail={"people": len(new)})
    return len(new)


def _of_units(data: Any, units: dict[str, OrgUnit]) -> list[Person]:
    """The clerk and the head of every unit that reports."""
    people = []
    for row in data["units"]:
        unit = units[row["unit"]]
        title = data["clerk_titles"]["territorial" if unit.kind.is_territorial else "other"]
        roles = (Role.CLERK, Role.REVIEWER) if row.get("reviewer") else (Role.CLERK,)
        people.append(Person(row["clerk"], f"Người nhập {unit.name}", title, unit.key, unit.key, roles))
        head = f"Thủ trưởng {unit.name}" if not unit.kind.is_territorial else f"{unit.head_title} {unit.name}"
        people.append(Person(row["head"], head, unit.head_title, unit.key, unit.key, (Role.HEAD,)))
    return people


def _others(data: Any) -> list[Person]:
    """Standing body, leaders, readers, administrator."""
    return [
        Person(
            row["username"],
            row["name"],
            row["title"],
            row["unit"],
            row["at"],
            tuple(row["roles"]),
            row.get("is_administrator", False),
        )
        for row in data["others"]
    ]


def _put_in_charge(data: Any, campaign: Campaign) -> None:
    """Who of a unit looks after which rows, and which areas a vice chairman oversees."""
    users = {user.username: user for user in User.objects.filter(is_demo=True)}
    for row in data["in_charge"]:
        rows = Assignment.objects.filter(
            indicator__campaign=campaign,
            indicator__code__in=row["indicators"],
            unit__key=row["unit"],
            role=row.get("role", AssignmentRole.REPORTS),
        )
        rows.update(person=users[row["username"]])
    AreaOversight.objects.bulk_create(
        [
            AreaOversight(area=area, user=users[row["username"]])
            for row in data["others"]
            for area in campaign.areas.filter(key__in=row.get("oversees", []))
        ],
        ignore_conflicts=True,  # a newer demo brings further people to a database that has the others
    )
