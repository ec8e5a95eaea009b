"""Standing in (ủy quyền): lend a role for a while, see what was lent, take it back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from units.forms import LendForm
from units.models import StandIn, User
from units.permissions import lends_anything
from units.services import lend_role, take_back_role
from units.tables.stand_ins import lendable_grants, stand_in_table

NOTHING_TO_LEND = "Tài khoản này không giữ vai trò nào ủy quyền được. Quản trị hệ thống giao vai trò khi cần."


@require_http_methods(["GET", "HEAD", "POST"])
def stand_ins(request: HttpRequest) -> HttpResponse:
    """What the person lent and holds; a form to lend one of their roles."""
    user = cast(User, request.user)
    may_lend = lends_anything(user)
    if request.method == "POST" and not may_lend:
        raise PermissionDenied(NOTHING_TO_LEND)
    grants = lendable_grants(user) if may_lend else []
    form = LendForm(grants, request.POST or None)
    if request.method == "POST" and form.is_valid() and (lent := _lend(form, user)):
        messages.success(request, f"Đã ủy quyền cho {lent.holder} đến hết ngày {lent.valid_to:%d/%m/%Y}.")
        return redirect("units:stand-ins")
    context = {"table": stand_in_table(user), "form": form if may_lend else None, "why_not": NOTHING_TO_LEND}
    return render(request, "units/stand_ins.html", context, status=422 if request.method == "POST" else 200)


def _lend(form: LendForm, user: User) -> StandIn | None:
    """Lend as was written; what cannot be is said in the form, which keeps what was typed."""
    try:
        return lend_role(**form.cleaned_data, by=user)
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End a stand-in before its last day."""
    user = cast(User, request.user)
    ended = take_back_role(get_object_or_404(StandIn.objects.visible_to(user), pk=pk), by=user)
    messages.success(request, f"Đã cho thôi ủy quyền của {ended.holder} từ hôm nay.")
    return redirect("units:stand-ins")
