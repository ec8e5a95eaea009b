"""Who takes part in a campaign in preparation: relation and deadline group of every unit, set at once."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import Relation
from campaign.models import Campaign, Participation
from campaign.permissions import why_not_prepare
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act


@transaction.atomic
def set_participations(campaign: Campaign, chosen: Mapping[int, tuple[str, int]], *, by: User) -> int:
    """Take in the chosen units (unit → relation, deadline group) and leave out all others; how many take part.

    A unit that rows were already given to cannot be left out: its rows would hang in the air.
    """
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_prepare(row, by))
    tiers = {tier.pk: tier for tier in row.tiers.all()}
    units = OrgUnit.objects.may_take_part(row.authority).in_bulk(list(chosen))
    if set(chosen) - set(units):
        raise ValidationError("Có đơn vị không tham gia được phong trào của cơ quan này. Tải lại trang rồi chọn lại.")
    present = {part.unit_id: part for part in row.participations.select_related("unit")}
    left_out = [part for unit, part in present.items() if unit not in chosen]
    _check_left_out(row, left_out)
    Participation.objects.filter(pk__in=[part.pk for part in left_out]).delete()
    for unit_id, (relation, tier_id) in chosen.items():
        if relation not in Relation.values or tier_id not in tiers:
            raise ValidationError(f"Chọn lại quan hệ tham gia và nhóm hạn gửi của {units[unit_id]}.")
        part = present.get(unit_id) or Participation(campaign=row, unit=units[unit_id], unit_name=units[unit_id].name)
        part.relation, part.tier = relation, tiers[tier_id]
        part.save()
    record_act("campaign.units_set", by=by, subject=row, unit=row.standing_body, detail={"units": len(chosen)})
    return len(chosen)


def _check_left_out(campaign: Campaign, left_out: list[Participation]) -> None:
    units = [part.unit_id for part in left_out]
    held = OrgUnit.objects.filter(pk__in=units, assignments__indicator__campaign=campaign).distinct()
    if held:
        names = ", ".join(unit.name for unit in held)
        raise ValidationError(f"Đã phân giao chỉ tiêu cho {names}. Bỏ phân giao trước, rồi bỏ đơn vị khỏi phong trào.")
