"""Who has sent the period's report, who is late, what is missing: the office's list for its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from campaign.choices import SubmissionStatus
from campaign.models import Submission, SubmissionMove
from indicators.choices import FigureState
from indicators.models import Figure
from indicators.tables.past import Past
from indicators.tables.receive import STATES, lateness_words, state_of
from reports.tables.frame import Frame
from units import clock

#: The reports, and how many of their figures are there.
QUERIES = 2


@dataclass(frozen=True)
class SubmissionRow:
    """One unit's report: when it was due and came, how it stands, how complete it is."""

    unit_id: int
    name: str
    relation: str
    due_on: date
    sent_at: datetime | None
    days_late: int
    received_at: datetime | None
    state: str
    lateness: str
    filled: int
    owed: int

    @property
    def missing(self) -> int:
        """Rows without a figure."""
        return self.owed - self.filled


def submission_rows(frame: Frame, past: Past | None = None) -> tuple[SubmissionRow, ...]:
    """All reports of the period in the order of the office: ``QUERIES`` queries; with ``past`` as they stood then."""
    now = clock.now()
    today = clock.local_date(now)
    reports = Submission.objects.filter(period=frame.period).select_related("period", "participation__unit")
    ordered = reports.order_by(
        "participation__unit__kind__position", "participation__unit__position", "participation__unit__sort_key"
    )
    if past is None:
        rows, counts = list(ordered), _counts(frame)
    else:
        rows = [_gone_back(report, past.moves.get(report.pk, ())) for report in ordered]
        counts = _past_counts(frame, past)
    return tuple(_row(report, today, now, *counts.get(report.pk, (0, 0))) for report in rows)


def _gone_back(report: Submission, moves: Sequence[SubmissionMove]) -> Submission:
    """A copy of the report as its moves up to a moment left it; never saved."""
    sent = [move.at for move in moves if move.move == "submit"]
    received = [move.at for move in moves if move.move == "receive"]
    reopened = moves[-1].expires_on if moves and moves[-1].move == "reopen" else None
    return Submission(
        pk=report.pk,
        participation=report.participation,
        period=report.period,
        due_on=report.due_on,
        status=SubmissionStatus(moves[-1].to_status) if moves else SubmissionStatus.DRAFT,
        first_sent_at=sent[0] if sent else None,
        last_sent_at=sent[-1] if sent else None,
        received_at=received[-1] if received else None,
        reopened_until=reopened,
    )


def _past_counts(frame: Frame, past: Past) -> dict[int, tuple[int, int]]:
    """Rows sent and owed of each report at a past moment; no query."""
    found: dict[int, tuple[int, int]] = {}
    for row in past.figures:
        if row.period_id == frame.period.pk:
            filled, owed = found.get(row.submission_id, (0, 0))
            is_there = row.sent is not None and row.sent.state != FigureState.NOT_REPORTED
            found[row.submission_id] = (filled + is_there, owed + 1)
    return found


def _row(report: Submission, today: date, now: datetime, filled: int, owed: int) -> SubmissionRow:
    part = report.participation
    late = report.days_late(today)
    return SubmissionRow(
        unit_id=part.unit_id,
        name=part.unit_name,
        relation=part.get_relation_display(),
        due_on=report.due_on,
        sent_at=report.first_sent_at,
        days_late=late,
        received_at=report.received_at,
        state=STATES[state_of(report, today)],
        lateness=lateness_words(report, now) if late else "",
        filled=filled,
        owed=owed,
    )


def _counts(frame: Frame) -> dict[int, tuple[int, int]]:
    """Rows sent and rows owed of each report: what the unit holds and has not sent is not there yet."""
    sent = Count("pk", filter=Q(sent_version__isnull=False) & ~Q(sent_version__state=FigureState.NOT_REPORTED))
    rows = Figure.objects.filter(period=frame.period).order_by().values_list("submission_id")
    return {pk: (filled, owed) for pk, filled, owed in rows.annotate(filled=sent, owed=Count("pk"))}
