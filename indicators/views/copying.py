"""“Lấy số kỳ trước” for a row or for every empty row of the month."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaign.models import Submission
from indicators.services.copying import copy_previous
from indicators.tables.month import month_table, progress_of
from units.models import User


@require_POST
def take_previous(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the rows with what was reported the period before; each is marked until somebody looks at it."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.of_own_units(user).in_place(), pk=pk)
    only = [int(one) for one in request.POST.getlist("take") if one.isdigit()]
    taken = copy_previous(submission, by=user, only=only, client_key=request.POST.get("key", "")[:64])
    sentence = f"Đã lấy số kỳ trước vào {len(taken)} dòng. Xem lại từng dòng rồi đánh dấu đã xem, hoặc gõ số mới."
    if not request.headers.get("HX-Request"):
        messages.success(request, sentence)
        return redirect("indicators:month", pk)
    ids = {figure.pk for figure in taken}
    shown = [row for row in month_table(submission, user).rows if row.figure_id in ids]
    context = {"rows": shown, "progress": progress_of(submission), "is_saved": True, "sentence": sentence}
    return render(request, "indicators/_taken.html", context)
