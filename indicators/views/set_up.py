"""Setting a campaign up: begin it, see what it lacks, read its document, decide on the draft, launch or discard."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.forms import PrepareForm
from campaign.models import Campaign
from campaign.permissions import why_not_launch, why_not_prepare
from campaign.services.preparing import prepare_campaign
from indicators.services.launching import launch_campaign
from indicators.services.setting_up import copy_definitions, discard_campaign
from indicators.tables.set_up import checklist, missing_words
from units.choices import STANDING_ROLES
from units.errors import refuse
from units.models import User
from units.views.navigation import go_to


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign, blank or from an earlier one."""
    user = cast(User, request.user)
    if not user.has_role(*STANDING_ROLES):
        raise PermissionDenied("Chỉ người của cơ quan thường trực thi đua mới lập phong trào mới.")
    form = PrepareForm(user, request.POST or None)
    if not form.is_valid():
        return render(request, "indicators/new_campaign.html", {"form": form}, status=422 if form.is_bound else 200)
    with transaction.atomic():
        campaign = prepare_campaign(**form.cleaned_data, by=user)
        if campaign.previous:
            copy_definitions(campaign, by=user)
    messages.success(request, f"Đã lập “{campaign}”. Chưa đơn vị nào thấy phong trào này cho đến khi phát động.")
    return go_to(request, "indicators:set-up", campaign.pk)


@require_safe
def set_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What the campaign in preparation has and what it lacks."""
    campaign = own_campaign(request, pk)
    rows = checklist(campaign)
    user = cast(User, request.user)
    context = {
        "campaign": campaign,
        "rows": rows,
        "why_not_launch": why_not_launch(campaign, user) or missing_words(rows),
        "why_not_prepare": why_not_prepare(campaign, user),
    }
    return render(request, "indicators/set_up.html", context)


@require_POST
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the definitions and create everything that is owed."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    refuse(why_not_launch(campaign, user))
    missing = missing_words(checklist(campaign))
    if missing:
        raise ValidationError(missing)
    launch_campaign(campaign, by=user)
    messages.success(request, f"Đã phát động “{campaign}”. Các đơn vị thấy báo cáo phải gửi từ bây giờ.")
    return go_to(request, "campaign:campaign", campaign.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a campaign in preparation away."""
    campaign = own_campaign(request, pk)
    name = str(campaign)
    discard_campaign(campaign, by=cast(User, request.user))
    messages.success(request, f"Đã bỏ phong trào đang chuẩn bị “{name}”.")
    return go_to(request, "campaign:campaigns")


def own_campaign(request: HttpRequest, pk: int) -> Campaign:
    """A campaign that the person's own standing body prepares or runs, else not found."""
    user = cast(User, request.user)
    rows = Campaign.objects.of_standing_body(user)
    return get_object_or_404(rows.select_related("authority", "standing_body", "previous"), pk=pk)
