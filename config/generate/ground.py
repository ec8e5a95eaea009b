"""The ground of a generated campaign: its authority, standing body, lead departments and units, and their people."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from config.generate.sizes import Size
from units.choices import STANDING_ROLES, Role
from units.models import Level, OrgUnit, RoleGrant, UnitKind, User

#: Code, name, plural, position, is it a territory? Rows that are there already under these codes are kept.
KINDS = [
    ("uy-ban", "Ủy ban nhân dân", "các Ủy ban nhân dân", 0, True),
    ("phuong", "Phường", "các phường", 2, True),
    ("xa", "Xã", "các xã", 3, True),
    ("phong-ban", "Phòng, ban chuyên môn", "các phòng, ban chuyên môn", 4, False),
]
LEVELS = [("tren", "Cấp trên", 1), ("co-quan", "Cấp phát động", 2), ("don-vi", "Cấp đơn vị", 3)]
INDICATORS_A_LEAD = 10
UNITS_A_TOWN = 9


@dataclass
class Ground:
    """Who takes part, and who acts for whom."""

    authority: OrgUnit
    standing_body: OrgUnit
    leads: list[OrgUnit]
    units: list[OrgUnit]
    clerks: list[User] = field(default_factory=list)
    heads: list[User] = field(default_factory=list)
    reviewers: list[User] = field(default_factory=list)
    office: dict[str, User] = field(default_factory=dict)

    @property
    def people(self) -> list[User]:
        """Every account."""
        return [*self.clerks, *self.heads, *self.reviewers, *self.office.values()]


def make_ground(size: Size, key: str) -> Ground:
    """The units: names tell that they are generated ("Đơn vị 012")."""
    kinds, levels = _kinds_and_levels()
    above = levels["co-quan"]
    authority = _unit(f"{key}-co-quan", "Ủy ban nhân dân (dữ liệu phát sinh)", kinds["uy-ban"], above, None, 1)
    office = kinds["phong-ban"]
    standing_body = _unit(f"{key}-thuong-truc", "Cơ quan thường trực (dữ liệu phát sinh)", office, above, authority, 1)
    leads = [
        _unit(f"{key}-chu-tri-{n:02}", f"Cơ quan chủ trì {n:02}", office, above, authority, n + 1)
        for n in range(1, -(-size.indicators // INDICATORS_A_LEAD) + 1)
    ]
    units = []
    for n in range(1, size.units + 1):
        kind = kinds["phuong" if n % UNITS_A_TOWN == 1 else "xa"]
        units.append(_unit(f"{key}-don-vi-{n:03}", f"Đơn vị {n:03}", kind, levels["don-vi"], authority, n))
    return Ground(authority, standing_body, leads, units)


def make_people(ground: Ground, key: str, password: str | None) -> None:
    """A clerk and a head for each unit, a reviewer for each lead department, and the office; one password or none."""
    hashed = make_password(password)

    def person(word: str, name: str) -> User:
        return User(username=f"{key}.{word}", full_name=name, password=hashed, is_demo=True)

    for n, unit in enumerate(ground.units, 1):
        ground.clerks.append(person(f"nhap.{n:03}", f"(Người nhập của {unit.name})"))
        ground.heads.append(person(f"duyet.{n:03}", f"(Thủ trưởng của {unit.name})"))
    for n, unit in enumerate(ground.leads, 1):
        ground.reviewers.append(person(f"chutri.{n:02}", f"(Chuyên viên của {unit.name})"))
    for role, word in [
        (Role.COORDINATOR, "tiepnhan"),
        (Role.COORDINATOR_HEAD, "thuongtruc"),
        (Role.LEADER, "lanhdao"),
        (Role.READER, "docbaocao"),
    ]:
        ground.office[role] = person(word, f"({role.label})")
    User.objects.bulk_create(ground.people)
    pairs = [(user, unit, Role.CLERK) for user, unit in zip(ground.clerks, ground.units, strict=True)]
    pairs += [(user, unit, Role.HEAD) for user, unit in zip(ground.heads, ground.units, strict=True)]
    pairs += [(user, unit, Role.REVIEWER) for user, unit in zip(ground.reviewers, ground.leads, strict=True)]
    for word, user in ground.office.items():
        at = ground.standing_body if word in STANDING_ROLES else ground.authority
        pairs.append((user, at, Role(word)))
    RoleGrant.objects.bulk_create([RoleGrant(user=user, unit=unit, role=role) for user, unit, role in pairs])


def _kinds_and_levels() -> tuple[dict[str, UnitKind], dict[str, Level]]:
    """Kinds and levels by code; those that are there already stay as they are."""
    kinds = {}
    for code, name, plural, position, is_territorial in KINDS:
        defaults = {"name": name, "plural": plural, "position": position, "is_territorial": is_territorial}
        kinds[code] = UnitKind.objects.get_or_create(code=code, defaults=defaults)[0]
    levels = {
        code: Level.objects.get_or_create(code=code, defaults={"name": name, "rank": rank})[0]
        for code, name, rank in LEVELS
    }
    return kinds, levels


def _unit(key: str, name: str, kind: UnitKind, level: Level, parent: OrgUnit | None, position: int) -> OrgUnit:
    """One unit, through its own save that lays its path and its keys."""
    return OrgUnit.objects.create(
        key=key,
        kind=kind,
        level=level,
        parent=parent,
        name=name,
        short_name=name,
        official_name=f"Ủy ban nhân dân {name}" if kind.is_territorial and parent else name,
        place_name=name if kind.is_territorial else "",
        position=position,
    )
