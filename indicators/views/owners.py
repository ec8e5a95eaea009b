"""Two pages of a campaign's set-up: which units take part, and who reports and leads each row."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from campaign.choices import Relation
from campaign.permissions import why_not_prepare
from campaign.services.participations import set_participations
from indicators.services.owners import set_owners
from indicators.tables.owners import owner_rows, taking_part, unit_groups
from indicators.views.set_up import own_campaign
from units.models import User
from units.views.navigation import go_to


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit below the authority: not taking part, or how and with which deadline."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    if request.method == "POST":
        count = set_participations(campaign, _chosen_units(request.POST), by=user)
        messages.success(request, f"Đã ghi {count} đơn vị tham gia.")
        return go_to(request, "indicators:set-up", campaign.pk)
    context = {
        "campaign": campaign,
        "groups": unit_groups(campaign),
        "tiers": campaign.tiers.all(),
        "relations": Relation.choices,
        "why_not_prepare": why_not_prepare(campaign, user),
    }
    return render(request, "indicators/participants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def owners(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads and who reports: chosen for several rows at once."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    if request.method == "POST":
        lead = request.POST.get("lead", "")
        count = set_owners(
            campaign,
            _numbers(request.POST, "indicators"),
            lead_id=int(lead) if lead.isdigit() else None,
            reporter_ids=_numbers(request.POST, "reporters"),
            by=user,
        )
        messages.success(request, f"Đã phân giao {count} chỉ tiêu, nhiệm vụ.")
        return go_to(request, "indicators:owners", campaign.pk)
    rows = owner_rows(campaign)
    context = {
        "campaign": campaign,
        "rows": rows,
        "missing": sum(row.is_missing for row in rows),
        "groups": taking_part(campaign),
        "why_not_prepare": why_not_prepare(campaign, user),
    }
    return render(request, "indicators/owners.html", context)


def _numbers(data: QueryDict, name: str) -> list[int]:
    return [int(one) for one in data.getlist(name) if one.isdigit()]


def _chosen_units(data: QueryDict) -> dict[int, tuple[str, int]]:
    """Units with a relation chosen (``relation-<unit>``) and their deadline group (``tier-<unit>``)."""
    chosen = {}
    for key, relation in data.items():
        unit = key.removeprefix("relation-")
        tier = data.get(f"tier-{unit}", "")
        if key.startswith("relation-") and unit.isdigit() and relation:
            chosen[int(unit)] = (str(relation), int(tier) if tier.isdigit() else 0)
    return chosen
