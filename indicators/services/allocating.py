"""Giving a whole's target to the units on one page: the sum is equal, or the difference is explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from indicators.models import AllocationNote, Denominator, Indicator, Target
from indicators.permissions import why_not_allocate
from indicators.services.revising import Decision, revise_target
from indicators.tables.allocation import allocation_page, sum_check
from units import clock
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.text import nfc


@dataclass(frozen=True)
class Given:
    """Who set the targets, by which decision; after the launch the ground of a revision and from when it holds."""

    set_by: str = ""
    decision_number: str = ""
    decided_on: date | None = None
    decision: Decision | None = None
    valid_from: date | None = None


@transaction.atomic
def allocate_targets(
    indicator: Indicator,
    amounts: Mapping[int, Decimal | None],
    *,
    whole: Decimal | None,
    by: User,
    base: Denominator | None = None,
    given: Given | None = None,
    explanation: str = "",
) -> int:
    """Give the units their amounts (None: none given) and the authority the whole; how many targets were changed.

    Before the launch an amount is set in place; afterwards each change is a revision by decision. Nothing is written
    while the units' sum differs from the whole and nobody says why.
    """
    given = given or Given()
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=indicator.campaign_id)
    is_draft = campaign.status == CampaignStatus.DRAFT
    refuse(why_not_allocate(campaign, by))
    page = allocation_page(indicator, base)
    if page.why_not_divide:
        raise ValidationError(page.why_not_divide)
    units = {row.unit.pk: row.unit for row in page.rows}
    if set(amounts) - set(units):
        raise ValidationError("Có đơn vị không được phân giao báo cáo chỉ tiêu này. Tải lại trang.")
    after = [amounts.get(row.unit.pk, row.amount) for row in page.rows]
    check = sum_check(indicator, after, whole)
    if check.needs_reason and not explanation.strip():
        raise ValidationError(f"{check.words} Sửa cho bằng, hoặc ghi lý do chênh lệch rồi ghi lại.")
    wanted: list[tuple[OrgUnit, Decimal | None, Decimal | None]] = [
        (campaign.authority, page.whole.amount if page.whole else None, whole)
    ]
    wanted += [(row.unit, row.amount, amounts[row.unit.pk]) for row in page.rows if row.unit.pk in amounts]
    changed = [(unit, amount) for unit, before, amount in wanted if amount != before]
    for unit, amount in changed:
        if is_draft:
            _set(campaign, indicator, unit, base, amount, given)
        else:
            _revise(indicator, unit, base, amount, given, by)
    _explain(indicator, base, explanation if check.needs_reason else "", by)
    detail = {"changed": {unit.key: None if amount is None else str(amount) for unit, amount in changed}}
    record_act(
        "targets.allocated", by=by, subject=indicator, unit=campaign.authority, reason=explanation, detail=detail
    )
    return len(changed)


def _set(
    campaign: Campaign,
    indicator: Indicator,
    unit: OrgUnit,
    base: Denominator | None,
    amount: Decimal | None,
    given: Given,
) -> None:
    """Before the launch nothing was given yet: the row is written over or taken away."""
    rows = Target.objects.filter(indicator=indicator, unit=unit, base=base, is_percentage=False)
    if amount is None:
        rows.delete()
        return
    others = Target.objects.filter(indicator=indicator, unit=unit, is_main=True).exclude(pk__in=rows)
    row = rows.order_by("sequence").last()
    if row is None:
        row = Target(indicator=indicator, unit=unit, base=base, is_main=not others.exists())
        row.valid_from = campaign.year_starts_on
    row.amount = amount
    row.set_by = nfc(given.set_by).strip() or row.set_by
    row.decision_number = nfc(given.decision_number).strip() or row.decision_number
    row.decided_on = given.decided_on or row.decided_on
    row.full_clean()
    row.save()


def _revise(
    indicator: Indicator, unit: OrgUnit, base: Denominator | None, amount: Decimal | None, given: Given, by: User
) -> None:
    if amount is None:
        raise ValidationError(f"Số đã giao cho {unit} không bỏ trống được; thôi giao thì điều chỉnh phân giao.")
    if given.decision is None or given.valid_from is None:
        raise ValidationError("Phong trào đã phát động: ghi lý do, số và ngày quyết định, ngày áp dụng.")
    revise_target(
        indicator,
        unit,
        amount=amount,
        decision=given.decision,
        valid_from=given.valid_from,
        by=by,
        base=base,
        set_by=given.set_by,
    )


def _explain(indicator: Indicator, base: Denominator | None, explanation: str, by: User) -> None:
    """Keep why the sum differs; where it is equal nothing is left to explain."""
    text = nfc(explanation).strip()[:500]
    rows = AllocationNote.objects.filter(indicator=indicator, base=base)
    if not text:
        rows.delete()
        return
    note = rows.first() or AllocationNote(indicator=indicator, base=base)
    note.explanation, note.by, note.at = text, by, clock.now()
    note.save()
