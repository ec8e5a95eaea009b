"""Giving targets: the list of wholes and their sums, and one indicator over its units with a live check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from campaign.choices import CampaignStatus
from campaign.forms import AllocationForm
from indicators.models import Denominator, Indicator
from indicators.permissions import why_not_allocate
from indicators.services.allocating import Given, allocate_targets
from indicators.services.revising import Decision
from indicators.tables.allocation import (
    EQUAL,
    LAST_YEAR,
    POPULATION,
    WAYS,
    AllocationPage,
    SumCheck,
    allocation_list,
    allocation_page,
    main_base,
    proposed,
    sum_check,
)
from indicators.views.set_up import own_campaign
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to
from vietnamese.numbers import format_trimmed, read_number

NOTHING_WEIGHS = "Chưa có số để chia theo cách này: ghi số năm trước hoặc dân số của ít nhất một đơn vị."
WHOLE_FIRST = "Ghi số giao chung trước, rồi chia."
#: By what a way of dividing weighs: the cells of the page and what they hold, in words.
WEIGHTS = {LAST_YEAR: ("last", "số năm trước"), POPULATION: ("people", "dân số")}


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every whole with the units' sum."""
    campaign = own_campaign(request, pk)
    lines = allocation_list(campaign)
    context = {
        "campaign": campaign,
        "lines": lines,
        "differing": sum(line.has_given and line.check.needs_reason and not line.explanation for line in lines),
    }
    return render(request, "indicators/allocations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: amounts of the units, proposals, the check while typing, and the writing."""
    indicator, user = own_indicator(request, pk), cast(User, request.user)
    if not indicator.is_numeric:  # a task is given to units, but never as a number
        raise Http404
    base = main_base(indicator)
    if "mau-so" in request.GET:
        key = request.GET["mau-so"]
        base = get_object_or_404(indicator.denominators, key=key) if key else None
    page = allocation_page(indicator, base)
    if request.method != "POST":
        return _page(request, page)
    refuse(why_not_allocate(indicator.campaign, user))
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    try:
        whole, amounts = _amounts(page, typed)
        if "check" in request.POST:
            check = sum_check(indicator, list(amounts.values()), whole)
            return render(request, "indicators/_allocation_sum.html", {"check": check})
        if "propose" in request.POST:
            typed |= _proposal(page, typed, whole)
            return _page(request, page, typed=typed)
        return _write(request, page, base, typed, whole, amounts)
    except ValidationError as error:
        if "check" in request.POST:
            return render(request, "indicators/_allocation_sum.html", {"faults": error.messages}, status=422)
        return _page(request, page, typed=typed, faults=error.messages, status=422)


def _write(
    request: HttpRequest,
    page: AllocationPage,
    base: Denominator | None,
    typed: dict[str, str],
    whole: Decimal | None,
    amounts: dict[int, Decimal | None],
) -> HttpResponse:
    campaign = page.indicator.campaign
    form = AllocationForm(request.POST, request.FILES, is_revision=campaign.status != CampaignStatus.DRAFT)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    values = form.cleaned_data
    decision = None
    if values.get("reason"):
        decision = Decision(values["reason"], values["number"], values["decided_on"], values.get("file"))
    given = Given(values["set_by"], values["number"], values.get("decided_on"), decision, values.get("valid_from"))
    count = allocate_targets(
        page.indicator,
        amounts,
        whole=whole,
        by=cast(User, request.user),
        base=base,
        given=given,
        explanation=typed.get("explanation", ""),
    )
    messages.success(request, f"Đã ghi {count} số giao của “{page.indicator.short_name}”.")
    return go_to(request, "indicators:allocations", campaign.pk)


def _amounts(page: AllocationPage, typed: dict[str, str]) -> tuple[Decimal | None, dict[int, Decimal | None]]:
    """The whole and the units' amounts as typed."""
    decimals = page.indicator.decimals
    whole = _number(typed.get("whole", ""), decimals, "Số giao chung")
    return whole, {
        row.unit.pk: _number(typed.get(f"amount-{row.unit.pk}", ""), decimals, row.unit.name) for row in page.rows
    }


def _number(text: str, decimals: int, where: str) -> Decimal | None:
    reading = read_number(text, decimals=decimals)
    if reading.error or reading.is_ambiguous:
        raise ValidationError(f"{where}: {reading.error or f'“{text}” {reading.echo} Ghi lại cho rõ.'}")
    return reading.value


def _proposal(page: AllocationPage, typed: dict[str, str], whole: Decimal | None) -> dict[str, str]:
    """The texts that a way of dividing puts into the cells."""
    way = typed["propose"]
    if whole is None:
        raise ValidationError(WHOLE_FIRST)
    prefix, _ = WEIGHTS.get(way, ("", ""))
    weights: dict[int, Decimal] = {}
    for row in page.rows if way != EQUAL else ():
        weight = _number(typed.get(f"{prefix}-{row.unit.pk}", ""), 0 if prefix == "people" else 4, row.unit.name)
        weights[row.unit.pk] = weight or Decimal(0)
    parts = proposed(page, way, whole, weights)
    if parts is None:
        raise ValidationError(NOTHING_WEIGHS)
    return {f"amount-{pk}": format_trimmed(amount) for pk, amount in parts.items()}


def _without_weight(page: AllocationPage, typed: dict[str, str]) -> str:
    """Whom a proposal gives nothing, for want of what it weighs by; "" where it gives to all."""
    prefix, words = WEIGHTS.get(typed.get("propose", ""), ("", ""))
    blank = [row.unit.name for row in page.rows if prefix and not typed.get(f"{prefix}-{row.unit.pk}")]
    return f"Chưa có {words} nên được chia 0: {', '.join(blank)}." if blank else ""


def _page(
    request: HttpRequest,
    page: AllocationPage,
    *,
    typed: dict[str, str] | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    campaign = page.indicator.campaign
    is_revision = campaign.status != CampaignStatus.DRAFT
    check = page.check if typed is None else _check_of(page, typed)
    form = AllocationForm(request.POST or None, request.FILES or None, is_revision=is_revision)
    if request.method != "POST" and page.whole is not None:
        form = AllocationForm(None, is_revision=is_revision, initial={"set_by": page.whole.set_by})
    context: dict[str, Any] = {
        "campaign": campaign,
        "page": page,
        "rows": [_row(row, typed) for row in page.rows],
        "whole": page.whole_text if typed is None else typed.get("whole", ""),
        "explanation": page.explanation if typed is None else typed.get("explanation", ""),
        "check": check,
        "form": form,
        "ways": WAYS,
        "is_revision": is_revision,
        "faults": faults or [],
        "remark": _without_weight(page, typed) if typed and not faults else "",
        "refusal": why_not_allocate(campaign, cast(User, request.user)),
    }
    return render(request, "indicators/allocate.html", context, status=status)


def _check_of(page: AllocationPage, typed: dict[str, str]) -> SumCheck:
    """The sum of what was typed; of what is kept, where that cannot be read."""
    try:
        whole, amounts = _amounts(page, typed)
    except ValidationError:
        return page.check
    return sum_check(page.indicator, list(amounts.values()), whole)


def _row(row: Any, typed: dict[str, str] | None) -> dict[str, Any]:
    """A unit's cells: as they stand, or as typed."""
    cells = {"amount": row.amount_text, "last": row.last_text, "people": row.population_text}
    if typed is not None:
        cells = {name: typed.get(f"{name}-{row.unit.pk}", text) for name, text in cells.items()}
    return {"unit": row.unit, "given": row.given, **cells}


def own_indicator(request: HttpRequest, pk: int) -> Indicator:
    """An indicator of a campaign that the person's standing body prepares or runs, else not found."""
    user = cast(User, request.user)
    rows = Indicator.objects.of_standing_body(user)
    return get_object_or_404(rows.select_related("campaign__authority", "campaign__standing_body", "area"), pk=pk)
