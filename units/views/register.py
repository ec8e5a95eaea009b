"""Units: the tree of a day, one unit with its history, and the register as a workbook."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from units import clock
from units.errors import refuse
from units.exports.register import register_workbook
from units.forms import DayChoiceForm, UnitForm
from units.imports.register import compare_register, read_register
from units.imports.sheets import Came, Line
from units.models import OrgUnit, User
from units.permissions import kept_paths, why_not_keep_units
from units.rules.register_fields import UNITS
from units.services.register import keep_register
from units.tables.register import kind_lines, level_lines, unit_lines, unit_tree
from units.tables.unit_page import NEW, choices_for, unit_page, unit_texts
from units.views.doors import Door, as_file, take_in


def keeper(request: HttpRequest) -> User:
    """The person, who keeps some units at least."""
    user = cast(User, request.user)
    refuse(why_not_keep_units(user))
    return user


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units that the person keeps, as a tree, today or on a chosen day."""
    user = keeper(request)
    form = DayChoiceForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = chosen.get("ngay") or clock.today()
    rows = unit_tree(kept_paths(user), on, words=chosen.get("tim", ""), with_ended=chosen.get("ca_cu", False))
    return render(request, "units/units.html", {"form": form, "rows": rows, "on": on, "chosen": chosen})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The register filled in, to change and bring back."""
    lines = unit_lines(kept_paths(keeper(request)))
    content = register_workbook(lines, kind_lines(), level_lines(), made_at=clock.now())
    return as_file(content, f"don-vi-{clock.today():%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_units(request: HttpRequest) -> HttpResponse:
    """The register brought back."""
    user = keeper(request)

    def keep(came: Came) -> str:
        register = compare_register(came, user=user)
        keep_register(register.units, kinds=register.kinds, levels=register.levels, by=user)
        return f"Đã ghi danh sách đơn vị: thêm {register.preview.new}, sửa {register.preview.changed} dòng."

    door = Door(
        subject="units",
        title="Nạp danh sách đơn vị",
        hint="Tải biểu mẫu đã có sẵn các đơn vị, sửa hoặc thêm dòng, lưu lại rồi chọn tệp. Chưa ghi gì cho đến khi "
        "anh/chị xem các thay đổi và bấm ghi; có một ô sai thì không ghi gì.",
        page=reverse("units:import-units"),
        back=reverse("units:units"),
        back_title="Đơn vị",
        download=reverse("units:units-workbook"),
        read=read_register,
        preview=lambda came: compare_register(came, user=user).preview,
        keep=keep,
    )
    return take_in(request, door)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is, whence it came and into what it passed, who works there; and the form to change it."""
    user = cast(User, request.user)
    row = get_object_or_404(OrgUnit.objects.below_paths(kept_paths(user)).select_related("kind", "level"), pk=pk)
    return _form(request, user, row)


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """A unit that is not there yet."""
    return _form(request, keeper(request), None)


def _form(request: HttpRequest, user: User, row: OrgUnit | None) -> HttpResponse:
    """The form, read by the reader of the workbook and kept by the service of the workbook."""
    texts = unit_texts(row) if row else NEW
    choices = choices_for(kept_paths(user), row)
    form = UnitForm(texts, choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = Came({UNITS: [Line("", 1, {"key": texts.get("key", ""), **form.cleaned_data})]})
        register = compare_register(came, user=user)
        if not register.preview.faults:
            kept = keep_register(register.units, by=user)
            messages.success(request, "Đã ghi đơn vị." if kept else "Không có gì thay đổi.")
            shown = kept[0] if kept else row
            return redirect("units:unit", shown.pk) if shown else redirect("units:units")
        form.refuse((fault.key, fault.sentence) for fault in register.preview.faults)
    page = unit_page(row, clock.today()) if row else None
    status = 422 if request.method == "POST" else 200
    return render(request, "units/unit.html", {"form": form, "unit": row, "page": page}, status=status)
