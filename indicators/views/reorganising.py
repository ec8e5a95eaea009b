"""Reorganising units: the decisions there are, a new one, and the targets that follow from it."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.models import Campaign
from indicators.services.handovers import HandedOver, record_reorganisation
from indicators.services.reassigning import reassign_targets
from indicators.tables.reassigning import proposals
from indicators.tables.reorganisations import act_page, act_rows
from units.forms import ReorganiseForm
from units.models import OrgUnit, Reorganisation, User
from units.permissions import kept_paths
from units.rules.reorganising import RENAME
from units.services import store_file
from units.services.placing import Place, place_people
from units.tables.concerned import concerned_people
from units.views.register import keeper
from vietnamese.numbers import read_number


@require_safe
def reorganisations(request: HttpRequest) -> HttpResponse:
    """The decisions about units that the person keeps."""
    return render(request, "indicators/reorganisations.html", {"rows": act_rows(kept_paths(keeper(request)))})


@require_http_methods(["GET", "HEAD", "POST"])
def reorganise(request: HttpRequest) -> HttpResponse:
    """A new decision; everything that follows from it is done with it."""
    user = keeper(request)
    units = OrgUnit.objects.below_paths(kept_paths(user))
    form = ReorganiseForm(units, request.POST or None, request.FILES or None, initial=_typed(request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            act, handed = record_reorganisation(form.decision(), by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if form.cleaned_data["file"]:
                store_file(form.cleaned_data["file"], by=user, owner=act)
            messages.success(request, _told(act, handed))
            if without := concerned_people(act, user).without:
                messages.warning(request, f"{without} người của đơn vị cũ chưa có nơi mới: xem phần Người ở dưới.")
            return redirect("indicators:reorganisation", act.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/reorganise.html", {"form": form}, status=status)


@require_safe
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: the units, its file, and the targets proposed in every running campaign."""
    user = cast(User, request.user)
    act = get_object_or_404(Reorganisation.objects.about_any(kept_paths(user)), pk=pk)
    return render(request, "indicators/reorganisation.html", {"act": act, "page": act_page(act, user)})


@require_POST
def reassign(request: HttpRequest, pk: int, campaign_pk: int) -> HttpResponse:
    """Give the successors the targets as they stand in the form; what cannot be read is told where it stands."""
    user = cast(User, request.user)
    act = get_object_or_404(Reorganisation.objects.about_any(kept_paths(user)), pk=pk)
    campaign = get_object_or_404(Campaign.objects.visible_to(user), pk=campaign_pk)
    amounts: dict[str, Decimal] = {}
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    for line in proposals(act, campaign):
        text = typed[line.field] = request.POST.get(line.field, "").strip()
        if not text or line.present:
            continue
        reading = read_number(text, decimals=4)
        if reading.value is None:
            errors[line.field] = reading.error or "Không đọc được số."
        else:
            amounts[line.field] = reading.value
    if errors:
        page = act_page(act, user, typed, errors)
        return render(request, "indicators/reorganisation.html", {"act": act, "page": page}, status=422)
    given = reassign_targets(act, campaign, amounts, by=user)
    messages.success(request, f"Đã giao lại {len(given)} chỉ tiêu theo {act.number}.")
    return redirect("indicators:reorganisation", act.pk)


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Give people of a unit that ends a place at one of its successors."""
    user = keeper(request)
    act = get_object_or_404(Reorganisation.objects.about_any(kept_paths(user)), pk=pk)
    places = [
        Place(int(name.removeprefix("unit-")), int(unit), request.POST.get(name.replace("unit", "role"), ""))
        for name, unit in request.POST.items()
        if name.removeprefix("unit-").isdigit() and isinstance(unit, str) and unit.isdigit()
    ]
    given = place_people(act, places, by=user)
    messages.success(request, f"Đã chuyển {len(given)} người sang đơn vị kế thừa từ {act.effective_on:%d/%m/%Y}.")
    return redirect("indicators:reorganisation", act.pk)


def _typed(data: QueryDict) -> dict[str, str | list[str]]:
    """What was typed before another kind was chosen: it stands in the fields of that kind as well."""
    return {name: data.getlist(name) if name == "old" else str(data[name]) for name in data}


def _told(act: Reorganisation, handed: list[HandedOver]) -> str:
    """What was done, in a sentence."""
    moved = [one for one in handed if one.first and one.reports]
    if act.kind == RENAME:
        return f"Đã ghi: {act}. Báo cáo và tài khoản của đơn vị giữ nguyên."
    if not moved:
        return f"Đã ghi: {act}. Không có phong trào nào còn kỳ báo cáo phải chuyển."
    told = "; ".join(f"{one.campaign} từ {one.first} ({one.reports} báo cáo)" for one in moved)
    return f"Đã ghi: {act}. Đã chuyển báo cáo còn phải gửi: {told}."
