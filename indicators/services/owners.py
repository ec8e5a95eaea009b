"""Who reports and who leads: set for many indicators of a campaign in preparation at once."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Campaign
from campaign.permissions import why_not_prepare
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Indicator
from units.errors import refuse
from units.models import User
from units.services import record_act


@transaction.atomic
def set_owners(
    campaign: Campaign, indicator_ids: Collection[int], *, lead_id: int | None, reporter_ids: Collection[int], by: User
) -> int:
    """Give the indicators their lead and their reporting units, in place of those they had; how many indicators.

    No lead chosen: the lead stays. No reporting unit chosen: they stay. Only units that take part may be given rows.
    """
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_prepare(row, by))
    indicators = list(Indicator.objects.filter(campaign=row, pk__in=indicator_ids))
    if not indicators:
        raise ValidationError("Đánh dấu ít nhất một chỉ tiêu, nhiệm vụ.")
    if lead_id is None and not reporter_ids:
        raise ValidationError("Chọn cơ quan chủ trì hoặc đơn vị báo cáo để phân giao.")
    taking_part = set(row.participations.values_list("unit", flat=True))
    if ({lead_id} - {None} | set(reporter_ids)) - taking_part:
        raise ValidationError("Chỉ phân giao cho đơn vị đã tham gia phong trào. Thêm đơn vị vào phong trào trước.")
    if lead_id is not None:
        _replace(indicators, AssignmentRole.LEADS, [lead_id])
    if reporter_ids:
        _replace(indicators, AssignmentRole.REPORTS, reporter_ids)
    detail = {"indicators": len(indicators), "lead": lead_id, "reporters": len(reporter_ids)}
    record_act("campaign.owners_set", by=by, subject=row, unit=row.standing_body, detail=detail)
    return len(indicators)


def _replace(indicators: Collection[Indicator], role: str, unit_ids: Collection[int]) -> None:
    """These units and no others hold the role; rows that stay keep their person in charge."""
    rows = Assignment.objects.filter(indicator__in=indicators, role=role)
    rows.exclude(unit__in=unit_ids).delete()
    present = set(rows.values_list("indicator", "unit"))
    Assignment.objects.bulk_create(
        Assignment(indicator=indicator, unit_id=unit, role=role)
        for indicator in indicators
        for unit in unit_ids
        if (indicator.pk, unit) not in present
    )
