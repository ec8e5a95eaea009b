"""The sheet of each unit and its head for the year-end evaluation: what was reached, the year's estimate, reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from campaign.choices import Relation
from campaign.models import Submission
from indicators.choices import Band, FigureState
from indicators.rules.progress import ratio
from indicators.tables import outlooks
from indicators.tables.outlook import Outlook
from indicators.tables.outlooks import with_outlooks
from indicators.tables.standings import Standing
from reports.tables.cells import Cell, amount_cell, rate_cell, target_cell
from reports.tables.frame import Frame
from reports.tables.period_report import PeriodReport
from units import clock
from units.models import Post

#: The units' own estimates and forecasts, the reports of all periods, who heads the units.
QUERIES = outlooks.QUERIES + 2


@dataclass(frozen=True)
class EvaluationLine:
    """One indicator of one unit."""

    code: str
    name: str
    unit_of_measure: str
    target: Cell
    cumulative: Cell
    rate: Cell
    estimate: Cell
    estimate_rate: Cell
    band: str
    band_text: str
    is_forecast: bool


@dataclass(frozen=True)
class UnitSheet:
    """One unit with its head: how its reports came, where its indicators and tasks stand.

    ``statuses`` counts its tasks by the status that it reported last, "" where it reported none.
    """

    unit_id: int
    name: str
    head_title: str
    head_name: str
    owed: int
    on_time: int
    late: int
    missing: int
    lines: tuple[EvaluationLine, ...]
    statuses: Mapping[str, int]

    @property
    def bands(self) -> Counter[str]:
        """How many indicators stand in which band."""
        return Counter(line.band for line in self.lines if line.band != Band.NO_DATA)

    @property
    def judged(self) -> int:
        """How many indicators can be judged."""
        return self.bands.total()

    @property
    def reached(self) -> int:
        """How many indicators are met or exceeded already."""
        return self.bands[Band.EXCEEDED] + self.bands[Band.MET]


def unit_sheets(report: PeriodReport, *, unit_id: int | None = None) -> tuple[UnitSheet, ...]:
    """Every unit that owes reports, in the order of the office: ``QUERIES`` queries."""
    frame = report.frame
    asked = {key: row for key, row in report.at_units.items() if unit_id in (None, key[1])}
    judged = with_outlooks(report.summary.definitions, asked, frame.period, frame.basis)
    order = {row.indicator.pk: place for place, row in enumerate(report.summary.rows)}
    by_unit: dict[int, list[Standing]] = defaultdict(list)
    for (pk, unit), standing in judged.items():
        if pk in order:
            by_unit[unit].append(standing)
    tasks, heads = _tasks(report), _heads(frame.period.ends_on)
    sheets = []
    for pk, (name, title, counts) in _sending(frame).items():
        if unit_id in (None, pk):
            rows = sorted(by_unit.get(pk, []), key=lambda one: order[one.indicator.pk])
            lines = tuple(map(_line, rows))
            sheets.append(UnitSheet(pk, name, title, heads.get((pk, title), ""), *counts, lines, tasks.get(pk, {})))
    return tuple(sheets)


def _tasks(report: PeriodReport) -> dict[int, Counter[str]]:
    """By unit how many of its tasks of the period bear which status; no query."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for area in report.summary.areas:
        for task in area.tasks:
            pk = task.indicator.pk
            for reporter in report.summary.definitions.reporters.get(pk, ()):
                told = report.told.get((pk, reporter.unit_id))
                if told is not None:
                    found[reporter.unit_id][told.task_status if told.state == FigureState.REPORTED else ""] += 1
    return found


def _heads(on: date) -> dict[tuple[int, str], str]:
    """Who holds the post after which a unit's head is called, by unit and title: one query."""
    rows = Post.objects.in_force(on).filter(title=F("unit__head_title")).order_by("-pk")
    return {(unit, title): name for unit, title, name in rows.values_list("unit_id", "title", "user__full_name")}


def _sending(frame: Frame) -> dict[int, tuple[str, str, tuple[int, int, int, int]]]:
    """By unit: name of the day, the head's post, and reports owed, on time, late, missing until the period."""
    rows = Submission.objects.filter(
        period__campaign=frame.campaign,
        period__number__lte=frame.period.number,
        period__is_before_launch=False,
        participation__relation=Relation.ASSIGNED,
    )
    rows = rows.order_by(
        "participation__unit__kind__position", "participation__unit__position", "participation__unit__sort_key"
    )
    names: dict[int, tuple[str, str]] = {}
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    columns = ("participation__unit_id", "participation__unit_name", "participation__unit__head_title")
    for pk, name, title, sent_at, due_on in rows.values_list(*columns, "first_sent_at", "due_on"):
        names[pk] = (name, title)
        late = sent_at is not None and clock.local_date(sent_at) > due_on
        place = 3 if sent_at is None else 2 if late else 1
        counted[pk][0] += 1
        counted[pk][place] += 1
    return {pk: (*names[pk], (owed, good, late, none)) for pk, (owed, good, late, none) in counted.items()}


def _line(standing: Standing) -> EvaluationLine:
    row, outlook = standing.indicator, standing.outlook
    estimate, is_forecast = _estimate(outlook)
    return EvaluationLine(
        code=row.code,
        name=row.short_name,
        unit_of_measure=row.unit_of_measure,
        target=target_cell(standing),
        cumulative=amount_cell(standing.cumulative if standing.is_year else standing.since_launch, row.decimals),
        rate=rate_cell(standing.rate),
        estimate=amount_cell(estimate, row.decimals),
        estimate_rate=rate_cell(_estimate_rate(estimate, outlook)),
        band=standing.band,
        band_text=standing.band_word,
        is_forecast=is_forecast,
    )


def _estimate(outlook: Outlook | None) -> tuple[Decimal | None, bool]:
    """Ước cả năm as the unit gave it; where it gave none, the forecast, and that it is one."""
    if outlook is None or outlook.estimate is not None:
        return (outlook.estimate if outlook is not None else None), False
    expected = None if outlook.in_percent else outlook.found.expected
    return expected, expected is not None


def _estimate_rate(estimate: Decimal | None, outlook: Outlook | None) -> Decimal | None:
    """The year's estimate in percent of the plan."""
    if estimate is None or outlook is None or not outlook.plan:
        return None
    return ratio(estimate, outlook.plan)
