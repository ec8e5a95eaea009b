"""Drafting a report: opening one, choosing, writing parts; two people never overwrite each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Campaign, ContentArea, Period, Submission
from indicators.tables.standings import OFFICIAL, SENT
from reports.choices import OWN
from reports.exports.kind import AREA, AUTHORITY, STANDING, UNIT, Kind
from reports.exports.kinds import KINDS
from reports.models import PartText, Report
from reports.permissions import why_not_draft, why_not_own, why_not_write
from reports.services.building import draft_of, last_texts
from units import clock
from units.errors import LostRace, refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.text import nfc

CHOICES = (
    "basis",
    "as_of",
    "about",
    "addressees",
    "recipients",
    "kept",
    "signer",
    "signer_name",
    "left_out",
    "has_code_on_text",
    "has_code_on_annexes",
)
#: What one report takes over from the last of its kind: all but the figures on which it stands.
TAKEN_OVER = tuple(name for name in CHOICES if name not in ("basis", "as_of"))
CHOICES_WERE_CHANGED = "Người khác vừa đổi thiết lập của báo cáo này. Xem thiết lập mới rồi lưu lại."
PART_WAS_CHANGED = "Người khác vừa sửa phần này. Nội dung anh/chị viết còn nguyên dưới đây; xem bản mới rồi lưu lại."


@transaction.atomic
def open_report(
    campaign: Campaign,
    kind: str,
    period: Period,
    *,
    by: User | None,
    issuer: OrgUnit | None = None,
    basis: str = OFFICIAL,
    area: ContentArea | None = None,
    unit: OrgUnit | None = None,
    previous: Report | None = None,
) -> Report:
    """Begin a report; recipients, signer and the like are taken over from the last one of its kind and issuer.

    ``by`` None: the clock alone brings it about (``reports/services/due.py``).
    """
    chosen = _kind(kind)
    writer = issuer or campaign.standing_body
    report = Report(
        campaign=campaign,
        kind=kind,
        period=period,
        issuer=writer,
        area=area if chosen.scope == AREA else None,
        unit=unit if chosen.scope == UNIT else None,
        basis=basis,
        is_internal=chosen.is_internal,
        previous=previous,
        created_by=by,
        created_at=clock.now(),
        **_taken_over(previous or _last_like(campaign, kind, writer), keep_all=previous is not None),
    )
    refuse(why_not_write(report, by) if by is not None else "")
    _check_issuer(campaign, chosen, writer)
    _check_scope(campaign, chosen, area)
    if period.campaign_id != campaign.pk:
        raise ValidationError("Kỳ báo cáo không thuộc phong trào thi đua này.")
    report.save()
    if previous is not None and by is not None:
        _copy_texts(previous, report, by)
    record_act("report.opened", by=by, subject=report, unit=writer, detail={"kind": kind, "period": period.pk})
    return report


@transaction.atomic
def open_own_report(submission: Submission, *, by: User) -> Report:
    """A unit's own report of a period: the one that it has, or else a new draft."""
    part = submission.participation
    refuse(why_not_own(part.unit_id, by))
    Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    kept = Report.objects.own().filter(campaign=part.campaign, period=submission.period, issuer=part.unit)
    unit = part.unit
    return kept.order_by("-pk").first() or open_report(
        part.campaign, OWN, submission.period, by=by, issuer=unit, unit=unit, basis=SENT
    )


@transaction.atomic
def redraft_report(report: Report, *, by: User) -> Report:
    """Draw a frozen report up anew, with its choices and its written parts."""
    report = Report.objects.with_letter().get(pk=report.pk)
    refuse(why_not_write(report, by))
    if report.frozen_or_none is None:
        raise ValidationError("Báo cáo chưa chốt bản trình ký nên sửa ngay trên dự thảo.")
    return open_report(
        report.campaign,
        report.kind,
        report.period,
        by=by,
        issuer=report.issuer,
        basis=report.basis,
        area=report.area,
        unit=report.unit,
        previous=report,
    )


@transaction.atomic
def choose(report: Report, values: Mapping[str, Any], *, by: User, read_version: int) -> Report:
    """Change what the office chooses of a report."""
    locked = _locked(report, by)
    if locked.version != read_version:
        raise LostRace(CHOICES_WERE_CHANGED)
    unknown = set(values) - set(CHOICES)
    if unknown:
        raise ValueError(f"not a choice of a report: {sorted(unknown)}")
    as_of: datetime | None = values.get("as_of")
    if as_of is not None and as_of > clock.now():
        raise ValidationError("Thời điểm tính số liệu không được ở tương lai.")
    for name, value in values.items():
        setattr(locked, name, nfc(value).strip() if isinstance(value, str) else value)
    locked.version += 1
    locked.full_clean(exclude=["campaign", "period", "issuer", "area", "unit", "previous", "created_by"])
    locked.save()
    record_act("report.chosen", by=by, subject=locked, unit=locked.issuer, detail={"fields": sorted(values)})
    return locked


@transaction.atomic
def write_part(report: Report, part: str, text: str, *, by: User, read_sequence: int) -> PartText:
    """Write a part of the text in place of the suggestion. LostRace where somebody wrote it since it was read."""
    locked = _locked(report, by)
    draft = draft_of(locked)
    suggested = draft.suggestion(part)
    if suggested is None:
        raise ValidationError("Báo cáo không có phần này. Tải lại trang.")
    written = "\n".join(line.strip() for line in nfc(text).splitlines() if line.strip())
    if not written:
        raise ValidationError("Phần này không có nội dung. Ghi nội dung, hoặc bỏ phần này ở mục thiết lập.")
    return _append(locked, part, written, suggested.text, by=by, read_sequence=read_sequence)


@transaction.atomic
def take_suggestion(report: Report, part: str, *, by: User, read_sequence: int) -> PartText:
    """Give a part back to the program; what was written stays in the history."""
    return _append(_locked(report, by), part, "", "", by=by, read_sequence=read_sequence)


def _append(report: Report, part: str, text: str, suggestion: str, *, by: User, read_sequence: int) -> PartText:
    last = last_texts(report).get(part)
    sequence = last.sequence if last else 0
    if sequence != read_sequence:
        raise LostRace(PART_WAS_CHANGED)
    is_suggestion = not text or text == suggestion
    row = PartText(
        report=report,
        part=part,
        sequence=sequence + 1,
        text="" if is_suggestion else text,
        suggestion=suggestion,
        is_suggestion=is_suggestion,
        by=by,
        at=clock.now(),
    )
    row.save()
    record_act("report.written", by=by, subject=report, unit=report.issuer, detail={"part": part})
    return row


def _locked(report: Report, by: User) -> Report:
    """The report as it stands, locked; refused where the person may not write."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "campaign__authority__kind",
        "campaign__standing_body__kind",
        "period",
        "issuer__kind",
        "issuer__parent",
        "area",
        "unit",
    )
    locked = rows.get(pk=report.pk)
    refuse(why_not_draft(locked, by))
    return locked


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise ValidationError("Không có loại báo cáo này.")
    return KINDS[key]


def _check_issuer(campaign: Campaign, kind: Kind, issuer: OrgUnit) -> None:
    if kind.is_own and campaign.participations.filter(unit=issuer).exists():
        return
    place = {campaign.standing_body_id: STANDING, campaign.authority_id: AUTHORITY}.get(issuer.pk, "")
    if place not in kind.issuers:
        raise ValidationError(f"“{kind.label}” không do {issuer.official_name} ban hành.")


def _check_scope(campaign: Campaign, kind: Kind, area: ContentArea | None) -> None:
    if kind.scope == AREA and area is None:
        raise ValidationError(f"“{kind.label}” nói về một nội dung: chọn nội dung thi đua.")
    if area is not None and area.campaign_id != campaign.pk:
        raise ValidationError("Nội dung thi đua không thuộc phong trào này.")


def _last_like(campaign: Campaign, kind: str, issuer: OrgUnit) -> Report | None:
    return Report.objects.filter(campaign=campaign, kind=kind, issuer=issuer).order_by("-pk").first()


def _taken_over(source: Report | None, *, keep_all: bool) -> dict[str, Any]:
    """What the office need not choose again; a report drawn up anew keeps everything."""
    if source is None:
        return {}
    own_to_each = () if keep_all else ("about",)
    return {name: getattr(source, name) for name in TAKEN_OVER if name not in own_to_each}


def _copy_texts(source: Report, report: Report, by: User) -> None:
    for row in last_texts(source).values():
        if not row.is_suggestion:
            copied = {"part": row.part, "text": row.text, "suggestion": row.suggestion}
            PartText(report=report, sequence=1, by=by, at=clock.now(), **copied).save()
