"""What the pages share: the person, the campaign that an address means, reading a form, the filters of an address."""

from __future__ import annotations

from typing import TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaign.models import Campaign
from followup.permissions import why_not_keep
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


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number that the address names, to choose beforehand in a form."""
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() else None


def wanted(request: HttpRequest) -> dict[str, str]:
    """The filters of the address, by names that a template can say ("trang-thai" → trang_thai)."""
    return {name.replace("-", "_"): value for name, value in request.GET.dict().items() if isinstance(value, str)}
