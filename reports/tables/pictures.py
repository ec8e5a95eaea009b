"""What the drawings of a report show: how the indicators that lag worst went so far, and where they lag."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.choices import Band
from indicators.rules.progress import ONE, ZERO
from indicators.tables.past import Past
from indicators.tables.standings import Standing
from reports.tables import tiles
from reports.tables.area import Course, read_courses
from reports.tables.period_report import PeriodReport
from reports.tables.tiles import TileMap, unit_tiles

#: Periods and totals of the courses, the places of the units.
QUERIES = 2 + tiles.QUERIES
#: So many courses are drawn; a map of fewer units tells nothing.
MOST, FEWEST_TILES = 4, 3
LAGGING = (Band.BEHIND, Band.AT_RISK)


@dataclass(frozen=True)
class Pictures:
    """The courses of the worst indicators, the worst first, and the map of the worst that lies on the ground."""

    courses: tuple[tuple[Standing, Course], ...] = ()
    mapped: Standing | None = None
    tiles: TileMap = TileMap()


def pictures(report: PeriodReport, past: Past | None = None) -> Pictures:
    """At most ``QUERIES`` queries. Totals are kept as they are now: of a past moment no course is drawn."""
    lagging = _lagging(report)
    if not lagging:
        return Pictures()
    return Pictures(_courses(report, lagging) if past is None else (), *_map(report, lagging))


def _lagging(report: PeriodReport) -> list[Standing]:
    """Those with the lowest part of what should be reached by now, the lowest first; a part stands in its whole."""
    slow = [row.standing for row in report.summary.rows if row.level == 0 and row.standing.band in LAGGING]
    rated = [one for one in slow if one.rate is not None and one.expected_rate]
    return sorted(rated, key=lambda one: (one.rate or ZERO) / (one.expected_rate or ONE))


def _courses(report: PeriodReport, lagging: list[Standing]) -> tuple[tuple[Standing, Course], ...]:
    """A course needs a plan in its own measure and two points at least."""
    known = read_courses(report.summary, report.frame.campaign.authority_id)
    pairs = [(one, known[one.indicator.pk]) for one in lagging]
    drawn = [pair for pair in pairs if pair[1].target and sum(value is not None for value in pair[1].values) > 1]
    return tuple(drawn[:MOST])


def _map(report: PeriodReport, lagging: list[Standing]) -> tuple[Standing | None, TileMap]:
    """The worst indicator that enough units on the ground report."""
    for one in lagging:
        if sum(reporter.is_territorial for reporter in one.reporters) < FEWEST_TILES:
            continue
        pk = one.indicator.pk
        at_units = {unit: row for (indicator, unit), row in report.at_units.items() if indicator == pk}
        drawn = unit_tiles(report.frame, at_units, with_links=False)
        return (one, drawn) if len(drawn.tiles) >= FEWEST_TILES else (None, TileMap())
    return None, TileMap()
