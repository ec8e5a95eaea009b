"""Giving targets anew after a reorganisation: by the decision, each with its number; the old ones stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from campaign.models import Campaign
from campaign.permissions import is_standing_body
from indicators.models import Denominator, Indicator, Target
from indicators.services.targets import set_target
from indicators.tables.reassigning import Proposal, proposals
from units.models import OrgUnit, Reorganisation, User


@transaction.atomic
def reassign_targets(
    act: Reorganisation, campaign: Campaign, amounts: Mapping[str, Decimal], *, by: User
) -> list[Target]:
    """Give the successors the confirmed amounts (by the field of their proposal), valid from the effective day."""
    if not is_standing_body(campaign, by):
        raise PermissionDenied("Chỉ cơ quan thường trực thi đua mới giao lại chỉ tiêu sau sắp xếp.")
    lines = {line.field: line for line in proposals(act, campaign) if not line.present}
    if set(amounts) - set(lines):
        raise ValidationError("Có chỉ tiêu đã được giao lại theo văn bản này. Tải lại trang để xem.")
    if not amounts:
        raise ValidationError("Chưa ghi số giao lại nào.")
    return [_give(lines[field], amount, act, by) for field, amount in amounts.items()]


def _give(line: Proposal, amount: Decimal, act: Reorganisation, by: User) -> Target:
    return set_target(
        Indicator.objects.get(pk=line.indicator_id),
        OrgUnit.objects.get(pk=line.unit_id),
        amount=amount,
        by=by,
        valid_from=act.effective_on,
        base=Denominator.objects.filter(pk=line.base_id).first() if line.base_id else None,
        is_percentage=line.is_percentage,
        is_main=line.is_main,
        set_by=line.set_by,
        decision_number=act.number[:80],
        decided_on=act.decided_on,
        reason=f"Sắp xếp đơn vị theo {act.number}"[:300],
    )
