"""The daily digest: once a working day for each person with something to do; safe to run twice, by two at once."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from campaign.rules.calendar import is_working_day
from campaign.services.periods import days_that_differ
from followup.services.mail import queue_mail
from followup.services.notices import notify
from followup.tables.digest import digest_lines
from units import clock
from units.models import AuditLine
from units.services import record_act
from vietnamese.dates import format_date

#: Nobody is told before this hour.
FROM_HOUR = 7
SENT = "digest.sent"


def send_digests() -> int:
    """Tell everyone once a working day, from seven o'clock; returns how many persons were told now."""
    if clock.now().astimezone(clock.ZONE).hour < FROM_HOUR:
        return 0
    campaigns = Campaign.objects.filter(status=CampaignStatus.LAUNCHED)
    return sum(_send(campaign) for campaign in campaigns if not _is_sent(campaign))


def _is_sent(campaign: Campaign) -> bool:
    """Has the campaign's digest of today gone out?"""
    begins = datetime.combine(clock.today(), time.min, clock.ZONE)
    rows = AuditLine.objects.filter(subject_type=campaign._meta.label, subject_id=campaign.pk, event=SENT)
    return rows.filter(at__gte=begins).exists()


@transaction.atomic
def _send(campaign: Campaign) -> int:
    """One campaign's digest; whoever comes second finds it sent, and the keys keep every person to one a day."""
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if _is_sent(locked) or not is_working_day(clock.today(), *days_that_differ(locked)):
        return 0
    day = clock.today()
    key = f"digest:{locked.pk}:{day.isoformat()}"
    found = digest_lines(locked)
    path = reverse("followup:notices")
    for person, lines in found.items():
        text = f"Việc cần làm ngày {format_date(day)}: {len(lines)} việc"
        body = "\n".join(f"- {line}." for line in lines)
        notify([person], text, by=None, detail=body, key=key)
        queue_mail([person], text, f"{body}\n\n{settings.SITE_URL}{path}", key=key)
    record_act(SENT, by=None, subject=locked, detail={"day": day.isoformat(), "people": len(found)})
    return len(found)
