"""The definitions of a campaign on the page, sheet by sheet and row by row; changed until the launch."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from campaign.models import Campaign
from campaign.permissions import why_not_prepare
from indicators.imports.definition_rows import RowFaults, keep_row, remove_row
from indicators.tables.definition_columns import Key, SheetSpec
from indicators.tables.definition_rows import grouped, row_fields, sheet_named, sheet_page
from indicators.views.set_up import own_campaign
from units.errors import refuse
from units.models import User
from units.views.navigation import go_to


@require_safe
def rows(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    """All rows of one sheet."""
    campaign, spec = _sheet(request, pk, sheet)
    context = {
        "campaign": campaign,
        "page": sheet_page(campaign, spec),
        "why_not_prepare": why_not_prepare(campaign, cast(User, request.user)),
    }
    return render(request, "indicators/definition_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    """One row to add (no ``khoa`` in the address), to change or to remove."""
    campaign, spec = _sheet(request, pk, sheet)
    user = cast(User, request.user)
    key: Key | None = tuple(request.GET["khoa"].split("|")) if "khoa" in request.GET else None
    if request.method != "POST":
        return _page(request, campaign, spec, key)
    refuse(why_not_prepare(campaign, user))
    texts = {name: str(value) for name, value in request.POST.items()}
    try:
        if "remove" in request.POST and key is not None:
            remove_row(campaign, spec.key, key, by=user)
            messages.success(request, "Đã bỏ dòng.")
        else:
            keep_row(campaign, spec.key, key, texts, by=user)
            messages.success(request, "Đã ghi.")
    except RowFaults as faults:
        return _page(request, campaign, spec, key, typed=texts, errors=faults.by_column, status=422)
    return go_to(request, "indicators:definition-rows", campaign.pk, sheet)


def _sheet(request: HttpRequest, pk: int, name: str) -> tuple[Campaign, SheetSpec]:
    campaign = own_campaign(request, pk)
    spec = sheet_named(campaign, name)
    if spec is None:
        raise Http404
    return campaign, spec


def _page(
    request: HttpRequest, campaign: Campaign, spec: SheetSpec, key: Key | None, *, status: int = 200, **typed: Any
) -> HttpResponse:
    fields = row_fields(campaign, spec, key, **typed)
    if fields is None:
        raise Http404
    context = {
        "campaign": campaign,
        "spec": spec,
        "groups": grouped(spec, fields),
        "is_new": key is None,
        "faults": (typed.get("errors") or {}).get("", []),
        "why_not_prepare": why_not_prepare(campaign, cast(User, request.user)),
    }
    return render(request, "indicators/definition_row.html", context, status=status)
