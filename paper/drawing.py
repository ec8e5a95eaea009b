"""The strokes of which marks and charts are drawn: an SVG with its words, lines, a hatch, coordinates."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Number = Decimal | float | int
Point = tuple[float, float]

#: The grey of hatches: where there are no data.
NO_DATA = "#6b6f76"


def svg(
    name: str,
    width: int,
    height: int,
    label: str,
    body: str,
    *,
    box: str = "",
    decorative: bool = False,
    is_group: bool = False,
    typeface: str = "",
) -> SafeString:
    """A drawing with its words as title; ``is_group`` where it holds links that must stay reachable."""
    # The title stays in a decorative mark: a tagged PDF takes its alternative text from it.
    voice = 'aria-hidden="true"' if decorative else f'role="{"group" if is_group else "img"}"'
    face = f' font-family="{typeface}"' if typeface else ""
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" {voice}{face} width="{width}" height="{height}"'
        f' viewBox="{box or f"0 0 {width} {height}"}"><title>{escape(label)}</title>{body}</svg>'
    )


def hatch(width: float, height: float) -> str:
    """Slanted strokes: here is nothing to show."""
    strokes = "".join(
        f"M{number(x)} {number(height - 3)}l{number(height - 6)}-{number(height - 6)}" for x in _steps(width, height)
    )
    return f'<path class="hatch" fill="none" stroke="{NO_DATA}" stroke-width=".8" d="{strokes}"/>'


def _steps(width: float, height: float) -> Iterable[float]:
    reach = width - (height - 6)
    return (step * 6.0 for step in range(max(int(reach // 6) + 1, 0)))


def y_of(value: float, low: float, high: float, height: int) -> float:
    """Where a value stands from the top of a drawing that runs from low to high."""
    if high == low:
        return height / 2
    return height - 3 - (value - low) / (high - low) * (height - 6)


def points(
    values: Sequence[Number | None], low: float, high: float, width: int, height: int, slots: int = 0
) -> list[Point | None]:
    """Values at equal steps; ``slots`` where the drawing has room for more of them."""
    step = (width - 6) / max(max(slots, len(values)) - 1, 1)
    return [
        None if value is None else (3 + place * step, y_of(float(value), low, high, height))
        for place, value in enumerate(values)
    ]


def polyline(
    course: Sequence[Point | None], colour: str, thickness: float, *, dash: str = "", mark: bool = True
) -> str:
    """A line through the points that are there; a gap ends one stroke and starts the next, a lone point is a dot.

    ``mark``: a dot where the line ends.
    """
    commands, lone, pen_down = "", "", False
    for place, point in enumerate(course):
        if point is None:
            pen_down = False
            continue
        commands += f"{'L' if pen_down else 'M'}{number(point[0])} {number(point[1])}"
        follows = place + 1 < len(course) and course[place + 1] is not None
        if not pen_down and not follows:
            lone += dot(point, colour, thickness * 0.8)
        pen_down = True
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path fill="none" stroke="{colour}" stroke-width="{number(thickness)}"{dashes} d="{commands}"/>'
    last = next((point for point in reversed(course) if point is not None), None)
    return (line if commands else "") + lone + (dot(last, colour, thickness + 0.6) if mark and last else "")


def dot(point: Point, colour: str, radius: float) -> str:
    """One point."""
    return f'<circle cx="{number(point[0])}" cy="{number(point[1])}" r="{number(radius)}" fill="{colour}"/>'


def number(value: float) -> str:
    """A coordinate in as few characters as a page wants: one decimal, no trailing zero."""
    return f"{value:.1f}".removesuffix(".0")
