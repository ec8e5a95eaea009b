"""The standing body's list: all reports of a period with their state, the queue, and what is not yet confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from campaign.choices import Relation, SubmissionStatus
from campaign.models import Campaign, DaysOfAReport, Period, Submission, SubmissionMove, was_handed_in
from indicators.choices import FigureState
from indicators.models import Figure
from indicators.tables.kept import kept_each
from indicators.tables.owed import ASKED_STATUSES
from indicators.tables.sent import warning_counts
from indicators.tables.unconfirmed import Unconfirmed, unconfirmed
from units import clock
from units.models import DEFINITIONS, UnitKind, read_stamps
from vietnamese.dates import days_left_phrase, format_date, relative_moment, span_phrase, weekday_name

#: At most so many queries asks ``receive_table``, however many units there are.
QUERIES = 20

WAITING, LATE, ASKED, DRAFT, RECEIVED, INVITED, OWN_CHANNEL = (
    "cho-tiep-nhan",
    "cham",
    "cho-chinh-sua",
    "nhap",
    "da-tiep-nhan",
    "phoi-hop",
    "kenh-rieng",
)
#: How a report stands for the office, in the order of its urgency; the keys stand in the address.
STATES: dict[str, str] = {
    WAITING: "Chờ tiếp nhận",
    LATE: "Chậm, chưa gửi",
    ASKED: "Chờ chỉnh sửa",
    DRAFT: "Nháp, chưa gửi",
    RECEIVED: "Đã tiếp nhận",
    INVITED: "Được đề nghị, chưa gửi",
    OWN_CHANNEL: "Báo cáo theo kênh riêng",
}


@dataclass(frozen=True)
class ReportRow:
    """One unit's report as the list shows it."""

    submission: Submission
    unit_name: str
    kind_id: int
    kind_name: str
    cluster_id: int | None
    cluster_name: str
    relation: str
    state: str
    state_label: str
    sent_at: datetime | None
    sent: str
    lateness: str
    is_late: bool
    filled: int
    owed: int
    warnings: int
    held: str

    @property
    def waited(self) -> str:
        """How long it has been on the desk that must act."""
        return self.held.partition(", ")[2]

    @property
    def is_clean(self) -> bool:
        """Waits, and shows nothing odd: may be received together with others."""
        return self.state == WAITING and not self.warnings

    @property
    def completeness(self) -> str:
        """Rows with a figure of rows owed: "14/18"."""
        return f"{self.filled}/{self.owed}"


@dataclass(frozen=True)
class Tally:
    """One number at the head of the page, with the filter that lists what it counts."""

    label: str
    number: int
    state: str = ""


@dataclass(frozen=True)
class DueWords:
    """The deadline of one group of units in words."""

    tier: str
    words: str


@dataclass(frozen=True)
class ReceiveTable:
    """The period at a glance, the queue, all units, the lead departments."""

    rows: tuple[ReportRow, ...]
    queue: tuple[ReportRow, ...]
    counts: tuple[Tally, ...]
    deadlines: tuple[DueWords, ...]
    unconfirmed: tuple[Unconfirmed, ...]

    @property
    def clean(self) -> tuple[ReportRow, ...]:
        """The waiting reports that show nothing odd."""
        return tuple(row for row in self.queue if row.is_clean)

    @property
    def queue_asked(self) -> int:
        """How many wait from units that were only asked: they stand in the queue, not among what is owed."""
        return sum(bool(row.relation) for row in self.queue)


def kinds_of(table: ReceiveTable) -> QuerySet[UnitKind]:
    """The kinds of the units that the list holds, to choose from."""
    return UnitKind.objects.filter(pk__in={row.kind_id for row in table.rows})


def receive_table(campaign: Campaign, period: Period) -> ReceiveTable:
    """All reports of one period as the standing body sees them."""
    now = clock.now()
    reports = Submission.objects.filter(period=period).select_related(
        "period", "participation__unit__kind", "participation__cluster"
    )
    ordered = reports.order_by(
        "participation__unit__kind__position", "participation__unit__position", "participation__unit__sort_key"
    )
    filled = _filled(period)
    listed = list(ordered)
    warnings = _warnings(campaign, period, [one for one in listed if one.status == SubmissionStatus.SENT])
    asked = _last_moves([one for one in listed if one.status in ASKED_STATUSES])
    rows = tuple(_row(report, now, filled, warnings, asked.get(report.pk)) for report in listed)
    queue = sorted((row for row in rows if row.state == WAITING), key=lambda row: (row.sent_at or now, row.unit_name))
    return ReceiveTable(
        rows=rows,
        queue=tuple(queue),
        counts=_counts(rows),
        deadlines=_deadlines(campaign, period, now),
        unconfirmed=unconfirmed(campaign, period),
    )


def held_words(report: Submission, since: datetime | None, now: datetime) -> str:
    """Who has the report on the desk, and for how long: "cơ quan thường trực, 18 giờ"; "" where nobody must act."""
    if report.status in (SubmissionStatus.RECEIVED, SubmissionStatus.CLOSED):
        return ""
    who = "cơ quan thường trực" if report.status == SubmissionStatus.SENT else "đơn vị"
    return f"{who}, {span_phrase(since, now)}" if since else who


def held_since(report: Submission) -> datetime | None:
    """Since when one report is where it is: one query."""
    return _last_moves([report]).get(report.pk)


def _last_moves(reports: Collection[Submission]) -> dict[int, datetime]:
    """Since when each report is where it is: one query. A step that leaves it there starts no clock anew."""
    rows = SubmissionMove.objects.filter(submission__in=reports).exclude(from_status=F("to_status"))
    return dict(rows.order_by("sequence").values_list("submission_id", "at"))


def _warnings(campaign: Campaign, period: Period, waiting: Collection[Submission]) -> dict[int, int]:
    """How many warnings each waiting report holds: counted once for each sending, and when definitions change.

    Counting runs every check over every figure; a report that waits stays as it was sent.
    """
    [stamp] = read_stamps(DEFINITIONS)

    def count(reports: list[int]) -> dict[int, int]:
        counted = warning_counts(Figure.objects.filter(submission__in=reports), campaign, period)
        return {pk: counted.get(pk, 0) for pk in reports}

    found = kept_each({one.pk: ("warnings", stamp, one.pk, one.version) for one in waiting}, count)
    return {pk: number or 0 for pk, number in found.items()}


def lateness_words(report: Submission, now: datetime) -> str:
    """Late in words: "gửi chậm 2 ngày", "chậm 3 ngày"; before that, what is left; "" when sent in time."""
    days = report.days_late(now.astimezone(clock.ZONE).date())
    if report.first_sent_at:
        return f"gửi chậm {days} ngày" if days else ""
    if days:
        return f"chậm {days} ngày"
    return days_left_phrase(report.due_on, now) if report.participation.can_be_late else ""


def state_of(report: DaysOfAReport, on: date) -> str:
    """How a report stands for the office."""
    if report.status == SubmissionStatus.SENT:
        return WAITING
    if report.status in (SubmissionStatus.RECEIVED, SubmissionStatus.CLOSED) or report.is_reopening_over(on):
        return RECEIVED
    if report.status in (SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.REOPENED):
        return ASKED
    if report.participation.relation == Relation.OWN_CHANNEL:
        return OWN_CHANNEL
    if not report.participation.can_be_late:
        return INVITED
    return LATE if report.first_sent_at is None and report.days_late(on) else DRAFT


def _row(
    report: Submission,
    now: datetime,
    filled: Mapping[int, tuple[int, int]],
    warnings: Mapping[int, int],
    asked_at: datetime | None,
) -> ReportRow:
    """One row of the list."""
    part = report.participation
    state = state_of(report, now.astimezone(clock.ZONE).date())
    done, owed = filled.get(report.pk, (0, 0))
    lateness = lateness_words(report, now)
    return ReportRow(
        submission=report,
        unit_name=part.unit_name,
        kind_id=part.unit.kind_id,
        kind_name=part.unit.kind.name,
        cluster_id=part.cluster_id,
        cluster_name=part.cluster.name if part.cluster else "",
        relation="" if part.can_be_late else part.get_relation_display(),
        state=state,
        state_label=STATES[state],
        sent_at=report.last_sent_at,
        sent=relative_moment(report.last_sent_at, now) if report.last_sent_at else "",
        lateness=lateness if state not in (OWN_CHANNEL, INVITED) else "",
        is_late="chậm" in lateness,
        filled=done,
        owed=owed,
        warnings=warnings.get(report.pk, 0),
        held=held_words(report, report.last_sent_at if state == WAITING else asked_at, now),
    )


def _filled(period: Period) -> dict[int, tuple[int, int]]:
    """Rows with a figure and rows owed, by report."""
    has_figure = Count("pk", filter=~Q(state=FigureState.NOT_REPORTED))
    rows = Figure.objects.filter(period=period).order_by().values("submission_id")
    counted = rows.annotate(filled=has_figure, owed=Count("pk"))
    return {row["submission_id"]: (row["filled"], row["owed"]) for row in counted}


def _counts(rows: Iterable[ReportRow]) -> tuple[Tally, ...]:
    """The period at a glance; only units that must report are counted."""
    owed = [row for row in rows if row.submission.participation.can_be_late]

    def number(*states: str) -> int:
        return sum(row.state in states for row in owed)

    return (
        Tally("phải gửi", len(owed)),
        Tally("đã gửi", sum(was_handed_in(row.submission.status, row.submission.first_sent_at) for row in owed)),
        Tally("chờ tiếp nhận", number(WAITING), WAITING),
        Tally("đã tiếp nhận", number(RECEIVED), RECEIVED),
        Tally("chờ chỉnh sửa", number(ASKED), ASKED),
        Tally("nháp", number(DRAFT), DRAFT),
        Tally("chậm", number(LATE), LATE),
    )


def _deadlines(campaign: Campaign, period: Period, now: datetime) -> tuple[DueWords, ...]:
    """Each due day with the groups of units that have it."""
    groups: dict[date, dict[str, None]] = {}
    rows = period.deadlines.filter(tier__members__campaign=campaign).select_related("tier")
    for line in rows.order_by("due_on", "tier__position"):
        groups.setdefault(line.due_on, {})[line.tier.name] = None
    return tuple(
        DueWords(
            ", ".join(names),
            f"hạn hết {weekday_name(due_on)} {format_date(due_on)} · {_before_or_over(period, due_on, now)}",
        )
        for due_on, names in groups.items()
    )


def _before_or_over(period: Period, due_on: date, now: datetime) -> str:
    """What is left, or that the day is over; a period before the launch is asked for, never late."""
    if period.is_before_launch:
        return "kỳ trước khi phát động, không tính chậm"
    if now.astimezone(clock.ZONE).date() > due_on:
        return "đã hết hạn"
    return days_left_phrase(due_on, now)
