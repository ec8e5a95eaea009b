"""Homes, matrices, responses, orders and the weekly sheet in the table of addresses: who reads, who acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.security.town import (
    LEAD_HEAD,
    LEADER,
    LEADS,
    NEIGHBOUR,
    OFFICE,
    OTHER_LEAD,
    OWN,
    SUPERIOR,
    Town,
)

WATCHING = OFFICE | {LEADER}
BESIDE_EACH_OTHER = OFFICE | LEADS | {OTHER_LEAD, LEADER, SUPERIOR}
#: name → (who reads, who acts); None: the address takes acts only, or is only read.
RULES: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "reports:office-home": (OFFICE, None),
    "reports:lead-home": (LEADS, None),
    "reports:unit-home": (OWN | {LEAD_HEAD}, None),
    "reports:unit": (OWN | BESIDE_EACH_OTHER, None),
    "reports:heat-map": (BESIDE_EACH_OTHER, None),
    "reports:matrix": (WATCHING, None),
    "reports:responses": (WATCHING, None),
    "reports:briefing": (WATCHING, None),
    "reports:briefing-pdf": (WATCHING, None),
    "reports:order": (WATCHING, None),
    "reports:publish-order": (None, frozenset({LEADER})),
    "reports:published-order": (OWN | OFFICE | {NEIGHBOUR, LEADER}, None),
    "reports:withdraw-order": (None, frozenset({LEADER})),
    "indicators:respond": (OWN | OFFICE, OWN | OFFICE),
}
#: Without a campaign in the address these open the present one that the person sees.
HOMES = ("reports:office-home", "reports:lead-home", "reports:unit-home")
NEWEST = ("reports:matrix", "reports:heat-map", "reports:responses", "reports:order", "reports:briefing", *HOMES)


def addresses_of(town: Town, authority: str) -> Iterator[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Every address about a campaign of one authority: name, arguments, what it is about."""
    world, published = town.worlds[authority], town.published[authority]
    pk, unit = world.campaign.pk, world.communes[0]
    part = world.campaign.participations.get(unit=unit)
    for name in (*NEWEST, "reports:briefing-pdf"):
        yield name, (pk,), {}
    yield "reports:unit", (pk, unit.pk), {"unit": unit}
    yield "indicators:respond", (part.pk,), {"unit": unit, "subject": part}
    yield "reports:publish-order", (pk, town.clusters[authority].pk), {}
    yield "reports:published-order", (published.pk,), {"unit": unit}
    yield "reports:withdraw-order", (published.pk,), {"unit": unit}
