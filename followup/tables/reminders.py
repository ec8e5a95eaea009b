"""The log of reminders and the page of one: ways, answers, and letters that did not go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from followup.choices import MailState
from followup.models import Mail, Reminder
from followup.permissions import why_not_answer_reminder, why_not_keep
from followup.tables.of_campaign import of_campaign
from units import clock
from units.choices import Origin
from units.models import User
from vietnamese.dates import format_date, format_moment, relative_moment

#: The queries of ``reminder_list``: reminders with unit and period, their ways.
QUERIES = 2
MOST = 300
ANSWERS: dict[str, str] = {"": "Tất cả", "chua": "Chưa trả lời", "da": "Đã trả lời", "lanh-dao": "Đã báo lãnh đạo"}


@dataclass(frozen=True)
class ReminderRow:
    """One reminder of the log."""

    pk: int
    unit: str
    period: str
    number: int
    items: int
    sent: str
    until: str
    ways: tuple[str, ...]
    answer: str
    is_escalated: bool
    is_illustrative: bool
    campaign_id: int


@dataclass(frozen=True)
class MailRow:
    """One letter of a reminder and where it stands."""

    to: str
    state: str
    is_given_up: bool
    fault: str


@dataclass(frozen=True)
class ReminderPage:
    """One reminder as office and unit see it."""

    row: ReminderRow
    lines: tuple[str, ...]
    note: str
    sent_by: str
    sent_at: str
    ways: tuple[str, ...]
    answered: str
    mails: tuple[MailRow, ...]
    why_not_keep: str
    why_not_answer: str

    @property
    def has_given_up(self) -> bool:
        """Did a letter not go out after many tries?"""
        return any(mail.is_given_up for mail in self.mails)


def reminder_list(user: User, wanted: Mapping[str, str]) -> tuple[ReminderRow, ...]:
    """The reminders that the person sees, the latest first, by the filter of the address."""
    rows = of_campaign(Reminder.objects.visible_to(user), wanted)
    state = wanted.get("tra_loi", "")
    if state == "chua":
        rows = rows.filter(answer="")
    elif state == "da":
        rows = rows.exclude(answer="")
    elif state == "lanh-dao":
        rows = rows.escalated()
    rows = rows.select_related("unit", "period").prefetch_related("deliveries")
    return tuple(_row(row) for row in rows.order_by("-sent_at", "-pk")[:MOST])


def reminder_page(row: Reminder, user: User) -> ReminderPage:
    """One reminder: its lines as they were sent, its ways, its answer."""
    refusal = why_not_keep(row.campaign, user)
    return ReminderPage(
        row=_row(row),
        lines=tuple(item["text"] for item in row.items),
        note=row.note,
        sent_by=str(row.sent_by),
        sent_at=format_moment(row.sent_at),
        ways=tuple(
            " · ".join(filter(None, (one.get_channel_display(), one.document, one.recipient, format_moment(one.at))))
            for one in row.deliveries.all()
        ),
        answered=f"{row.answered_by}, {format_moment(row.answered_at)}" if row.answered_at else "",
        mails=() if refusal else _mails(row),
        why_not_keep=refusal,
        why_not_answer=why_not_answer_reminder(row, user),
    )


def mails_of(row: Reminder) -> list[Mail]:
    """The letters of a reminder in the outbox."""
    return list(Mail.objects.filter(key__startswith=f"reminder:{row.pk}:").order_by("pk"))


def _mails(row: Reminder) -> tuple[MailRow, ...]:
    return tuple(
        MailRow(one.to, one.get_state_display(), one.state == MailState.GIVEN_UP, one.last_fault)
        for one in mails_of(row)
    )


def _row(row: Reminder) -> ReminderRow:
    return ReminderRow(
        pk=row.pk,
        unit=row.unit.name,
        period=row.period.name,
        number=row.number,
        items=len(row.items),
        sent=relative_moment(row.sent_at, clock.now()),
        until=format_date(row.answer_by),
        ways=tuple(one.get_channel_display() for one in row.deliveries.all()),
        answer=row.answer,
        is_escalated=row.is_escalated,
        is_illustrative=row.origin == Origin.ILLUSTRATIVE,
        campaign_id=row.campaign_id,
    )
