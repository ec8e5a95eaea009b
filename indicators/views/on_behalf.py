"""Nhập thay a whole month: the standing body enters for a unit that told by telephone, Zalo or paper, and sends it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from campaign.models import Submission
from campaign.permissions import is_standing_body
from indicators.forms import FigureForm, OnBehalfForm
from indicators.permissions import why_not_enter, why_not_move
from indicators.services.figures import Entry, OnBehalf, enter_figures
from indicators.tables.on_behalf import behalf_rows
from indicators.views.entry import read_forms, read_version
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to

ONLY_STANDING_BODY = "Chỉ cơ quan thường trực thi đua mới nhập thay cả báo cáo của đơn vị."


@require_http_methods(["GET", "HEAD", "POST"])
def month_on_behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with room for what the unit told; a row left empty stays as the unit has it."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.visible_to(user).in_place(), pk=pk)
    if not is_standing_body(submission.participation.campaign, user):
        raise PermissionDenied(ONLY_STANDING_BODY)
    refusal = why_not_enter(submission, user, on_behalf=True)
    told = OnBehalfForm(request.POST or None)
    if request.method == "POST":
        refuse(refusal)
        return _save(request, submission, user, told)
    table = behalf_rows(submission)
    context = {
        "submission": submission,
        "campaign": submission.participation.campaign,
        "refusal": refusal,
        "told": told,
        "rows": table,
        "missing": sum(row.is_missing for row in table),
        "why_not_record": why_not_move("record_signed", submission, user, on_behalf=True),
        "why_not_submit": why_not_move("submit", submission, user, on_behalf=True),
    }
    return render(request, "indicators/month_on_behalf.html", context)


def _save(request: HttpRequest, submission: Submission, user: User, told: OnBehalfForm) -> HttpResponse:
    """Write what was typed, all or none, with of whom and by which way it came."""
    if not told.is_valid():
        raise ValidationError(sentences_of(told))
    forms = [form for form in read_forms(request, submission) if _is_typed(form)]
    wrong = [
        f"{form.figure.assignment.indicator.short_name}: {sentence}"
        for form in forms
        for sentence in (
            *form.errors.values(),
            *(f"{question} Viết lại cho rõ." for question in form.questions.values()),
        )
    ]
    if wrong:
        raise ValidationError(wrong)
    if not forms:
        raise ValidationError("Chưa nhập dòng nào. Nhập số đơn vị đã báo rồi lưu.")
    entries = [Entry(form.figure.pk, read_version(request, form), _values(form)) for form in forms]
    on_behalf = OnBehalf(submission.participation.unit, **told.cleaned_data)
    enter_figures(submission, entries, by=user, on_behalf=on_behalf)
    unit = submission.participation.unit_name
    messages.success(request, f"Đã nhập thay {unit} {len(entries)} dòng; đơn vị thấy và có thể sửa.")
    return go_to(request, "indicators:month-on-behalf", submission.pk)


def _is_typed(form: FigureForm) -> bool:
    """True when somebody wrote something into the row."""
    return any(form.typed(name) for name in ("amount", "task_status")) or not form.is_valid()


def _values(form: FigureForm) -> dict[str, Any]:
    """What was typed; a base left empty stays as it is."""
    values = dict(form.values)
    bases = {key: text for key, text in values.pop("denominators", {}).items() if text is not None}
    return {**values, "denominators": bases} if bases else values
