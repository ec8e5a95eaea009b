"""How wide a text is in the typeface of official documents: Word needs it, for a rule is as long as its line."""

from __future__ import annotations

import subprocess
from functools import cache

FONT_FAMILY = "Tinos"
POINTS_A_MM = 72 / 25.4
#: How finely a room is made narrower.
STEP_MM = 2


def width_in_mm(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that a line takes at a size in points; Tinos is as wide as Times New Roman."""
    letters, units = _widths(bold)
    usual = letters["n"]
    return sum(letters.get(letter, usual) for letter in text) / units * size / POINTS_A_MM


def even_lines(text: str, room: float, points: float) -> list[str]:
    """The text in as few bold lines as the room allows, the longest of them as short as can be."""
    words = [(word, width_in_mm(f"{word} ", points, bold=True)) for word in text.split()]
    fewest = len(_broken(words, room))
    narrower = room
    while (lines := _broken(words, narrower - STEP_MM)) and len(lines) == fewest and narrower > STEP_MM:
        narrower -= STEP_MM
    return _broken(words, narrower)


def _broken(words: list[tuple[str, float]], room: float) -> list[str]:
    lines: list[list[str]] = []
    filled = room
    for word, width in words:
        if filled + width > room or not lines:
            lines.append([])
            filled = 0.0
        lines[-1].append(word)
        filled += width
    return [" ".join(line) for line in lines]


@cache
def _widths(bold: bool) -> tuple[dict[str, int], int]:
    """The advance of every letter, and how many units make the size of the type."""
    pattern = f"{FONT_FAMILY}:bold" if bold else FONT_FAMILY
    found = subprocess.run(["fc-match", "--format", "%{file}", pattern], check=True, capture_output=True, text=True)
    from fontTools.ttLib import TTFont  # only a process that prints needs it

    font = TTFont(found.stdout, lazy=True)
    advances = font["hmtx"].metrics
    return {chr(code): advances[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
