"""Template tags of the boards: the bullet bar of a standing, the line of its course."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from indicators.tables.standings import Standing
from paper.charts import Tile, swatch
from paper.marks import band_mark
from reports import charts
from reports.tables.area import Course

register = template.Library()


@register.simple_tag
def standing_bar(standing: Standing, width: int = 120) -> SafeString:
    """Reached, expected to date and target."""
    return charts.bar(standing, width=width)


@register.simple_tag
def standing_course(standing: Standing, course: Course, width: int = 160, height: int = 72) -> SafeString:
    """The cumulative period by period, beside its path."""
    return charts.course_line(standing, course.values, course.path, course.target, width=width, height=height)


@register.simple_tag
def heat_mark(band: str) -> SafeString:
    """The mark of a band alone; the words stand beside it for the ear."""
    return band_mark(band, decorative=True)


@register.simple_tag
def course_chart(standing: Standing, course: Course, width: int = 460, height: int = 200) -> SafeString:
    """The cumulative with path, plan and forecast, words included."""
    return charts.course_with_end(
        standing,
        course.values,
        course.path,
        course.target,
        periods=course.periods,
        ends=course.ends,
        width=width,
        height=height,
    )


@register.simple_tag
def contribution_bar(parts: Sequence[tuple[str, Decimal]], width: int = 460) -> SafeString:
    """Who contributed how much."""
    return charts.contributions(parts, width=width)


@register.simple_tag
def shade(place: int) -> SafeString:
    """The shade of one part of that bar, for its legend; counted from 0."""
    return swatch(place)


@register.simple_tag
def bands_strip(bands: Sequence[tuple[str, str, int]], width: int = 240) -> SafeString:
    """How many indicators stand in which band, as one bar."""
    return charts.strip(bands, width=width)


@register.simple_tag
def unit_tiles(tiles: Sequence[Tile], title: str, typeface: str = "") -> SafeString:
    """The tile map of the territorial units; on paper with the paper's typeface."""
    return charts.tiles(tiles, title, typeface=typeface)
