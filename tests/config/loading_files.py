"""A copy of the real campaign's folder in which a test may break one thing."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.fixtures.reading import ROOT

FOLDER = Path("campaigns") / "kon-plong-2024"


def copy_of_campaign(to: Path) -> Path:
    """The folder of the campaign with units and calendar beside it; gives back the campaign's folder."""
    for name in ("units", "calendar", "campaigns"):
        shutil.copytree(ROOT / name, to / name)
    return to / FOLDER


def change(file: Path, *steps: Any, to: Any) -> None:
    """Set one value deep inside a JSON file: change(file, "campaign", "starts_on", to="…"); a dict finds its row."""
    content = json.loads(file.read_text(encoding="utf-8"))
    node = content
    for step in steps[:-1]:
        if isinstance(step, dict):
            node = next(row for row in node if step.items() <= row.items())
        else:
            node = node[step]
    node[steps[-1]] = to
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
