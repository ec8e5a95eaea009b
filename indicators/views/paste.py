"""Saving many rows of the month at once: a block pasted from a workbook, or a step taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaign.models import Submission
from indicators.forms import FigureForm
from indicators.services import figures as services
from indicators.tables.month import month_table, progress_of
from indicators.views.entry import read_forms, read_version
from units.errors import LostRace
from units.models import User


@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the rows that were sent, all or none; the answer replaces no input."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.of_own_units(user).in_place(), pk=pk)
    forms = read_forms(request, submission)
    if len(forms) != sum(key.startswith("version-") for key in request.POST):
        raise PermissionDenied(services.NOT_OF_THIS_REPORT)
    wrong = [form for form in forms if not form.is_valid()]
    if wrong:
        return _not_pasted(request, [_sentence_of(form) for form in wrong], 422)
    key = request.POST.get("key", "")[:64]
    changed = [form for form in forms if form.has_changes()]
    entries = [
        services.Entry(form.figure.pk, read_version(request, form), form.values, key, assignment=form.figure.assignment)
        for form in changed
    ]
    try:
        services.enter_figures(submission, entries, by=user)
    except ValidationError as error:
        return _not_pasted(request, error.messages, 422)
    except LostRace:
        return _not_pasted(request, _overtaken(request, submission), 409)
    if not request.headers.get("HX-Request"):
        messages.success(request, f"Đã lưu {len(entries)} dòng.")
        return redirect("indicators:month", pk)
    sent = {form.figure.pk for form in forms}
    shown = [row for row in month_table(submission, user).rows if row.figure_id in sent]
    context = {"rows": shown, "progress": progress_of(submission), "is_saved": True}
    return render(request, "indicators/_pasted.html", context)


def _not_pasted(request: HttpRequest, sentences: Sequence[str], status: int) -> HttpResponse:
    """Why nothing was saved, a sentence for each row."""
    return render(request, "indicators/_not_pasted.html", {"sentences": sentences}, status=status)


def _sentence_of(form: FigureForm) -> str:
    """What is wrong with a row, or in question, under its name."""
    faults = [*form.errors.values(), *(f"“{one.typed}”: {one.sentence}" for one in form.questions.values())]
    return f"{form.figure.assignment.indicator.short_name}: {' '.join(faults)}"


def _overtaken(request: HttpRequest, submission: Submission) -> list[str]:
    """The rows that somebody else saved since the page was drawn."""
    forms = read_forms(request, submission)
    late = [form.figure for form in forms if form.figure.version != read_version(request, form)]
    return [services.CELL_WAS_CHANGED.format(name=figure.assignment.indicator.short_name) for figure in late]
