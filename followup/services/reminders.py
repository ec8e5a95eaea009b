"""Reminders (đôn đốc): sent to chosen units with exactly what is missing, not again too soon, escalated after some."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from campaign.models import Campaign, Period
from followup.choices import ReminderChannel
from followup.exports.reminder_text import reminder_text, subject
from followup.models import Reminder, ReminderDelivery, ReminderPolicy
from followup.permissions import why_not_answer_reminder, why_not_keep, why_not_press
from followup.rules.reminders import is_escalation
from followup.services.mail import queue_mail
from followup.services.notices import leaders, notify, standing_people, unit_people
from followup.services.steps import check_day
from followup.tables.arrears import UnitArrears, arrears
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.dates import format_date
from vietnamese.text import nfc


@dataclass(frozen=True)
class Particulars:
    """What goes with the reminders of one sending."""

    channels: Collection[str]
    answer_by: date | None
    note: str = ""
    with_lagging: bool = False
    indicator_ids: Collection[int] | None = None
    origin: str = Origin.OFFICE


@dataclass
class Sent:
    """What came of a sending: the reminders, and who was left out with the reason."""

    reminders: list[Reminder] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def send_reminders(
    campaign: Campaign, period: Period, units: Collection[OrgUnit], *, by: User, given: Particulars
) -> Sent:
    """Remind each unit of what it owes at this moment; who owes nothing or was reminded just now is left out."""
    refuse(why_not_keep(campaign, by))
    last_day = check_day(given.answer_by, "ngày đề nghị làm xong")
    policy = _locked_policy(campaign)
    sent = Sent()
    owed = {
        row.unit_id: row
        for row in arrears(
            campaign,
            period,
            unit_ids=[unit.pk for unit in units],
            with_lagging=given.with_lagging,
            indicator_ids=given.indicator_ids,
        )
    }
    for unit in units:
        reason = _why_left_out(campaign, unit, owed.get(unit.pk))
        if reason:
            sent.left_out.append(reason)
        else:
            sent.reminders.append(_remind(campaign, period, unit, owed[unit.pk], policy, last_day, by, given))
    return sent


def _locked_policy(campaign: Campaign) -> ReminderPolicy:
    """The campaign's policy, locked: two officials who remind at once do it one after the other."""
    ReminderPolicy.objects.get_or_create(campaign=campaign)
    return ReminderPolicy.objects.select_for_update().get(campaign=campaign)


def _why_left_out(campaign: Campaign, unit: OrgUnit, row: UnitArrears | None) -> str:
    if row is None:
        return why_not_press(campaign, unit) or f"{unit.name} không còn thiếu gì."
    if row.again_on:
        return f"{row.name} đã được nhắc ngày {row.last}; nhắc lại được từ ngày {row.again_on}."
    return "" if row.lines else f"{row.name} không còn thiếu gì."


def _remind(
    campaign: Campaign,
    period: Period,
    unit: OrgUnit,
    row: UnitArrears,
    policy: ReminderPolicy,
    last_day: date,
    by: User,
    given: Particulars,
) -> Reminder:
    """One reminder with its ways, its notices, its letters and its audit line."""
    number = row.times + 1
    reminder = Reminder.objects.create(
        campaign=campaign,
        unit=unit,
        period=period,
        number=number,
        items=[{"kind": line.kind, "text": line.text} for line in row.lines],
        note=nfc(given.note).strip(),
        answer_by=last_day,
        is_escalated=is_escalation(number, policy.escalate_after),
        sent_by=by,
        sent_at=clock.now(),
        origin=given.origin,
    )
    path = reverse("followup:reminder", args=[reminder.pk])
    people = unit_people(unit)
    text = f"{subject(reminder)}: {len(row.lines)} việc, chậm nhất ngày {format_date(last_day)}"
    if ReminderChannel.IN_APP in given.channels:
        notify(people, text, path, by=by)
        _deliver(reminder, ReminderChannel.IN_APP, f"{len(people)} người", by)
    if ReminderChannel.EMAIL in given.channels:
        body = reminder_text(reminder, f"{settings.SITE_URL}{path}")
        addresses = queue_mail(people, subject(reminder), body, key=f"reminder:{reminder.pk}")
        if addresses:
            _deliver(reminder, ReminderChannel.EMAIL, ", ".join(addresses)[:300], by)
    if reminder.is_escalated:
        notify(leaders(campaign), f"{unit.name} đã được đôn đốc {number} lần, {period.name}", path, by=by)
    record_act("reminder.sent", by=by, subject=reminder, unit=unit, detail={"number": number})
    return reminder


def _deliver(reminder: Reminder, channel: str, recipient: str, by: User, document: str = "") -> ReminderDelivery:
    return ReminderDelivery.objects.create(
        reminder=reminder, channel=channel, recipient=recipient, document=document, by=by, at=clock.now()
    )


@transaction.atomic
def log_delivery(reminder: Reminder, *, by: User, channel: str, recipient: str = "", document: str = "") -> Reminder:
    """Write down that a reminder went by Zalo, as an official letter, or by telephone."""
    row = _locked(reminder)
    refuse(why_not_keep(row.campaign, by))
    if row.deliveries.filter(channel=channel).exists():
        raise ValidationError(f"Lần nhắc này đã ghi gửi qua {ReminderChannel(channel).label}.")
    _deliver(row, channel, nfc(recipient).strip(), by, nfc(document).strip())
    record_act("reminder.delivered", by=by, subject=row, unit=row.unit, detail={"channel": channel})
    return row


@transaction.atomic
def answer_reminder(reminder: Reminder, *, by: User, answer: str) -> Reminder:
    """Write what the unit answered, by itself or told to the office."""
    row = _locked(reminder)
    refuse(why_not_answer_reminder(row, by))
    if not nfc(answer).strip():
        raise ValidationError("Ghi nội dung trả lời.")
    row.answer, row.answered_by, row.answered_at = nfc(answer).strip(), by, clock.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    record_act("reminder.answered", by=by, subject=row, unit=row.unit, reason=row.answer)
    path = reverse("followup:reminder", args=[row.pk])
    notify(standing_people(row.campaign), f"{row.unit.name} trả lời đôn đốc: {row.answer[:120]}", path, by=by)
    return row


@transaction.atomic
def set_policy(campaign: Campaign, *, by: User, quiet_days: int, escalate_after: int) -> ReminderPolicy:
    """Choose within how many days nobody is reminded again, and after how many reminders the leaders hear."""
    refuse(why_not_keep(campaign, by))
    row = _locked_policy(campaign)
    before = {"quiet_days": row.quiet_days, "escalate_after": row.escalate_after}
    row.quiet_days, row.escalate_after = quiet_days, escalate_after
    row.save()
    record_act("reminder.policy_set", by=by, subject=campaign, unit=campaign.authority, detail={"before": before})
    return row


def _locked(reminder: Reminder) -> Reminder:
    rows = Reminder.objects.select_for_update(of=("self",)).select_related("unit", "campaign", "period")
    return rows.get(pk=reminder.pk)
