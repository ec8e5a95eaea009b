"""Obstacles: the list, raising one in general or from a figure, its page, its steps, what is said about it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.models import Submission
from followup.forms import CommentForm, ObstacleForm, StepForm
from followup.models import Obstacle
from followup.permissions import why_not_raise
from followup.rules.obstacles import STEPS
from followup.services import obstacles as services
from followup.tables.obstacles import KINDS, STATES, beside_figures, obstacle_list, obstacle_page
from followup.views.frame import campaign_of, listed, number_in, person, take_step, valid
from indicators.models import Figure
from indicators.views.confirm import indicator_and_period
from units.choices import OWN_ROLES, STANDING_ROLES, WORKING_ROLES
from units.errors import refuse
from units.views.navigation import go_to

RAISERS = (*WORKING_ROLES, *STANDING_ROLES)
ONLY_RAISERS = "Vướng mắc do đơn vị, cơ quan chủ trì chỉ tiêu hoặc cơ quan thường trực nêu."


@require_safe
def obstacle_list_page(request: HttpRequest) -> HttpResponse:
    """All obstacles that the person sees; filters stand in the address."""
    chosen = listed(request)
    table = obstacle_list(chosen.user, chosen.wanted)
    context = {**chosen.context, "table": table, "states": STATES, "kinds": KINDS}
    context["may_raise"] = chosen.user.has_role(*RAISERS)
    return render(request, "followup/obstacles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Raise an obstacle without a figure: a unit its own, the office anyone's."""
    meant = campaign_of(request)
    campaign = meant.campaign
    if not person(request).has_role(*RAISERS):
        raise PermissionDenied(ONLY_RAISERS)
    if request.method == "POST":
        given = valid(ObstacleForm(campaign, request.POST)).cleaned_data
        row = services.raise_obstacle(campaign, by=person(request), **given)
        messages.success(request, "Đã ghi vướng mắc; cơ quan thường trực và cơ quan chủ trì đã được báo.")
        return go_to(request, "followup:obstacle", row.pk)
    own = person(request).unit_ids_with(*OWN_ROLES)
    chosen = {
        "unit": number_in(request, "don-vi") or (own[0] if own else None),
        "indicator": number_in(request, "chi-tieu"),
    }
    form = ObstacleForm(campaign, initial=chosen)
    return render(request, "followup/raise.html", {**meant.context, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def raise_from_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise an obstacle beside a figure; the figure stays as it is."""
    user = person(request)
    figure = get_object_or_404(Figure.objects.visible_to(user).in_place(), pk=pk)
    indicator, unit = figure.assignment.indicator, figure.assignment.unit
    refuse(why_not_raise(indicator.campaign, unit, indicator, user))
    if request.method == "POST":
        given = valid(ObstacleForm(indicator.campaign, request.POST).beside_a_figure()).cleaned_data
        row = services.raise_obstacle(indicator.campaign, unit, by=user, figure=figure, **given)
        messages.success(request, "Đã ghi vướng mắc bên cạnh số liệu; số liệu giữ nguyên.")
        return go_to(request, "followup:obstacle", row.pk)
    form = ObstacleForm(indicator.campaign).beside_a_figure()
    context = {"form": form, "campaign": indicator.campaign, "figure": figure, "indicator": indicator, "unit": unit}
    return render(request, "followup/raise.html", context)


@require_safe
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """One obstacle: what, whose, until when, everything done and said."""
    row = _seen(request, pk)
    context = {
        "obstacle": row,
        "campaign": row.campaign,
        "page": obstacle_page(row, person(request)),
        "form": StepForm(row.campaign, initial={"owner_unit": row.owner_unit_id, "owner": row.owner}),
        "address": "followup:move-obstacle",
    }
    return render(request, "followup/obstacle.html", context)


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the table of moves."""
    row = _seen(request, pk)
    take_step(request, row, name, STEPS, services.move_obstacle)
    return go_to(request, "followup:obstacle", pk)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about an obstacle."""
    row = _seen(request, pk)
    form = valid(CommentForm(request.POST, request.FILES))
    services.comment_on_obstacle(row, by=person(request), **form.cleaned_data)
    messages.success(request, "Đã ghi ý kiến.")
    return go_to(request, "followup:obstacle", pk)


@require_safe
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands beside the figures of one report; the office's page fetches it and puts it into the rows."""
    submission = get_object_or_404(Submission.objects.visible_to(person(request)), pk=pk)
    found = beside_figures(person(request), submission.figures.all())
    return render(request, "followup/_beside.html", {"found": found})


@require_safe
def beside_indicator(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """The same for one indicator over all units, on the lead department's page."""
    indicator, period = indicator_and_period(person(request), indicator_pk, period_pk)
    found = beside_figures(person(request), period.figures.of(indicator))
    return render(request, "followup/_beside.html", {"found": found})


def _seen(request: HttpRequest, pk: int) -> Obstacle:
    return get_object_or_404(Obstacle.objects.visible_to(person(request)).in_full(), pk=pk)
