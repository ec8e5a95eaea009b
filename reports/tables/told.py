"""What each unit told of each row in a period beside the number: state, note, and how a task stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from indicators.choices import FigureState, TaskStatus, VersionKind
from indicators.models import Figure
from indicators.tables.past import Past
from indicators.tables.standings_source import EVERY_MONTH, VERSION_OF, Key
from reports.tables.frame import Frame

#: The query of ``read_told``, however many rows there are.
QUERIES = 1
COLUMNS = ("state", "kind", "is_estimate", "task_status", "step", "percent", "text", "note", "data_source", "as_of_on")


class Told(NamedTuple):
    """One version of a figure, as the office holds it."""

    number: int
    is_confidential: bool
    is_reconciled: bool
    state: str
    kind: str
    is_estimate: bool
    task_status: str
    step: int | None
    percent: object
    text: str
    note: str
    data_source: str
    as_of_on: date | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must stand beside the number: không phát sinh, ước, nhập thay, sau đối chiếu, the unit's own note."""
        found = [
            "không phát sinh" if self.state == FigureState.NOTHING_AROSE else "",
            "ước thực hiện" if self.is_estimate else "",
            "nhập thay" if self.kind == VersionKind.ON_BEHALF else "",
            "có số liệu sau đối chiếu" if self.is_reconciled else "",
            self.note,
        ]
        return tuple(one for one in found if one)

    @property
    def status_text(self) -> str:
        """How a task stands, in words."""
        known = self.task_status in TaskStatus.values and self.state == FigureState.REPORTED
        return str(TaskStatus(self.task_status).label) if known else "Chưa báo cáo"

    @property
    def done_text(self) -> str:
        """What was done; of confidential fields nothing but the status is told."""
        return "" if self.is_confidential else self.text


def read_told(frame: Frame) -> dict[Key, Told]:
    """By indicator and unit, what was sent (tạm tính) or received (chính thức) when the row was last asked for."""
    version = VERSION_OF[frame.basis]
    rows = Figure.objects.filter(
        assignment__indicator__campaign=frame.campaign,
        assignment__is_not_applicable=False,
        period__number__lte=frame.period.number,
    ).filter(Q(period=frame.period) | ~Q(assignment__indicator__schedule__in=EVERY_MONTH))
    found: dict[Key, Told] = {}
    columns = ["assignment__indicator_id", "assignment__unit_id", "period__number"]
    columns += ["assignment__indicator__is_confidential", "reconciled_version_id"]
    columns += [f"{version}__{name}" for name in COLUMNS]
    for indicator_id, unit_id, number, secret, reconciled, *values in rows.order_by("period__number").values_list(
        *columns
    ):
        found[indicator_id, unit_id] = _told(number, secret, reconciled is not None, values)
    return found


def past_told(frame: Frame, past: Past) -> dict[Key, Told]:
    """The same at a past moment; no query."""
    found: dict[Key, Told] = {}
    for row in past.figures:
        if row.number == frame.period.number or (row.number < frame.period.number and not row.is_monthly):
            version = row.on(frame.basis)
            values = [getattr(version, name) if version is not None else None for name in COLUMNS]
            key = row.indicator_id, row.unit_id
            found[key] = _told(row.number, row.is_confidential, row.reconciled is not None, values)
    return found


def _told(number: int, is_confidential: bool, is_reconciled: bool, values: Sequence[Any]) -> Told:
    """One version from its columns."""
    state, kind, is_estimate, status, step, percent, text, note, source, as_of = values
    return Told(
        number=number,
        is_confidential=is_confidential,
        is_reconciled=is_reconciled,
        state=state or "",
        kind=kind or "",
        is_estimate=bool(is_estimate),
        task_status=status or "",
        step=step,
        percent=percent,
        text=text or "",
        note=note or "",
        data_source=source or "",
        as_of_on=as_of,
    )
