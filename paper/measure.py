"""How wide a text is in the typeface of official documents: Word needs it, for a rule is as long as its line."""

from __future__ import annotations

import subprocess
from functools import cache

FONT_FAMILY = "Tinos"
POINTS_A_MM = 72 / 25.4


def width_in_mm(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that a line takes at a size in points; Tinos is as wide as Times New Roman."""
    letters, units = _widths(bold)
    usual = letters["n"]
    return sum(letters.get(letter, usual) for letter in text) / units * size / POINTS_A_MM


@cache
def _widths(bold: bool) -> tuple[dict[str, int], int]:
    """The advance of every letter, and how many units make the size of the type."""
    pattern = f"{FONT_FAMILY}:bold" if bold else FONT_FAMILY
    found = subprocess.run(["fc-match", "--format", "%{file}", pattern], check=True, capture_output=True, text=True)
    from fontTools.ttLib import TTFont  # only a process that prints needs it

    font = TTFont(found.stdout, lazy=True)
    advances = font["hmtx"].metrics
    return {chr(code): advances[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
