"""What a clerk or a head has before them: reports owed now with their deadline, what was asked back, what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from campaign.choices import SubmissionStatus
from campaign.models import Campaign, Submission, SubmissionMove
from campaign.rules.deadlines import Remaining, remaining
from campaign.rules.workflow import EDITABLE_STATUSES
from indicators.choices import FigureState
from indicators.models import Figure
from units import clock
from units.choices import Role
from units.models import User
from vietnamese.dates import format_date, relative_moment

ASKED_STATUSES = (SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.REOPENED)
ASKING_MOVES = ("request_changes", "query_figures", "reopen")


@dataclass(frozen=True)
class AskedFigure:
    """One figure that was asked back, and why."""

    figure_id: int
    name: str
    reason: str


@dataclass(frozen=True)
class OwedReport:
    """One report of the person's units, with its deadline in words."""

    pk: int
    campaign: str
    unit: str
    period: str
    window: str
    status: str
    status_label: str
    due_on: str
    remaining: Remaining
    is_late: bool
    owed: int
    entered: int
    sent_at: str
    received_at: str
    asked_by: str = ""
    asked_at: str = ""
    asked_reason: str = ""
    asked_figures: tuple[AskedFigure, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True when every row has its figure."""
        return self.entered == self.owed

    @property
    def is_begun(self) -> bool:
        """True when something is entered."""
        return self.entered > 0


@dataclass(frozen=True)
class OwedTable:
    """The landing of a clerk or a head."""

    campaigns: tuple[Campaign, ...] = ()
    now: list[OwedReport] = field(default_factory=list)
    to_endorse: list[OwedReport] = field(default_factory=list)
    running: list[OwedReport] = field(default_factory=list)
    earlier: list[OwedReport] = field(default_factory=list)

    @property
    def many_units(self) -> bool:
        """True when the person works for more than one unit, so that each report names its own."""
        return len({row.unit for row in [*self.now, *self.running, *self.earlier]}) > 1

    @property
    def many_campaigns(self) -> bool:
        """True when reports of several campaigns stand together: their months bear the same names."""
        return len(self.campaigns) > 1


def owed_table(user: User) -> OwedTable:
    """Every begun report of the person's units, sorted into what to do now and what is behind: five queries."""
    now = clock.now()
    submissions = _submissions(user, now)
    counts = _counts(submissions)
    asked = [
        one for one in submissions if one.status in (SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.REOPENED)
    ]
    moves, marked = _asking_moves(asked), _marked(asked)
    table = OwedTable(tuple(dict.fromkeys(one.participation.campaign for one in submissions)))
    for submission in submissions:
        row = _row(submission, now, counts, moves.get(submission.pk), marked.get(submission.pk, ()))
        _shelf(table, submission, now).append(row)
        is_ready = submission.status in EDITABLE_STATUSES and row.is_complete and row.owed
        if is_ready and user.holds_at(submission.participation.unit, Role.HEAD):
            table.to_endorse.append(row)
    table.earlier.reverse()
    return table


def _submissions(user: User, now: datetime) -> list[Submission]:
    """The reports of the person's units whose period has begun, oldest first."""
    rows = Submission.objects.of_own_units(user).in_place().filter(period__starts_on__lte=now.date())
    return list(
        rows.order_by(
            "due_on", "-participation__campaign__starts_on", "period__number", "participation__unit__sort_key"
        )
    )


def _shelf(table: OwedTable, submission: Submission, now: datetime) -> list[OwedReport]:
    """Where a report belongs: to be done now, still running, or behind."""
    is_open = submission.status in (*EDITABLE_STATUSES, SubmissionStatus.ENDORSED)
    if not is_open or submission.is_reopening_over(now.date()):
        return table.earlier
    if submission.status in ASKED_STATUSES or submission.period.ends_on < now.date():
        return table.now
    return table.running


def _row(
    submission: Submission,
    now: datetime,
    counts: dict[int, tuple[int, int]],
    move: SubmissionMove | None,
    marked: Sequence[AskedFigure],
) -> OwedReport:
    """One report as text."""
    period, participation = submission.period, submission.participation
    left = remaining(submission.due_on, now, may_be_late=submission.may_be_late)
    owed, entered = counts.get(submission.pk, (0, 0))
    return OwedReport(
        pk=submission.pk,
        campaign=participation.campaign.short_name,
        unit=participation.unit_name,
        period=period.name,
        window=period.window,
        status=submission.status,
        status_label=submission.status_words(now.date()),
        due_on=format_date(submission.due_on),
        remaining=left,
        is_late=submission.first_sent_at is None and submission.days_late(now.date()) > 0,
        owed=owed,
        entered=entered,
        sent_at=relative_moment(submission.last_sent_at, now) if submission.last_sent_at else "",
        received_at=relative_moment(submission.received_at, now) if submission.received_at else "",
        asked_by=str(move.by) if move else "",
        asked_at=relative_moment(move.at, now) if move else "",
        asked_reason=move.reason if move else "",
        asked_figures=tuple(marked),
    )


def _counts(submissions: Sequence[Submission]) -> dict[int, tuple[int, int]]:
    """Owed rows and entered rows by report."""
    entered = Count("pk", filter=~Q(state=FigureState.NOT_REPORTED))
    rows = Figure.objects.filter(submission__in=submissions).values_list("submission_id")
    return {pk: (owed, done) for pk, owed, done in rows.annotate(owed=Count("pk"), done=entered).order_by()}


def _asking_moves(submissions: Sequence[Submission]) -> dict[int, SubmissionMove]:
    """The last request or reopening of each report that was asked back."""
    rows = SubmissionMove.objects.filter(submission__in=submissions, move__in=ASKING_MOVES)
    return {move.submission_id: move for move in rows.select_related("by").order_by("sequence")}


def _marked(submissions: Sequence[Submission]) -> dict[int, list[AskedFigure]]:
    """The figures that a request opens, with the reason for each."""
    found: dict[int, list[AskedFigure]] = defaultdict(list)
    rows = Figure.objects.filter(submission__in=submissions).asked().order_by("pk")
    columns = ("submission_id", "pk", "assignment__indicator__short_name", "request_reason")
    for submission_id, pk, name, reason in rows.values_list(*columns):
        found[submission_id].append(AskedFigure(pk, name, reason))
    return found
