"""Files of every unit at once: ordered here, made by the background worker, fetched here."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import tasks
from reports.forms import BatchForm
from reports.models import Batch
from reports.services.batches import cancel_batch, retry_batch, start_batch
from reports.tables.batches import batch_parts, batch_row, batch_table
from units.choices import STANDING_ROLES
from units.models import User

NOT_YOURS = "Trang này dành cho cơ quan thường trực thi đua."


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """The list; posting orders one more."""
    user = cast(User, request.user)
    if not user.has_role(*STANDING_ROLES):
        raise PermissionDenied(NOT_YOURS)
    table = batch_table(user)
    if request.method != "POST":
        return render(request, "reports/batches.html", {"table": table, "form": BatchForm(table.choices)})
    form = BatchForm(table.choices, request.POST)
    if not form.is_valid():
        return render(request, "reports/batches.html", {"table": table, "form": form}, status=422)
    chosen = form.chosen
    start_batch(chosen.campaign, chosen.period, form.cleaned_data["kind"], by=user, enqueue=tasks.make_part.enqueue)
    return redirect("reports:batches")


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch with its files; asked again by the page itself while it is in work."""
    found = _visible(request, pk)
    if request.htmx.target == f"lan-lap-{pk}":  # type: ignore[attr-defined]
        return render(request, "reports/_batch_row.html", {"row": batch_row(found)})
    return render(request, "reports/batch.html", {"row": batch_row(found), "parts": batch_parts(found)})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a batch."""
    cancel_batch(_visible(request, pk), by=cast(User, request.user))
    return redirect("reports:batches")


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what is missing of a batch."""
    retry_batch(_visible(request, pk), by=cast(User, request.user), enqueue=tasks.make_part.enqueue)
    return redirect("reports:batches")


def _visible(request: HttpRequest, pk: int) -> Batch:
    rows = Batch.objects.visible_to(cast(User, request.user))
    return get_object_or_404(rows.select_related("campaign__standing_body", "period"), pk=pk)
