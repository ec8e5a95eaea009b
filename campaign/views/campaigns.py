"""The campaigns that a person sees, and one campaign as its document words it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import Campaign
from campaign.permissions import why_not_follow, why_not_prepare
from campaign.tables import area_tree, document_pages, duty_lines, period_lines, relation_groups
from units.choices import STANDING_ROLES
from units.models import User


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns that the person sees, the latest first."""
    user = cast(User, request.user)
    rows = Campaign.objects.visible_to(user).select_related("authority", "standing_body")
    context = {"campaigns": rows, "may_prepare": user.has_role(*STANDING_ROLES)}
    return render(request, "campaign/campaigns.html", context)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: document, areas, duties, legal bases, recipients, who takes part, periods."""
    user = cast(User, request.user)
    visible = Campaign.objects.visible_to(user)
    row = get_object_or_404(visible.select_related("authority", "standing_body", "document"), pk=pk)
    tiers = list(row.tiers.all())
    context = {
        "campaign": row,
        "may_prepare": not why_not_prepare(row, user),
        "may_follow": not why_not_follow(row, user),
        "own_parts": row.participations.of_own_units(user),
        "pages": document_pages(row),
        "areas": area_tree(row),
        "legal_bases": row.legal_bases.select_related("passage"),
        "duties": duty_lines(row),
        "recipients": row.recipients.all(),
        "relations": relation_groups(row),
        "tiers": tiers,
        "periods": period_lines(row, tiers),
    }
    return render(request, "campaign/campaign.html", context)
