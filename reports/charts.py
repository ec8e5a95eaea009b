"""The marks of boards and reports: one drawing of a standing for page and print alike, each with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from campaign.rules.calendar import short_name
from indicators.tables.standings import Standing, percent_text
from paper.charts import SHADES, End, Tile, band_rows, band_strip, course_chart, stacked_bar, tile_map
from paper.marks import BAND_WORDS, bullet_bar, progress_line
from vietnamese.numbers import format_percent


def bar(standing: Standing, *, width: int = 120) -> SafeString:
    """Reached, expected to date and target of one standing; the words say the same."""
    return bullet_bar(standing.rate, standing.expected_rate, band=standing.band, label=bar_words(standing), width=width)


def bar_words(standing: Standing) -> str:
    """What the bar shows: "đạt 46,6 %, đến kỳ này phải đạt 60,0 %: chậm"."""
    if standing.rate is None:
        return standing.band_word
    expected = standing.expected_rate
    due = "" if expected is None else f", đến kỳ này {standing.due_word} {percent_text(expected)}"
    return f"{standing.reached_words}{due}: {standing.band_word}"


def course_line(
    standing: Standing,
    values: Sequence[Decimal | None],
    path: Sequence[Decimal | None],
    target: Decimal | None,
    *,
    width: int = 160,
    height: int = 72,
) -> SafeString:
    """The course of a cumulative beside its planned path and its target."""
    known = [value for value in values if value is not None]
    label = f"{standing.indicator.short_name}: {len(known)} kỳ có số liệu, {bar_words(standing)}"
    return progress_line(values, path, target=target, band=standing.band, label=label, width=width, height=height)


def course_with_end(
    standing: Standing,
    values: Sequence[Decimal | None],
    path: Sequence[Decimal | None],
    target: Decimal | None,
    *,
    periods: Sequence[str],
    ends: Sequence[date],
    width: int = 460,
    height: int = 200,
    typeface: str = "",
    label: str = "",
) -> SafeString:
    """The same course with words in it, and where it will probably end; a forecast in percent has no such end.

    ``label`` tells it in other words, where no table stands beside it.
    """
    outlook = standing.outlook
    end = None
    end_text = ""
    if outlook is not None and outlook.found.expected is not None and not outlook.in_percent:
        found = outlook.found
        slot = next((place for place, day in enumerate(ends) if day >= outlook.ends_on), len(ends) - 1)
        end = End(found.expected or 0, found.low or 0, found.high or 0, slot)
        end_text = f"dự báo {outlook.expected_text} ({outlook.interval_text})"
    reached = standing.cumulative_text if standing.is_year else standing.since_launch_text
    return course_chart(
        values,
        path,
        labels=[short_name(name) for name in periods],
        target=target,
        target_text=f"kế hoạch {standing.target_text}",
        last_text=reached,
        end=end,
        end_text=end_text,
        band=standing.band,
        label=label or f"{standing.indicator.short_name}: {bar_words(standing)}{f'; {end_text}' if end_text else ''}",
        width=width,
        height=height,
        typeface=typeface,
    )


def contributions(parts: Sequence[tuple[str, Decimal]], *, width: int = 460, typeface: str = "") -> SafeString:
    """Who contributed how much to a whole, the most first; what lies behind the named ones is one hatched part."""
    whole = sum((value for _, value in parts), Decimal(0))
    told = [f"{name} {format_percent(value / whole * 100, 0)}" for name, value in parts if whole]
    return stacked_bar(parts, label=f"Phần đóng góp: {', '.join(told)}", width=width, typeface=typeface)


def largest(parts: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """As many parts as there are shades, the largest first, the others together."""
    ordered = sorted((part for part in parts if part[1] > 0), key=lambda part: -part[1])
    if len(ordered) <= len(SHADES) + 1:
        return ordered
    rest = ordered[len(SHADES) :]
    return [*ordered[: len(SHADES)], (f"{len(rest)} đơn vị khác", sum((value for _, value in rest), Decimal(0)))]


def strip(bands: Sequence[tuple[str, str, int]], *, width: int = 240) -> SafeString:
    """How many indicators stand in which band, as one bar."""
    told = ", ".join(f"{number} {word}" for _, word, number in bands)
    return band_strip([(band, number) for band, _, number in bands], label=told, width=width)


def bands_of_areas(
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], *, words: Mapping[str, str] = BAND_WORDS, typeface: str = ""
) -> SafeString:
    """How the indicators of each content area stand, one mark for each indicator."""
    told = (f"{name}: {', '.join(f'{number} {words[band]}' for band, number in counts)}" for name, counts in rows)
    return band_rows(rows, label="; ".join(told), words=words, typeface=typeface)


def tiles(places: Sequence[Tile], title: str, *, typeface: str = "") -> SafeString:
    """The territorial units where they lie towards each other, each with its band."""
    told = "; ".join(f"{one.name} {one.text} {BAND_WORDS[one.band]}" for one in places)
    return tile_map(places, label=f"{title}: {told}", typeface=typeface)
