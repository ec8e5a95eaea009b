"""Figures of the same period last year: typed or pasted by lead department or standing body, with their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.forms import PriorForm
from indicators.imports.block import prior_cells
from indicators.models import Indicator
from indicators.permissions import seen_by_offices, why_not_enter_prior
from indicators.services.prior import Place, enter_prior_figures
from indicators.tables.office_template import spellings_of
from indicators.tables.prior import RATE_PLACES, PriorTable, measures_of, prior_table
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to
from vietnamese.numbers import read_number

RATE = "rate"


@dataclass
class Typed:
    """What was typed into the grid: the amounts, and beside each cell what is wrong or in question."""

    amounts: dict[Place, Decimal | None] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def prior_figures(request: HttpRequest, indicator_pk: int) -> HttpResponse:
    """One indicator over its units and months; a pasted block fills the grid, and nothing is kept before saving."""
    user = cast(User, request.user)
    rows = seen_by_offices(user).with_figures().select_related("campaign__authority")
    indicator = get_object_or_404(rows, pk=indicator_pk)
    measures = measures_of(indicator)
    asked = request.POST.get("measure") or request.GET.get("so") or "amount"
    measure = asked if asked in measures else "amount"
    if request.method != "POST":
        return _page(request, indicator, prior_table(indicator, measure), PriorForm())
    refuse(why_not_enter_prior(indicator, user))
    if "block" in request.POST:
        return _pasted(request, indicator, measure)
    return _save(request, indicator, measure, user)


def _pasted(request: HttpRequest, indicator: Indicator, measure: str) -> HttpResponse:
    """The grid filled from the block, with what was left out; the person looks and saves."""
    table = prior_table(indicator, measure)
    spellings = spellings_of({row.assignment.unit_id for row in table.rows})
    try:
        cells, remarks = prior_cells(request.POST["block"], table, spellings)
    except ValidationError as error:
        return _page(request, indicator, table, PriorForm(), faults=error.messages, status=422)
    typed = _read(indicator, measure, cells, {})
    filled = prior_table(indicator, measure, typed=cells, errors=typed.errors, questions=typed.questions)
    said = [f"Đã điền {len(cells)} ô từ bảng dán, chưa lưu. Xem lại, ghi nguồn rồi bấm “Lưu số cùng kỳ”.", *remarks]
    return _page(request, indicator, filled, PriorForm(), remarks=said)


def _save(request: HttpRequest, indicator: Indicator, measure: str, user: User) -> HttpResponse:
    """Write what differs, all or nothing."""
    cells = {name: str(text) for name, text in request.POST.items() if name.startswith("c-")}
    typed = _read(indicator, measure, cells, request.POST)
    form = PriorForm(request.POST)
    table = prior_table(indicator, measure, typed=cells, errors=typed.errors, questions=typed.questions)
    if typed.errors or typed.questions or not form.is_valid():
        return _page(request, indicator, table, form, faults=sentences_of(form), status=422)
    try:
        number = enter_prior_figures(indicator, measure, typed.amounts, by=user, **form.cleaned_data)
    except ValidationError as error:
        return _page(request, indicator, table, form, faults=error.messages, status=422)
    messages.success(request, f"Đã lưu {number} số cùng kỳ." if number else "Không có gì thay đổi.")
    return go_to(request, f"{reverse('indicators:prior', args=[indicator.pk])}?so={measure}")


def _read(indicator: Indicator, measure: str, cells: Mapping[str, str], confirmed: Mapping[str, str]) -> Typed:
    """The texts as numbers, by the one reader; a doubtful one is asked about."""
    decimals, unit = (RATE_PLACES, "%") if measure == RATE else (indicator.decimals, indicator.unit_of_measure)
    typed = Typed()
    for name, text in cells.items():
        _, assignment, period = name.split("-")
        reading = read_number(text, decimals=decimals, unit=unit)
        if reading.error:
            typed.errors[name] = reading.error
        elif reading.is_ambiguous and confirmed.get(f"sure-{name}") != text:
            typed.questions[name] = reading.echo
        elif assignment.isdigit() and period.isdigit():
            typed.amounts[int(assignment), int(period)] = reading.value
    return typed


def _page(
    request: HttpRequest,
    indicator: Indicator,
    table: PriorTable,
    form: PriorForm,
    *,
    faults: list[str] | None = None,
    remarks: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "indicator": indicator,
        "campaign": indicator.campaign,
        "table": table,
        "form": form,
        "measures": [(name, label, name == table.measure) for name, label in measures_of(indicator).items()],
        "faults": faults or [],
        "remarks": remarks or [],
        "pasted": request.POST.get("block", "") if status == 422 else "",
    }
    return render(request, "indicators/prior.html", context, status=status)
