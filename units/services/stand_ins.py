"""Standing in for another (ủy quyền): lending a role and taking it back."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from units import clock
from units.errors import refuse
from units.models import RoleGrant, StandIn, User
from units.permissions import why_not_lend, why_not_take_back
from units.services.audit import record_act
from vietnamese.text import nfc


@transaction.atomic
def lend_role(grant: RoleGrant, *, holder: User, valid_from: date, valid_to: date, ground: str, by: User) -> StandIn:
    """Let another person of the unit act in a role from a day to a day (ủy quyền); one at a time for each role."""
    row = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=grant.pk)
    today = clock.today()
    refuse(why_not_lend(row, by, today=today))
    _check_lending(row, holder, valid_from, valid_to, nfc(ground).strip(), today)
    stand_in = StandIn.objects.create(
        grant=row,
        lender=row.user,
        holder=holder,
        valid_from=valid_from,
        valid_to=valid_to,
        ground=nfc(ground).strip(),
        lent_by=by,
        lent_at=clock.now(),
    )
    _record_stand_in("role.lent", stand_in, by=by)
    return stand_in


def _check_lending(grant: RoleGrant, holder: User, valid_from: date, valid_to: date, ground: str, today: date) -> None:
    """Raise what stands against the days, the person or another stand-in of the same role."""
    if not ground:
        raise ValidationError("Ghi lý do hoặc số văn bản ủy quyền.")
    if valid_from < today:
        raise ValidationError(f"Ủy quyền từ hôm nay ({today:%d/%m/%Y}) trở đi, không lùi ngày.")
    if valid_to < valid_from:
        raise ValidationError("Ngày hết ủy quyền phải từ ngày bắt đầu trở đi.")
    if holder.pk == grant.user_id:
        raise ValidationError("Chọn người khác: không ủy quyền cho chính người đang giữ vai trò.")
    if not User.objects.working_at([grant.unit_id], today).filter(pk=holder.pk).exists():
        raise ValidationError(f"{holder} không công tác tại {grant.unit} nên không nhận ủy quyền ở đây được.")
    held = holder.role_grants.in_force(valid_from).filter(role=grant.role, unit=grant.unit_id)
    if held.exists():
        raise ValidationError(f"{holder} đã có vai trò này tại {grant.unit}, không cần ủy quyền.")
    other = StandIn.objects.filter(grant=grant).overlapping(valid_from, valid_to).select_related("holder").first()
    if other is not None:
        raise ValidationError(
            f"Vai trò này đã ủy quyền cho {other.holder} từ {other.valid_from:%d/%m/%Y} đến hết "
            f"{other.valid_to:%d/%m/%Y}. Cho thôi ủy quyền ấy trước, hoặc chọn ngày khác."
        )


@transaction.atomic
def take_back_role(stand_in: StandIn, *, by: User) -> StandIn:
    """End a stand-in before its last day (thôi ủy quyền); what was done in it stays as it was done."""
    row = StandIn.objects.select_for_update(of=("self",)).select_related("grant__unit", "lender").get(pk=stand_in.pk)
    refuse(why_not_take_back(row, by, today=clock.today()))
    row.withdrawn_at, row.withdrawn_by = clock.now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record_stand_in("role.taken_back", row, by=by)
    return row


def _record_stand_in(event: str, stand_in: StandIn, *, by: User) -> None:
    """The audit line of lending and taking back: which role, to whom, until when."""
    grant = stand_in.grant
    days = {"from": stand_in.valid_from.isoformat(), "to": stand_in.valid_to.isoformat()}
    record_act(
        event,
        by=by,
        subject=stand_in,
        unit=grant.unit,
        reason=stand_in.ground,
        detail={"role": grant.role, "lender": stand_in.lender_id, "holder": stand_in.holder_id, **days},
    )
