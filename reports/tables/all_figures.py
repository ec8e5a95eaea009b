"""Every figure of a campaign up to a period, one row each, as they come from the database: memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from campaign.models import Campaign, Period
from indicators.choices import FigureState, TaskStatus
from indicators.models import Figure
from indicators.tables.standings_source import VERSION_OF
from reports.tables.cells import amount_format
from reports.tables.frame import Frame
from units import clock

#: So many rows are fetched at a time.
CHUNK = 2000
_STATES: dict[str, str] = {value: str(label) for value, label in FigureState.choices}
_TASKS: dict[str, str] = {value: str(label) for value, label in TaskStatus.choices}
_FORMATS = [amount_format(decimals) for decimals in range(5)]


class FigureRow(NamedTuple):
    """One figure as it was sent (or received), with what it is about."""

    period: str
    unit: str
    area: str
    indicator: str
    unit_of_measure: str
    number_format: str
    amount: Decimal | None
    year_estimate: Decimal | None
    state: str
    remarks: str
    task: str
    text: str
    note: str
    data_source: str
    as_of_on: date | None


@dataclass(frozen=True)
class FigureTable:
    """The rows, and what stands above them."""

    frame: Frame
    made_at: datetime
    rows: Iterable[FigureRow]


def all_figures(campaign: Campaign, period: Period, basis: str) -> FigureTable:
    """All rows in the order of periods, units and the document: one query, read while it is written; one more for the
    numbers of the content areas.
    """
    return FigureTable(Frame(campaign, period, basis), clock.now(), _rows(campaign, period, basis))


def _rows(campaign: Campaign, period: Period, basis: str) -> Iterator[FigureRow]:
    version = VERSION_OF[basis]
    places = _places(campaign)
    about = "assignment__indicator__"
    columns = ["period__name", "submission__participation__unit_name", f"{about}area"]
    columns += [f"{about}short_name", f"{about}unit_of_measure", f"{about}decimals", f"{about}is_confidential"]
    told = ("state", "amount", "year_estimate", "is_cumulative", "is_estimate", "task_status", "text", "note")
    columns += [f"{version}__{name}" for name in (*told, "data_source", "as_of_on")]
    rows = Figure.objects.filter(
        assignment__indicator__campaign=campaign,
        assignment__is_not_applicable=False,
        period__number__lte=period.number,
    ).order_by(
        "period__number",
        "submission__participation__unit__kind__position",
        "submission__participation__unit__position",
        "submission_id",
        f"{about}position",
        "pk",
    )
    for period_name, unit, area, *values in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        yield _row(period_name, unit, places[area], *values)


def _places(campaign: Campaign) -> dict[int, str]:
    """The number of the content area of the first order in which each area lies: a dash below it says nothing."""
    rows = {
        pk: (parent, numbering) for pk, parent, numbering in campaign.areas.values_list("pk", "parent", "numbering")
    }

    def place(pk: int) -> str:
        parent, numbering = rows[pk]
        return place(parent) if parent is not None else numbering

    return {pk: place(pk) for pk in rows}


def _row(
    period: str,
    unit: str,
    area: str,
    indicator: str,
    measure: str,
    decimals: int,
    secret: bool,
    state: str | None,
    amount: Decimal | None,
    year: Decimal | None,
    is_cumulative: bool | None,
    is_estimate: bool | None,
    task: str | None,
    text: str | None,
    note: str | None,
    source: str | None,
    as_of: date | None,
) -> FigureRow:
    remarks = "số lũy kế" if is_cumulative and amount is not None else ""
    if is_estimate:
        remarks = f"{remarks}; ước thực hiện" if remarks else "ước thực hiện"
    return FigureRow(
        period,
        unit,
        area,
        indicator,
        measure,
        _FORMATS[decimals],
        None if secret else amount,
        None if secret else year,
        _STATES[state or FigureState.NOT_REPORTED],
        remarks,
        _TASKS.get(task or "", ""),
        "" if secret else text or "",
        note or "",
        source or "",
        as_of,
    )
