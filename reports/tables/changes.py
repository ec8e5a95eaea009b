"""What changed since a day: reports that moved, figures that were confirmed or reconciled, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from campaign.models import Campaign, SubmissionMove
from campaign.rules.workflow import MOVES
from indicators.models import Figure, Indicator
from units import clock
from units.models import AuditLine
from vietnamese.dates import start_of_day

#: Moves of reports; what the lead departments did, and the indicators and figures to which they did it.
QUERIES = 4
#: The moves that the office wants to hear of, in the order in which they are told.
TOLD = ("submit", "withdraw", "request_changes", "query_figures", "receive", "reopen", "close")
CONFIRMED, RECONCILED = "figures.confirmed", "figure.reconciled"
INDICATOR, FIGURE = Indicator._meta.label, Figure._meta.label
NAMED = 6

#: Event, kind and id of what it was done to, by whom, particulars.
Act = tuple[str, str, int | None, str, dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """One kind of change: how many, and of whom."""

    words: str
    number: int
    names: str


def changes_since(campaign: Campaign, since: date) -> tuple[Change, ...]:
    """What happened in the campaign from the beginning of a day until now: ``QUERIES`` queries."""
    return (*_moves(campaign, since), *_checks(campaign, since))


def yesterday() -> date:
    """The day before the present one."""
    return clock.today() - timedelta(days=1)


def _moves(campaign: Campaign, since: date) -> list[Change]:
    """Reports by the move that they made; a unit is named once."""
    rows = SubmissionMove.objects.filter(
        submission__participation__campaign=campaign, at__gte=start_of_day(since), move__in=TOLD
    )
    names: dict[str, list[str]] = defaultdict(list)
    columns = ("move", "submission__participation__unit_name")
    for move, name in rows.order_by("-at").values_list(*columns):
        names[move].append(name)
    return [
        Change(MOVES[move].done, len(names[move]), _listed(list(dict.fromkeys(names[move]))))
        for move in TOLD
        if move in names
    ]


def _checks(campaign: Campaign, since: date) -> list[Change]:
    """How many figures the lead departments confirmed, and who; figures beside which they set their own.

    Read from the acts of these days, not from the figures: there are millions of them.
    """
    lines = AuditLine.objects.filter(event__in=[CONFIRMED, RECONCILED], at__gte=start_of_day(since)).order_by("-pk")
    acts = list(lines.values_list("event", "subject_type", "subject_id", "by__full_name", "detail"))
    names = _names_here(campaign, acts)
    number = 0
    people: dict[str, None] = {}
    reconciled: list[str] = []
    for event, subject_type, subject_id, person, detail in acts:
        name = names.get((subject_type, subject_id))
        if name is not None and event == RECONCILED:
            reconciled.append(name)
        elif name is not None:
            number += len(detail.get("figures", ()))
            people[person] = None
    found = [Change("Đã xác nhận số liệu", number, _listed(list(people)))] if number else []
    if reconciled:
        told = _listed(list(dict.fromkeys(reconciled)))
        found.append(Change("Có số liệu sau đối chiếu", len(reconciled), told))
    return found


def _names_here(campaign: Campaign, acts: Sequence[Act]) -> dict[tuple[str, int | None], str]:
    """Of the campaign's indicators and figures that were acted on, the indicator's name: two queries."""
    touched = {(kind, pk) for _, kind, pk, *_ in acts}
    indicators = Indicator.objects.filter(campaign=campaign, pk__in=[pk for kind, pk in touched if kind == INDICATOR])
    figures = Figure.objects.filter(
        assignment__indicator__campaign=campaign, pk__in=[pk for kind, pk in touched if kind == FIGURE]
    )
    found: dict[tuple[str, int | None], str] = {
        (INDICATOR, pk): name for pk, name in indicators.values_list("pk", "short_name")
    }
    columns = ("pk", "assignment__indicator__short_name")
    return found | {(FIGURE, pk): name for pk, name in figures.values_list(*columns)}


def _listed(names: list[str]) -> str:
    """The first names, and how many there are besides."""
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} và {len(names) - NAMED} nơi khác"
