"""Where the numbers of a board come from: the figure behind each, who entered it and when, what the office did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from campaign.models import Campaign
from indicators.choices import Channel, FigureState, TaskStatus, VersionKind
from indicators.models import Figure
from indicators.models.figure import FigureQuerySet
from indicators.tables.standings import OFFICIAL
from indicators.tables.standings_source import Key
from indicators.tables.wording import NONE, Texts
from units.models import User
from vietnamese.dates import format_date, format_moment
from vietnamese.numbers import format_number


@dataclass(frozen=True)
class Source(Texts):
    """Where a unit's number comes from: the version that counts, who entered it and when, what the office did."""

    figure_id: int
    entered_text: str
    text: str
    entered_by: str
    entered_at: str
    version: int
    kind: str
    behalf: str
    data_source: str
    as_of: str
    note: str
    is_confirmed: bool
    reconciled_text: str


class Counted(NamedTuple):
    """The columns of a version that are told, by the names of the query."""

    pk: int
    sequence: int
    kind: str
    channel: str
    on_behalf_of: int | None
    by__full_name: str
    by__username: str
    at: datetime
    state: str
    task_status: str
    amount: Decimal | None
    text: str
    note: str
    reason: str
    data_source: str
    as_of_on: date | None


def sources_of(
    campaign: Campaign, user: User, *, basis: str, numbers: dict[int, int], unit_id: int | None = None
) -> dict[Key, Source]:
    """By indicator and unit the figure that counts on this basis and that the person may open: one query.

    ``numbers`` names for each indicator the period that last asked for it.
    """
    version = "received_version" if basis == OFFICIAL else "sent_version"
    figures: FigureQuerySet = Figure.objects.visible_to(user).filter(
        assignment__indicator__in=numbers, period__campaign=campaign, period__number__in=set(numbers.values())
    )
    if unit_id is not None:
        figures = figures.filter(assignment__unit=unit_id)
    columns = ("assignment__indicator_id", "assignment__unit_id", "period__number", "assignment__indicator__decimals")
    of_version = [f"{version}__{name}" for name in Counted._fields]
    of_figure = ("pk", "confirmed_version_id", "reconciled_version_id")
    beside = [f"reconciled_version__{name}" for name in ("state", "task_status", "amount")]
    found = {}
    rows = figures.exclude(**{version: None}).order_by().values_list(*columns, *of_version, *of_figure, *beside)
    for indicator_id, at_unit, number, decimals, *values in rows:
        if number == numbers[indicator_id]:
            counted = Counted(*values[: len(of_version)])
            pk, confirmed, reconciled, state, status, amount = values[len(of_version) :]
            found[indicator_id, at_unit] = _source(
                pk,
                counted,
                decimals,
                is_confirmed=confirmed is not None and confirmed in (counted.pk, reconciled),
                reconciled_text=entered_text(state, status, amount, decimals) if reconciled else "",
            )
    return found


def _source(pk: int, version: Counted, decimals: int, *, is_confirmed: bool, reconciled_text: str) -> Source:
    """The version that counts, told."""
    channel = Channel(version.channel).label.lower() if version.channel else ""
    return Source(
        figure_id=pk,
        entered_text=entered_text(version.state, version.task_status, version.amount, decimals),
        text=version.text,
        entered_by=version.by__full_name or version.by__username,
        entered_at=format_moment(version.at),
        version=version.sequence,
        kind=str(VersionKind(version.kind).label),
        behalf=f"nhập thay, nhận qua {channel}" if version.on_behalf_of else "",
        data_source=version.data_source,
        as_of=format_date(version.as_of_on) if version.as_of_on else "",
        note=version.note or version.reason,
        is_confirmed=is_confirmed,
        reconciled_text=reconciled_text,
    )


def entered_text(state: str, task_status: str, amount: Decimal | None, decimals: int) -> str:
    """What was entered, in words: a number, không phát sinh, or how a task stands."""
    if state == FigureState.NOTHING_AROSE:
        return "không phát sinh"
    if task_status:
        return str(TaskStatus(task_status).label)
    return NONE if amount is None else format_number(amount, decimals)
