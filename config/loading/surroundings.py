"""Loads what stands around a campaign: bands, legal bases, recipients and the duties of section 3."""

from __future__ import annotations

from campaign.models import BandThreshold, Duty, LegalBasis, Recipient
from config.loading.files import Node
from config.loading.rows import Tally, keep
from config.loading.world import World, units_named

THRESHOLDS = ("ahead_from", "on_track_from", "behind_from")


def load_surroundings(file: Node, world: World, tally: Tally) -> None:
    """Keep bands, legal bases, recipients and duties of the campaign's file."""
    _bands(file, world, tally)
    _legal_bases(file, world, tally)
    _recipients(file, world, tally)
    _duties(file, world, tally)


def _bands(file: Node, world: World, tally: Tally) -> None:
    rows = []
    for node in file.nodes("bands"):
        limits = {name: node.amount(name) for name in THRESHOLDS if name in node}
        valid_from = node.allow("valid_from", *THRESHOLDS).required_day("valid_from")
        rows.append((node, BandThreshold(campaign=world.campaign, valid_from=valid_from, **limits)))
    keep(world.campaign.bands.all(), rows, lambda row: row.valid_from, tally)


def _legal_bases(file: Node, world: World, tally: Tally) -> None:
    rows = [
        (
            node.allow("number", "dated", "issuer", "about", "passage"),
            LegalBasis(
                campaign=world.campaign,
                number=node.text("number"),
                dated=node.day("dated"),
                issuer=node.text("issuer", ""),
                about=node.text("about", ""),
                passage=node.optional("passage", world.passages, "đoạn văn bản"),
                position=position,
            ),
        )
        for position, node in enumerate(file.nodes("legal_bases", "number"), 1)
    ]
    keep(world.campaign.legal_bases.all(), rows, lambda row: row.number, tally)


def _recipients(file: Node, world: World, tally: Tally) -> None:
    rows = [
        (
            node.allow("text", "note", "unit"),
            Recipient(
                campaign=world.campaign,
                text=node.text("text"),
                note=node.text("note", ""),
                unit=node.optional("unit", world.units, "đơn vị"),
                position=position,
            ),
        )
        for position, node in enumerate(file.nodes("recipients"), 1)
    ]
    keep(world.campaign.recipients.all(), rows, lambda row: row.position, tally)


def _duties(file: Node, world: World, tally: Tally) -> None:
    """The duties of section 3 with the units that bear them."""
    nodes = list(file.nodes("duties"))
    rows = [
        (
            node.allow("passage", "bearer", "text", "units"),
            Duty(
                campaign=world.campaign,
                passage=node.one_of("passage", world.passages, "đoạn văn bản"),
                text=node.text("text"),
                bearer=node.text("bearer"),
                position=position,
            ),
        )
        for position, node in enumerate(nodes, 1)
    ]
    kept = keep(world.campaign.duties.all(), rows, lambda row: row.position, tally)
    for position, node in enumerate(nodes, 1):
        kept[position].units.set(units_named(node, "units", world))
