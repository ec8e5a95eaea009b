"""Small SVG marks: progress bands, bullet bars, sparklines and lines against a path, for page and print alike.

Pure functions of plain values that return safe markup. They carry presentation attributes and classes only: a strict
Content-Security-Policy forbids style attributes, and a PDF does not apply the page's stylesheet inside an SVG.
No text stands inside a drawing, so no typeface is needed; its meaning is the `<title>`.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString

from paper.drawing import NO_DATA, Number, hatch, number, points, polyline, svg, y_of

# The colours of the bands; the stylesheet repeats them as tokens. Each has a contrast of at least 4.5 : 1 on white,
# and dark blue, teal, amber and vermilion stay apart for colour-blind readers; shape and stripes serve the rest.
BAND_COLOURS = {
    "exceeded": "#1b4b8f",
    "ahead": "#1b4b8f",
    "met": "#00706a",
    "on_track": "#57714f",
    "behind": "#9a5b00",
    "at_risk": "#bf3415",
    "no_data": NO_DATA,
}
INK = "#1c1f24"
TRACK = "#e4e7eb"
QUIET = "#8a9099"

BAND_WORDS = {
    "exceeded": "vượt kế hoạch",
    "met": "hoàn thành",
    "ahead": "vượt tiến độ",
    "on_track": "đúng tiến độ",
    "behind": "chậm",
    "at_risk": "có khả năng không đạt",
    "no_data": "chưa có số liệu",
}
# The same marks where only letters fit: an Excel cell, a Word table, a plain-text message.
BAND_SIGNS = {
    "exceeded": "▲",
    "met": "●",
    "ahead": "△",
    "on_track": "◐",
    "behind": "▽",
    "at_risk": "✕",
    "no_data": "–",
}

# Where 100 % stands on a bullet bar: the last fifth is room for what goes past the target.
TARGET_SHARE = Decimal("0.8")

BAND_SHAPES = {
    "exceeded": '<path fill="{c}" d="M8 2l7 12H1z"/>',
    "met": '<circle cx="8" cy="8" r="6" fill="{c}"/>',
    "ahead": '<path fill="none" stroke="{c}" stroke-width="1.8" stroke-linejoin="round" d="M8 3l6 10H2z"/>',
    "on_track": (
        '<circle cx="8" cy="8" r="5.6" fill="none" stroke="{c}" stroke-width="1.4"/>'
        '<path fill="{c}" d="M8 2.4a5.6 5.6 0 0 0 0 11.2z"/>'
    ),
    "behind": '<path fill="none" stroke="{c}" stroke-width="1.8" stroke-linejoin="round" d="M2 3h12L8 13z"/>',
    "at_risk": '<path fill="none" stroke="{c}" stroke-width="2.4" stroke-linecap="round" d="M3 3l10 10M13 3L3 13"/>',
    "no_data": '<path fill="none" stroke="{c}" d="M1.5 6.5h13v3h-13zM3 9.5l3-3M6.5 9.5l3-3M10 9.5l3-3"/>',
}
# White stripes over a filled bar, so that slow and lost ones differ from the others in black and white too.
STRIPES = {"behind": "1 3", "at_risk": "2 2"}


@lru_cache(maxsize=256)
def band_mark(band: str, label: str = "", *, size: int = 16, decorative: bool = False) -> SafeString:
    """The mark of a progress band; `decorative` where the word stands right beside it and would be read out twice."""
    shape = BAND_SHAPES[band].format(c=BAND_COLOURS[band])
    return svg(
        f"mark mark-{band}", size, size, label or BAND_WORDS[band], shape, box="0 0 16 16", decorative=decorative
    )


@lru_cache(maxsize=4096)  # pure, and the same bars are drawn on every page
def bullet_bar(
    rate: Number | None,
    expected: Number | None = None,
    *,
    band: str = "no_data",
    label: str,
    width: int = 120,
    height: int = 14,
) -> SafeString:
    """Progress in percent of the target: filled = reached, tick = expected to date, end line = target.

    What goes past the target is drawn past the end line and closes with a point where it leaves the drawing;
    a negative rate draws an empty bar. Only the drawing is clamped: the number beside it never is.
    """
    target_x = width * float(TARGET_SHARE)
    middle = height / 2
    thick = height - 6
    parts = [f'<path stroke="{TRACK}" stroke-width="{number(height - 4)}" d="M0 {number(middle)}h{number(target_x)}"/>']
    if rate is None:
        parts.append(hatch(target_x, height))
    else:
        parts.append(_filled(float(rate), band, target_x, width, middle, thick))
    if expected is not None:
        x = min(max(float(expected), 0.0), 125.0) / 100 * target_x
        parts.append(
            f'<path class="bar-expected" stroke="{INK}" stroke-width="1.4" d="M{number(x)} 0v{number(height)}"/>'
        )
    parts.append(
        f'<path class="bar-target" stroke="{INK}" stroke-width="2" d="M{number(target_x)} 1.5v{number(height - 3)}"/>'
    )
    return svg(f"bar bar-{band}", width, height, label, "".join(parts))


def sparkline(
    values: Sequence[Number | None], *, label: str, band: str = "", width: int = 80, height: int = 20
) -> SafeString:
    """The course of a number in a word's room, with its zero line; a missing value breaks the line."""
    colour = BAND_COLOURS.get(band, INK)
    present = [float(value) for value in values if value is not None]
    if not present:
        return svg("spark", width, height, label, hatch(width, height))
    course = points(values, min(0.0, *present), max(0.0, *present), width, height)
    zero = points([0], min(0.0, *present), max(0.0, *present), width, height)[0]
    parts = []
    if zero is not None:
        parts.append(f'<path stroke="{QUIET}" stroke-width=".6" d="M0 {number(zero[1])}h{width}"/>')
    parts.append(polyline(course, colour, 1.4))
    return svg("spark", width, height, label, "".join(parts))


def progress_line(
    cumulative: Sequence[Number | None],
    path: Sequence[Number | None] = (),
    *,
    target: Number | None = None,
    band: str = "",
    label: str,
    width: int = 160,
    height: int = 72,
) -> SafeString:
    """One chart of a row of small multiples: cumulative (solid), planned path (dashed) and target (thin line)."""
    known = [float(value) for value in (*cumulative, *path, target) if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    slots = max(len(cumulative), len(path))
    parts = [f'<path stroke="{QUIET}" stroke-width=".8" d="M0 {number(y_of(0.0, low, high, height))}h{width}"/>']
    if target is not None:
        y = y_of(float(target), low, high, height)
        parts.append(f'<path class="line-target" stroke="{INK}" stroke-width=".8" d="M0 {number(y)}h{width}"/>')
    if path:
        planned = points(path, low, high, width, height, slots)
        parts.append(polyline(planned, QUIET, 1.2, dash="3 3", mark=False))
    parts.append(polyline(points(cumulative, low, high, width, height, slots), BAND_COLOURS.get(band, INK), 1.8))
    return svg("line", width, height, label, "".join(parts))


def _filled(rate: float, band: str, target_x: float, width: int, middle: float, thick: float) -> str:
    length = min(max(rate, 0.0) / 100 * target_x, float(width))
    if length <= 0:
        return ""
    line = f'd="M0 {number(middle)}h{number(length)}" stroke-width="{number(thick)}"'
    parts = [f'<path class="bar-reached" stroke="{BAND_COLOURS[band]}" {line}/>']
    if band in STRIPES:
        parts.append(f'<path stroke="#fff" stroke-dasharray="{STRIPES[band]}" stroke-opacity=".75" {line}/>')
    if rate / 100 * target_x > width:
        half = number(thick / 2)
        point = f"M{width} {number(middle - thick / 2)}v{number(thick)}h-{half}l{half}-{half}l-{half}-{half}z"
        parts.append(f'<path fill="#fff" d="{point}"/>')
    return "".join(parts)
