"""Targets: giving, revising, and settling what the document says twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from indicators.choices import ClaimSubject
from indicators.models import Claim, Contradiction, Denominator, Indicator, Opening, Target
from indicators.permissions import why_not_settle
from indicators.services.totals import recompute_indicator
from units import clock
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.text import nfc


@transaction.atomic
def set_target(
    indicator: Indicator,
    unit: OrgUnit,
    *,
    amount: Decimal,
    by: User | None,
    valid_from: date,
    base: Denominator | None = None,
    **particulars: Any,
) -> Target:
    """Give a unit its target, or revise it: a further row, never over the one before.

    ``particulars`` are further columns of Target: set_by, decision_number, decided_on, reason, is_percentage, is_main,
    origin, source_note, passage, quote.
    """
    is_percentage = bool(particulars.get("is_percentage"))
    same = Target.objects.filter(indicator=indicator, unit=unit, base=base, is_percentage=is_percentage)
    last = same.aggregate(last=Max("sequence"))["last"] or 0
    if last and not particulars.get("reason"):
        raise ValidationError("Ghi lý do điều chỉnh chỉ tiêu giao.")
    target = Target(
        indicator=indicator,
        unit=unit,
        base=base,
        amount=amount,
        valid_from=valid_from,
        sequence=last + 1,
        **particulars,
    )
    target.full_clean()
    target.save()
    record_act(
        "target.revised" if last else "target.set",
        by=by,
        subject=target,
        unit=unit,
        reason=target.reason,
        detail={"amount": str(amount), "sequence": target.sequence},
    )
    return target


def settle_by_choice(contradiction: Contradiction, claim_id: int, *, by: User, ground: str) -> Contradiction:
    """The same by the number of a claim, as a page names it."""
    claim = contradiction.claims.filter(pk=claim_id).first()
    if claim is None:
        raise ValidationError("Số được chọn không thuộc chỗ mâu thuẫn này. Tải lại trang rồi chọn lại.")
    return settle_contradiction(contradiction, claim, by=by, ground=ground)


@transaction.atomic
def settle_contradiction(contradiction: Contradiction, claim: Claim, *, by: User, ground: str) -> Contradiction:
    """Choose which of the document's claims holds; from now on progress uses it, and both stay on show."""
    row = Contradiction.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=contradiction.pk)
    refuse(why_not_settle(row, by))
    if claim.contradiction_id != row.pk:
        raise ValidationError("Số được chọn không thuộc chỗ mâu thuẫn này.")
    if not ground.strip():
        raise ValidationError("Ghi căn cứ của việc chọn, ví dụ: đã đối chiếu với cơ quan nào, ngày nào.")
    row.settled_claim, row.settled_by, row.settled_at = claim, by, clock.now()
    row.ground = nfc(ground).strip()
    row.save()
    if row.indicator is not None:
        _use_claim(row.indicator, claim)
        recompute_indicator(row.indicator)
    record_act("contradiction.settled", by=by, subject=row, reason=row.ground, detail={"claim": str(claim)})
    return row


def _use_claim(indicator: Indicator, claim: Claim) -> None:
    """Put the chosen opening in force at the authority; the claim keeps its citation."""
    if claim.subject not in (ClaimSubject.OPENING_AMOUNT, ClaimSubject.OPENING_RATE):
        return
    values: dict[str, Any] = {
        "origin": claim.origin,
        "passage": claim.passage,
        "quote": claim.quote,
        "source_note": claim.source_note,
        "amount": None,
        "rate": None,
    }
    if claim.subject == ClaimSubject.OPENING_AMOUNT:
        values["amount"] = claim.value
    else:
        values["rate"] = claim.value
        if claim.value == 0:
            # Nothing done is nothing done on every base: the only rate from which an amount follows.
            values["amount"] = Decimal(0)
    authority = indicator.campaign.authority
    Opening.objects.update_or_create(indicator=indicator, unit=authority, base=claim.base, defaults=values)
