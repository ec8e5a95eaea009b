"""Batches as the office sees them: how far each has come, what failed and why, where its file is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from campaign.models import SENT_STATUSES, Campaign, Period, Submission
from reports.models import Batch, BatchPart
from units import clock, hands
from units.hands import WORKER
from units.models import User
from vietnamese.dates import format_moment, window_phrase
from vietnamese.numbers import format_number

#: So many of the newest are listed.
NEWEST = 30
#: The batches with their counts; the campaigns of the standing body with their periods.
QUERIES = 3
WAITING, RUNNING, PACKING, DONE, FAILED, CANCELLED = "waiting", "running", "packing", "done", "failed", "cancelled"
STOPPED = "stopped"
NO_WORKER = (
    "Máy chủ đang ngừng chạy việc nền, báo quản trị khởi động lại; khi đó máy tự làm tiếp, tệp đã lập được giữ nguyên."
)
WORDS = {
    WAITING: "Đang xếp hàng",
    RUNNING: "Đang lập",
    PACKING: "Đang đóng gói",
    STOPPED: "Tạm dừng",
    DONE: "Đã xong",
    FAILED: "Có tệp chưa lập được",
    CANCELLED: "Đã hủy",
}


@dataclass(frozen=True)
class BatchRow:
    """One batch; ``campaign`` where the standing body runs several."""

    batch: Batch
    state: str
    made: int
    failed: int
    size: int
    campaign: str = ""

    @property
    def word(self) -> str:
        """How it stands, in words."""
        return WORDS[self.state]

    @property
    def told(self) -> str:
        """What the person who waits should know, and may do."""
        total = self.batch.total
        return {
            WAITING: "Chờ máy chủ đến lượt; có thể đóng trang này, tệp vẫn được lập.",
            RUNNING: f"Đã lập {self.made}/{total} tệp; có thể đóng trang này, tệp vẫn được lập.",
            PACKING: f"Đã lập đủ {total} tệp, đang đóng gói.",
            STOPPED: f"Đã lập {self.made}/{total} tệp. {NO_WORKER}",
            DONE: f"{total} tệp, {format_number(self.size // 1024 + 1)} kB.",
            FAILED: f"Đã lập {self.made}/{total} tệp, {self.failed} tệp lỗi. Bấm Làm lại để lập các tệp còn thiếu.",
            CANCELLED: f"Đã dừng ở {self.made}/{total} tệp; chưa có gói để tải.",
        }[self.state]

    @property
    def is_moving(self) -> bool:
        """Will it change by itself?"""
        return self.state in (WAITING, RUNNING, PACKING, STOPPED)

    @property
    def can_cancel(self) -> bool:
        """May it be stopped?"""
        return self.state in (WAITING, RUNNING, PACKING, STOPPED, FAILED)

    @property
    def can_retry(self) -> bool:
        """May what is missing be made again?"""
        return self.state in (FAILED, CANCELLED)

    @property
    def asked(self) -> str:
        """Who asked, and when."""
        return f"{self.batch.requested_by.full_name}, {format_moment(self.batch.requested_at)}"


@dataclass(frozen=True)
class PeriodChoice:
    """A period whose files may be ordered."""

    campaign: Campaign
    period: Period
    label: str


@dataclass(frozen=True)
class BatchTable:
    """The list, and what may be ordered."""

    rows: tuple[BatchRow, ...]
    choices: tuple[PeriodChoice, ...]


def batch_table(user: User) -> BatchTable:
    """The newest batches and the periods that have begun: ``QUERIES`` queries."""
    newest = Batch.objects.visible_to(user).with_counts()
    ordered = newest.order_by("-requested_at", "-pk")
    rows = ordered.select_related("campaign", "period", "requested_by", "file")[:NEWEST]
    begun = Period.objects.summed().filter(campaign__in=_campaigns(user), starts_on__lte=clock.today())
    periods = list(begun.select_related("campaign").order_by("-campaign__starts_on", "-campaign", "-number"))
    several = len({one.campaign_id for one in periods}) > 1
    return BatchTable(
        rows=tuple(_row(one, several) for one in rows),
        choices=tuple(PeriodChoice(one.campaign, one, _label(one, several)) for one in periods),
    )


def _label(period: Period, several: bool) -> str:
    """The period with its window, and its campaign where months of several stand in one list."""
    named = f"{period.name} ({window_phrase(period.starts_on, period.ends_on)})"
    return f"{named}, {period.campaign}" if several else named


def batch_row(batch: Batch) -> BatchRow:
    """One batch, as it stands now: two queries."""
    rows = Batch.objects.filter(pk=batch.pk).with_counts()
    others = Campaign.objects.launched().filter(standing_body=batch.campaign.standing_body_id)
    several = others.exclude(pk=batch.campaign_id).exists()
    return _row(rows.select_related("campaign", "period", "requested_by", "file").get(), several)


def batch_parts(batch: Batch) -> list[BatchPart]:
    """Its files in order: one query."""
    return list(batch.parts.order_by("position"))


def sent_reports(period: Period) -> list[Submission]:
    """The period's reports that were sent, in the order of the office."""
    rows = Submission.objects.filter(period=period, status__in=SENT_STATUSES).select_related("participation")
    return list(
        rows.order_by(
            "participation__unit__kind__position", "participation__unit__position", "participation__unit__sort_key"
        )
    )


def unsent_names(period: Period, *, besides: Collection[str]) -> list[str]:
    """The units of the period that are not among those named."""
    rows = Submission.objects.filter(period=period).order_by("participation__unit__sort_key")
    return [name for name in rows.values_list("participation__unit_name", flat=True) if name not in besides]


def _campaigns(user: User) -> list[int]:
    """The launched campaigns whose standing body the person belongs to."""
    rows = Campaign.objects.launched().of_standing_body(user)
    return list(rows.values_list("pk", flat=True))


def _row(batch: Batch, several: bool) -> BatchRow:
    made, failed, in_work = (int(getattr(batch, name)) for name in ("made", "failed", "in_work"))
    state = _state(batch, made, failed, in_work)
    size = batch.file.size if batch.file else 0
    return BatchRow(batch, state, made, failed, size, str(batch.campaign) if several else "")


def _state(batch: Batch, made: int, failed: int, in_work: int) -> str:
    if batch.finished_at:
        return DONE
    if batch.cancelled_at:
        return CANCELLED
    if failed and made + failed == batch.total:
        return FAILED
    if not hands.is_held(WORKER):
        return STOPPED
    if made == batch.total:
        return PACKING
    return RUNNING if made or in_work else WAITING
