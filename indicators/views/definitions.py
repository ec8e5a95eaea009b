"""What is measured: the list of a campaign's indicators, one definition, and where the document contradicts itself."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Campaign
from campaign.permissions import is_standing_body
from indicators.forms import SettleForm
from indicators.models import Contradiction, Indicator
from indicators.services.targets import settle_by_choice
from indicators.tables import definitions as tables
from indicators.tables.contradictions import contradiction_rows
from units import clock
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to

HOW_TO_ADD = "Lấy từ văn bản, bảng Excel hoặc đợt trước ở trang Thiết lập, hoặc thêm từng dòng."


@require_safe
def definitions(request: HttpRequest, pk: int) -> HttpResponse:
    """All indicators and tasks of a campaign, by content area."""
    campaign = _campaign(request, pk)
    groups = tables.definition_list(campaign, clock.today())
    may_revise = is_standing_body(campaign, cast(User, request.user))
    context = {
        "campaign": campaign,
        "groups": groups,
        "may_revise": may_revise,
        "empty": HOW_TO_ADD if may_revise else "",
        "number": sum(row.indicator.is_numeric for group in groups for row in group.rows),
        "tasks": sum(not row.indicator.is_numeric for group in groups for row in group.rows),
    }
    return render(request, "indicators/definitions.html", context)


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: definition, rules in words, targets and revisions, openings, source, units, schedule."""
    user = cast(User, request.user)
    row = get_object_or_404(Indicator.objects.visible_to(user).in_full(), pk=pk)
    context = {
        "campaign": row.campaign,
        "indicator": row,
        "area_title": tables.area_title(row.area),
        "rules": tables.rules_in_words(row),
        "schedule": tables.schedule_in_words(row, list(row.campaign.periods.all())),
        "targets": tables.target_rows(row, user, clock.today()),
        "openings": tables.opening_rows(row, user),
        "units": tables.units_of(row),
        "bases": row.denominators.all(),
        "steps": row.steps.all(),
        "parts": tables.parts_of(row),
        "path": tables.common_path(row),
        "contradictions": contradiction_rows(row.campaign, user, indicator=row),
        "may_revise": is_standing_body(row.campaign, user),
    }
    return render(request, "indicators/indicator.html", context)


@require_safe
def contradictions(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the document contradicts itself: both claims, their places and quotes, and what was chosen."""
    campaign = _campaign(request, pk)
    rows = contradiction_rows(campaign, cast(User, request.user))
    context = {
        "campaign": campaign,
        "rows": rows,
        "open": sum(row.contradiction.settled_claim_id is None for row in rows),
    }
    return render(request, "indicators/contradictions.html", context)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which claim holds, with the ground."""
    user = cast(User, request.user)
    contradiction = get_object_or_404(Contradiction.objects.visible_to(user), pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    settle_by_choice(contradiction, form.cleaned_data["claim"], by=user, ground=form.cleaned_data["ground"])
    messages.success(request, "Đã ghi số được chọn và căn cứ; số kia vẫn được giữ để tra cứu.")
    return go_to(request, "indicators:contradictions", contradiction.campaign_id)


def _campaign(request: HttpRequest, pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.visible_to(cast(User, request.user)).with_offices(), pk=pk)
