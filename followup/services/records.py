"""Good work: examples, models, news and proposals of praise under their content areas."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from campaign.models import Campaign, ContentArea
from followup.models import Record
from followup.permissions import (
    why_not_record,
    why_not_withdraw_record,
)
from followup.services.steps import check_past
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act, store_file
from vietnamese.text import nfc


@transaction.atomic
def record_good_work(
    campaign: Campaign,
    *,
    by: User,
    kind: str,
    area: ContentArea,
    title: str,
    happened_on: date,
    unit: OrgUnit | None = None,
    text: str = "",
    outlet: str = "",
    link: str = "",
    file: UploadedFile[Any] | None = None,
    origin: str = Origin.OFFICE,
) -> Record:
    """Record an example, a model, a piece of news, or a proposal of praise under a content area."""
    refuse(why_not_record(campaign, unit, by))
    check_past(happened_on, "ngày")
    if kind == "praise" and unit is None:
        raise ValidationError("Chọn đơn vị của tập thể, cá nhân được đề xuất biểu dương.")
    row = Record.objects.create(
        campaign=campaign,
        area=area,
        unit=unit,
        kind=kind,
        title=nfc(title).strip(),
        text=nfc(text).strip(),
        happened_on=happened_on,
        outlet=nfc(outlet).strip(),
        link=link,
        recorded_by=by,
        recorded_at=clock.now(),
        origin=origin,
    )
    if file:
        row.file = store_file(file, by=by, owner=row)
        row.save(update_fields=["file"])
    record_act("record.added", by=by, subject=row, unit=unit)
    return row


@transaction.atomic
def withdraw_record(record: Record, *, by: User) -> Record:
    """Take a record off the lists; the row stays."""
    row = Record.objects.select_for_update(of=("self",)).select_related("campaign", "unit").get(pk=record.pk)
    refuse(why_not_withdraw_record(row, by))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    record_act("record.withdrawn", by=by, subject=row, unit=row.unit)
    return row
