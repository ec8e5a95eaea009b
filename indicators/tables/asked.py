"""What a unit was asked and what it answered: each request with its figures, and the sending that came after."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.models import Submission, SubmissionMove
from campaign.rules.workflow import MOVES, SENDING_MOVES
from indicators.models import Figure, FigureVersion
from indicators.tables.history import value_text
from indicators.tables.owed import ASKING_MOVES
from indicators.tables.wording import NONE
from units import clock
from units.models import AuditLine, User
from vietnamese.dates import relative_moment

#: The moves of the unit's reports, the audit lines that keep what was marked, the figures, their versions.
QUERIES = 4


@dataclass(frozen=True)
class AnsweredFigure:
    """One figure that was asked about: what was sent before, and what after."""

    pk: int
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Asked:
    """One request and its answer."""

    submission_id: int
    unit: str
    period: str
    word: str
    by: str
    when: str
    reason: str
    figures: tuple[AnsweredFigure, ...]
    answer: str
    answered_by: str

    @property
    def is_open(self) -> bool:
        """True while nothing was sent since."""
        return not self.answer


def asked_table(user: User) -> tuple[Asked, ...]:
    """Every request to the person's units, the newest first: at most ``QUERIES`` queries."""
    moves = list(
        SubmissionMove.objects.filter(
            submission__in=Submission.objects.of_own_units(user), move__in=[*ASKING_MOVES, *SENDING_MOVES]
        )
        .select_related("by", "submission__participation", "submission__period")
        .order_by("at", "pk")
    )
    by_report: dict[int, list[SubmissionMove]] = defaultdict(list)
    for move in moves:
        by_report[move.submission_id].append(move)
    asking = [move for move in moves if move.move in ASKING_MOVES]
    marked = _marked(asking)
    figures = _figures({pk for pks in marked.values() for pk in pks})
    return tuple(_row(move, by_report[move.submission_id], marked.get(move.pk, []), figures) for move in asking[::-1])


def _marked(asking: Sequence[SubmissionMove]) -> dict[int, list[int]]:
    """Which figures each request marked: the marks are gone after the receipt, the trail keeps them."""
    events = [MOVES[name].audit_event for name in ASKING_MOVES]
    reports = [move.submission_id for move in asking]
    lines = AuditLine.objects.filter(event__in=events, subject_type=Submission._meta.label, subject_id__in=reports)
    kept: dict[tuple[int | None, str], deque[list[int]]] = defaultdict(deque)
    for subject, event, detail in lines.order_by("pk").values_list("subject_id", "event", "detail"):
        kept[subject, event].append(detail.get("marked", []))

    # A move and its line are written one after the other: their moments differ, their order does not.
    def marks(move: SubmissionMove) -> list[int]:
        found = kept[move.submission_id, MOVES[move.move].audit_event]
        return found.popleft() if found else []

    return {move.pk: marks(move) for move in asking}


def _figures(ids: set[int]) -> dict[int, tuple[Figure, list[FigureVersion]]]:
    """The figures asked about with their versions, oldest first: two queries."""
    if not ids:
        return {}
    rows = Figure.objects.filter(pk__in=ids).select_related("assignment__indicator").prefetch_related("versions")
    return {row.pk: (row, sorted(row.versions.all(), key=lambda one: one.sequence)) for row in rows}


def _row(
    move: SubmissionMove,
    moves: Sequence[SubmissionMove],
    marked: Sequence[int],
    figures: dict[int, tuple[Figure, list[FigureVersion]]],
) -> Asked:
    """One request beside the first sending after it."""
    now = clock.now()
    answer = next((one for one in moves if one.sequence > move.sequence and one.move in SENDING_MOVES), None)
    return Asked(
        submission_id=move.submission_id,
        unit=move.submission.participation.unit_name,
        period=move.submission.period.name,
        word=MOVES[move.move].label,
        by=str(move.by),
        when=relative_moment(move.at, now),
        reason=move.reason,
        figures=tuple(_figure(*figures[pk], move, answer) for pk in marked if pk in figures),
        answer=relative_moment(answer.at, now) if answer else "",
        answered_by=str(answer.by) if answer else "",
    )


def _figure(
    figure: Figure, versions: Sequence[FigureVersion], move: SubmissionMove, answer: SubmissionMove | None
) -> AnsweredFigure:
    """What stood when it was asked, and what was sent in answer."""
    indicator = figure.assignment.indicator
    before = [one for one in versions if one.at <= move.at]
    after = [one for one in versions if answer is not None and one.at <= answer.at]
    return AnsweredFigure(
        pk=figure.pk,
        name=indicator.short_name,
        before=value_text(before[-1], indicator) if before else NONE,
        after=value_text(after[-1], indicator) if after else "",
    )
