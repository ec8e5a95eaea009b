"""The board, a content area, an indicator over its units, the forecasts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import ContentArea
from campaign.permissions import is_standing_body
from followup.permissions import ask_word
from followup.tables.awaiting import awaiting_direction
from indicators.models import Indicator
from reports.charts import largest
from reports.permissions import overseen, why_not_indicator, why_not_submissions, why_not_summary
from reports.tables import area as areas
from reports.tables import board as boards
from reports.tables import forecasts as forecast_tables
from reports.tables import indicator_units as units
from reports.tables.boundaries import series_by_boundaries
from reports.tables.flash import flash_lines
from reports.tables.indicator_beside import beside, obstacles_of_area
from reports.tables.tiles import unit_tiles
from reports.views.frame import open_board
from units import clock
from units.errors import refuse


@require_safe
def board(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What needs a look, worst first, then the content areas."""
    opened = open_board(request, pk)
    scope = opened.scope
    field = overseen(opened.campaign, opened.user)
    is_field = bool(field) and request.GET.get("linh-vuc", "") != "tat-ca"
    table = boards.board(
        opened.frame,
        indicator_ids=scope.indicator_ids if opened.unit_id is None else None,
        unit_id=opened.unit_id,
        user=opened.user,
        area_ids=field if is_field else None,
        with_reports=not why_not_submissions(opened.campaign, opened.user),
    )
    context = {**opened.context, "board": table, "why_not_summary": why_not_summary(scope)}
    context["flash"] = () if opened.unit_id else flash_lines(opened.frame, indicator_ids=scope.indicator_ids)
    context |= {"has_field": bool(field), "is_field": is_field}
    context["awaiting"] = awaiting_direction(opened.campaign, opened.user, field if is_field else None)
    return render(request, "reports/board.html", context)


@require_safe
def area(request: HttpRequest, pk: int, area_pk: int) -> HttpResponse:
    """One content area of the first order over all units."""
    opened = open_board(request, pk)
    if not opened.scope.sees_whole:
        raise PermissionDenied("Trang nội dung thi đua tổng hợp số liệu của nhiều đơn vị nên không mở ở đây.")
    found = get_object_or_404(ContentArea, pk=area_pk, campaign=opened.campaign, parent=None)
    table = areas.area_table(opened.frame, found, indicator_ids=opened.scope.indicator_ids)
    if table is None:
        raise Http404
    obstacles = obstacles_of_area(opened.frame, found, opened.scope.indicator_ids, opened.user)
    return render(
        request, "reports/area.html", {**opened.context, "table": table, "area": found, "obstacles": obstacles}
    )


@require_safe
def indicator(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """One indicator over its units, down to each figure."""
    opened = open_board(request, pk)
    found = get_object_or_404(
        Indicator.objects.select_related("area__parent", "passage"), pk=indicator_pk, campaign=opened.campaign
    )
    refuse(why_not_indicator(opened.scope, found))
    table = units.indicator_units(opened.frame, found, opened.user)
    at_units = {row.standing.unit_id: row.standing for row in table.units}
    context = {
        "table": table,
        "indicator": found,
        "beside": beside(opened.frame, found, table.standing, opened.user),
        "parts": largest(table.contributions),
        "ask_word": ask_word(opened.campaign, opened.user),
        "is_standing_body": is_standing_body(opened.campaign, opened.user),
        "series": series_by_boundaries(opened.frame, found, clock.today(), request.GET.get("dia-gioi", "")),
        "tiles": unit_tiles(opened.frame, at_units) if table.standing.is_numeric else None,
    }
    return render(request, "reports/indicator.html", {**opened.context, **context})


@require_safe
def forecasts(request: HttpRequest, pk: int) -> HttpResponse:
    """Where every indicator will probably end, and how good that forecast proved to be."""
    opened = open_board(request, pk)
    if not opened.scope.sees_whole:
        raise PermissionDenied("Trang dự báo tổng hợp số liệu của nhiều đơn vị nên không mở ở đây.")
    table = forecast_tables.forecasts(opened.frame, indicator_ids=opened.scope.indicator_ids)
    return render(request, "reports/forecasts.html", {**opened.context, "table": table})
