"""What happened in a generated campaign: reports in every state, figures with their versions, moves and audit lines.

Rows are written finished, as a restored backup would be, because a history of 38.400 figures cannot be acted out in
seconds. ``differences()`` and the tests prove that the services would leave the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from campaign.choices import SubmissionStatus
from campaign.models import Deadline, Participation, Period, Submission, SubmissionMove
from campaign.rules.workflow import MOVES
from config.generate.bulk import Rows, Tell, keys_from, quiet, reset_keys
from config.generate.ground import Ground
from config.generate.plan import Plan
from indicators.choices import FigureState, IndicatorKind, TaskStatus, TimeRule, VersionKind
from indicators.models import Assignment, Figure, FigureVersion
from units import clock
from units.choices import Origin, Role
from units.models import AuditLine, User

#: The steps by which a report came to its state, and who made them.
STEPS: dict[str, list[str]] = {
    SubmissionStatus.DRAFT: [],
    SubmissionStatus.SENT: ["endorse", "submit"],
    SubmissionStatus.CHANGES_REQUESTED: ["endorse", "submit", "request_changes"],
    SubmissionStatus.RECEIVED: ["endorse", "submit", "receive"],
}
#: How the reports of the last month but one stand, in twentieths: most received, some sent, some asked again or late.
MIXTURE = [SubmissionStatus.RECEIVED] * 12 + [SubmissionStatus.SENT] * 5
MIXTURE += [SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.DRAFT, SubmissionStatus.DRAFT]
REQUEST = "Đề nghị kiểm tra lại số liệu này so với kỳ trước."
BATCH = 1000
#: What of a figure the generator fills; everything else stays as the model has it by default.
VALUES = ("state", "amount", "denominators", "task_status", "text")
VOUCHED = ("sent_version_id", "received_version_id", "confirmed_version_id", "is_marked", "request_reason")
FIGURES = ("id", "assignment_id", "period_id", "submission_id", "kind", "version", *VALUES, *VOUCHED)
VERSIONS = ("id", "figure_id", "sequence", "by_id", "at", *VALUES)


@dataclass
class Batch:
    """The rows of one period before they are written: columns by name."""

    figures: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class History:
    """Writes the history of a plan, period by period."""

    plan: Plan
    ground: Ground
    random: Random
    tell: Tell = quiet

    def write(self) -> None:
        """All periods; the last month is a draft everywhere, the one before stands in every state."""
        self.figure_keys, self.version_keys = keys_from(Figure), keys_from(FigureVersion)
        for period in self.plan.periods:
            self._write_period(period, self._reports(period))
            self.tell(f"số liệu {period.name}, kỳ {period.number}/{len(self.plan.periods)}")
        reset_keys(Figure, FigureVersion)

    def _reports(self, period: Period) -> list[Submission]:
        """One report a unit, in its state; with its moves and audit lines."""
        due_on = Deadline.objects.get(period=period).due_on
        reports = []
        for n, part in enumerate(self.plan.participations):
            status = self._status(period, n)
            steps = STEPS[status]
            reports.append(
                Submission(
                    participation=part,
                    period=period,
                    status=status,
                    version=len(steps),
                    due_on=due_on,
                    first_sent_at=_moment(due_on, -1, 15) if "submit" in steps else None,
                    last_sent_at=_moment(due_on, -1, 15) if "submit" in steps else None,
                    received_at=_moment(due_on, 1, 9) if "receive" in steps else None,
                    endorsed_by=self.ground.heads[n] if "endorse" in steps else None,
                )
            )
        Submission.objects.bulk_create(reports, batch_size=BATCH)
        moves = [move for n, report in enumerate(reports) for move in self._moves(n, report)]
        SubmissionMove.objects.bulk_create(moves, batch_size=BATCH)
        AuditLine.objects.bulk_create([_audit(move) for move in moves], batch_size=BATCH)
        return reports

    def _status(self, period: Period, n: int) -> str:
        """Everything long past was received."""
        to_go = len(self.plan.periods) - period.number
        if to_go == 0:
            return SubmissionStatus.DRAFT
        return MIXTURE[n % len(MIXTURE)] if to_go == 1 else SubmissionStatus.RECEIVED

    def _moves(self, n: int, report: Submission) -> Iterator[SubmissionMove]:
        """The moves that led to the report's state."""
        before: str = SubmissionStatus.DRAFT
        actors = {"endorse": self.ground.heads[n], "submit": self.ground.clerks[n]}
        for sequence, name in enumerate(STEPS[report.status], 1):
            yield SubmissionMove(
                submission=report,
                sequence=sequence,
                move=name,
                from_status=before,
                to_status=MOVES[name].to_state,
                by=actors.get(name, self.ground.office[Role.COORDINATOR]),
                at=_moment(report.due_on, -1 if name in actors else 1, 9),
                reason=REQUEST if MOVES[name].needs_reason else "",
            )
            before = MOVES[name].to_state

    def _write_period(self, period: Period, reports: list[Submission]) -> None:
        """The figures of a period: rows first, then their versions; keys between them are checked at the end."""
        by_unit = {part.unit_id: n for n, part in enumerate(self.plan.participations)}
        kinds = {indicator.pk: indicator for indicator in self.plan.indicators}
        batch = Batch()
        for assignment in self.plan.assignments:
            assignment.indicator = kinds[assignment.indicator_id]
            n = by_unit[assignment.unit_id]
            self._add(batch, assignment, period, reports[n], self.ground.clerks[n])
        Rows(Figure, FIGURES, origin=Origin.ILLUSTRATIVE).write(batch.figures)
        Rows(FigureVersion, VERSIONS, origin=Origin.ILLUSTRATIVE, kind=VersionKind.ENTERED).write(batch.versions)

    def _add(self, batch: Batch, assignment: Assignment, period: Period, report: Submission, clerk: User) -> None:
        """One figure with its versions; one of twenty was entered wrongly first, one of ten is missing in a draft."""
        indicator = assignment.indicator
        figure: dict[str, Any] = {"id": next(self.figure_keys), "assignment_id": assignment.pk, "period_id": period.pk}
        figure |= {"submission_id": report.pk, "kind": indicator.kind, "version": 0}
        batch.figures.append(figure)
        if report.status == SubmissionStatus.DRAFT and self.random.random() < 0.1:
            return
        at = _moment(report.due_on, -2, 10)
        for sequence in range(1, 3 if self.random.random() < 0.05 else 2):
            values = self._values(assignment, period)
            version = {"id": next(self.version_keys), "figure_id": figure["id"], "sequence": sequence}
            batch.versions.append(version | {"by_id": clerk.pk, "at": at} | values)
            figure |= values | {"version": sequence}
        figure |= self._vouched(report, version["id"])

    def _vouched(self, report: Submission, version: int) -> dict[str, Any]:
        """Which version was sent, received and confirmed."""
        if report.status == SubmissionStatus.DRAFT:
            return {}
        sent: dict[str, Any] = {"sent_version_id": version}
        if report.status == SubmissionStatus.RECEIVED:
            sent["received_version_id"] = version
        if self.random.random() < 0.85:
            sent["confirmed_version_id"] = version
        if report.status == SubmissionStatus.CHANGES_REQUESTED and self.random.random() < 0.05:
            sent |= {"is_marked": True, "request_reason": REQUEST}
        return sent

    def _values(self, assignment: Assignment, period: Period) -> dict[str, Any]:
        """What the unit reports: about its share of the target, sometimes nothing."""
        indicator = assignment.indicator
        reported = {"state": FigureState.REPORTED}
        if indicator.kind == IndicatorKind.TASK:
            return reported | {
                "task_status": TaskStatus.IN_PROGRESS,
                "text": f"Đã triển khai đợt {period.number} tại {self.random.randint(2, 9)} thôn.",
            }
        if indicator.kind == IndicatorKind.RATIO:
            whole = self.random.randint(200, 900)
            part = Decimal(whole * self.random.randint(50, 99) // 100)
            return reported | {"amount": part, "denominators": {str(self.plan.denominators[indicator.pk]): str(whole)}}
        if self.random.random() < 0.03:
            return {"state": FigureState.NOTHING_AROSE, "amount": None}
        share = self.plan.targets[indicator.pk, assignment.unit_id] * self.random.randint(50, 130) / 100
        if indicator.time_rule == TimeRule.FLOW:
            share /= len(self.plan.periods)
        else:
            share = share * period.number / len(self.plan.periods)
        return reported | {"amount": share.quantize(Decimal("0.1"))}


def _moment(day: date, shift: int, hour: int) -> datetime:
    """A moment some days from a day."""
    return datetime.combine(day + timedelta(days=shift), time(hour), clock.ZONE)


def _audit(move: SubmissionMove) -> AuditLine:
    """The line that the act would have left."""
    participation: Participation = move.submission.participation
    return AuditLine(
        at=move.at,
        by=move.by,
        unit_id=participation.unit_id,
        event=MOVES[move.move].audit_event,
        subject_type=Submission._meta.label,
        subject_id=move.submission_id,
        subject=str(move.submission)[:255],
        reason=move.reason,
        detail={"from": move.from_status, "to": move.to_status, "marked": []},
    )
