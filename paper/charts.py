"""Charts with words in them, for page and print alike: a course with its forecast, contributions, bands, a tile map.

Pure functions of plain values that return safe markup, with presentation attributes only (a strict policy forbids
style attributes). Words inside take the page's own typeface; on paper the caller names one (``typeface``). Whatever is
told by colour is told by shape, shade or word too; the numbers stand in a table beside the drawing.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from paper.drawing import Number, Point, hatch, number, points, polyline, svg, y_of
from paper.marks import BAND_COLOURS, BAND_SHAPES, BAND_WORDS, INK, QUIET, STRIPES, TRACK

SOFT = "#50565f"
#: From dark to light: told apart in print too, each beside its neighbour with a white line between.
SHADES = ("#12305c", "#2d5fa3", "#6b93c9", "#a9c2e3", "#d9e4f2")
WASHES = {
    "exceeded": "#eaf0f8",
    "ahead": "#eaf0f8",
    "met": "#e8f4f2",
    "on_track": "#ffffff",
    "behind": "#fdf5e6",
    "at_risk": "#fdf0ec",
    "no_data": "#f5f6f8",
}
TEXT = 13
FOOT = 18
TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 112, 64, 4
#: A row of marks: its height, the widest room of one mark, and where the marks begin behind the name.
ROW_HEIGHT, CELL, NAME_WIDTH = 22, 22, 220


class End(NamedTuple):
    """Where a course will probably end: the value, its interval, and below which of the names that is (from 0)."""

    expected: Number
    low: Number
    high: Number
    slot: int


class Tile(NamedTuple):
    """One unit on the tile map: its place on the grid (from 1), its name, what it reached, its band, its page."""

    column: int
    row: int
    name: str
    text: str
    band: str
    url: str = ""


def course_chart(
    values: Sequence[Number | None],
    path: Sequence[Number | None] = (),
    *,
    labels: Sequence[str],
    target: Number | None = None,
    target_text: str = "",
    last_text: str = "",
    end: End | None = None,
    end_text: str = "",
    band: str = "",
    label: str,
    width: int = 460,
    height: int = 200,
    typeface: str = "",
) -> SafeString:
    """A cumulative (solid) beside its path (dashed) and plan (thin line), with the forecast and its interval (wedge).

    ``labels`` names the periods below.
    """
    whole = [*values, *path, target, *(end[:3] if end else ())]
    known = [float(value) for value in whole if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known]) * 1.12 or 1.0
    slots = len(labels)
    body = height - FOOT
    zero = y_of(0.0, low, high, body)
    drawn = [f'<path stroke="{QUIET}" stroke-width=".8" d="M0 {number(zero)}h{width}"/>']
    drawn += [_word(x, height - 4, text, anchor) for x, text, anchor in _places(labels, width)]
    if target is not None:
        y = y_of(float(target), low, high, body)
        drawn.append(f'<path class="line-target" stroke="{INK}" stroke-width="1" d="M0 {number(y)}h{width}"/>')
        drawn.append(_word(2, y - 4, target_text, "start"))
    colour = BAND_COLOURS.get(band, INK)
    course = points(values, low, high, width, body, slots)
    last = next((point for point in reversed(course) if point is not None), None)
    if end is not None and last is not None:
        far = 3 + end.slot * (width - 6) / max(slots - 1, 1)
        heights = [y_of(float(value), low, high, body) for value in (end.high, end.expected, end.low)]
        drawn.append(_wedge(last, far, heights, colour))
        drawn.append(_word(width - 4, min(heights[2] + 15, body - 4), end_text, "end"))
    if path:
        drawn.append(polyline(points(path, low, high, width, body, slots), QUIET, 1.4, dash="4 3", mark=False))
    drawn.append(polyline(course, colour, 2.2))
    if last is not None and last_text:
        # Below its point; above where the words of the forecast, which stand below too, reach that far.
        is_free = end is None or last[0] + 8 < width - 4 - len(end_text) * TEXT * 0.5
        drawn += _reached(last, last_text, body, is_free=is_free)
    return svg("chart", width, height, label, "".join(drawn), typeface=typeface)


def stacked_bar(
    parts: Sequence[tuple[str, Number]], *, label: str, width: int = 460, height: int = 22, typeface: str = ""
) -> SafeString:
    """What each of a few contributed to a whole, one beside the other; what lies behind the last shade is hatched."""
    whole = sum(float(value) for _, value in parts if value > 0)
    drawn, x = [], 0.0
    for place, (_, value) in enumerate(parts):
        length = float(value) / whole * width if whole and value > 0 else 0.0
        if length > 0:
            drawn.append(_segment(x, length, height, place))
        x += length
    return svg("stack-bar", width, height, label, "".join(drawn), typeface=typeface)


def swatch(place: int) -> SafeString:
    """The shade of one part of a stacked bar, for its legend."""
    return svg("swatch", 14, 14, "", _segment(0, 14, 14, place), decorative=True)


def band_strip(counts: Sequence[tuple[str, int]], *, label: str, width: int = 240, height: int = 12) -> SafeString:
    """How many stand in which band, as lengths; slow and lost ones are striped, those without data hatched."""
    whole = sum(count for _, count in counts)
    drawn, x = [], 0.0
    for band, count in counts:
        length = count / whole * width if whole else 0.0
        line = f'd="M{number(x)} {number(height / 2)}h{number(max(length - 1.5, 0.5))}" stroke-width="{height}"'
        if band == "no_data":
            drawn.append(f'<g transform="translate({number(x)} 0)">{hatch(length - 1.5, height)}</g>')
        else:
            drawn.append(f'<path stroke="{BAND_COLOURS[band]}" {line}/>')
        if band in STRIPES:
            drawn.append(f'<path stroke="#fff" stroke-dasharray="{STRIPES[band]}" stroke-opacity=".75" {line}/>')
        x += length
    return svg("strip", width, height, label, "".join(drawn))


def band_rows(
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    *,
    label: str,
    words: Mapping[str, str] = BAND_WORDS,
    width: int = 620,
    typeface: str = "",
) -> SafeString:
    """A row for each name with one mark for each that stands there, on one scale; below, what the marks say."""
    most = max((sum(count for _, count in counts) for _, counts in rows), default=0)
    cell = min(float(CELL), (width - NAME_WIDTH) / max(most, 1))
    drawn = []
    for place, (name, counts) in enumerate(rows):
        y = place * ROW_HEIGHT
        bands = [band for band, count in counts for _ in range(count)]
        drawn.append(_word(0, y + 15, name, "start"))
        drawn += [_mark(band, NAME_WIDTH + at * cell, y + 3, cell / CELL) for at, band in enumerate(bands)]
        drawn.append(f'<path stroke="{TRACK}" d="M0 {y + ROW_HEIGHT - 0.5}h{width}"/>')
    used = [band for band in BAND_WORDS if any(band == one for _, counts in rows for one, _ in counts)]
    places, x, y = [], 0, len(rows) * ROW_HEIGHT + 10
    for band in used:
        room = 34 + len(words[band]) * 7
        if x and x + room > width:
            x, y = 0, y + ROW_HEIGHT
        places.append(f"{_mark(band, x, y, 1)}{_word(x + 20, y + 13, words[band], 'start')}")
        x += room
    return svg("band-rows", width, y + ROW_HEIGHT, label, "".join([*drawn, *places]), typeface=typeface)


def tile_map(tiles: Sequence[Tile], *, label: str, typeface: str = "") -> SafeString:
    """Units as equal tiles where they lie towards each other: a map that gives a small unit the room of a large one."""
    columns, rows = max(tile.column for tile in tiles), max(tile.row for tile in tiles)
    width = columns * (TILE_WIDTH + TILE_GAP) - TILE_GAP
    height = rows * (TILE_HEIGHT + TILE_GAP) - TILE_GAP
    return svg("tiles", width, height, label, "".join(_tile(tile) for tile in tiles), typeface=typeface, is_group=True)


def _mark(band: str, x: float, y: float, scale: float) -> str:
    """The shape of a band at a place."""
    size = "" if scale == 1 else f" scale({scale:.2f})"
    shape = BAND_SHAPES[band].format(c=BAND_COLOURS[band])
    return f'<g transform="translate({number(x)} {number(y)}){size}">{shape}</g>'


def _tile(tile: Tile) -> str:
    x, y = (tile.column - 1) * (TILE_WIDTH + TILE_GAP), (tile.row - 1) * (TILE_HEIGHT + TILE_GAP)
    colour = BAND_COLOURS[tile.band]
    drawn = (
        f'<rect x="{x + 0.5}" y="{y + 0.5}" width="{TILE_WIDTH - 1}" height="{TILE_HEIGHT - 1}"'
        f' fill="{WASHES[tile.band]}" stroke="{colour}"/>'
        f'<g transform="translate({x + 8} {y + 34})">{BAND_SHAPES[tile.band].format(c=colour)}</g>'
        f"{_word(x + 8, y + 20, tile.name, 'start', bold=True, size=13)}"
        f"{_word(x + 32, y + 48, tile.text, 'start', size=14)}"
    )
    return f'<a href="{escape(tile.url)}">{drawn}</a>' if tile.url else drawn


def _segment(x: float, length: float, height: int, place: int) -> str:
    """One part of a stacked bar: its shade, or behind the last shade a hatch."""
    if place < len(SHADES):
        line = f'd="M{number(x)} {number(height / 2)}h{number(max(length - 1, 0.5))}"'
        return f'<path stroke="{SHADES[place]}" stroke-width="{height}" {line}/>'
    ground = f'<path stroke="{TRACK}" stroke-width="{height}" d="M0 {number(height / 2)}h{number(length)}"/>'
    return f'<g transform="translate({number(x)} 0)">{ground}{hatch(length, height)}</g>'


def _wedge(last: Point, far: float, heights: Sequence[float], colour: str) -> str:
    """From the last point to the interval at the end: a pale wedge with dashed edges, the expected value a ring."""
    top, middle, foot = (number(height) for height in heights)
    start, x = f"M{number(last[0])} {number(last[1])}", number(far)
    return (
        f'<path fill="{colour}" fill-opacity=".12" d="{start}L{x} {top}V{foot}z"/>'
        f'<path fill="none" stroke="{colour}" stroke-width=".9" stroke-dasharray="2 2"'
        f' d="{start}L{x} {top}{start}L{x} {foot}"/>'
        f'<path stroke="{colour}" stroke-width="1.4" d="M{x} {top}V{foot}"/>'
        f'<circle cx="{x}" cy="{middle}" r="3.2" fill="#fff" stroke="{colour}" stroke-width="1.6"/>'
    )


def _places(labels: Sequence[str], width: int) -> list[tuple[float, str, str]]:
    """Where the names of the periods stand; the first and the last keep inside the drawing.

    A name that would run into the one before it, or into the last, is left out.
    """
    step = (width - 6) / max(len(labels) - 1, 1)
    anchors = ["start", *["middle"] * (len(labels) - 2), "end"] if len(labels) > 1 else ["start"]
    placed = [(3 + place * step, text, anchors[place]) for place, text in enumerate(labels)]
    kept: list[tuple[float, str, str]] = []
    for word in placed[:-1]:
        left, right = _span(*word)
        if (not kept or left > _span(*kept[-1])[1]) and right < _span(*placed[-1])[0]:
            kept.append(word)
    return [*kept, *placed[-1:]]


def _span(x: float, text: str, anchor: str) -> tuple[float, float]:
    """From where to where a name reaches, with a little room beside it."""
    width = len(text) * TEXT * 0.5 + 4
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, left + width


def _reached(last: tuple[float, float], text: str, body: float, *, is_free: bool) -> list[str]:
    """The number at the last point; at the first period there is no room before the point."""
    y = min(last[1] + 18, body - 4) if is_free else last[1] - 7
    ground = "" if is_free else _blank(last[0] + 2, y, text)  # above, the path or the plan may run there
    anchor = "end" if last[0] > len(text) * TEXT * 0.6 else "start"
    return [ground, _word(last[0] + 2, y, text, anchor, bold=True)]


def _blank(right: float, y: float, text: str) -> str:
    """White ground for words that end here, where a line would run through them."""
    width, top = len(text) * TEXT * 0.56, y - TEXT * 0.8
    return f'<path fill="#fff" d="M{number(right - width)} {number(top)}h{number(width)}v{TEXT}h-{number(width)}z"/>'


def _word(x: float, y: float, text: str, anchor: str, *, bold: bool = False, size: int = TEXT) -> str:
    weight = ' font-weight="600"' if bold else ""
    ink = INK if bold else SOFT
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{ink}" text-anchor="{anchor}"{weight}>'
        f"{escape(text)}</text>"
        if text
        else ""
    )
