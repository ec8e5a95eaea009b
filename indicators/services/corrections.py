"""Điều chỉnh số liệu: new versions of single figures of a received or closed month, each with reason and document.

The act passes through ``make_move`` like every other; here its values are checked and written. The official figure
stays what was received until the office receives the report again, and reports drawn up before keep their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from campaign.models import Submission
from indicators.choices import VersionKind
from indicators.models import VALUE_FIELDS, Figure
from indicators.services.figures import CELL_WAS_CHANGED, as_running_total, clean_values, version_of
from units import clock
from units.choices import Role
from units.errors import LostRace
from units.models import OrgUnit, User
from vietnamese.text import nfc


@dataclass(frozen=True)
class Correction:
    """One figure with its new values and the version that the person saw."""

    figure_id: int
    read_version: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """What a correction stands on, and for whom it is made."""

    reason: str
    document: str = ""
    document_on: date | None = None
    on_behalf_of: OrgUnit | None = None
    stand_in_id: int | None = None


def check_corrections(
    report: Submission, corrections: Sequence[Correction], document: str, document_on: date | None, by: User
) -> None:
    """Raise what is missing: at least one new value, and the letter signed by the head unless the head corrects."""
    if not corrections:
        raise ValidationError("Nhập số điều chỉnh cho ít nhất một chỉ tiêu.")
    if document_on is not None and document_on > clock.today():
        raise ValidationError(f"Ngày văn bản {document_on:%d/%m/%Y} ở tương lai. Kiểm tra lại.")
    campaign, unit = report.participation.campaign, report.participation.unit
    is_signed = bool(document) and document_on is not None
    if campaign.requires_endorsement and not is_signed and not by.holds_at(unit, Role.HEAD):
        raise ValidationError(
            "Ghi số và ngày văn bản điều chỉnh do thủ trưởng ký; nếu chưa có văn bản thì để thủ trưởng tự điều chỉnh."
        )


def write_corrections(
    report: Submission, corrections: Sequence[Correction], *, by: User, ground: Ground
) -> dict[int, str]:
    """Write the new values and their versions, rows locked in one order; the changed figures with the reason."""
    by_figure = {one.figure_id: one for one in corrections}
    rows = Figure.objects.select_for_update(of=("self",)).select_related("assignment__indicator").order_by("pk")
    figures = list(rows.filter(submission=report, pk__in=by_figure))
    if len(figures) != len(by_figure):
        raise ValidationError("Có số liệu không thuộc báo cáo này. Tải lại trang rồi nhập lại.")
    for figure in figures:
        figure.submission = report
    changed = [figure for figure in figures if _correct(figure, by_figure[figure.pk], by=by, ground=ground)]
    if not changed:
        raise ValidationError("Số điều chỉnh giống số đang có nên không có gì thay đổi.")
    return {figure.pk: ground.reason for figure in changed}


def _correct(figure: Figure, correction: Correction, *, by: User, ground: Ground) -> bool:
    """Put the new values on one row and keep them as a version; False where nothing changes."""
    if figure.version != correction.read_version:
        raise LostRace(CELL_WAS_CHANGED.format(name=figure.assignment.indicator.short_name))
    before = {name: getattr(figure, name) for name in VALUE_FIELDS}
    for name, value in {**clean_values(figure, correction.values), **as_running_total(figure)}.items():
        setattr(figure, name, value)
    if all(getattr(figure, name) == before[name] for name in VALUE_FIELDS):
        return False
    figure.version += 1
    version = version_of(figure, kind=VersionKind.CORRECTION, by=by, reason=ground.reason)
    version.document, version.document_on = nfc(ground.document), ground.document_on
    version.on_behalf_of, version.stand_in_id = ground.on_behalf_of, ground.stand_in_id
    version.save()
    figure.save(update_fields=[*VALUE_FIELDS, "version"])
    return True
