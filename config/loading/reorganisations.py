"""Loads decisions about units (đổi tên, sáp nhập, chia tách, kết thúc) out of a file and carries them out in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from config.loading.files import Node, choice, open_node
from indicators.services.handovers import HandedOver, record_reorganisation
from units.choices import ReorganisationKind
from units.models import Reorganisation
from units.rules.register import UnitLine
from units.rules.reorganising import Decision, Successor

KEYS = (
    "kind", "number", "decided_on", "effective_on", "old", "successors", "name", "short_name", "official_name", "head",
)  # fmt: skip
UNIT_KEYS = ("name", "short_name", "official_name", "kind", "level", "parent", "place_name", "document_code", "code")


@transaction.atomic
def load_reorganisations(path: Path) -> list[tuple[Reorganisation, list[HandedOver]]]:
    """Carry out what was not carried out yet; all or nothing. A second run finds everything done."""
    done = []
    for node in open_node(path).allow("sources", "decisions").nodes("decisions"):
        decision = _decision(node.allow(*KEYS))
        if _is_recorded(decision):
            continue
        try:
            done.append(record_reorganisation(decision, by=None))
        except ValidationError as fault:
            raise node.wrong(" ".join(fault.messages)) from None
    return done


def _is_recorded(decision: Decision) -> bool:
    """Is the same decision about the same units there?"""
    same = Reorganisation.objects.filter(kind=decision.kind, number=decision.number, effective_on=decision.effective_on)
    return same.filter(units__key=decision.old[0]).exists()


def _decision(node: Node) -> Decision:
    return Decision(
        kind=choice(node, "kind", ReorganisationKind),
        number=node.text("number"),
        effective_on=node.required_day("effective_on"),
        decided_on=node.day("decided_on"),
        note=node.text("note", ""),
        old=tuple(node.texts("old")),
        successors=tuple(_successor(one) for one in node.nodes("successors", "key")),
        name=node.text("name", ""),
        short_name=node.text("short_name", ""),
        official_name=node.text("official_name", ""),
        head=node.text("head", ""),
    )


def _successor(node: Node) -> Successor:
    key = node.allow("key", "takes_over", "unit").text("key")
    if "unit" not in node:
        return Successor(key, takes_over=node.flag("takes_over", True))
    unit = Node(node.value("unit"), f"{node.place}, unit").allow(*UNIT_KEYS)
    texts: dict[str, Any] = {name: unit.text(name, "") for name in UNIT_KEYS if name != "name"}
    return Successor(key, UnitLine(key=key, name=unit.text("name"), **texts), node.flag("takes_over", True))
