"""One indicator over all units: each unit's part, and behind it the figure with who, when, which version, source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.choices import UnitRule
from indicators.models import Indicator
from indicators.rules import progress
from indicators.tables import outlooks
from indicators.tables import standings as standing_tables
from indicators.tables.kept import kept, stamps_of
from indicators.tables.outlooks import with_outlooks
from indicators.tables.standings import (
    Definitions,
    Standing,
    amount_text,
    percent_text,
    standings,
)
from indicators.tables.standings_source import Key, kept_definitions
from indicators.tables.wording import NONE
from reports.tables.area import Course, courses
from reports.tables.board import gap_text
from reports.tables.frame import Frame
from reports.tables.sources import Source, sources_of
from reports.tables.summary import Summary, SummaryRow, summary_of
from units.models import User

#: The stamps, the standings of all units, their forecasts, the course of the whole, the figures, and who is in charge.
QUERIES = 1 + standing_tables.QUERIES + outlooks.QUERIES + 4


@dataclass(frozen=True)
class UnitRow:
    """One unit's part in the indicator."""

    standing: Standing
    name: str
    share_text: str
    source: Source | None


@dataclass(frozen=True)
class Point:
    """One period of the course, in texts: the data behind the drawing."""

    period: str
    year: str
    launch: str
    path: str


@dataclass(frozen=True)
class BaseText:
    """The rate on one named base."""

    name: str
    text: str
    denominator: str


@dataclass(frozen=True)
class IndicatorUnits:
    """One indicator: its whole, its course, its units."""

    frame: Frame
    row: SummaryRow
    course: Course | None
    gap_text: str
    units: tuple[UnitRow, ...]
    missing: tuple[str, ...]
    person: str = ""

    @property
    def standing(self) -> Standing:
        """The whole."""
        return self.row.standing

    @property
    def points(self) -> list[Point]:
        """The course as a table."""
        if self.course is None:
            return []
        decimals = self.standing.indicator.decimals
        path = self.course.path or (None,) * len(self.course.periods)
        rows = zip(self.course.periods, self.course.year, self.course.launch, path, strict=True)
        return [Point(name, *(amount_text(value, decimals) for value in values)) for name, *values in rows]

    @property
    def contributions(self) -> list[tuple[str, Decimal]]:
        """What each unit added to the whole; nothing where the whole is no sum of amounts."""
        if self.standing.indicator.unit_rule != UnitRule.SUM or len(self.units) < 2:
            return []
        found = [(row.name, _reached(row.standing)) for row in self.units]
        return [(name, value) for name, value in found if value is not None]

    @property
    def rates(self) -> list[BaseText]:
        """The rate on every base, where there is more than one or the main rate is counted otherwise."""
        decimals = self.standing.indicator.decimals
        shown = [one for one in self.standing.rates if len(self.standing.rates) > 1 or self.standing.in_percent]
        return [
            BaseText(one.base_name, percent_text(one.rate), amount_text(one.denominator, decimals)) for one in shown
        ]


def indicator_units(frame: Frame, indicator: Indicator, user: User) -> IndicatorUnits:
    """The indicator over all its units, with the figures that the person may open: ``QUERIES`` queries."""
    campaign = frame.campaign
    stamps = stamps_of(campaign)
    known, found = kept(
        ("indicator", stamps, frame.period.pk, frame.basis, indicator.pk),
        lambda: _standings(frame, stamps[0], indicator),
        lambda built: len(built[1]),
    )
    whole = found[indicator.pk, campaign.authority_id]
    summary: Summary = replace(summary_of(frame, [whole], known), stamps=stamps)
    rows = summary.rows or [row for area in summary.areas for row in area.tasks]
    number = whole.now.number if whole.now else frame.period.number
    sources = sources_of(campaign, user, basis=frame.basis, numbers={indicator.pk: number})
    reporters = known.reporters.get(indicator.pk, [])
    units = tuple(
        UnitRow(
            found[indicator.pk, one.unit_id],
            one.name,
            _share(found[indicator.pk, one.unit_id], whole),
            sources.get((indicator.pk, one.unit_id)),
        )
        for one in reporters
    )
    missing = tuple(row.name for row in units if row.standing.is_due and not row.standing.counted)
    course = courses(summary, campaign.authority_id).get(indicator.pk)
    person = User.objects.names_of([rows[0].person_id]).get(rows[0].person_id, "")
    return IndicatorUnits(frame, rows[0], course, gap_text(whole), units, missing, person)


def _standings(frame: Frame, stamp: str, indicator: Indicator) -> tuple[Definitions, dict[Key, Standing]]:
    """The indicator at every unit, with what is to be expected."""
    period = frame.period
    known = kept_definitions(stamp, frame.campaign, period.ends_on, frozenset([indicator.pk]), None)
    found = standings(frame.campaign, period, basis=frame.basis, indicator_ids=[indicator.pk], definitions=known)
    return known, with_outlooks(known, found, period, frame.basis)


def _reached(standing: Standing) -> Decimal | None:
    """The year's cumulative, or what came since the launch."""
    return standing.cumulative if standing.cumulative is not None else standing.since_launch


def _share(standing: Standing, whole: Standing) -> str:
    """The unit's part in the whole; only where the whole is the sum of its units."""
    if whole.in_percent and not whole.is_year:
        return NONE
    part, total = standing.cumulative, whole.cumulative
    if part is None or total is None:
        part, total = standing.since_launch, whole.since_launch
    return percent_text(progress.ratio(part, total))
