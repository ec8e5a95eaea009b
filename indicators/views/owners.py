"""Two pages of a campaign's set-up: which units take part, and who reports and leads each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from campaign.choices import Relation
from campaign.permissions import why_not_prepare
from campaign.services.participations import set_participations
from indicators.services.owners import set_owners
from indicators.tables.owners import OwnerRow, TakingPart, UnitGroup, owner_rows, taking_part, unit_groups
from indicators.views.set_up import own_campaign
from units.models import User
from units.views.navigation import go_to

#: Chosen for a whole kind: none of its units takes part. Which rows are shown: those that lack somebody.
NOBODY, MISSING = "khong", "thieu"


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit that may take part: not taking part, or how and with which deadline."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    if request.method == "POST":
        count = set_participations(campaign, _chosen_units(request.POST, unit_groups(campaign)), by=user)
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
            _chosen_rows(request.POST, owner_rows(campaign)),
            lead_id=int(lead) if lead.isdigit() else None,
            reporter_ids=chosen_reporters(request.POST, taking_part(campaign)),
            by=user,
        )
        messages.success(request, f"Đã phân giao {count} chỉ tiêu, nhiệm vụ.")
        return go_to(request, "indicators:owners", campaign.pk)
    rows = owner_rows(campaign)
    only_missing = request.GET.get("xem") == MISSING
    context = {
        "campaign": campaign,
        "rows": [row for row in rows if row.is_missing or not only_missing],
        "only_missing": only_missing,
        "total": len(rows),
        "missing": sum(row.is_missing for row in rows),
        "groups": taking_part(campaign),
        "why_not_prepare": why_not_prepare(campaign, user),
    }
    return render(request, "indicators/owners.html", context)


def numbers_of(data: QueryDict, name: str) -> list[int]:
    """The ids that were ticked under a name."""
    return [int(one) for one in data.getlist(name) if one.isdigit()]


def _chosen_rows(data: QueryDict, rows: Sequence[OwnerRow]) -> set[int]:
    """Rows ticked one by one (``indicators``), and all of an area that is ticked whole (``areas``)."""
    areas = set(numbers_of(data, "areas"))
    return {*numbers_of(data, "indicators"), *(row.indicator.pk for row in rows if row.indicator.area_id in areas)}


def chosen_reporters(data: QueryDict, groups: Sequence[TakingPart]) -> set[int]:
    """Units ticked one by one (``reporters``), and all of a kind that is ticked whole (``kinds``)."""
    kinds = set(numbers_of(data, "kinds"))
    return {*numbers_of(data, "reporters"), *(pk for group in groups if group.pk in kinds for pk, _ in group.units)}


def _chosen_units(data: QueryDict, groups: Sequence[UnitGroup]) -> dict[int, tuple[str, int]]:
    """Units with a relation (``relation-<unit>``) and their deadline group (``tier-<unit>``).

    What is chosen for a whole kind (``all-relation-<kind>``, ``all-tier-<kind>``) stands in place of the units' own.
    """
    kind_of = {row.unit.pk: group.pk for group in groups for row in group.rows}
    chosen = {}
    for key in data:
        unit = key.removeprefix("relation-")
        if not key.startswith("relation-") or not unit.isdigit():
            continue
        kind = kind_of.get(int(unit))
        relation = data.get(f"all-relation-{kind}") or data.get(key, "")
        tier = data.get(f"all-tier-{kind}") or data.get(f"tier-{unit}", "")
        if relation and relation != NOBODY:
            chosen[int(unit)] = (str(relation), int(tier) if tier.isdigit() else 0)
    return chosen
