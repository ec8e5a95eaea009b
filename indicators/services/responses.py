"""Recording a unit's response to the launch: plan, day, pledge, and the levels that it pledges of its indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from campaign.models import LaunchResponse, Participation
from campaign.permissions import why_not_respond
from indicators.models import Assignment, Pledge
from units import clock
from units.choices import OWN_ROLES, Origin
from units.errors import LostRace, refuse
from units.models import StoredFile, User
from units.services import record_act, store_file
from vietnamese.dates import format_date
from vietnamese.text import nfc

CHANGED = "Phần hưởng ứng vừa được người khác ghi. Tải lại trang để xem rồi ghi tiếp."


@transaction.atomic
def record_response(
    part: Participation,
    *,
    by: User,
    read_version: int,
    plan_number: str = "",
    plan_on: date | None = None,
    plan_file: UploadedFile[Any] | None = None,
    launched_on: date | None = None,
    pledged_on: date | None = None,
    pledge_file: UploadedFile[Any] | None = None,
    note: str = "",
    pledges: Mapping[int, Decimal | None] | None = None,
    origin: str = Origin.OFFICE,
) -> LaunchResponse:
    """Write the response of one unit; ``pledges`` maps its indicators to levels, None takes one away.

    ``read_version`` is the version that the person saw, 0 before the first. The standing body records for a unit on
    its behalf, and the audit line names the unit.
    """
    refuse(why_not_respond(part, by))
    Participation.objects.select_for_update(of=("self",)).get(pk=part.pk)
    row = LaunchResponse.objects.filter(participation=part).first() or LaunchResponse(participation=part)
    if row.version != read_version:
        raise LostRace(CHANGED)
    _check_days(plan_number, plan_on, launched_on, pledged_on)
    row.plan_number, row.plan_on = nfc(plan_number).strip(), plan_on
    row.launched_on, row.pledged_on, row.note = launched_on, pledged_on, nfc(note).strip()
    row.version += 1
    row.recorded_by, row.recorded_at, row.origin = by, clock.now(), origin
    row.save()
    row.plan_file = _kept(row, plan_file, by) or row.plan_file
    row.pledge_file = _kept(row, pledge_file, by) or row.pledge_file
    row.save(update_fields=["plan_file", "pledge_file"])
    changed = _write_pledges(part, pledges or {}, by, origin)
    is_own = by.holds_at(part.unit, *OWN_ROLES)
    record_act(
        "response.recorded",
        by=by,
        subject=row,
        unit=part.unit,
        on_behalf_of=None if is_own else part.unit,
        detail={"pledges": changed},
    )
    return row


def _check_days(plan_number: str, plan_on: date | None, *days: date | None) -> None:
    """A plan has number and day; nothing of it lies in the future."""
    if bool(plan_number.strip()) != (plan_on is not None):
        raise ValidationError("Ghi đủ cả số và ngày của kế hoạch hưởng ứng.")
    late = next((day for day in (plan_on, *days) if day and day > clock.today()), None)
    if late:
        raise ValidationError(f"Ngày {format_date(late)} ở tương lai. Kiểm tra lại.")


def _kept(row: LaunchResponse, upload: UploadedFile[Any] | None, by: User) -> StoredFile | None:
    return store_file(upload, by=by, owner=row) if upload else None


def _write_pledges(
    part: Participation, pledges: Mapping[int, Decimal | None], by: User, origin: str
) -> dict[str, list[str | None]]:
    """Levels by indicator; only of rows that the unit reports. Returns what changed: before and after."""
    own = Assignment.objects.reporting().filter(
        unit=part.unit_id, indicator__campaign=part.campaign_id, indicator__in=pledges
    )
    known = set(own.values_list("indicator_id", flat=True))
    if set(pledges) - known:
        raise ValidationError("Chỉ đăng ký được mức phấn đấu của chỉ tiêu giao cho đơn vị.")
    rows = {row.indicator_id: row for row in Pledge.objects.filter(unit=part.unit_id, indicator__in=known)}
    changed: dict[str, list[str | None]] = {}
    for pk, amount in pledges.items():
        before = rows[pk].amount if pk in rows else None
        if before == amount:
            continue
        changed[str(pk)] = [None if before is None else str(before), None if amount is None else str(amount)]
        if amount is None:
            rows[pk].delete()
        else:
            values = {"amount": amount, "recorded_by": by, "recorded_at": clock.now(), "origin": origin}
            Pledge.objects.update_or_create(indicator_id=pk, unit_id=part.unit_id, defaults=values)
    return changed
