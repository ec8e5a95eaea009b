"""Action items: given to an owner with a day, reported done with a proof, sent back with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse

from campaign.models import ContentArea
from followup.models import ActionItem, Conclusion, Inspection
from followup.permissions import (
    why_not_keep,
    why_not_reopen_item,
    why_not_report_done,
)
from followup.services.notices import notify, owner_people, standing_people
from followup.services.steps import check_day
from indicators.models import Indicator
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act, store_file
from vietnamese.dates import format_date
from vietnamese.text import nfc


@transaction.atomic
def add_action(
    source: Inspection | Conclusion,
    *,
    by: User,
    text: str,
    owner_unit: OrgUnit,
    due_on: date,
    owner: str = "",
    indicator: Indicator | None = None,
    area: ContentArea | None = None,
    origin: str = Origin.OFFICE,
) -> ActionItem:
    """Add what an inspection recommends or a conclusion asks for, with owner and day; the owner is told."""
    campaign = source.campaign
    refuse(why_not_keep(campaign, by))
    _check_after(source, due_on)
    row = ActionItem.objects.create(
        campaign=campaign,
        inspection=source if isinstance(source, Inspection) else None,
        conclusion=source if isinstance(source, Conclusion) else None,
        text=nfc(text).strip(),
        owner_unit=owner_unit,
        owner=nfc(owner).strip(),
        indicator=indicator,
        area=area or (indicator.area if indicator else None),
        due_on=due_on,
        added_by=by,
        added_at=clock.now(),
        origin=origin,
    )
    record_act("action_item.added", by=by, subject=row, unit=owner_unit)
    _tell(row, owner_people(owner_unit), f"Việc được giao, hạn {format_date(due_on)}: {row.text[:120]}", by)
    return row


@transaction.atomic
def report_done(item: ActionItem, *, by: User, result: str, file: UploadedFile[Any] | None = None) -> ActionItem:
    """Write the result of an action item, with a proof where there is one."""
    row = _locked_item(item)
    refuse(why_not_report_done(row, by))
    if not nfc(result).strip():
        raise ValidationError("Ghi kết quả đã làm được.")
    row.result, row.done_at, row.done_by = nfc(result).strip(), clock.now(), by
    row.proof = store_file(file, by=by, owner=row) if file else None
    row.save()
    record_act("action_item.done", by=by, subject=row, unit=row.owner_unit, reason=row.result)
    _tell(row, standing_people(row.campaign), f"{row.owner_unit.name} báo kết quả: {row.text[:120]}", by)
    return row


@transaction.atomic
def reopen_item(item: ActionItem, *, by: User, reason: str, due_on: date | None = None) -> ActionItem:
    """Send an action item back with a reason; its former result stays in the audit trail."""
    row = _locked_item(item)
    refuse(why_not_reopen_item(row, by))
    if not nfc(reason).strip():
        raise ValidationError("Ghi lý do mở lại để đơn vị biết còn thiếu gì.")
    before = row.result
    row.result, row.done_at, row.done_by, row.proof = "", None, None, None
    row.due_on = check_day(due_on, "hạn mới") if due_on else row.due_on
    row.save()
    detail = {"result": before}
    record_act("action_item.reopened", by=by, subject=row, unit=row.owner_unit, reason=nfc(reason), detail=detail)
    _tell(row, owner_people(row.owner_unit), f"Mở lại việc được giao: {row.text[:120]}", by)
    return row


def _check_after(source: Inspection | Conclusion, due_on: date) -> None:
    """Work may be written down after its day is over, but its day never lies before what it follows from."""
    begun = source.starts_on if isinstance(source, Inspection) else source.dated
    if due_on < begun:
        word = "cuộc kiểm tra" if isinstance(source, Inspection) else "kết luận"
        raise ValidationError(
            f"Hạn {format_date(due_on)} có trước ngày của {word} ({format_date(begun)}). Kiểm tra lại."
        )


def _locked_item(item: ActionItem) -> ActionItem:
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("campaign", "owner_unit")
    return rows.get(pk=item.pk)


def _tell(row: models.Model, people: Collection[User], text: str, by: User) -> None:
    notify(people, text, reverse("followup:action", args=[row.pk]), by=by)
