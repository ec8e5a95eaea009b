"""The outbox: a letter is written with the act that causes it and sent by the worker; a failure is tried again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from campaign.models import Campaign
from followup.choices import MailState
from followup.models import Mail
from followup.permissions import why_not_keep
from followup.rules.reminders import retry_minutes
from units import clock
from units.errors import refuse
from units.models import User
from units.services import record_act

logger = logging.getLogger(__name__)
#: A letter that a process took and did not finish within this time is tried again.
CLAIM = timedelta(minutes=10)
#: After so many tries (about two days) a person looks at it.
MOST_ATTEMPTS = 14
#: At one call of the worker; the rest comes with the next.
AT_ONCE = 50


def has_mail_server() -> bool:
    """Was a mail server named in the settings?"""
    return bool(settings.EMAIL_HOST)


def queue_mail(people: Iterable[User], subject: str, body: str, *, key: str) -> list[str]:
    """Write a letter to each person with an address; a key that was used already writes none. Returns the addresses."""
    if not has_mail_server():
        return []
    now = clock.now()
    known = [one for one in people if one.work_email]
    Mail.objects.bulk_create(
        [
            Mail(
                key=f"{key}:{one.pk}",
                to=one.work_email,
                subject=subject[:300],
                body=body,
                next_try_at=now,
                created_at=now,
            )
            for one in known
        ],
        ignore_conflicts=True,
    )
    return [one.work_email for one in known]


def send_due_mail() -> tuple[int, int]:
    """Send what is due; returns how many were sent and how many failed. Several workers may call it at once."""
    if not has_mail_server():
        return 0, 0
    now = clock.now()
    done = [_send(pk) for pk in Mail.objects.due(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]]
    return done.count(True), done.count(False)


def _send(pk: int) -> bool | None:
    """Send one letter, unless another process has taken it; no lock is held while the mail server is spoken to."""
    now = clock.now()
    taken = Mail.objects.due(now).filter(pk=pk)
    if not taken.update(state=MailState.CLAIMED, claimed_until=now + CLAIM, attempts=F("attempts") + 1):
        return None
    mail = Mail.objects.get(pk=pk)
    try:
        _message(mail).send()
    except (SMTPException, OSError) as fault:
        _failed(mail, fault)
        return False
    Mail.objects.filter(pk=pk).update(state=MailState.SENT, sent_at=clock.now(), claimed_until=None, last_fault="")
    return True


def _message(mail: Mail) -> EmailMessage:
    """The letter; its id is the same at every try, so that a mail server drops a second copy."""
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{name}@thi-dua>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers)


def _failed(mail: Mail, fault: Exception) -> None:
    """Write down why, and when it is tried again; after many tries it waits for a person."""
    logger.warning("Thư %s gửi %s chưa được (lần %s): %s", mail.pk, mail.to, mail.attempts, fault)
    gives_up = mail.attempts >= MOST_ATTEMPTS
    Mail.objects.filter(pk=mail.pk).update(
        state=MailState.GIVEN_UP if gives_up else MailState.WAITING,
        next_try_at=clock.now() + timedelta(minutes=retry_minutes(mail.attempts)),
        claimed_until=None,
        last_fault=str(fault)[:300],
    )


@transaction.atomic
def send_again(mails: Iterable[Mail], *, campaign: Campaign, by: User) -> int:
    """Put letters that were given up back into the outbox."""
    refuse(why_not_keep(campaign, by))
    rows = Mail.objects.filter(pk__in=[mail.pk for mail in mails], state=MailState.GIVEN_UP)
    number = rows.update(state=MailState.WAITING, next_try_at=clock.now(), attempts=0)
    record_act("mail.sent_again", by=by, subject=campaign, detail={"letters": number})
    return number
