"""One unit in a campaign: its reports over the periods, its indicators with their course, its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.models import Participation, Period
from indicators.tables.responses import pledged_amounts
from indicators.tables.wording import amount_text
from reports.tables import matrix as matrices
from reports.tables import summary as summaries
from reports.tables.area import Course, courses
from reports.tables.frame import Frame
from reports.tables.matrix import Cell, unit_cells
from reports.tables.sources import Source, sources_of
from reports.tables.summary import Summary, SummaryRow, summary
from units.models import User

#: The summary of its rows, their courses (periods, totals), the figures behind them, its pledges, and its reports.
QUERIES = summaries.QUERIES + 4 + matrices.QUERIES - 1


@dataclass(frozen=True)
class UnitLine:
    """One indicator or task of the unit, with its course, the figure behind the number, and the level it pledged."""

    row: SummaryRow
    course: Course | None
    source: Source | None
    pledge_text: str = ""


@dataclass(frozen=True)
class UnitArea:
    """One content area: what carries numbers, then tasks."""

    title: str
    lines: tuple[UnitLine, ...]
    tasks: tuple[UnitLine, ...]


@dataclass(frozen=True)
class UnitPage:
    """Everything about one unit that its superior office asks about."""

    part: Participation
    areas: tuple[UnitArea, ...]
    reports: tuple[Cell, ...]
    bands: tuple[tuple[str, str, int], ...]


def unit_page(
    frame: Frame,
    part: Participation,
    user: User,
    *,
    periods: Sequence[Period],
    indicator_ids: frozenset[int] | None = None,
    with_reports: bool = True,
) -> UnitPage:
    """The unit's rows of a period: at most ``QUERIES`` queries. ``with_reports`` adds when it sent which report."""
    whole = summary(frame, indicator_ids=indicator_ids, unit_id=part.unit_id)
    found = courses(whole, part.unit_id)
    rows = [row for area in whole.areas for row in (*area.rows, *area.tasks)]
    numbers = {row.indicator.pk: row.standing.now.number if row.standing.now else frame.period.number for row in rows}
    sources = sources_of(frame.campaign, user, basis=frame.basis, numbers=numbers, unit_id=part.unit_id)
    pledged = pledged_amounts(frame.campaign, part.unit_id)

    def line(row: SummaryRow) -> UnitLine:
        pk = row.indicator.pk
        level = f"đăng ký {amount_text(pledged[pk], row.indicator)}" if pk in pledged else ""
        return UnitLine(row, found.get(pk), sources.get((pk, part.unit_id)), level)

    areas = tuple(
        UnitArea(
            f"{area.area.numbering} {area.area.short_title}",
            tuple(line(row) for row in area.rows),
            tuple(line(row) for row in area.tasks),
        )
        for area in whole.areas
    )
    return UnitPage(part, areas, unit_cells(part, periods) if with_reports else (), _bands(whole))


def _bands(whole: Summary) -> tuple[tuple[str, str, int], ...]:
    """How many of its indicators stand in which band."""
    counts: dict[tuple[str, str], int] = {}
    for area in whole.areas:
        for code, word, number in area.bands:
            counts[code, word] = counts.get((code, word), 0) + number
    order = [band.value for band in summaries.BANDS]
    return tuple((code, word, counts[code, word]) for code, word in sorted(counts, key=lambda key: order.index(key[0])))
