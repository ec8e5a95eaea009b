"""What a move of a report demands beside the right person, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import Submission
from campaign.rules.workflow import Move
from indicators.choices import FigureState, IndicatorKind
from indicators.models import Denominator, Figure
from indicators.permissions import led_indicator_ids
from indicators.services.corrections import Correction, check_corrections
from units import clock
from units.choices import Role
from units.models import StoredFile, User


@dataclass(frozen=True)
class Particulars:
    """What a move brings along: reason, marked figures, signed report, expiry of a reopening, in whose place."""

    reason: str = ""
    marked: Mapping[int, str] = field(default_factory=dict)
    signed_number: str = ""
    signed_on: date | None = None
    signed_file: StoredFile | None = None
    expires_on: date | None = None
    corrections: Sequence[Correction] = ()
    document: str = ""
    document_on: date | None = None
    stand_in_id: int | None = None


def check_particulars(move: Move, report: Submission, particulars: Particulars, by: User) -> None:
    """Raise what is missing or wrong in what the move brings along."""
    if move.needs_reason and not particulars.reason:
        raise ValidationError(f"Ghi lý do khi thực hiện bước “{move.label}” để đơn vị biết cần làm gì.")
    if move.needs_expiry and (particulars.expires_on is None or particulars.expires_on < clock.today()):
        raise ValidationError("Chọn ngày hết hạn mở lại, từ hôm nay trở đi.")
    if move.needs_signed_report:
        _check_signed(particulars)
    if move.needs_complete_figures:
        _check_complete(report)
        _check_ratios(report)
    if move.needs_corrections:
        check_corrections(report, particulars.corrections, particulars.document, particulars.document_on, by)
    if move.needs_marked_figures and not particulars.marked:
        raise ValidationError("Chọn ít nhất một số liệu cần kiểm tra lại.")
    if particulars.marked and not move.allows_marked_figures:
        raise ValidationError(f"Bước “{move.label}” áp dụng cho cả báo cáo, không đánh dấu từng số liệu.")
    if particulars.marked:
        _check_marked(move, report, particulars, by)


def _check_signed(particulars: Particulars) -> None:
    """A signed report has a number and a day that has come."""
    if not particulars.signed_number or particulars.signed_on is None:
        raise ValidationError("Ghi đủ số và ngày của báo cáo đã ký.")
    if particulars.signed_on > clock.today():
        raise ValidationError(f"Ngày ký {particulars.signed_on:%d/%m/%Y} ở tương lai. Kiểm tra lại ngày của bản đã ký.")


def _check_complete(report: Submission) -> None:
    """Every owed row has a figure, a zero, or "không phát sinh"."""
    rows = Figure.objects.filter(submission=report).missing().order_by("pk")
    names = list(rows.values_list("assignment__indicator__short_name", flat=True))
    if names:
        listed = ", ".join(names[:5]) + (f" và {len(names) - 5} dòng nữa" if len(names) > 5 else "")
        raise ValidationError(f"Còn {len(names)} dòng chưa có số liệu: {listed}. Nhập đủ rồi gửi lại.")


def _check_ratios(report: Submission) -> None:
    """Every reported ratio stands on its reported bases: each is there, and none is zero under a number."""
    rows = Figure.objects.filter(submission=report, kind=IndicatorKind.RATIO, state=FigureState.REPORTED)
    columns = ("assignment__indicator_id", "assignment__indicator__short_name", "amount", "denominators")
    told = list(rows.order_by("pk").values_list(*columns))
    bases = Denominator.objects.filter(indicator__in={row[0] for row in told}, is_reported=True)
    reported = list(bases.values_list("indicator_id", "pk", "name")) if told else []
    for indicator_id, name, above, amounts in told:
        for pk, base in [(pk, base) for owner, pk, base in reported if owner == indicator_id]:
            amount = amounts.get(str(pk))
            if amount is None:
                raise ValidationError(f"“{name}” chưa có mẫu số “{base}”. Nhập đủ rồi gửi lại.")
            if Decimal(amount) == 0 and above:
                raise ValidationError(f"“{name}” có số nhưng mẫu số “{base}” bằng 0. Kiểm tra lại rồi gửi.")


def _check_marked(move: Move, report: Submission, particulars: Particulars, by: User) -> None:
    """Marked figures belong to the report; a lead department marks only its own indicators."""
    rows = Figure.objects.filter(submission=report, pk__in=particulars.marked)
    by_indicator = dict(rows.order_by().values_list("pk", "assignment__indicator_id"))
    if set(particulars.marked) - set(by_indicator):
        raise ValidationError("Có số liệu được đánh dấu không thuộc báo cáo này. Tải lại trang rồi làm lại.")
    if move.who == (Role.REVIEWER,) and set(by_indicator.values()) - led_indicator_ids(by):
        raise PermissionDenied("Chỉ đề nghị kiểm tra lại được số liệu của chỉ tiêu do đơn vị mình chủ trì.")
