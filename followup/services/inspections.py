"""Inspections with their findings and papers, and conclusions of meetings, as the standing body records them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from campaign.models import Campaign, ContentArea
from followup.choices import PaperKind
from followup.models import Conclusion, Inspection, InspectionPaper
from followup.permissions import (
    why_not_keep,
)
from followup.services.steps import check_past
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act, store_file
from vietnamese.dates import format_date
from vietnamese.text import nfc


@transaction.atomic
def record_inspection(
    campaign: Campaign,
    *,
    by: User,
    name: str,
    units: Collection[OrgUnit],
    starts_on: date,
    ends_on: date | None = None,
    areas: Collection[ContentArea] = (),
    led_by: str = "",
    strengths: str = "",
    shortcomings: str = "",
    origin: str = Origin.OFFICE,
) -> Inspection:
    """Record an inspection of some units."""
    refuse(why_not_keep(campaign, by))
    if not units:
        raise ValidationError("Chọn ít nhất một đơn vị được kiểm tra.")
    if ends_on and ends_on < starts_on:
        raise ValidationError("Ngày kết thúc kiểm tra phải từ ngày bắt đầu trở đi.")
    row = Inspection.objects.create(
        campaign=campaign,
        name=nfc(name).strip(),
        led_by=nfc(led_by).strip(),
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        strengths=nfc(strengths).strip(),
        shortcomings=nfc(shortcomings).strip(),
        recorded_by=by,
        recorded_at=clock.now(),
        origin=origin,
    )
    row.units.set(units)
    row.areas.set(areas)
    record_act("inspection.recorded", by=by, subject=row, unit=campaign.authority)
    return row


@transaction.atomic
def note_findings(inspection: Inspection, *, by: User, strengths: str, shortcomings: str) -> Inspection:
    """Write what an inspection found; the audit keeps what stood before."""
    row = Inspection.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=inspection.pk)
    refuse(why_not_keep(row.campaign, by))
    before = {"strengths": row.strengths, "shortcomings": row.shortcomings}
    row.strengths, row.shortcomings = nfc(strengths).strip(), nfc(shortcomings).strip()
    row.save(update_fields=["strengths", "shortcomings"])
    record_act("inspection.findings_noted", by=by, subject=row, unit=row.campaign.authority, detail=before)
    return row


@transaction.atomic
def add_paper(
    inspection: Inspection,
    *,
    by: User,
    kind: str,
    number: str,
    dated: date,
    unit: OrgUnit | None = None,
    file: UploadedFile[Any] | None = None,
) -> InspectionPaper:
    """Add a paper of an inspection: kế hoạch, quyết định đoàn, biên bản, thông báo kết quả."""
    refuse(why_not_keep(inspection.campaign, by))
    number = nfc(number).strip()
    check_past(dated, "ngày văn bản")
    if kind in (PaperKind.MINUTES, PaperKind.RESULT) and dated < inspection.starts_on:
        raise ValidationError(
            f"{PaperKind(kind).label} ngày {format_date(dated)} có trước ngày bắt đầu kiểm tra "
            f"{format_date(inspection.starts_on)}. Kiểm tra lại."
        )
    if inspection.papers.filter(kind=kind, number=number).exists():
        raise ValidationError(f"Văn bản số {number} của cuộc kiểm tra đã có.")
    stored = store_file(file, by=by, owner=inspection) if file else None
    row = InspectionPaper.objects.create(
        inspection=inspection,
        kind=kind,
        number=number,
        dated=dated,
        unit=unit,
        file=stored,
        added_by=by,
        added_at=clock.now(),
    )
    record_act("inspection.paper_added", by=by, subject=inspection, unit=unit, detail={"paper": str(row)})
    return row


@transaction.atomic
def record_conclusion(
    campaign: Campaign,
    *,
    by: User,
    meeting: str,
    dated: date,
    number: str = "",
    chaired_by: str = "",
    text: str = "",
    file: UploadedFile[Any] | None = None,
    origin: str = Origin.OFFICE,
) -> Conclusion:
    """Record what a meeting concluded."""
    refuse(why_not_keep(campaign, by))
    check_past(dated, "ngày thông báo kết luận")
    number = nfc(number).strip()
    if number and Conclusion.objects.filter(campaign=campaign, number=number, dated=dated).exists():
        raise ValidationError(f"Thông báo kết luận số {number} đã được ghi.")
    row = Conclusion.objects.create(
        campaign=campaign,
        meeting=nfc(meeting).strip(),
        number=number,
        dated=dated,
        chaired_by=nfc(chaired_by).strip(),
        text=nfc(text).strip(),
        recorded_by=by,
        recorded_at=clock.now(),
        origin=origin,
    )
    if file:
        row.file = store_file(file, by=by, owner=row)
        row.save(update_fields=["file"])
    record_act("conclusion.recorded", by=by, subject=row, unit=campaign.authority)
    return row
