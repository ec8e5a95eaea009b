"""Freezing a report for the signature (chốt bản trình ký), and recording what the registry made of it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from indicators.rules.edition import CALCULATION
from indicators.services.issued import note_issued
from paper.document_json import to_json
from reports.choices import OWN, FileKind
from reports.exports.docx import document_docx
from reports.exports.kinds import KINDS
from reports.exports.pdf import document_pdf
from reports.models import FrozenFile, FrozenReport, Issuance, Report
from reports.permissions import why_not_draft, why_not_issue
from reports.services.building import check_code, draft_of, submission_of
from reports.services.own_months import tell_month
from reports.services.templates import template_of
from units import clock
from units.errors import LostRace, refuse
from units.models import StoredFile, User
from units.services import record_act, store_file
from vietnamese.text import nfc, slug

#: Letters of a code that nobody mistakes for others when copying it from paper.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
REPORT_WAS_CHANGED = "Báo cáo vừa được người khác sửa. Xem lại bản mới nhất rồi chốt."


@transaction.atomic
def freeze_report(report: Report, *, by: User, read_version: int | None = None) -> FrozenReport:
    """Keep rows, text, moment, version of the rules and the very bytes that go to the signature."""
    locked = locked_report(report)
    refuse(why_not_draft(locked, by))
    if read_version is not None and locked.version != read_version:
        raise LostRace(REPORT_WAS_CHANGED)
    code = _new_code()
    draft = draft_of(locked, check=check_code(locked, code), is_draft=False)
    missing = draft.material.own.missing if draft.material.own is not None else 0
    if missing:
        raise ValidationError(f"Còn {missing} dòng chưa có số liệu. Nhập đủ ở báo cáo tháng rồi chốt bản trình ký.")
    whole = draft.document
    frozen = FrozenReport(
        report=locked,
        code=code,
        title=whole.letter.title.plain[:400],
        issuer_name=locked.issuer.official_name,
        as_of=whole.made_at,
        calculation=CALCULATION,
        document=to_json(whole),
        frozen_by=by,
        frozen_at=clock.now(),
    )
    frozen.save()
    name = f"{locked.kind}-{slug(locked.period.name)}-{code.lower()}"
    keep_of_frozen(frozen, FileKind.FROZEN_PDF, SimpleUploadedFile(f"{name}.pdf", document_pdf(whole)), by=by)
    word = document_docx(whole, template_of(locked.issuer))
    keep_of_frozen(frozen, FileKind.FROZEN_WORD, SimpleUploadedFile(f"{name}.docx", word), by=by)
    record_act("report.frozen", by=by, subject=frozen, unit=locked.issuer, detail={"code": code})
    return frozen


@transaction.atomic
def record_issuance(
    report: Report,
    *,
    by: User,
    number: str,
    signed_on: date,
    signer: str,
    signed_file: UploadedFile[Any] | None = None,
) -> Issuance:
    """Record number, day and signer of the e-office, with the signed file as a further file of the same report."""
    locked = locked_report(report)
    refuse(why_not_issue(locked, by))
    frozen, month = locked.frozen, submission_of(locked) if locked.kind == OWN else None
    number, signer = nfc(number).strip(), nfc(signer).strip()
    if not number or not signer:
        raise ValidationError("Ghi đủ số, ký hiệu và người ký của bản đã ban hành.")
    if signed_on > clock.today():
        raise ValidationError(f"Ngày ký {signed_on:%d/%m/%Y} ở tương lai. Kiểm tra lại ngày của bản đã ký.")
    if signed_on < clock.local_date(frozen.frozen_at):
        raise ValidationError(f"Ngày ký {signed_on:%d/%m/%Y} trước ngày chốt bản trình ký. Kiểm tra lại.")
    last = frozen.issuances.order_by("-sequence").first()
    kept = keep_of_frozen(frozen, FileKind.SIGNED, signed_file, by=by) if signed_file else _kept_before(frozen, last)
    if kept is None and month is not None and month.signed_file is not None:
        kept = _keep_stored(frozen, FileKind.SIGNED, month.signed_file, by=by)  # entered with the month: not twice
    issuance = Issuance(
        frozen=frozen,
        sequence=(last.sequence if last else 0) + 1,
        number=number,
        signed_on=signed_on,
        signer=signer,
        file=kept,
        by=by,
        at=clock.now(),
    )
    issuance.save()
    if KINDS[locked.kind].states_figures:
        document = f"Báo cáo số {number} ngày {signed_on:%d/%m/%Y}"[:120]
        note_issued(locked.period, basis=locked.basis, as_of=frozen.as_of, document=document)
    detail = {"number": number, "signed_on": signed_on.isoformat(), "file": kept.sha256 if kept else ""}
    record_act("report.issued", by=by, subject=frozen, unit=locked.issuer, detail=detail)
    if month is not None:
        tell_month(locked, month, issuance, by=by)
    return issuance


def _kept_before(frozen: FrozenReport, last: Issuance | None) -> FrozenFile | None:
    """The signed file of the last record, or what was signed digitally here."""
    if last is not None and last.file is not None:
        return last.file
    return frozen.files.filter(kind=FileKind.DIGITAL).order_by("pk").last()


def keep_of_frozen(frozen: FrozenReport, kind: FileKind, upload: UploadedFile[Any], *, by: User) -> FrozenFile:
    """One file of the report, byte for byte, owned by its own row so that this row says who may read it."""
    return _keep_stored(frozen, kind, store_file(upload, by=by), by=by)


def _keep_stored(frozen: FrozenReport, kind: FileKind, stored: StoredFile, *, by: User) -> FrozenFile:
    """A file that is stored already becomes one of the report's."""
    if frozen.files.filter(sha256=stored.sha256).exists():
        raise ValidationError(f"Tệp “{stored.name}” đã có trong báo cáo này.")
    kept = FrozenFile(frozen=frozen, kind=kind, file=stored, sha256=stored.sha256, added_by=by, added_at=clock.now())
    kept.save()
    stored.owner = kept
    stored.save(update_fields=["owner_type", "owner_id"])
    return kept


def locked_report(report: Report) -> Report:
    """The report with its row taken, for an act."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "campaign__authority__kind", "campaign__standing_body__kind", "period", "issuer__kind", "issuer__parent"
    )
    return rows.get(pk=report.pk)


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not FrozenReport.objects.filter(code=code).exists():
            return code
