"""One content area: every indicator of it with plan, both cumulatives, rate, pace and its course, then its tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Q

from campaign.models import ContentArea, Period
from indicators.choices import TimeRule
from indicators.models import Indicator, Total
from indicators.rules import progress
from indicators.tables.kept import kept
from indicators.tables.plan import share_due
from indicators.tables.standings import Standing
from reports.tables import summary as summaries
from reports.tables.frame import Frame
from reports.tables.summary import AreaRows, Summary, SummaryRow, summary

#: Which indicators, their summary, and their courses: periods and totals.
QUERIES = summaries.QUERIES + 3


@dataclass(frozen=True)
class Course:
    """A cumulative over the periods of the campaign beside its planned path; None where nothing is known."""

    periods: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    path: tuple[Decimal | None, ...]
    target: Decimal | None
    year: tuple[Decimal | None, ...] = ()
    launch: tuple[Decimal | None, ...] = ()
    ends: tuple[date, ...] = ()


@dataclass(frozen=True)
class AreaTable:
    """One content area with its groups of rows."""

    frame: Frame
    area: AreaRows
    groups: tuple[tuple[str, tuple[SummaryRow, ...]], ...]
    courses: dict[int, Course]

    @property
    def multiples(self) -> list[tuple[SummaryRow, Course]]:
        """Every indicator with figures beside its course, for one small chart each."""
        rows = [(row, self.courses.get(row.indicator.pk)) for row in self.area.rows]
        return [(row, course) for row, course in rows if course and any(value is not None for value in course.values)]


def area_table(frame: Frame, area: ContentArea, *, indicator_ids: frozenset[int] | None = None) -> AreaTable | None:
    """The rows of one area of the first order, over all units: ``QUERIES`` queries; None where it has no rows."""
    mine = Indicator.objects.filter(Q(area=area) | Q(area__parent=area), campaign=frame.campaign)
    ids = set(mine.order_by().values_list("pk", flat=True))
    chosen = ids if indicator_ids is None else ids & indicator_ids
    whole = summary(frame, indicator_ids=chosen)
    if not whole.areas:
        return None
    rows = whole.areas[0]
    return AreaTable(frame, rows, tuple(_groups(rows.rows)), courses(whole, frame.campaign.authority_id))


def _groups(rows: Collection[SummaryRow]) -> list[tuple[str, tuple[SummaryRow, ...]]]:
    """Rows under the areas of the second order; a part stays with its whole."""
    titles: dict[int, str] = {}
    heading = ""
    for row in rows:
        heading = row.indicator.area.short_title if row.level == 0 else heading
        titles[row.indicator.pk] = heading
    return [(title, tuple(part)) for title, part in groupby(rows, key=lambda row: titles[row.indicator.pk])]


def courses(whole: Summary, unit_id: int) -> dict[int, Course]:
    """How each indicator with numbers went through the periods so far, at the whole or at one unit: two queries."""
    ids = tuple(row.indicator.pk for row in whole.rows)
    key = ("courses", whole.stamps, whole.frame.period.pk, whole.frame.basis, ids, unit_id)
    return kept(key, lambda: read_courses(whole, unit_id), len)


def read_courses(whole: Summary, unit_id: int) -> dict[int, Course]:
    """The same read anew, for a summary that bears no stamps: two queries."""
    frame = whole.frame
    periods = list(Period.objects.filter(campaign=frame.campaign).summed().order_by("number"))
    ids = [row.indicator.pk for row in whole.rows]
    rows = Total.objects.filter(indicator__in=ids, unit=unit_id, period__number__lte=frame.period.number)
    amounts: dict[int, dict[int, tuple[Decimal | None, Decimal | None]]] = defaultdict(dict)
    columns = (f"{frame.basis}_cumulative", f"{frame.basis}_since_launch")
    for indicator_id, period_id, year, launch in rows.values_list("indicator_id", "period_id", *columns):
        amounts[indicator_id][period_id] = (year, launch)
    return {row.indicator.pk: _course(row.standing, periods, amounts[row.indicator.pk], whole) for row in whole.rows}


def _course(
    standing: Standing,
    periods: list[Period],
    amounts: dict[int, tuple[Decimal | None, Decimal | None]],
    whole: Summary,
) -> Course:
    """One indicator: what is judged of it, period by period; a percentage has no path in its own measure."""
    place = 0 if standing.is_year and standing.cumulative is not None else 1
    is_level = standing.indicator.time_rule == TimeRule.LEVEL
    both = [amounts.get(one.pk, (None, None)) for one in periods]
    values = tuple(pair[place] for pair in both)
    plan = None if standing.in_percent else standing.judged.measured.plan
    known = whole.definitions
    points = known.path(standing.indicator.pk, standing.unit_id)
    opened = progress.ratio(standing.opening, plan) if plan else None
    start = min(max((opened or progress.ZERO) / 100, progress.ZERO), progress.ONE)
    path = tuple(
        progress.expected_to_date(
            plan, share_due(standing.indicator, known.campaign, points, on=one.ends_on, opening_share=start)
        )
        for one in periods
    )
    return Course(
        periods=tuple(one.name for one in periods),
        values=values,
        path=path if plan is not None else (),
        target=plan,
        year=tuple(year for year, _ in both),
        launch=tuple(None if is_level else launch for _, launch in both),
        ends=tuple(one.ends_on for one in periods),
    )
