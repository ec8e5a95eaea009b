"""How a unit names itself at the head of an official letter: the kind of body above the name of its place."""

from __future__ import annotations

from units.models import OrgUnit


def name_lines(unit: OrgUnit) -> list[str]:
    """The official name in capitals, line by line: "ỦY BAN NHÂN DÂN" over "XÃ …", or the one line of an office."""
    body = body_name(unit)
    return [body.upper(), unit.name.upper()] if body else [unit.official_name.upper()]


def body_name(unit: OrgUnit) -> str:
    """What stands before the unit's own name in its official one: "Ủy ban nhân dân"; "" where nothing does."""
    official = unit.official_name
    return official.removesuffix(unit.name).strip() if official.endswith(f" {unit.name}") else ""
