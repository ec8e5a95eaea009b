"""Loads a campaign's folder: units, calendar, document, areas, participations, indicators, contradictions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from campaign.choices import CalendarRule, CampaignStatus, PassageKind
from campaign.models import (
    Campaign,
    ContentArea,
    Passage,
    Period,
)
from campaign.services.periods import lay_periods
from config.loading.calendar import load_calendar
from config.loading.causes import load_causes
from config.loading.contradictions import load_contradictions
from config.loading.files import LoadError, Node, choice, open_node
from config.loading.indicators import load_indicators
from config.loading.participations import load_participations
from config.loading.rows import Tally, keep
from config.loading.surroundings import load_surroundings
from config.loading.units import load_units
from config.loading.world import World
from units.choices import Origin
from units.models import OrgUnit
from units.services import record_act

CAMPAIGN_KEYS = (
    "key", "authority", "standing_body", "name", "short_name", "goal", "document_number", "document_date", "starts_on",
    "ends_on", "year_starts_on", "calendar_rule", "requires_endorsement", "origin",
)  # fmt: skip


@dataclass
class Loaded:
    """What a load found and did."""

    campaign: Campaign
    is_launched: bool
    tally: Tally = field(default_factory=Tally)


@transaction.atomic
def load_campaign(folder: Path) -> Loaded:
    """Load the folder up to, not including, the launch. A launched campaign keeps its definitions as they are.

    Units and calendar are kept up to date in either case. All or nothing: a fault anywhere undoes the whole load.
    """
    tally = Tally()
    file = open_node(folder / "campaign.json")
    units = load_units(folder / file.text("units"), tally)
    load_calendar(folder / file.text("calendar"), tally)
    load_causes(folder / "causes.json", tally)
    node = Node(file.value("campaign"), f"{file.place}, campaign").allow(*CAMPAIGN_KEYS)
    present = Campaign.objects.filter(key=node.text("key")).first()
    if present is not None and present.status != CampaignStatus.DRAFT:
        return Loaded(present, True, tally)
    campaign = _campaign(node, units, tally)
    passages = _document(open_node(folder / "document.json"), campaign, tally)
    areas = _areas(open_node(folder / "areas.json"), campaign, passages, tally)
    groups = _groups(open_node(folder / "indicators.json"), units)
    world = World(campaign, units, groups, passages, areas)
    load_surroundings(file, world, tally)
    load_participations(file, world, tally)
    _periods(campaign, tally)
    indicators = load_indicators([open_node(folder / name) for name in ("indicators.json", "tasks.json")], world, tally)
    load_contradictions(open_node(folder / "contradictions.json"), world, indicators, tally)
    if not tally.is_unchanged:
        record_act("campaign.loaded", by=None, subject=campaign, unit=campaign.authority, detail=dict(tally.counts))
    return Loaded(campaign, False, tally)


def _campaign(node: Node, units: dict[str, OrgUnit], tally: Tally) -> Campaign:
    row = Campaign(
        key=node.text("key"),
        authority=node.one_of("authority", units, "đơn vị"),
        standing_body=node.one_of("standing_body", units, "đơn vị"),
        name=node.text("name"),
        short_name=node.text("short_name"),
        goal=node.text("goal", ""),
        document_number=node.text("document_number", ""),
        document_date=node.day("document_date"),
        starts_on=node.required_day("starts_on"),
        ends_on=node.required_day("ends_on"),
        year_starts_on=node.required_day("year_starts_on"),
        calendar_rule=choice(node, "calendar_rule", CalendarRule),
        requires_endorsement=node.flag("requires_endorsement", True),
        origin=choice(node, "origin", Origin),
    )
    kept = keep(Campaign.objects.filter(key=row.key), [(node, row)], lambda each: each.key, tally)
    return kept[row.key]


def _document(file: Node, campaign: Campaign, tally: Tally) -> dict[str, Passage]:
    """The document word for word; its footnote marks stay in the file, a footnote is a passage of its own."""
    rows = [
        (
            node.allow("key", "kind", "numbering", "title", "page", "text", "footnotes", "position"),
            Passage(
                campaign=campaign,
                key=node.text("key"),
                kind=choice(node, "kind", PassageKind),
                numbering=node.text("numbering", ""),
                title=node.text("title", ""),
                text=node.text("text"),
                page=node.number("page"),
                position=node.number("position"),
            ),
        )
        for node in file.allow("passages").nodes("passages", "key")
    ]
    kept = keep(campaign.passages.all(), rows, lambda row: row.key, tally)
    return {row.key: row for row in kept.values()}


def _areas(file: Node, campaign: Campaign, passages: dict[str, Passage], tally: Tally) -> dict[str, ContentArea]:
    """The tree of content areas, parents first; an area's text is that of its passage."""
    areas: dict[str, ContentArea] = {}
    for node in file.allow("areas").nodes("areas", "key"):
        node.allow("key", "parent", "numbering", "title", "short_title", "passage", "position")
        passage = node.one_of("passage", passages, "đoạn văn bản")
        row = ContentArea(
            campaign=campaign,
            parent=node.optional("parent", areas, "nội dung cấp trên (phải khai trước)"),
            key=node.text("key"),
            numbering=node.text("numbering", ""),
            title=node.text("title"),
            short_title=node.text("short_title"),
            text=passage.text.removeprefix("- "),
            passage=passage,
            position=node.number("position"),
        )
        kept = keep(campaign.areas.filter(key=row.key), [(node, row)], lambda each: each.key, tally)
        areas[row.key] = kept[row.key]
    return areas


def _groups(file: Node, units: dict[str, OrgUnit]) -> dict[str, list[str]]:
    """Groups of units that assignments call by one name."""
    if "groups" not in file:
        return {}
    node = Node(file.value("groups"), f"{file.place}, groups")
    groups = {name: node.texts(name) for name in node.data}
    for names in groups.values():
        for name in names:
            node.known(name, units, "đơn vị")
    return groups


def _periods(campaign: Campaign, tally: Tally) -> None:
    """The campaign's periods, laid by its calendar where they are not yet."""
    if campaign.periods.exists():
        return
    if not campaign.tiers.exists():
        raise LoadError("campaign.json: thiếu nhóm hạn gửi (tiers) nên chưa lập được kỳ báo cáo.")
    laid = lay_periods(campaign, by=None)
    tally.add(Period, len(laid), len(laid), 0)
