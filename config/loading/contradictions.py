"""Loads the places where the document contradicts itself, each side with its citation."""

from __future__ import annotations

from config.loading.files import Node, choice
from config.loading.indicators import cited
from config.loading.rows import Tally, keep
from config.loading.world import World
from indicators.choices import ClaimSubject
from indicators.models import Claim, Contradiction, Denominator, Indicator

CLAIM_KEYS = ("subject", "value", "unit_of_measure", "base", "stated", "origin", "source_note", "passage", "quote")


def load_contradictions(file: Node, world: World, indicators: dict[str, Indicator], tally: Tally) -> None:
    """Keep the contradictions open: settling one is the act of a person."""
    nodes = list(file.allow("contradictions", "observations").nodes("contradictions", "key"))
    rows = [
        (
            node.allow("key", "indicator", "question", "claims"),
            Contradiction(
                campaign=world.campaign,
                key=node.text("key"),
                indicator=node.optional("indicator", indicators, "chỉ tiêu"),
                question=node.text("question"),
                position=position,
            ),
        )
        for position, node in enumerate(nodes, 1)
    ]
    existing = world.campaign.contradictions.filter(settled_at=None)
    settled = set(world.campaign.contradictions.exclude(settled_at=None).values_list("key", flat=True))
    kept = keep(existing, [pair for pair in rows if pair[1].key not in settled], lambda row: row.key, tally)
    claims = [
        (each, _claim(each.allow(*CLAIM_KEYS), kept[node.text("key")], position, world))
        for node in nodes
        if node.text("key") in kept
        for position, each in enumerate(node.nodes("claims"), 1)
    ]
    stored = Claim.objects.filter(contradiction__in=[row.pk for row in kept.values()])
    keep(stored, claims, lambda row: (row.contradiction_id, row.position), tally)


def _claim(node: Node, contradiction: Contradiction, position: int, world: World) -> Claim:
    bases = {row.key: row for row in Denominator.objects.filter(indicator=contradiction.indicator)}
    return Claim(
        contradiction=contradiction,
        subject=choice(node, "subject", ClaimSubject),
        value=node.as_amount(node.value("value"), "value"),
        unit_of_measure=node.text("unit_of_measure"),
        base=node.optional("base", bases, "mẫu số"),
        position=position,
        **cited(node, world.passages),
    )
