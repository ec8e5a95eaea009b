"""The history of one figure, and of what a unit was asked and answered."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Figure
from indicators.tables.asked import asked_table
from indicators.tables.history import version_rows
from units.choices import OWN_ROLES
from units.models import User


@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Who entered what, when, for whom and why; the office sees what was sent."""
    user = cast(User, request.user)
    rows = Figure.objects.visible_to(user).select_related(
        "assignment__indicator__campaign",
        "assignment__unit",
        "submission__participation__unit",
        "period",
        "sent_version",
    )
    row = get_object_or_404(rows, pk=pk)
    is_own = user.holds_at(row.assignment.unit, *OWN_ROLES)
    context = {
        "figure": row,
        "indicator": row.assignment.indicator,
        "campaign": row.assignment.indicator.campaign,
        "is_own": is_own,
        "versions": version_rows(row, only_sent=not is_own),
        "evidence": row.evidence.kept().select_related("added_by"),
    }
    return render(request, "indicators/figure.html", context)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What the person's units were asked, and what they sent in answer."""
    rows = asked_table(cast(User, request.user))
    return render(request, "indicators/asked.html", {"rows": rows, "many_units": len({row.unit for row in rows}) > 1})
