"""What the pages share: who is logged in, the campaign meant, reading a form, taking a step, an address's filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from campaign.models import Campaign
from followup.forms import StepForm
from followup.models import Explanation, Obstacle
from followup.permissions import why_not_keep
from followup.rules.moves import Step
from followup.services.steps import Particulars
from units import clock
from units.forms import sentences_of
from units.models import User

F = TypeVar("F", bound=forms.BaseForm)


def person(request: HttpRequest) -> User:
    """Who is logged in."""
    return cast(User, request.user)


@dataclass(frozen=True)
class Meant:
    """The campaign in which something is recorded, and those among which the person may choose it."""

    campaign: Campaign
    campaigns: list[Campaign]

    @property
    def context(self) -> dict[str, object]:
        """What the form's template reads."""
        return {"campaign": self.campaign, "fitting": self.campaigns}


def campaign_of(request: HttpRequest, fits: Callable[[Campaign], object] = bool) -> Meant:
    """The campaign that the address names (``?pt=``), else the present one of those that fit; where none does, any."""
    rows = Campaign.objects.present_for(person(request), clock.today()).with_offices()
    seen = list(rows)
    fitting = [one for one in seen if fits(one)]
    asked = request.GET.get("pt", "")
    meant = [one for one in seen if str(one.pk) == asked] if asked else fitting or seen
    if not meant:
        raise Http404
    return Meant(meant[0], fitting)


@dataclass(frozen=True)
class Listed:
    """What a list over campaigns reads from its address: the filters, and the campaigns among which one is chosen."""

    user: User
    wanted: dict[str, str]
    campaigns: list[Campaign]

    @property
    def campaign(self) -> Campaign | None:
        """The campaign that was chosen."""
        return next((one for one in self.campaigns if str(one.pk) == self.wanted.get("pt")), None)

    @property
    def kept(self) -> bool:
        """Does the person keep inspections, conclusions and good work of what is listed?"""
        rows = [self.campaign] if self.campaign else self.campaigns
        return any(not why_not_keep(one, self.user) for one in rows)

    @property
    def context(self) -> dict[str, object]:
        """What every list's template reads."""
        return {"wanted": self.wanted, "campaigns": self.campaigns, "campaign": self.campaign}


def listed(request: HttpRequest) -> Listed:
    """The list's address, understood: one query."""
    rows = Campaign.objects.present_for(person(request), clock.today())
    return Listed(person(request), wanted(request), list(rows))


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
