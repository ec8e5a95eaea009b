"""Setting a campaign up from an earlier one, and throwing away what was never launched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from campaign.choices import CampaignStatus
from campaign.models import Campaign, Cluster, ContentArea, DeadlineTier, Participation, Period
from campaign.permissions import why_not_prepare
from campaign.services.periods import lay_periods
from indicators.models import (
    Assignment,
    Contradiction,
    Denominator,
    DraftLine,
    Indicator,
    MilestoneStep,
    Opening,
    PathPoint,
    Target,
)
from units.choices import Origin
from units.errors import refuse
from units.models import User
from units.services import record_act

M = TypeVar("M", bound=models.Model)
TAKEN_OVER = "Lấy lại từ “{source}”."


@transaction.atomic
def copy_definitions(campaign: Campaign, *, by: User) -> int:
    """Take over areas, units, deadlines, indicators, owners and paths of the campaign's ``previous``; how many rows.

    Targets and openings are those of the earlier time and are not copied: they are given anew. Every indicator names
    the one it continues. Paths go from period to period by their place in the year.
    """
    _check(campaign, by)
    source = campaign.previous
    if source is None:
        raise ValidationError("Chọn đợt trước để lấy đơn vị, phân giao và lộ trình.")
    campaign.tiers.all().delete()
    tiers = _copied(DeadlineTier.objects.filter(campaign=source), campaign=campaign)
    clusters = _copied(Cluster.objects.filter(campaign=source), campaign=campaign)
    still = Q(valid_to=None) | Q(valid_to__gte=campaign.starts_on)
    lives = Q(unit__valid_to=None) | Q(unit__valid_to__gte=campaign.starts_on)
    for row in Participation.objects.filter(still, lives, campaign=source).select_related("unit"):
        row.tier, row.cluster = tiers[row.tier_id], clusters.get(row.cluster_id or 0)
        row.campaign, row.unit_name, row.pk = campaign, row.unit.name, None
        row.valid_from = row.valid_to = None
        row._state.adding = True
        row.save()
    areas = _copied_tree(ContentArea.objects.filter(campaign=source), campaign=campaign, passage=None)
    indicators = _copied_indicators(source, campaign, areas)
    for model in (Denominator, MilestoneStep):
        rows: models.QuerySet[Any] = model._default_manager.filter(indicator__in=indicators)
        _copied(rows, lambda row: {"indicator": indicators[row.indicator_id]})
    held = Assignment.objects.filter(still, lives, indicator__in=indicators)
    _copied(held, lambda row: {"indicator": indicators[row.indicator_id]}, valid_from=None, valid_to=None)
    _copy_paths(source, campaign, indicators, by)
    record_act("campaign.copied", by=by, subject=campaign, detail={"from": source.key, "indicators": len(indicators)})
    return len(indicators)


@transaction.atomic
def discard_campaign(campaign: Campaign, *, by: User) -> None:
    """Throw away a campaign in preparation with all its definitions; a launched one can only be closed."""
    row = _check(campaign, by)
    record_act("campaign.discarded", by=by, subject=row, unit=row.standing_body)
    DraftLine.objects.filter(campaign=row).delete()
    Contradiction.objects.filter(campaign=row).delete()
    for model in (Target, Opening, Assignment):
        rows: models.QuerySet[Any] = model._default_manager.filter(indicator__campaign=row)
        rows.delete()
    Indicator.objects.filter(campaign=row).update(parent=None)
    Indicator.objects.filter(campaign=row).delete()
    row.participations.all().delete()
    row.duties.all().delete()
    row.legal_bases.all().delete()
    row.areas.update(parent=None)
    row.areas.all().delete()
    row.delete()


def _check(campaign: Campaign, by: User) -> Campaign:
    """The campaign as it now stands, locked, still in preparation and this person's to prepare."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.status != CampaignStatus.DRAFT:
        raise ValidationError("Phong trào đã phát động chỉ kết thúc được, không bỏ và không chép đè được.")
    refuse(why_not_prepare(row, by))
    return row


def _copied(rows: Iterable[M], changes: Any = None, **common: Any) -> dict[int, M]:
    """New rows like the old ones but for some columns; by the key of the old."""
    made: dict[int, M] = {}
    for row in rows:
        old = int(row.pk)
        for name, value in {**common, **(changes(row) if changes else {})}.items():
            setattr(row, name, value)
        row.pk = None
        row._state.adding = True
        row.save()
        made[old] = row
    return made


def _copied_tree(rows: models.QuerySet[Any], **common: Any) -> dict[int, Any]:
    """Rows that name a parent among themselves."""
    parents = dict(rows.values_list("pk", "parent"))
    made = _copied(rows, parent=None, **common)
    for old, parent in parents.items():
        if parent in made:
            made[old].parent = made[parent]
            made[old].save(update_fields=["parent"])
    return made


def _copied_indicators(source: Campaign, campaign: Campaign, areas: dict[int, ContentArea]) -> dict[int, Indicator]:
    """Indicators still in force, each naming the one that it continues; a day beyond the campaign is asked anew.

    What the earlier document said of a row is not said by the document of this campaign: the row is the office's now.
    """
    rows = Indicator.objects.filter(campaign=source, valid_to=None)
    parents = dict(rows.values_list("pk", "parent"))
    years = campaign.ends_on.year - source.ends_on.year

    def changes(row: Indicator) -> dict[str, Any]:
        listed = [_in_later_year(one, years) for one in row.listed_months]
        found: dict[str, Any] = {"area": areas[row.area_id], "previous_id": row.pk, "listed_months": listed}
        if row.origin == Origin.DOCUMENT:
            found |= {"origin": Origin.OFFICE, "quote": "", "source_note": TAKEN_OVER.format(source=source)[:200]}
        return found

    made = _copied(rows, changes, campaign=campaign, parent=None, passage=None, due_on=None)
    for old, parent in parents.items():
        if parent in made:
            made[old].parent = made[parent]
            made[old].save(update_fields=["parent"])
    return made


def _in_later_year(listed: int | str, years: int) -> int | str:
    """A month stays; the last day of a later closing of the year moves with the campaign."""
    if isinstance(listed, int):
        return listed
    day = date.fromisoformat(listed)
    return (day.replace(day=1, year=day.year + years) + timedelta(days=day.day - 1)).isoformat()


def _copy_paths(source: Campaign, campaign: Campaign, indicators: dict[int, Indicator], by: User) -> None:
    """The phased paths, from the month of the earlier campaign to the same month of this one."""
    lay_periods(campaign, by=by)
    months: dict[int, Period] = {row.month: row for row in campaign.periods.order_by("-number")}
    points = PathPoint.objects.filter(indicator__in=indicators, period__campaign=source).select_related("period")
    fitting = [point for point in points if point.period.month in months]
    _copied(fitting, lambda row: {"indicator": indicators[row.indicator_id], "period": months[row.period.month]})
