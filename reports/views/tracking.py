"""Following the campaign: reports by unit and period, indicators by unit, one unit. Filters stand in the address."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.permissions import is_standing_body
from indicators.tables import responses as response_tables
from indicators.tables.receive import STATES
from reports.permissions import why_not_submissions, why_not_summary, why_not_unit
from reports.tables import heat_map as heat_maps
from reports.tables import matrix as matrices
from reports.tables import unit_page as unit_pages
from reports.tables.indicator_beside import obstacles_of_unit
from reports.tables.matrix import SIGNS
from reports.tables.span import span_of
from reports.tables.summary import BANDS
from reports.tables.unit_boundaries import series_of_unit
from reports.views.frame import Opened, open_board
from units import clock
from units.errors import refuse


@require_safe
def matrix(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Who has reported when: units × periods."""
    opened = open_board(request, pk, is_run=True)
    refuse(why_not_submissions(opened.campaign, opened.user))
    choice = matrices.Choice(
        cluster=request.GET.get("cum", ""),
        kind=request.GET.get("loai", ""),
        state=request.GET.get("trang-thai", ""),
        sort=request.GET.get("xep", "don-vi"),
    )
    span = span_of(opened.periods, request.GET.get("tu", ""), request.GET.get("den", ""))
    table = matrices.matrix(opened.campaign, span.periods, choice)
    context = {
        "table": table,
        "span": span,
        "choice": choice,
        "sorts": matrices.SORTS,
        "states": STATES,
        "signs": [(SIGNS[state], words.lower()) for state, words in STATES.items()],
        "is_standing_body": is_standing_body(opened.campaign, opened.user),
    }
    return render(request, "reports/matrix.html", {**opened.context, **context})


@require_safe
def heat_map(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What each unit reached of what is expected: indicators × units of a cluster."""
    opened = open_board(request, pk)
    _require_all_units(opened)
    choice = heat_maps.HeatChoice(
        cluster=request.GET.get("cum", ""),
        area=request.GET.get("noi-dung", ""),
        band=request.GET.get("danh-gia", ""),
        sort=request.GET.get("xep", "van-ban"),
    )
    table = heat_maps.heat_map(opened.frame, choice, indicator_ids=opened.scope.indicator_ids)
    context = {"table": table, "choice": choice, "sorts": heat_maps.SORTS, "bands": BANDS}
    context["is_standing_body"] = is_standing_body(opened.campaign, opened.user)
    return render(request, "reports/heat_map.html", {**opened.context, **context})


@require_safe
def responses(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Who has taken the campaign up: plan, launching, pledge of each unit."""
    opened = open_board(request, pk, is_run=True)
    refuse(why_not_submissions(opened.campaign, opened.user))
    table = response_tables.responses(opened.campaign)
    only_lacking = bool(request.GET.get("thieu"))
    context = {
        "table": table,
        "rows": [row for row in table.rows if row.lacks or not only_lacking],
        "only_lacking": only_lacking,
        "may_record": is_standing_body(opened.campaign, opened.user),
    }
    return render(request, "reports/responses.html", {**opened.context, **context})


@require_safe
def unit(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """One unit: its reports over the periods, its indicators and tasks, down to each figure."""
    opened = open_board(request, pk)
    scope = opened.scope
    parts = opened.campaign.participations.select_related("unit", "cluster")
    part = get_object_or_404(parts, unit=unit_pk)
    refuse(why_not_unit(scope, part.unit))
    is_own = part.unit_id in scope.unit_ids
    table = unit_pages.unit_page(
        opened.frame,
        part,
        opened.user,
        periods=opened.periods,
        indicator_ids=None if is_own else scope.indicator_ids,
        with_reports=is_own or not why_not_submissions(opened.campaign, opened.user),
    )
    ids = None if is_own else scope.indicator_ids
    context = {"table": table, "part": part, "is_own": is_own}
    context["obstacles"] = obstacles_of_unit(opened.frame, part.unit, opened.user, ids)
    way = request.GET.get("dia-gioi", "")
    hidden = partial(why_not_unit, scope)
    context["series"] = series_of_unit(opened.frame, part.unit, clock.today(), way, ids, hidden)
    context["is_standing_body"] = is_standing_body(opened.campaign, opened.user)
    return render(request, "reports/unit.html", {**opened.context, **context})


def _require_all_units(opened: Opened) -> None:
    """Units beside each other are for the office, its leaders and, of their own indicators, the lead departments."""
    if not opened.scope.sees_whole:
        refuse(why_not_summary(opened.scope))
