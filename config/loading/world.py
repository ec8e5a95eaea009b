"""What the rows of a campaign's files may refer to, by key."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Campaign, ContentArea, Passage
from config.loading.files import Node
from units.models import OrgUnit


@dataclass(frozen=True)
class World:
    """The campaign with all that definitions may name."""

    campaign: Campaign
    units: dict[str, OrgUnit]
    groups: dict[str, list[str]]
    passages: dict[str, Passage]
    areas: dict[str, ContentArea]


def units_named(node: Node, key: str, world: World) -> list[OrgUnit]:
    """The units of a list in which @name stands for a group."""
    names: list[str] = []
    for name in node.texts(key):
        names += node.known(name[1:], world.groups, "nhóm đơn vị") if name.startswith("@") else [name]
    return [node.known(name, world.units, "đơn vị") for name in names]
