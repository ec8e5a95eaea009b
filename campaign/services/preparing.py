"""Preparing a campaign: begun by the standing body with its days, its calendar and one deadline."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from campaign.models import BandThreshold, Campaign, DeadlineTier
from campaign.permissions import why_not_prepare_at
from campaign.rules.calendar import month_of, year_window
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.text import nfc, slug

MAX_KEY = 70


@transaction.atomic
def prepare_campaign(
    *,
    standing_body: OrgUnit,
    name: str,
    short_name: str,
    starts_on: date,
    ends_on: date,
    calendar_rule: str,
    due_day_of_month: int,
    by: User,
    previous: Campaign | None = None,
) -> Campaign:
    """Begin a campaign of the authority above the standing body; the year counts from its calendar's first day.

    One group of units with one deadline and the usual bands stand ready; both may be changed until the launch.
    """
    refuse(why_not_prepare_at(standing_body, by))
    campaign = Campaign(
        key=_free_key(short_name),
        authority=standing_body.parent or standing_body,
        standing_body=standing_body,
        previous=previous,
        name=nfc(name).strip(),
        short_name=nfc(short_name).strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        year_starts_on=min(starts_on, year_window(month_of(starts_on, calendar_rule)[0], calendar_rule)[0]),
        calendar_rule=calendar_rule,
    )
    campaign.full_clean()
    campaign.save()
    BandThreshold.objects.create(campaign=campaign, valid_from=campaign.year_starts_on)
    tier = DeadlineTier(campaign=campaign, name="Các đơn vị", day_of_month=due_day_of_month)
    tier.full_clean()
    tier.save()
    record_act("campaign.prepared", by=by, subject=campaign, unit=standing_body)
    return campaign


def _free_key(name: str) -> str:
    """A key of the campaign's own out of its short name."""
    wanted = slug(name)[:MAX_KEY] or "phong-trao"
    taken = set(Campaign.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbers if key not in taken)
