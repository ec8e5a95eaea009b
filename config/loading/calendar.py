"""Loads holidays and swapped working days."""

from __future__ import annotations

from pathlib import Path

from campaign.choices import DayOffKind
from campaign.models import DayOff
from config.loading.files import LoadError, Node, choice, read_file
from config.loading.rows import Tally, keep


def load_calendar(path: Path, tally: Tally) -> None:
    """Keep the days of a file: a list of on, kind, name, source; they hold for every authority."""
    data = read_file(path)
    if not isinstance(data, list):
        raise LoadError(f"{path.name}: phải là một danh sách ngày.")
    rows = []
    for index, each in enumerate(data, 1):
        node = Node(each, f"{path.name}, dòng {index}").allow("on", "kind", "name", "source")
        day = DayOff(
            on=node.required_day("on"),
            kind=choice(node, "kind", DayOffKind),
            name=node.text("name"),
            source=node.text("source", ""),
        )
        rows.append((node, day))
    keep(DayOff.objects.filter(authority=None), rows, lambda row: row.on, tally)
