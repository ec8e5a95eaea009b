"""Confirming figures: the lead department's own check, beside the receipt and waiting for nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from indicators.choices import VersionKind
from indicators.models import VALUE_FIELDS, Figure
from indicators.permissions import led_indicator_ids, stand_in_of_lead, why_not_confirm
from indicators.services.figures import clean_values, version_of
from indicators.services.totals import lock_totals, refresh_figures
from units.errors import LostRace, refuse
from units.models import User
from units.services import record_act
from vietnamese.text import nfc


class Seen(NamedTuple):
    """A figure as the person had it before the eyes: the version that was sent, and whether it is being asked again."""

    version_id: int
    is_asked: bool = False


@transaction.atomic
def confirm_figures(figures: Sequence[Figure], *, by: User, seen: Mapping[int, Seen] | None = None) -> int:
    """Confirm (xác nhận) the versions that were sent; returns how many. One that may not be confirmed stops all.

    ``seen`` tells how each figure stood before the person's eyes: what was sent anew since, confirmed by another or
    asked again meanwhile, is a lost race.
    """
    rows = _locked(figures)
    for row in rows:
        _check_seen(row, seen)
    led = led_indicator_ids(by)
    changed = []
    for row in rows:
        refuse(why_not_confirm(row, by, led=led), about=row.assignment.unit.short_name)
        if row.confirmed_version_id != row.sent_version_id:
            row.confirmed_version = row.sent_version
            changed.append(row)
    if changed:
        Figure.objects.bulk_update(changed, ["confirmed_version"])
        _finish("figures.confirmed", changed, by=by)
    return len(changed)


def _check_seen(row: Figure, seen: Mapping[int, Seen] | None) -> None:
    """Raise who was faster: the unit with a new number, or another person with the same act."""
    if seen is None or row.pk not in seen:
        return
    name = row.assignment.unit.short_name
    if row.sent_version_id != seen[row.pk].version_id:
        raise LostRace(f"{name} vừa gửi lại số khác. Tải lại trang để xem số mới rồi xác nhận.")
    if row.confirmed_version_id == row.sent_version_id:
        raise LostRace(f"Số của {name} vừa được người khác xác nhận. Tải lại trang để xem.")
    if row.is_asked and not seen[row.pk].is_asked:
        raise LostRace(f"Số của {name} vừa được đề nghị kiểm tra lại. Tải lại trang để xem lý do rồi xác nhận.")


@transaction.atomic
def withdraw_confirmation(figure: Figure, *, by: User, reason: str) -> Figure:
    """Take back a confirmation, and the reconciled value that it stood on, with the reason; the version stays."""
    [row] = _locked([figure])
    if row.assignment.indicator_id not in led_indicator_ids(by):
        raise PermissionDenied("Chỉ cơ quan chủ trì chỉ tiêu mới bỏ xác nhận được.")
    if row.confirmed_version_id is None:
        raise ValidationError("Số liệu này chưa được xác nhận.")
    if not reason.strip():
        raise ValidationError("Ghi lý do bỏ xác nhận.")
    row.confirmed_version = None
    row.reconciled_version = None
    row.save(update_fields=["confirmed_version", "reconciled_version"])
    _finish("figure.confirmation_withdrawn", [row], by=by, reason=reason)
    return row


@transaction.atomic
def reconcile_figure(figure: Figure, values: Mapping[str, Any], *, by: User, ground: str) -> Figure:
    """Set the *số liệu sau đối chiếu*: a version beside the unit's figure, never over it."""
    [row] = _locked([figure])
    if row.assignment.indicator_id not in led_indicator_ids(by):
        raise PermissionDenied("Chỉ cơ quan chủ trì chỉ tiêu mới nhập được số liệu sau đối chiếu.")
    if row.sent_version is None:
        raise ValidationError("Đơn vị chưa gửi số liệu này; nếu đơn vị báo qua kênh khác thì dùng “Nhập thay”.")
    if not ground.strip():
        raise ValidationError("Ghi căn cứ đối chiếu, ví dụ: số liệu của Kho bạc đến ngày nào.")
    shadow = _as_sent(row)
    for name, value in clean_values(row, values).items():
        setattr(shadow, name, value)
    row.version += 1
    shadow.version = row.version
    version = version_of(shadow, kind=VersionKind.RECONCILED, by=by, reason=ground)
    version.stand_in_id = stand_in_of_lead(row.assignment.indicator, by)
    version.save()
    row.reconciled_version = version
    row.confirmed_version = version
    row.save(update_fields=["version", "reconciled_version", "confirmed_version"])
    _finish("figure.reconciled", [row], by=by, reason=ground)
    return row


def _as_sent(row: Figure) -> Figure:
    """A copy of the row, never saved, that holds the values that the unit sent."""
    shadow = Figure(pk=row.pk, assignment=row.assignment, period=row.period, kind=row.kind, version=row.version)
    for name in VALUE_FIELDS:
        setattr(shadow, name, getattr(row.sent_version, name))
    return shadow


def _locked(figures: Sequence[Figure]) -> list[Figure]:
    """The figures as they stand, locked in one order behind their campaign's totals."""
    if figures:
        lock_totals(figures[0].assignment.indicator.campaign)
    rows = Figure.objects.select_for_update(of=("self",)).select_related(
        "assignment__indicator__campaign", "assignment__unit", "period", "submission", "sent_version"
    )
    return list(rows.filter(pk__in=[figure.pk for figure in figures]).order_by("pk"))


def _finish(event: str, figures: list[Figure], *, by: User, reason: str = "") -> None:
    """Totals and one audit line for each indicator and period that the act touched."""
    refresh_figures(figures)
    groups: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.assignment.indicator_id, figure.period_id), []).append(figure)
    for rows in groups.values():
        first = rows[0]
        record_act(
            event,
            by=by,
            subject=first if len(rows) == 1 else first.assignment.indicator,
            unit=first.assignment.unit if len(rows) == 1 else None,
            reason=nfc(reason),
            stand_in_id=stand_in_of_lead(first.assignment.indicator, by),
            detail={"figures": [row.pk for row in rows], "period": first.period_id},
        )
