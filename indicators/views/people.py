"""One person: what they hold and leave open, handing over, closing the account."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.services.handing_over import hand_over_rows, hand_over_work
from indicators.tables.open_work import open_work, rows_in_charge
from units import clock
from units.forms import CloseForm, HandOverForm, TakeOverForm
from units.models import User
from units.permissions import people_paths, why_not_manage
from units.services.accounts import close_account
from units.tables.person import person_page


def _person(request: HttpRequest, pk: int) -> tuple[User, User]:
    """Who asks, and the person asked about; 404 where that person is not theirs to keep."""
    user = cast(User, request.user)
    return user, get_object_or_404(User.objects.kept_by(people_paths(user)), pk=pk)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person."""
    user, other = _person(request, pk)
    return _page(request, user, other)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what the person does at a unit to another; of a closed account what it left in its charge."""
    user, giver = _person(request, pk)
    if not giver.is_active:
        return _take_over(request, user, giver)
    form = _hand_over_form(giver, request.POST)
    if not form.is_valid():
        return _page(request, user, giver, hand_over=form, status=422)
    values = form.cleaned_data
    try:
        handed = hand_over_work(
            giver, values["receiver"], values["unit"], on=values["on"], note=values["note"], by=user
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, user, giver, hand_over=form, status=422)
    messages.success(
        request,
        f"{giver} bàn giao cho {values['receiver']} từ {values['on']:%d/%m/%Y}: {handed.roles} vai trò, "
        f"{handed.rows} dòng chỉ tiêu phụ trách.",
    )
    return redirect("indicators:person", giver.pk)


def _take_over(request: HttpRequest, user: User, giver: User) -> HttpResponse:
    form = _take_over_form(giver, request.POST)
    if not form.is_valid():
        return _page(request, user, giver, take_over=form, status=422)
    receiver, note = form.cleaned_data["receiver"], form.cleaned_data["note"]
    try:
        rows = hand_over_rows(giver, receiver, note=note, by=user)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, user, giver, take_over=form, status=422)
    messages.success(request, f"Đã giao {rows} dòng chỉ tiêu {giver} từng phụ trách cho {receiver}.")
    return redirect("indicators:person", giver.pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account; the person's page then says what was left open and takes it to another."""
    user, other = _person(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, user, other, close=form, status=422)
    close_account(other, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, f"Đã ngừng tài khoản của {other}. Việc còn dở, nếu có, nêu ở dưới để giao người khác.")
    return redirect("indicators:person", other.pk)


def _hand_over_form(giver: User, data: Any = None) -> HandOverForm:
    units = person_page(giver, clock.today()).units
    return HandOverForm(giver, units, data)


def _take_over_form(giver: User, data: Any = None) -> TakeOverForm:
    return TakeOverForm(giver, [row.unit_id for row in rows_in_charge(giver)], data)


def _page(request: HttpRequest, user: User, other: User, *, status: int = 200, **forms: Any) -> HttpResponse:
    today = clock.today()
    context = {
        "person": other,
        "page": person_page(other, today),
        "open": open_work(other, today),
        "why_not": why_not_manage(other, user),
        "hand_over": forms.get("hand_over") or _hand_over_form(other),
        "take_over": forms.get("take_over") or (None if other.is_active else _take_over_form(other)),
        "close": forms.get("close") or CloseForm(),
    }
    return render(request, "indicators/person.html", context, status=status)
