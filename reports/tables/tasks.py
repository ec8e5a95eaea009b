"""The qualitative tasks of a period: how many units stand where, and what each has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.choices import TaskStatus
from indicators.tables.standings import statuses_text
from indicators.tables.standings_source import Key
from paper.letter import roman
from reports.tables.annex import area_title
from reports.tables.summary import Summary, SummaryRow
from reports.tables.told import Told

NOT_REPORTED = ""


@dataclass(frozen=True)
class TaskRow:
    """A content area (level 0), a task (level 1), or one unit's part of it (level 2)."""

    number: str
    level: int
    name: str
    owner: str = ""
    statuses: Counter[str] | None = None
    status_text: str = ""
    text: str = ""

    def count(self, status: str) -> int | None:
        """How many units report this status; "" counts those that have not reported. None at a single unit."""
        return None if self.statuses is None else self.statuses[status]


def task_rows(summary: Summary, told: Mapping[Key, Told]) -> tuple[TaskRow, ...]:
    """The rows in the order of the document. No query."""
    areas = [area for area in summary.areas if area.tasks]
    rows: list[TaskRow] = []
    for place, area in enumerate(areas, start=1):
        counts = area.task_counts
        rows.append(TaskRow(roman(place), 0, area_title(area), statuses=counts, status_text=area.task_text))
        for task in area.tasks:
            rows += [_task(task), *_parts(task, summary, told)]
    return tuple(rows)


def blocked(summary: Summary, told: Mapping[Key, Told], full_names: Mapping[int, str]) -> list[tuple[str, list[str]]]:
    """Tasks that meet an obstacle, with the units that say so."""
    found = []
    for area in summary.areas:
        for task in area.tasks:
            names = [
                full_names.get(reporter.unit_id, reporter.name)
                for reporter in summary.definitions.reporters.get(task.indicator.pk, ())
                if (at_unit := told.get((task.indicator.pk, reporter.unit_id)))
                and at_unit.task_status == TaskStatus.BLOCKED
            ]
            if names:
                found.append((task.name, names))
    return found


def _task(row: SummaryRow) -> TaskRow:
    statuses = row.standing.statuses
    return TaskRow(row.number, 1, row.name, row.owner, statuses, _status_text(statuses))


def _status_text(statuses: Counter[str]) -> str:
    return statuses_text(statuses) if statuses else "chưa đến kỳ báo cáo"


def _parts(row: SummaryRow, summary: Summary, told: Mapping[Key, Told]) -> Iterable[TaskRow]:
    for reporter in summary.definitions.reporters.get(row.indicator.pk, ()):
        at_unit = told.get((row.indicator.pk, reporter.unit_id))
        if at_unit is not None:
            yield TaskRow("", 2, reporter.name, status_text=at_unit.status_text, text=at_unit.done_text)
