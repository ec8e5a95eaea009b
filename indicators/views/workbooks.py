"""Workbooks to fill in and bring back: a unit's month; one indicator, or all of a lead department, over the units."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from indicators.choices import Channel
from indicators.exports.template import Refill, template_workbook
from indicators.forms import OnBehalfForm
from indicators.imports.block import MOST_TEXT, pasted_rows
from indicators.imports.differences import Preview, differences
from indicators.imports.parcel import seal, unseal
from indicators.imports.reading import FileRow, touched_rows
from indicators.tables.office_template import spellings_of
from indicators.views.workbook_places import Place, department_place, indicator_place, month_place
from units import clock
from units.errors import LostRace
from units.models import User
from units.views.doors import as_file, content_of

CHOOSE_FILE = "Chọn tệp Excel đã nhập rồi bấm “Xem thay đổi”."
CHOOSE_ROWS = "Còn dòng chưa ghi được. Đánh dấu các dòng đúng rồi bấm ghi, hoặc sửa tệp rồi nạp lại."
ALREADY_WRITTEN = "Các thay đổi trong tệp đã có trên hệ thống, không còn gì phải ghi."
OVERTAKEN = "Có người vừa sửa số liệu trong lúc anh/chị xem. Chưa ghi gì; nạp lại tệp để xem cả hai số."


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The month of one's own unit as a workbook to fill in."""
    return _file(month_place(request, pk))


@require_safe
def indicator_workbook(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """One indicator over its units as a workbook to fill in."""
    return _file(indicator_place(request, indicator_pk, period_pk))


@require_safe
def department_workbook(request: HttpRequest, period_pk: int) -> HttpResponse:
    """All indicators that the person's departments lead, over their units, as a workbook to fill in."""
    return _file(department_place(request, period_pk))


@require_http_methods(["GET", "HEAD", "POST"])
def import_month(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the month's workbook back: first what it would change, then the writing."""
    return _import(request, month_place(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def import_indicator(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """Bring an indicator's workbook back: its rows are entered on behalf of the units (nhập thay)."""
    return _import(request, indicator_place(request, indicator_pk, period_pk))


@require_http_methods(["GET", "HEAD", "POST"])
def import_department(request: HttpRequest, period_pk: int) -> HttpResponse:
    """Bring a department's workbook back: its rows are entered on behalf of the units (nhập thay)."""
    return _import(request, department_place(request, period_pk))


# --- What they share -------------------------------------------------------------------------------------------------


def _file(place: Place, refills: dict[int, Refill] | None = None) -> HttpResponse:
    """The workbook as a download."""
    content = template_workbook(place.template, made_at=clock.now().isoformat(), refills=refills)
    name = f"{place.file_name}{'-danh-dau-loi' if refills is not None else ''}.xlsx"
    return as_file(content, name)


def _import(request: HttpRequest, place: Place) -> HttpResponse:
    """The three steps of one page: choose a file, see what it changes, write or take the marked file."""
    if request.method != "POST":
        return _page(request, place)
    try:
        if "sealed" in request.POST:
            return _after_preview(request, place)
        rows, remarks = _came(request, place)
        sealed = seal(rows, subject=place.template.subject, user_id=cast(User, request.user).pk)
    except ValidationError as error:
        return _page(request, place, faults=error.messages, status=422)
    return _preview_page(request, place, differences(place.template, rows), sealed, faults=remarks)


def _came(request: HttpRequest, place: Place) -> tuple[list[FileRow], list[str]]:
    """The rows of the file, or of the block that an office pasted, and what of it was left out."""
    template = place.template
    if template.on_behalf and "block" in request.POST:
        units = {row.figure.assignment.unit_id for row in template.rows}
        return pasted_rows(request.POST["block"], template, spellings_of(units))
    return touched_rows(content_of(request, CHOOSE_FILE), subject=template.subject, about=template.about), []


def _after_preview(request: HttpRequest, place: Place) -> HttpResponse:
    """Write all, or the rows that the person chose; or give the workbook back with its cells marked."""
    sealed = request.POST["sealed"]
    parcel = unseal(sealed, subject=place.template.subject, user_id=cast(User, request.user).pk)
    if "marked" in request.POST:
        return _file(place, differences(place.template, parcel.rows).refills)
    chosen = {int(pk) for pk in request.POST.getlist("rows") if pk.isdigit()}
    preview = differences(place.template, parcel.rows, confirmed=chosen, client_key=parcel.key)
    told = OnBehalfForm(request.POST) if place.template.on_behalf else None
    takes_all = "all" in request.POST or "right" in request.POST
    right = [row for row in preview.right if takes_all or row.figure_id in chosen]
    if not preview.rows:
        messages.success(request, ALREADY_WRITTEN)
        return redirect(place.back)
    if not preview.right and preview.refused:
        raise PermissionDenied(preview.refused[0].refusals[0])
    if not right or ("all" in request.POST and not preview.is_whole):
        return _preview_page(request, place, preview, sealed, told=told, faults=[CHOOSE_ROWS], status=422)
    if told is not None and not told.is_valid():
        return _preview_page(request, place, preview, sealed, told=told, status=422)
    try:
        place.write([row.entry for row in right if row.entry], told)
    except ValidationError as error:
        return _preview_page(request, place, preview, sealed, told=told, faults=error.messages, status=422)
    except LostRace:
        return _page(request, place, faults=[OVERTAKEN], status=409)
    cells = sum(len(row.changes) for row in right)
    messages.success(request, f"Đã ghi {cells} thay đổi ở {len(right)} dòng từ tệp Excel.")
    return redirect(place.back)


def _preview_page(
    request: HttpRequest,
    place: Place,
    preview: Preview,
    sealed: str,
    *,
    told: OnBehalfForm | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the file would change, row by row."""
    if told is None and place.template.on_behalf:
        told = OnBehalfForm(initial={"channel": Channel.LETTER})
    context = {"preview": preview, "sealed": sealed, "told": told}
    return _page(request, place, faults=faults, status=status, **context)


def _page(
    request: HttpRequest, place: Place, *, faults: list[str] | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    block = request.POST.get("block", "")[:MOST_TEXT]
    page = {
        "place": place,
        "template": place.template,
        "pasted": block,
        "faults": faults or [],
        **place.context,
        **context,
    }
    return render(request, "indicators/import.html", page, status=status)
