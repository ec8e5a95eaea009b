"""Entering figures of the same period last year (số cùng kỳ) with their source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from indicators.models import Indicator, PriorFigure
from indicators.permissions import why_not_enter_prior
from units.choices import Origin
from units.errors import refuse
from units.models import User
from units.services import record_act
from vietnamese.text import nfc

#: An assignment and a period.
Place = tuple[int, int]
MEASURES = ("amount", "cumulative", "rate")
NO_SOURCE = "Ghi nguồn của số cùng kỳ, ví dụ: Báo cáo số …/BC-UBND ngày …, Niên giám thống kê năm trước."
NOT_OF_THIS = "Có ô không thuộc chỉ tiêu này. Tải lại trang rồi nhập lại."


@transaction.atomic
def enter_prior_figures(
    indicator: Indicator,
    measure: str,
    amounts: Mapping[Place, Decimal | None],
    *,
    by: User,
    source: str,
    origin: str = Origin.OFFICE,
) -> int:
    """Write one measure by assignment and period; an emptied cell is taken away. Returns how many changed."""
    refuse(why_not_enter_prior(indicator, by))
    if measure not in MEASURES:
        raise ValueError(f"not a measure of last year: {measure}")
    rows = PriorFigure.objects.select_for_update().filter(assignment__indicator=indicator).order_by("pk")
    stored = {(row.assignment_id, row.period_id): row for row in rows}
    _check_places(indicator, amounts)
    changed = {
        place: amount for place, amount in amounts.items() if getattr(stored.get(place), measure, None) != amount
    }
    if changed and not nfc(source).strip():
        raise ValidationError(NO_SOURCE)
    for place, amount in changed.items():
        row = stored.get(place) or PriorFigure(assignment_id=place[0], period_id=place[1])
        setattr(row, measure, amount)
        row.source, row.origin = nfc(source).strip()[:200], Origin(origin)
        if any(getattr(row, name) is not None for name in MEASURES):
            row.save()
        elif row.pk:
            row.delete()
    if changed:
        detail = {"measure": measure, "places": [list(place) for place in changed]}
        record_act("prior.entered", by=by, subject=indicator, reason=nfc(source).strip(), detail=detail)
    return len(changed)


def _check_places(indicator: Indicator, amounts: Mapping[Place, Decimal | None]) -> None:
    """Every cell is one of the indicator's own rows and one of its campaign's periods."""
    rows = set(indicator.assignments.order_by().values_list("pk", flat=True))
    periods = set(indicator.campaign.periods.order_by().values_list("pk", flat=True))
    if any(assignment not in rows or period not in periods for assignment, period in amounts):
        raise PermissionDenied(NOT_OF_THIS)
