"""Điều chỉnh số liệu of a received or closed month: a page of its own, for the unit or for the office on its behalf."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from campaign.models import Submission
from indicators.forms import CorrectionForm, FigureForm
from indicators.permissions import why_not_move
from indicators.services.corrections import Correction
from indicators.services.submissions import make_move
from indicators.tables.corrections import correction_table
from indicators.views.entry import read_forms, read_version
from units.choices import OWN_ROLES
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with numbers, each with room for a new one; what is left empty stays as it is."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.visible_to(user).in_place(), pk=pk)
    is_own = user.holds_at(submission.participation.unit, *OWN_ROLES)
    refusal = why_not_move("correct", submission, user, on_behalf=not is_own)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST":
        refuse(refusal)
        if not form.is_valid():
            raise ValidationError(sentences_of(form))
        return _send(request, submission, user, form, is_own=is_own)
    context = {
        "submission": submission,
        "campaign": submission.participation.campaign,
        "refusal": refusal,
        "form": form,
        "rows": correction_table(submission, is_own=is_own),
        "is_own": is_own,
    }
    return render(request, "indicators/correct.html", context)


def _send(
    request: HttpRequest, submission: Submission, user: User, form: CorrectionForm, *, is_own: bool
) -> HttpResponse:
    """Send the new numbers to the office; a number that cannot be read stops all."""
    forms = [one for one in read_forms(request, submission) if _new_values(one) or not one.is_valid()]
    wrong = [
        f"{one.figure.assignment.indicator.short_name}: {sentence}"
        for one in forms
        for sentence in (*one.errors.values(), *(f"{question} Viết lại cho rõ." for question in one.questions.values()))
    ]
    if wrong:
        raise ValidationError(wrong)
    make_move(
        "correct",
        submission,
        by=user,
        corrections=[Correction(one.figure.pk, read_version(request, one), _new_values(one)) for one in forms],
        on_behalf_of=None if is_own else submission.participation.unit,
        **form.cleaned_data,
    )
    messages.success(request, "Đã gửi số liệu điều chỉnh; số chính thức đổi khi cơ quan thường trực tiếp nhận lại.")
    return go_to(request, "indicators:month" if is_own else "indicators:receive", submission.pk)


def _new_values(form: FigureForm) -> dict[str, Any]:
    """What was typed into a row; what was left empty stays as it is, and a running total stays one."""
    values = dict(form.values)
    bases = {key: text for key, text in values.pop("denominators", {}).items() if text is not None}
    if not form.typed("amount"):
        values = {}
    values.pop("is_cumulative", None)
    if bases:
        values["denominators"] = bases
    return values
