"""Opening and closing a campaign."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import CampaignStatus, PeriodKind, Relation
from campaign.models import Campaign, Deadline, Submission
from units import clock
from units.choices import Role
from units.models import User
from units.services import record_act


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: User | None, unit_ids: Collection[int]) -> Campaign:
    """Set the campaign to launched and create one report for each unit that owes rows and each period.

    ``unit_ids``: the units that have rows to report. Enterprises that only support (hưởng ứng) owe nothing.
    """
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.status != CampaignStatus.DRAFT:
        raise ValidationError(f"Phong trào “{row}” đã phát động rồi.")
    campaign.status = CampaignStatus.LAUNCHED
    campaign.launched_at = clock.now()
    campaign.save(update_fields=["status", "launched_at"])
    campaign.periods.filter(ends_on__lt=clock.today()).update(is_before_launch=True)
    due = {(line.period_id, line.tier_id): line.due_on for line in Deadline.objects.filter(period__campaign=campaign)}
    participations = campaign.participations.exclude(relation=Relation.SUPPORTS).filter(unit__in=unit_ids)
    periods = list(campaign.periods.exclude(kind=PeriodKind.FLASH))
    Submission.objects.bulk_create(
        [
            Submission(participation=part, period=period, due_on=due[period.pk, part.tier_id])
            for part in participations
            for period in periods
            if (period.pk, part.tier_id) in due
        ],
        batch_size=1000,
    )
    lent = by.stand_in_at(campaign.standing_body, Role.COORDINATOR_HEAD) if by else None
    record_act("campaign.launched", by=by, subject=campaign, unit=campaign.authority, stand_in_id=lent)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: User, reason: str = "") -> Campaign:
    """End a launched campaign: figures stay readable, nothing is entered any more."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.status != CampaignStatus.LAUNCHED:
        raise ValidationError("Chỉ kết thúc được phong trào đang triển khai.")
    row.status = CampaignStatus.CLOSED
    row.save(update_fields=["status"])
    record_act("campaign.closed", by=by, subject=row, unit=row.authority, reason=reason)
    return row
