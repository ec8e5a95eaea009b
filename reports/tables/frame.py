"""What stands at the head of every board and file: which campaign, which period with its window, which figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from campaign.choices import PeriodKind, Relation
from campaign.models import Campaign, Period, Submission, was_handed_in
from campaign.rules.calendar import days_late
from indicators.tables.standings import OFFICIAL, SENT
from units import clock
from units.models.prepared import prepared
from vietnamese.dates import format_date

#: The words of the address: co-so=tam-tinh, co-so=chinh-thuc.
SLUGS = {SENT: "tam-tinh", OFFICIAL: "chinh-thuc"}
BASES = {slug: basis for basis, slug in SLUGS.items()}
WORDS = {SENT: "Tạm tính", OFFICIAL: "Chính thức"}
MEANINGS = {
    SENT: "gồm số liệu các đơn vị đã gửi",
    OFFICIAL: "chỉ gồm số liệu đã tiếp nhận",
}


@dataclass(frozen=True)
class Frame:
    """The head of a board."""

    campaign: Campaign
    period: Period
    basis: str

    @property
    def slug(self) -> str:
        """The basis as the address says it."""
        return SLUGS[self.basis]

    @property
    def basis_word(self) -> str:
        """Tạm tính, chính thức."""
        return WORDS[self.basis]

    @property
    def basis_meaning(self) -> str:
        """What the basis counts."""
        return MEANINGS[self.basis]

    @property
    def window(self) -> str:
        """The days of the period: "15/7–14/8/2024"."""
        return self.period.window

    @property
    def cut_off(self) -> str:
        """Up to which day figures count."""
        return format_date(self.period.ends_on)

    @property
    def query(self) -> str:
        """The choice of period and basis, to be kept in every link."""
        return f"ky={self.period.pk}&co-so={self.slug}"


@dataclass(frozen=True)
class Tally:
    """How many reports of the period are where; only units that must report count as owing."""

    owed: int
    sent: int
    received: int
    late: int

    @property
    def text(self) -> str:
        """ "31/40 đơn vị đã gửi, đã tiếp nhận 28, chậm 3"."""
        late = f", chậm {self.late}" if self.late else ""
        return f"{self.sent}/{self.owed} đơn vị đã gửi báo cáo, đã tiếp nhận {self.received}{late}"


def begun_periods(campaign: Campaign, on: date) -> list[Period]:
    """The periods that have begun, each with its last deadline (``last_due_on``); of a later campaign the first."""
    periods = list(campaign.periods.summed().annotate(last_due_on=Max("deadlines__due_on")).order_by("number"))
    return [one for one in periods if one.starts_on <= on] or periods[:1]


def current_period(periods: list[Period], on: date) -> Period | None:
    """The last period that every unit should have reported: what is still being gathered would look behind its path."""
    summed = [one for one in periods if one.kind != PeriodKind.FLASH]
    gathered = [one for one in summed if _last_day(one) < on]
    return gathered[-1] if gathered else next(iter(summed), None)


def gathering_period(periods: list[Period], on: date) -> Period | None:
    """The last period whose window has closed while its reports are still coming in."""
    coming = [one for one in periods if one.kind != PeriodKind.FLASH and one.ends_on < on <= _last_day(one)]
    return coming[-1] if coming else None


def _last_day(period: Period) -> date:
    """The last day on which a report of the period is in time."""
    due_on: date | None = getattr(period, "last_due_on", None)
    return due_on or period.ends_on


@prepared
def _reports_owed(period: int) -> QuerySet[Submission, Any]:
    """The reports of units that must report."""
    rows = Submission.objects.filter(period=period, participation__relation=Relation.ASSIGNED).order_by()
    return rows.values_list("status", "received_at", "first_sent_at", "due_on")


def tally(period: Period) -> Tally:
    """Reports of one period in four numbers: one query."""
    today = clock.today()
    owed = sent = received = late = 0
    for status, received_at, first_sent_at, due_on in _reports_owed.rows(period.pk):
        owed += 1
        sent += was_handed_in(status, first_sent_at)
        received += received_at is not None
        late += first_sent_at is None and days_late(today, due_on) > 0 and not period.is_before_launch
    return Tally(owed, sent, received, late)
