"""The reasons that a report's warnings ask for, answered on one page on the way to its sending."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaign.models import Submission
from indicators.permissions import why_not_enter
from indicators.services.figures import Entry, enter_figures
from indicators.tables.reasons import ReasonRow, reason_rows
from indicators.views.moves import CARRIED, SENDING, SENDING_AT_ONCE, carry_out
from units.choices import OWN_ROLES
from units.errors import refuse
from units.models import User
from units.views.navigation import go_to

LONGEST = 2000
MISSING = "Ghi lý do của dòng này; nếu số chưa đúng thì quay lại sửa số."


@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest, pk: int) -> HttpResponse:
    """Every warned figure with room for its reason; then the move that was begun goes on."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.visible_to(user).in_place(), pk=pk)
    if not user.holds_at(submission.participation.unit, *OWN_ROLES):
        return redirect("indicators:receive", pk)
    asked = reason_rows(submission, user)
    if request.method != "POST":
        return _answer(request, submission, asked, request.GET)
    refuse(why_not_enter(submission, user))
    typed = tuple(_typed(request, row) for row in asked)
    if any(row.error for row in typed):
        return _answer(request, submission, typed, request.POST, status=422)
    entries = [Entry(row.figure_id, row.version, {"note": row.typed}) for row in typed]
    enter_figures(submission, entries, by=user)  # kept even where the move after it is refused
    if "gui" in request.POST and request.POST.get("buoc") in SENDING:
        return carry_out(request, submission, request.POST["buoc"], user)
    messages.success(request, f"Đã ghi lý do của {len(typed)} dòng.")
    return go_to(request, "indicators:month", submission.pk)


def _typed(request: HttpRequest, row: ReasonRow) -> ReasonRow:
    """The row with the reason and the version that came from the page."""
    text = request.POST.get(f"reason-{row.figure_id}", "").strip()[:LONGEST]
    version = request.POST.get(f"version-{row.figure_id}", "")
    return replace(
        row,
        typed=text,
        version=int(version) if version.isdigit() else row.version,
        error="" if text else MISSING,
    )


def _answer(
    request: HttpRequest, submission: Submission, rows: tuple[ReasonRow, ...], told: QueryDict, status: int = 200
) -> HttpResponse:
    """The page, or for htmx the form alone."""
    name, labels = told.get("buoc", ""), SENDING | SENDING_AT_ONCE if told.get("then") == "submit" else SENDING
    context = {
        "submission": submission,
        "campaign": submission.participation.campaign,
        "rows": rows,
        "left": sum(bool(row.error) for row in rows),
        "focus": next((row.figure_id for row in rows if row.error), rows[0].figure_id if rows else None),
        "label": labels.get(name, ""),
        "carried": [(key, told[key]) for key in ("buoc", *CARRIED) if told.get(key)],
    }
    is_part = request.headers.get("HX-Target") == "ly-do"
    return render(request, "indicators/_reasons.html" if is_part else "indicators/reasons.html", context, status=status)
