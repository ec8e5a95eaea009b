"""Loads the usual causes of obstacles that a campaign's folder brings along, where it brings any."""

from __future__ import annotations

from pathlib import Path

from config.loading.files import choice, open_node
from config.loading.rows import Tally, keep
from followup.choices import CauseKind
from followup.models import Cause


def load_causes(path: Path, tally: Tally) -> None:
    """Keep the causes of the file in its order; causes that people added since stay."""
    if not path.exists():
        return
    rows = [
        (
            node.allow("key", "name", "kind"),
            Cause(
                key=node.text("key"), name=node.text("name"), kind=choice(node, "kind", CauseKind), position=position
            ),
        )
        for position, node in enumerate(open_node(path).allow("about", "causes").nodes("causes", "key"), 1)
    ]
    keep(Cause.objects.all(), rows, lambda row: row.key, tally, leave=["is_offered"])
