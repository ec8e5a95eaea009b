"""Going back to a past moment: versions, moves and acts up to it give the figures, totals and states valid then.

Within one figure versions go by their sequence, within one report moves by theirs, confirmations by the order of the
trail; moments only cut them off. The arithmetic is the very one of the stored totals. Reading only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaign.models import Campaign, SubmissionMove
from campaign.rules.workflow import SENDING_MOVES
from indicators.choices import FigureState, VersionKind
from indicators.models import Assignment, Figure, FigureVersion, Opening
from indicators.services.node_sums import node_totals, part_of
from indicators.services.owed_rows import VERSION_COLUMNS, Reported, Row
from indicators.services.successions import handed_over, with_predecessors
from indicators.services.summing import FreshTotal, unit_totals
from indicators.tables.past import Past, PastFigure
from indicators.tables.standings_source import EVERY_MONTH, OFFICIAL, SENT, Key, Sums
from units.models import AuditLine

CONFIRMING = ("figures.confirmed", "figure.reconciled", "figure.confirmation_withdrawn")
WITHDRAWN = "figure.confirmation_withdrawn"
#: Versions, moves, acts, figures; indicators, openings, leads, periods, what came later.
QUERIES = 9


def past_of(campaign: Campaign, at: datetime) -> Past:
    """What was known at the moment: ``QUERIES`` queries, however many figures there are."""
    moves, later = _moves(campaign, at), _later(at)
    figures = tuple(_figures(campaign, _versions(campaign, at), moves, _acts(at), later))
    sums = _sums(campaign, figures)
    return Past(at, figures, sums, later.targets, moves, later.indicators, frozenset(later.ended))


def _moves(campaign: Campaign, at: datetime) -> dict[int, tuple[SubmissionMove, ...]]:
    found: dict[int, list[SubmissionMove]] = defaultdict(list)
    rows = SubmissionMove.objects.filter(submission__period__campaign=campaign, at__lte=at)
    for move in rows.order_by("sequence"):
        found[move.submission_id].append(move)
    return {pk: tuple(rows) for pk, rows in found.items()}


def _versions(campaign: Campaign, at: datetime) -> dict[int, list[FigureVersion]]:
    found: dict[int, list[FigureVersion]] = defaultdict(list)
    rows = FigureVersion.objects.filter(figure__period__campaign=campaign, at__lte=at)
    for version in rows.order_by("sequence"):
        found[version.figure_id].append(version)
    return found


def _acts(at: datetime) -> dict[int, list[AuditLine]]:
    """Confirmations and what took them back, by figure, in the order of the trail."""
    found: dict[int, list[AuditLine]] = defaultdict(list)
    for line in AuditLine.objects.filter(event__in=CONFIRMING, at__lte=at).order_by("pk"):
        for pk in line.detail.get("figures", ()):
            found[pk].append(line)
    return found


def _figures(
    campaign: Campaign,
    versions: Mapping[int, list[FigureVersion]],
    moves: Mapping[int, tuple[SubmissionMove, ...]],
    acts: Mapping[int, list[AuditLine]],
    later: Later,
) -> Iterable[PastFigure]:
    rows = Figure.objects.filter(period__campaign=campaign, assignment__is_not_applicable=False)
    rows = rows.exclude(assignment__indicator__in=later.indicators).select_related("assignment__indicator", "period")
    for figure in sorted([*rows, *_taken_away(campaign, later)], key=lambda one: (one.period.number, one.pk)):
        indicator = figure.assignment.indicator
        written = versions.get(figure.pk, [])
        sendings, received = _sendings(written, moves.get(figure.submission_id, ()))
        reconciled, confirmed = _confirmed(written, sendings, acts.get(figure.pk, ()))
        yield PastFigure(
            figure_id=figure.pk,
            indicator_id=indicator.pk,
            unit_id=figure.assignment.unit_id,
            period_id=figure.period_id,
            number=figure.period.number,
            submission_id=figure.submission_id,
            is_monthly=indicator.schedule in EVERY_MONTH,
            is_numeric=indicator.is_numeric,
            is_confidential=indicator.is_confidential,
            sent=sendings[-1][1] if sendings else None,
            received=received,
            reconciled=reconciled,
            confirmed_id=confirmed,
        )


def _taken_away(campaign: Campaign, later: Later) -> list[Figure]:
    """Rows of indicators that ended since, as empty as they were."""
    gone = {pk: rows for pk, rows in later.ended.items() if rows}
    if not gone:
        return []
    periods = campaign.periods.in_bulk()
    assignments = Assignment.objects.filter(indicator__in=gone, indicator__campaign=campaign)
    known = {one.pk: one for one in assignments.select_related("indicator")}
    return [
        Figure(pk=pk, assignment=known[assignment], period=periods[period], submission_id=report)
        for rows in gone.values()
        for pk, assignment, _, period, report in rows
        if assignment in known
    ]


Sendings = list[tuple[datetime, FigureVersion | None]]


def _sendings(written: list[FigureVersion], moves: Iterable[SubmissionMove]) -> tuple[Sendings, FigureVersion | None]:
    """What was sent from when on, and what was received last."""
    own = [one for one in written if one.kind != VersionKind.RECONCILED]
    sent: FigureVersion | None = None
    received: FigureVersion | None = None
    sendings: Sendings = []
    for move in moves:
        if move.move in SENDING_MOVES:
            until = [one for one in own if one.at <= move.at]
            sent = until[-1] if until else sent
        elif move.move == "receive":
            received = sent
        elif move.move == "withdraw":
            sent = received
        else:
            continue
        sendings.append((move.at, sent))
    return sendings, received


def _confirmed(
    written: list[FigureVersion], sendings: Sendings, acts: Iterable[AuditLine]
) -> tuple[FigureVersion | None, int | None]:
    """The reconciled value that stood, and the version that was confirmed."""
    reconciled: FigureVersion | None = None
    confirmed: int | None = None
    beside = iter(one for one in written if one.kind == VersionKind.RECONCILED)
    for line in acts:
        if line.event == WITHDRAWN:
            reconciled = confirmed = None
        elif line.event == "figure.reconciled":
            reconciled = next(beside, reconciled)
            confirmed = reconciled.pk if reconciled else None
        else:
            known = [version for at, version in sendings if at <= line.at]
            confirmed = known[-1].pk if known and known[-1] else None
    return reconciled, confirmed


# --- Totals of that day ----------------------------------------------------------------------------------------------


def _sums(campaign: Campaign, figures: Iterable[PastFigure]) -> dict[str, dict[Key, tuple[Sums, ...]]]:
    periods = {period.pk: period for period in campaign.periods.summed()}
    indicators = {row.pk: row for row in campaign.indicators.order_by("pk")}
    opened = Opening.objects.filter(indicator__campaign=campaign, amount__isnull=False)
    openings = {(one.indicator_id, one.unit_id): one.amount for one in opened if one.amount is not None}
    leading = Assignment.objects.leading_now().filter(indicator__campaign=campaign)
    leads = dict(leading.order_by().values_list("indicator_id", "unit_id"))
    rows = [_row(one) for one in figures if one.period_id in periods]
    handed = handed_over(campaign)
    totals = unit_totals(indicators, openings, rows, from_number=0, handed=handed)
    parts = [part_of(total) for total in totals]
    totals += node_totals(campaign.authority_id, indicators, openings, with_predecessors(leads, handed), parts)
    found: dict[str, dict[Key, list[Sums]]] = {OFFICIAL: defaultdict(list), SENT: defaultdict(list)}
    for total in sorted(totals, key=lambda one: periods[one.period_id].number):
        period = periods[total.period_id]
        for basis, sums in found.items():
            days = (period.number, period.starts_on, period.ends_on)
            sums[total.indicator_id, total.unit_id].append(_seen(total, basis, days))
    return {basis: {key: tuple(rows) for key, rows in sums.items()} for basis, sums in found.items()}


def _seen(total: FreshTotal, basis: str, days: tuple[Any, ...]) -> Sums:
    names = ("amount", "cumulative", "since_launch", "denominators")
    values = [getattr(total, f"{basis}_{name}") for name in names]
    counts: tuple[Any, ...] = (total.owed, total.sent, total.received, total.confirmed, total.is_illustrative)
    return Sums(*(*days, *values, *counts))


def _row(one: PastFigure) -> Row:
    """As ``summing`` reads a present figure."""
    sent, received, beside = one.sent, one.received, one.reconciled
    return Row(
        indicator_id=one.indicator_id,
        unit_id=one.unit_id,
        period_id=one.period_id,
        number=one.number,
        official=_reported(beside or received) if received is not None else Reported(),
        sent=_reported(beside or sent) if sent is not None else Reported(),
        is_sent=sent is not None and sent.state != FigureState.NOT_REPORTED,
        is_received=received is not None and received.state != FigureState.NOT_REPORTED,
        is_confirmed=one.confirmed_id is not None
        and one.confirmed_id in (sent.pk if sent else None, beside.pk if beside else None),
    )


def _reported(version: FigureVersion) -> Reported:
    return Reported(*(getattr(version, name) for name in VERSION_COLUMNS))


@dataclass(frozen=True)
class Later:
    """What was given, added and ended after the moment: targets, indicators, and the empty rows that were taken away.

    ``ended``: by indicator its rows as figure, assignment, unit, period and report.
    """

    targets: frozenset[int]
    indicators: frozenset[int]
    ended: dict[int, list[tuple[int, int, int, int, int]]]


def _later(at: datetime) -> Later:
    """By the trail: one query."""
    events = ("target.set", "target.revised", "indicator.added", "indicator.ended")
    targets: set[int] = set()
    indicators: set[int] = set()
    ended: dict[int, list[tuple[int, int, int, int, int]]] = {}
    lines = AuditLine.objects.filter(event__in=events, at__gt=at).values_list("event", "subject_id", "detail")
    for event, subject, detail in lines.order_by():
        pk = subject or 0
        if event == "indicator.added":
            indicators.add(pk)
        elif event == "indicator.ended":
            ended[pk] = [tuple(row) for row in detail["rows"]]
        else:
            targets.add(pk)
    return Later(frozenset(targets), frozenset(indicators), ended)
