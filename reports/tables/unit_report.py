"""The report of one unit for one period, as its own letter shows it: figures, tasks, and what stands in the way.

Until it is sent the unit prints its working copy; from then on everybody prints what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from campaign.models import SENT_STATUSES, Submission
from followup.tables.reporting import ObstacleLine, unit_obstacle_lines
from indicators.choices import TaskStatus, TimeRule
from indicators.models import Figure, Target
from indicators.models.figure import FigureQuerySet
from indicators.tables.month import month_table
from indicators.tables.month_rows import MonthRow
from indicators.tables.sent import read_sent
from indicators.tables.sent_rows import SentRow, sent_row
from indicators.tables.wording import NONE
from paper.letter import roman
from units import clock
from units.choices import Origin
from units.models import User

#: The queries of ``unit_report`` at most, however many rows there are.
QUERIES = 17
#: What a submission is printed with, read in one query.
PRINTED_WITH = (
    "period",
    "participation__unit__kind",
    "participation__unit__parent",
    "participation__campaign__authority",
    "participation__campaign__standing_body",
)
#: A base that says no more than the head of the column.
PLAIN_BASE = "kế hoạch"


@dataclass(frozen=True)
class UnitLine:
    """A content area (all else empty) or one row, every value as text."""

    number: str
    name: str
    is_area: bool = False
    unit_of_measure: str = ""
    target: str = ""
    entered: str = ""
    cumulative: str = ""
    prior: str = ""
    year_estimate: str = ""
    rate: str = ""
    status: str = ""
    text: str = ""
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class UnitReport:
    """The whole report."""

    submission: Submission
    made_at: datetime
    is_draft: bool
    is_illustrative: bool
    figures: tuple[UnitLine, ...]
    tasks: tuple[UnitLine, ...]
    obstacles: tuple[str, ...]
    missing: int

    @property
    def has_priors(self) -> bool:
        """Is the same period of last year known for any row? Else its column is left out."""
        return any(line.prior for line in self.figures)

    @property
    def has_estimates(self) -> bool:
        """Did the unit estimate the year for any row?"""
        return any(line.year_estimate for line in self.figures)

    @property
    def figure_count(self) -> int:
        """How many rows carry numbers."""
        return sum(not line.is_area for line in self.figures)

    @property
    def task_count(self) -> int:
        """How many are told in words."""
        return sum(not line.is_area for line in self.tasks)


def unit_report(submission: Submission, user: User | None) -> UnitReport:
    """The report as it stands now for a person who may print it: at most ``QUERIES`` queries."""
    is_draft = submission.status not in SENT_STATUSES
    mine = Figure.objects.filter(submission=submission).select_related("assignment__indicator__area__parent")
    ordered = mine.order_by("assignment__indicator__area__position", "assignment__indicator__position", "pk")
    if is_draft:
        figures = list(ordered)
        working = {row.figure_id: row for row in month_table(submission, user).rows}
        lines = {figure.pk: _working_line(working[figure.pk], figure) for figure in figures}
        origins = {figure.origin for figure in figures}
    else:
        figures, sent = _sent(ordered, submission)
        lines = {figure.pk: _sent_line(sent[figure.pk], figure) for figure in figures}
        origins = {row.origin for row in sent.values()}
    numeric = [figure for figure in figures if figure.assignment.indicator.is_numeric]
    tasks = [figure for figure in figures if not figure.assignment.indicator.is_numeric]
    told, raised = _obstacles(figures, lines, is_draft=is_draft), _raised(submission)
    return UnitReport(
        submission=submission,
        made_at=clock.now(),
        is_draft=is_draft,
        is_illustrative=Origin.ILLUSTRATIVE in origins
        or any(one.is_illustrative for one in raised)
        or _has_illustrative_plan(submission, figures),
        figures=tuple(_with_areas(numeric, lines)),
        tasks=tuple(_with_areas(tasks, lines)),
        obstacles=tuple(dict.fromkeys([*told, *(_raised_words(one) for one in raised)])),
        missing=sum(line.entered in _EMPTY and not line.status for line in lines.values()),
    )


_EMPTY = ("", NONE, "chưa báo cáo", "chưa gửi")


def _sent(ordered: FigureQuerySet, submission: Submission) -> tuple[list[Figure], dict[int, SentRow]]:
    """What was sent, by figure."""
    source = read_sent(ordered, submission.participation.campaign, submission.period)
    return source.figures, {figure.pk: sent_row(source, figure) for figure in source.figures}


def _working_line(row: MonthRow, figure: Figure) -> UnitLine:
    """One row of the unit's working copy."""
    secret = figure.assignment.indicator.is_confidential
    bases = [f"{base.name}: {base.text or NONE} ({base.rate or NONE} %)" for base in row.denominators]
    return UnitLine(
        number="",
        name=row.name,
        unit_of_measure=row.unit_of_measure,
        target=row.target if row.is_numeric else "",
        entered=row.shown_amount if row.is_numeric else "",
        cumulative=row.cumulative if row.is_numeric else "",
        prior=row.prior,
        year_estimate=row.year_estimate,
        rate=(row.rate or NONE) if row.is_numeric else "",
        status=row.task_word,
        text="" if secret else row.text,
        note=_note(
            figure,
            [row.target_note, *bases],
            row.versus,
            is_estimate=row.is_estimate,
            is_cumulative=row.is_cumulative,
        ),
    )


def _sent_line(row: SentRow, figure: Figure) -> UnitLine:
    """One row as it was sent."""
    is_numeric = row.is_numeric
    status = "" if is_numeric or row.entered in _EMPTY else row.entered
    bases = [f"{base.name}: {base.amount} ({base.rate})" for base in row.bases]
    return UnitLine(
        number="",
        name=row.name,
        unit_of_measure=row.unit_of_measure,
        target=row.target if is_numeric else "",
        entered=row.entered if is_numeric else "",
        cumulative=row.cumulative if is_numeric else "",
        prior=row.prior,
        year_estimate=row.year_estimate,
        rate=(row.rate or NONE) if is_numeric else "",
        status=status,
        text="" if figure.assignment.indicator.is_confidential else row.text,
        note=_note(
            figure,
            [row.target_note, *bases],
            row.versus,
            is_estimate=row.is_estimate,
            is_cumulative=row.is_cumulative,
        ),
    )


def _note(
    figure: Figure, bases: Sequence[str], versus: Sequence[str], *, is_estimate: bool, is_cumulative: bool
) -> str:
    """What stands beside the numbers: their bases, last year, that one is an estimate or a running total."""
    is_running = is_cumulative or figure.assignment.indicator.time_rule == TimeRule.RUNNING
    named = bases[0] if bases[0] != PLAIN_BASE else ""
    parts = [f"so với {named}" if named else "", *bases[1:], *versus]
    if figure.assignment.indicator.is_numeric:
        parts += ["số lũy kế" if is_running else "", "ước thực hiện" if is_estimate else ""]
    return "; ".join(part for part in parts if part)


def _with_areas(figures: Sequence[Figure], lines: Mapping[int, UnitLine]) -> list[UnitLine]:
    """The rows numbered through, each content area of the first order above its own."""
    found: list[UnitLine] = []
    number = 0
    grouped = groupby(figures, key=lambda one: one.assignment.indicator.area.parent or one.assignment.indicator.area)
    for place, (area, rows) in enumerate(grouped, start=1):
        found.append(UnitLine(roman(place), area.title, is_area=True))
        for figure in rows:
            number += 1
            found.append(replace(lines[figure.pk], number=str(number), key=figure.assignment.indicator.code))
    return found


def _obstacles(figures: Sequence[Figure], lines: Mapping[int, UnitLine], *, is_draft: bool) -> list[str]:
    """Reasons written beside figures, and tasks that are blocked."""
    found = []
    for figure in figures:
        line = lines[figure.pk]
        blocked = line.status.startswith(str(TaskStatus.BLOCKED.label))
        held = figure if is_draft else figure.sent_version
        told = line.text if blocked else held.note.strip() if held else ""
        if blocked or told:
            found.append(f"{line.name}: {told.rstrip('. ') or TaskStatus.BLOCKED.label.lower()}")
    return found


def _raised(submission: Submission) -> tuple[ObstacleLine, ...]:
    """What the unit raised as an obstacle, up to the moment at which the report was sent."""
    sent_at = submission.last_sent_at if submission.status in SENT_STATUSES else None
    return unit_obstacle_lines(submission.participation.unit_id, submission.period, sent_at or clock.now())


def _raised_words(line: ObstacleLine) -> str:
    """An obstacle in one line: its indicator, what it is, what was said of it."""
    told = ". ".join(part.rstrip(". ") for part in (line.title, line.text) if part)
    return f"{line.indicator}: {told}" if line.indicator else told


def _has_illustrative_plan(submission: Submission, figures: Sequence[Figure]) -> bool:
    """Is any of the unit's targets only illustrative?"""
    indicators = [figure.assignment.indicator_id for figure in figures]
    rows = Target.objects.filter(unit=submission.participation.unit_id, indicator__in=indicators)
    return rows.filter(origin=Origin.ILLUSTRATIVE).exists()
