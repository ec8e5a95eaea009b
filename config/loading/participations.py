"""Loads deadline tiers, clusters and the units that take part."""

from __future__ import annotations

from campaign.choices import Relation
from campaign.models import Cluster, DeadlineTier, Participation
from config.loading.files import Node, choice
from config.loading.rows import Tally, keep
from config.loading.world import World, units_named
from units.choices import Origin


def load_participations(file: Node, world: World, tally: Tally) -> None:
    """Keep who takes part, in which relation, to which deadline, compared with whom."""
    tiers, clusters = _tiers(file, world, tally), _clusters(file, world, tally)
    rows = [
        (
            node.allow("units", "relation", "cluster", "tier"),
            Participation(
                campaign=world.campaign,
                unit=unit,
                unit_name=unit.name,
                relation=choice(node, "relation", Relation),
                cluster=node.optional("cluster", clusters, "cụm, khối"),
                tier=node.one_of("tier", tiers, "nhóm hạn gửi"),
            ),
        )
        for node in file.nodes("participations")
        for unit in units_named(node, "units", world)
    ]
    keep(world.campaign.participations.all(), rows, lambda row: row.unit_id, tally)


def _tiers(file: Node, world: World, tally: Tally) -> dict[str, DeadlineTier]:
    rows = [
        (
            node.allow("name", "day_of_month", "position", "origin"),
            DeadlineTier(
                campaign=world.campaign,
                name=node.text("name"),
                day_of_month=node.number("day_of_month"),
                position=node.number("position", 0),
                origin=choice(node, "origin", Origin),
            ),
        )
        for node in file.nodes("tiers", "name")
    ]
    return keep(world.campaign.tiers.all(), rows, lambda row: row.name, tally)


def _clusters(file: Node, world: World, tally: Tally) -> dict[str, Cluster]:
    rows = [
        (
            node.allow("name", "position", "origin"),
            Cluster(
                campaign=world.campaign,
                name=node.text("name"),
                position=node.number("position", 0),
                origin=choice(node, "origin", Origin),
            ),
        )
        for node in file.nodes("clusters", "name")
    ]
    return keep(world.campaign.clusters.all(), rows, lambda row: row.name, tally)
