"""What each unit still owes: unsent reports, requests, figures to confirm, answers, work, lagging indicators.

Only units that must report (giao) are in arrears; one that is asked to co-operate never is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from campaign.choices import Relation, SubmissionStatus
from campaign.models import Campaign, Participation, Period, Submission
from followup.models import ActionItem, Explanation, Reminder, ReminderPolicy
from followup.rules.explanations import LAGGING_BANDS
from followup.rules.reminders import is_too_soon, next_day
from indicators.models import Figure
from indicators.tables import unconfirmed
from indicators.tables.kept import kept, stamps_of
from indicators.tables.standings import SENT, read_definitions, standings
from units import clock
from vietnamese.dates import days_left_phrase, format_date, window_phrase

#: Without lagging indicators; the standings add their own.
QUERIES = 8 + unconfirmed.QUERIES
REPORT, REQUEST, CONFIRM, ANSWER, WORK, LAGGING = "report", "request", "confirm", "answer", "work", "lagging"
UNSENT = (SubmissionStatus.DRAFT, SubmissionStatus.ENDORSED)
ASKED = (SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.REOPENED)
#: So many rows are named; of more the number is told.
MOST_NAMES = 6
#: So many lines take as much room as one standing.
LINES_A_ROW = 10


@dataclass(frozen=True)
class Missing:
    """One line of a reminder: of what kind, and in words."""

    kind: str
    text: str
    is_late: bool = False
    indicator_id: int | None = None


@dataclass(frozen=True)
class UnitArrears:
    """Everything that one unit owes, and when it was last reminded."""

    unit_id: int
    name: str
    cluster: str
    lines: tuple[Missing, ...]
    times: int
    last: str
    again_on: str

    @property
    def is_late(self) -> bool:
        """Is something overdue, not only owed?"""
        return any(line.is_late for line in self.lines)

    @property
    def may_be_reminded(self) -> bool:
        """Is there something to remind of, and is it not too soon?"""
        return bool(self.lines) and not self.again_on


@dataclass
class _Found:
    lines: dict[int, list[Missing]] = field(default_factory=lambda: defaultdict(list))

    def add(self, unit_id: int, kind: str, text: str, is_late: bool = False, indicator_id: int | None = None) -> None:
        self.lines[unit_id].append(Missing(kind, text, is_late, indicator_id))


def arrears(
    campaign: Campaign,
    period: Period,
    *,
    unit_ids: Collection[int] | None = None,
    with_lagging: bool = False,
    indicator_ids: Collection[int] | None = None,
) -> tuple[UnitArrears, ...]:
    """What the units owe up to a period, in the order of the units.

    ``with_lagging`` adds indicators that are behind or at risk; with ``indicator_ids`` only these.
    """
    parts = Participation.objects.filter(campaign=campaign, relation=Relation.ASSIGNED).select_related("cluster")
    if unit_ids is not None:
        parts = parts.filter(unit__in=unit_ids)
    members = list(parts.order_by("unit__kind__position", "unit__position", "unit__sort_key"))
    ids = [part.unit_id for part in members]
    found = _Found()
    _reports(found, campaign, period, ids)
    _to_confirm(found, campaign, period, set(ids))
    _answers(found, campaign, ids)
    _work(found, campaign, ids)
    if with_lagging or indicator_ids:
        _lagging(found, campaign, period, ids, indicator_ids)
    times = _reminded(campaign, period, ids)
    quiet = policy_of(campaign).quiet_days
    return tuple(_unit(part, found, times, quiet) for part in members)


def policy_of(campaign: Campaign) -> ReminderPolicy:
    """How often is enough in this campaign; the usual numbers where nobody has set others."""
    return ReminderPolicy.objects.filter(campaign=campaign).first() or ReminderPolicy(campaign=campaign)


def _unit(part: Participation, found: _Found, times: dict[int, tuple[int, date]], quiet: int) -> UnitArrears:
    number, last_on = times.get(part.unit_id, (0, None))
    too_soon = is_too_soon(last_on, clock.today(), quiet)
    return UnitArrears(
        unit_id=part.unit_id,
        name=part.unit_name,
        cluster=part.cluster.name if part.cluster else "",
        lines=tuple(found.lines.get(part.unit_id, ())),
        times=number,
        last=format_date(last_on) if last_on else "",
        again_on=format_date(next_day(last_on, quiet)) if last_on and too_soon else "",
    )


def _reports(found: _Found, campaign: Campaign, period: Period, ids: Collection[int]) -> None:
    """Reports not sent with the rows still empty in them, and requests still open with the figures asked about."""
    rows = Submission.objects.filter(
        participation__campaign=campaign,
        participation__unit__in=ids,
        period__number__lte=period.number,
        period__is_before_launch=False,
        status__in=[*UNSENT, *ASKED],
    )
    reports = list(rows.select_related("participation", "period").order_by("period__number"))
    empty = _names(Figure.objects.filter(submission__in=reports).missing())
    marked = _names(Figure.objects.filter(submission__in=reports, is_marked=True), "request_reason")
    now = clock.now()
    for report in reports:
        unit_id, name = report.participation.unit_id, report.period.name
        if report.status in ASKED:
            asked = marked.get(report.pk) or ["cả báo cáo"]
            text = f"Chưa chỉnh sửa, bổ sung báo cáo {name}: {_listed(asked)}"
            found.add(unit_id, REQUEST, text, is_late=clock.today() > report.due_on)
        elif report.first_sent_at is None:
            window = window_phrase(report.period.starts_on, report.period.ends_on)
            late = (clock.today() - report.due_on).days
            left = f"chậm {late} ngày" if late > 0 else days_left_phrase(report.due_on, now)
            text = f"Chưa gửi báo cáo {name} ({window}), hạn {format_date(report.due_on)}, {left}"
            lacking = empty.get(report.pk)
            if lacking:
                text += f"; còn {len(lacking)} dòng chưa có số liệu: {_listed(lacking)}"
            found.add(unit_id, REPORT, text, is_late=late > 0)
        else:
            found.add(unit_id, REPORT, f"Đã thu hồi, chưa gửi lại báo cáo {name}")


def _names(rows: QuerySet[Figure], reason: str = "") -> dict[int, list[str]]:
    """Short names of rows by report, with the reason of each where one is asked for."""
    columns = ["submission_id", "assignment__indicator__short_name", *([reason] if reason else [])]
    named: dict[int, list[str]] = defaultdict(list)
    for submission_id, name, *why in rows.order_by("pk").values_list(*columns):
        named[submission_id].append(f"{name} ({why[0]})" if why and why[0] else name)
    return named


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" và {more} dòng nữa" if more > 0 else "")


def _to_confirm(found: _Found, campaign: Campaign, period: Period, ids: Collection[int]) -> None:
    """Figures that were sent and wait for a lead department: told, never late, for nothing waits for them."""
    for row in unconfirmed.waiting_for_leads(campaign, period):
        if row.unit_id in ids:
            names = _listed([f"{name} ({number})" for name, number in row.indicators])
            text = f"Chưa xác nhận {row.number} số liệu đã gửi của {row.period_name}: {names}"
            found.add(row.unit_id, CONFIRM, text)


def _answers(found: _Found, campaign: Campaign, ids: Collection[int]) -> None:
    """Requests for causes and accounts that wait for an answer."""
    rows = Explanation.objects.owed().filter(campaign=campaign, unit__in=ids).select_related("indicator")
    for row in rows.order_by("due_on", "pk"):
        about = f" về {row.indicator.short_name}" if row.indicator else ""
        what = "giải trình" if row.kind == "account" else "đề nghị báo cáo nguyên nhân"
        text = f"Chưa trả lời {what}{about}, hạn {format_date(row.due_on)}"
        found.add(row.unit_id, ANSWER, text, is_late=row.is_overdue(clock.today()))


def _work(found: _Found, campaign: Campaign, ids: Collection[int]) -> None:
    """Action items whose day is over."""
    rows = ActionItem.objects.overdue(clock.today()).filter(campaign=campaign, owner_unit__in=ids)
    for row in rows.order_by("due_on", "pk"):
        found.add(row.owner_unit_id, WORK, f"Chưa báo kết quả: {row.text}, hạn {format_date(row.due_on)}", True)


def _lagging(
    found: _Found, campaign: Campaign, period: Period, ids: Collection[int], indicator_ids: Collection[int] | None
) -> None:
    """Indicators that are behind or at risk at a unit, tạm tính."""
    chosen = None if indicator_ids is None else tuple(sorted(indicator_ids))
    for unit_id, indicator_id, text in kept(
        ("lagging", stamps_of(campaign), period.pk, tuple(ids), chosen),
        lambda: _lagging_lines(campaign, period, ids, chosen),
        lambda built: len(built) // LINES_A_ROW,
    ):
        found.add(unit_id, LAGGING, text, indicator_id=indicator_id)


def _lagging_lines(
    campaign: Campaign, period: Period, ids: Collection[int], indicator_ids: Collection[int] | None
) -> tuple[tuple[int, int, str], ...]:
    known = read_definitions(campaign, period.ends_on, indicator_ids, ids)
    table = standings(campaign, period, basis=SENT, unit_ids=ids, indicator_ids=indicator_ids, definitions=known)
    return tuple(
        (unit_id, one.indicator.pk, f"{one.indicator.short_name}: {one.reached_words}, {one.band_word}")
        for (_, unit_id), one in table.items()
        if one.is_numeric and str(one.band) in LAGGING_BANDS
    )


def _reminded(campaign: Campaign, period: Period, ids: Collection[int]) -> dict[int, tuple[int, date]]:
    """How often each unit was reminded of the period, and when last of anything: peace is for the people there."""
    rows = Reminder.objects.filter(campaign=campaign, unit__in=ids).order_by()
    number = Coalesce(Max("number", filter=Q(period=period)), 0)
    last = rows.values_list("unit_id").annotate(times=number, at=Max("sent_at"))
    return {unit_id: (times, clock.local_date(at)) for unit_id, times, at in last}
