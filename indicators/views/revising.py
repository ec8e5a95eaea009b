"""After the launch: a target revised, an indicator added or ended by decision."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from campaign.forms import FromPeriodForm, ReviseForm
from campaign.models import Campaign
from indicators.imports.definition_rows import RowFaults, read_texts
from indicators.models import Indicator
from indicators.permissions import why_not_revise
from indicators.services.revising import Decision, add_indicator, end_indicator, revise_target
from indicators.tables.allocation import difference_words
from indicators.tables.definition_columns import INDICATORS
from indicators.tables.definition_rows import row_fields
from indicators.tables.definition_state import read_references
from indicators.tables.definitions import target_rows
from indicators.tables.owners import taking_part
from indicators.tables.revising import periods_to_begin, revisable_rows
from indicators.views.allocation import own_indicator
from indicators.views.owners import chosen_reporters, numbers_of
from indicators.views.set_up import own_campaign
from units import clock
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to
from vietnamese.text import slug

#: What is asked of an indicator that is added in mid-campaign; the rest is as usual.
ASKED = (
    "name", "short_name", "code", "area", "kind", "unit_of_measure", "decimals", "time_rule", "unit_rule", "direction",
    "operator", "schedule", "listed_months", "data_source", "evidence_required", "definition",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """What was given at the start and every revision; a further one with its decision."""
    indicator, user = own_indicator(request, pk), cast(User, request.user)
    rows = revisable_rows(indicator)
    choices = [(row.value, row.label) for row in rows]
    form = ReviseForm(choices, indicator.decimals, request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST":
        refuse(why_not_revise(indicator.campaign, user))
        if form.is_valid():
            values = form.cleaned_data
            row = next(one for one in rows if one.value == values["row"])
            try:
                revise_target(
                    indicator,
                    row.unit,
                    amount=values["amount"],
                    decision=_decision(values),
                    valid_from=values["valid_from"],
                    by=user,
                    base=row.base,
                    is_percentage=row.is_percentage,
                    set_by=values["set_by"],
                )
            except ValidationError as error:
                faults = error.messages
            else:
                messages.success(request, f"Đã ghi điều chỉnh chỉ tiêu giao cho {row.unit}.")
                if words := difference_words(indicator, row.base):
                    messages.warning(request, words)
                return go_to(request, "indicators:revise", pk)
    return _revise_page(request, indicator, form, faults)


def _revise_page(request: HttpRequest, indicator: Indicator, form: ReviseForm, faults: list[str]) -> HttpResponse:
    user = cast(User, request.user)
    beginnings = periods_to_begin(indicator.campaign, clock.today())
    context = {
        "campaign": indicator.campaign,
        "indicator": indicator,
        "targets": target_rows(indicator, user, clock.today()),
        "form": form,
        "end_form": FromPeriodForm(beginnings.choices, beginnings.usual, auto_id="end_%s"),
        "faults": faults,
        "refusal": why_not_revise(indicator.campaign, user),
    }
    return render(request, "indicators/revise.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """From a period on the row is no longer owed."""
    indicator, user = own_indicator(request, pk), cast(User, request.user)
    refuse(why_not_revise(indicator.campaign, user))
    beginnings = periods_to_begin(indicator.campaign, clock.today())
    form = FromPeriodForm(beginnings.choices, beginnings.usual, request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    first = beginnings.periods[form.cleaned_data["first"]]
    end_indicator(indicator, first=first, decision=_decision(form.cleaned_data), by=user)
    messages.success(request, f"“{indicator.short_name}” thôi theo dõi từ {first.name}; số đã báo cáo được giữ nguyên.")
    return go_to(request, "indicators:indicator", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator added in mid-campaign, owed from a period on."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    beginnings = periods_to_begin(campaign, clock.today())
    form = FromPeriodForm(beginnings.choices, beginnings.usual, request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _add_page(request, campaign, form)
    refuse(why_not_revise(campaign, user))
    texts = {name: str(value) for name, value in request.POST.items()}
    texts["code"] = texts.get("code", "").strip() or slug(texts.get("name", ""))[:60]
    if not form.is_valid():
        return _add_page(request, campaign, form, typed=texts, status=422)
    first = beginnings.periods[form.cleaned_data["first"]]
    try:
        values = read_texts(INDICATORS, texts, read_references(campaign))
        area = get_object_or_404(campaign.areas, key=values["area"])
        chosen: dict[str, Any] = {name: values[name] for name in ASKED if name != "area"}
        chosen["listed_months"] = list(chosen["listed_months"])
        lead = request.POST.get("lead", "")
        row = add_indicator(
            Indicator(campaign=campaign, area=area, **chosen),
            first=first,
            reporter_ids=chosen_reporters(request.POST, taking_part(campaign)),
            lead_id=int(lead) if lead.isdigit() else None,
            decision=_decision(form.cleaned_data),
            by=user,
        )
    except RowFaults as faults:
        return _add_page(request, campaign, form, typed=texts, errors=faults.by_column, status=422)
    except ValidationError as error:
        return _add_page(request, campaign, form, typed=texts, errors={"": error.messages}, status=422)
    messages.success(request, f"Đã bổ sung “{row}”. Các đơn vị báo cáo dòng này từ {first.name}.")
    return go_to(request, "indicators:revise", row.pk)


def _add_page(
    request: HttpRequest, campaign: Campaign, form: FromPeriodForm, *, status: int = 200, **typed: Any
) -> HttpResponse:
    fields = [field for field in row_fields(campaign, INDICATORS, None, **typed) or () if field.key in ASKED]
    lead = request.POST.get("lead", "")
    context = {
        "lead": int(lead) if lead.isdigit() else None,
        "reporters": numbers_of(request.POST, "reporters"),
        "kinds": numbers_of(request.POST, "kinds"),
        "campaign": campaign,
        "form": form,
        "fields": sorted(fields, key=lambda field: ASKED.index(field.key)),
        "groups": taking_part(campaign),
        "faults": (typed.get("errors") or {}).get("", []),
        "refusal": why_not_revise(campaign, cast(User, request.user)),
    }
    return render(request, "indicators/add_indicator.html", context, status=status)


def _decision(values: dict[str, Any]) -> Decision:
    return Decision(values["reason"], values["number"], values["decided_on"], values.get("file"))
