"""Where the numbers of a board come from: the figure behind each, who entered it and when, what the office did."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Campaign
from indicators.choices import FigureState, TaskStatus
from indicators.models import Figure, FigureVersion, Indicator
from indicators.models.figure import FigureQuerySet
from indicators.tables.standings import OFFICIAL
from indicators.tables.standings_source import Key
from indicators.tables.wording import NONE
from units.models import User
from vietnamese.dates import format_date, format_moment
from vietnamese.numbers import format_number


@dataclass(frozen=True)
class Source:
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
    rows = figures.select_related(
        "assignment__indicator", "period", f"{version}__by", f"{version}__on_behalf_of", "reconciled_version"
    )
    found = {}
    for figure in rows:
        indicator, chosen = figure.assignment.indicator, getattr(figure, version)
        if chosen is not None and figure.period.number == numbers[indicator.pk]:
            found[indicator.pk, figure.assignment.unit_id] = _source(figure, chosen, indicator)
    return found


def _source(figure: Figure, version: FigureVersion, indicator: Indicator) -> Source:
    """The version that counts, told."""
    beside = figure.reconciled_version
    behalf = f"nhập thay, nhận qua {version.get_channel_display().lower()}" if version.on_behalf_of else ""
    return Source(
        figure_id=figure.pk,
        entered_text=entered_text(version, indicator),
        text=version.text,
        entered_by=version.by.full_name or version.by.username,
        entered_at=format_moment(version.at),
        version=version.sequence,
        kind=version.get_kind_display(),
        behalf=behalf,
        data_source=version.data_source,
        as_of=format_date(version.as_of_on) if version.as_of_on else "",
        note=version.note or version.reason,
        is_confirmed=figure.confirmed_version_id in (version.pk, figure.reconciled_version_id)
        and figure.confirmed_version_id is not None,
        reconciled_text=entered_text(beside, indicator) if beside else "",
    )


def entered_text(version: FigureVersion, indicator: Indicator) -> str:
    """What was entered, in words: a number, không phát sinh, or how a task stands."""
    if version.state == FigureState.NOTHING_AROSE:
        return "không phát sinh"
    if version.task_status:
        return str(TaskStatus(version.task_status).label)
    return NONE if version.amount is None else format_number(version.amount, indicator.decimals)
