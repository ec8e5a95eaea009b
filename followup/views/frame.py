"""What the pages share: who is logged in, the campaign meant, reading a form, taking a step, an address's filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaign.models import Campaign
from followup.forms import StepForm
from followup.models import Explanation, Obstacle
from followup.permissions import why_not_keep
from followup.rules.moves import Step
from followup.services.steps import Particulars
from units.forms import sentences_of
from units.models import User

F = TypeVar("F", bound=forms.BaseForm)


def person(request: HttpRequest) -> User:
    """Who is logged in."""
    return cast(User, request.user)


def campaign_of(request: HttpRequest) -> Campaign:
    """The campaign that the address names (``?pt=``), else the latest launched one that the person sees."""
    rows = Campaign.objects.launched().visible_to(person(request)).with_offices()
    asked = request.GET.get("pt", "")
    if asked:
        return get_object_or_404(rows, pk=asked if asked.isdigit() else None)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def may_keep(request: HttpRequest) -> bool:
    """Does the person keep inspections, conclusions and good work of the campaign that the address means?"""
    rows = Campaign.objects.launched().visible_to(person(request))
    return any(not why_not_keep(row, person(request)) for row in rows)


def valid(form: F) -> F:
    """The form when it can be read; else the sentences of what is wrong, beside what was typed."""
    if not form.is_valid():
        raise ValidationError(sentences_of(cast(forms.Form, form)))
    return form


def take_step(
    request: HttpRequest, row: Obstacle | Explanation, name: str, steps: Mapping[str, Step], move: Callable[..., object]
) -> None:
    """Take one step of a table of moves with what the form brought along."""
    if name not in steps:
        raise Http404
    form = valid(StepForm(row.campaign, request.POST, request.FILES))
    move(name, row, by=person(request), version=form.cleaned_data["version"], given=Particulars(**form.brought()))
    messages.success(request, f"{steps[name].done}.")


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number that the address names, to choose beforehand in a form."""
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() else None


def wanted(request: HttpRequest) -> dict[str, str]:
    """The filters of the address, by names that a template can say ("trang-thai" → trang_thai)."""
    return {name.replace("-", "_"): value for name, value in request.GET.dict().items() if isinstance(value, str)}
