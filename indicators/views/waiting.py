"""What a device kept while the line was down or the log-in had ended: sent together, answered row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from campaign.models import Submission
from indicators.forms import FigureForm
from indicators.services.figures import NOT_OF_THIS_REPORT, Entry
from indicators.services.waiting import Fate, Outcome, enter_waiting
from indicators.tables.month import month_table, progress_of
from indicators.tables.month_rows import MonthRow
from indicators.tables.month_source import unchanged_values
from indicators.views.entry import earlier_keys, read_forms, read_version
from units.models import User


@require_POST
def send_waiting(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the rows that waited; the answer tells the fate of each, and brings the parts of the page that changed."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.of_own_units(user).in_place(), pk=pk)
    forms = read_forms(request, submission)
    outcomes = _save(request, submission, forms, user)
    is_all_saved = all(one.fate == Fate.SAVED for one in outcomes.values())
    return JsonResponse(_answer(request, submission, forms, outcomes, user), status=200 if is_all_saved else 422)


def _save(request: HttpRequest, submission: Submission, forms: Sequence[FigureForm], user: User) -> dict[int, Outcome]:
    """What became of every row that was sent."""
    sent = [key.removeprefix("version-") for key in request.POST if key.startswith("version-")]
    outcomes = {int(one): Outcome(Fate.CLOSED, NOT_OF_THIS_REPORT) for one in sent if one.isdigit()}
    entries = []
    for form in forms:
        same = f"same{form.suffix}" in request.POST
        if same or form.is_valid():
            entries.append(_entry(request, form, unchanged_values(form.figure) if same else form.values))
        else:
            outcomes[form.figure.pk] = Outcome(Fate.WRONG, " ".join(_sentences(form)))
    return outcomes | enter_waiting(submission, entries, by=user)


def _entry(request: HttpRequest, form: FigureForm, values: dict[str, Any]) -> Entry:
    """One row with the keys under which its browser knows it."""
    return Entry(
        form.figure.pk,
        read_version(request, form),
        values,
        client_key=request.POST.get(f"key{form.suffix}", "")[:64],
        earlier_keys=earlier_keys(request.POST.get(f"earlier{form.suffix}", "")),
        assignment=form.figure.assignment,
    )


def _sentences(form: FigureForm) -> list[str]:
    """What is wrong with a row, or in question."""
    return [*form.errors.values(), *(f"“{one.typed}”: {one.sentence}" for one in form.questions.values())]


def _answer(
    request: HttpRequest,
    submission: Submission,
    forms: Sequence[FigureForm],
    outcomes: dict[int, Outcome],
    user: User,
) -> dict[str, Any]:
    """Row by row: its fate, its sentence, what is held now and in which version."""
    submission.refresh_from_db()
    shown = {row.figure_id: row for row in month_table(submission, user).rows if row.figure_id in outcomes}
    faults: dict[int, dict[str, Any]] = {
        form.figure.pk: {"errors": form.errors, "questions": form.questions} for form in forms
    }
    wrong = {pk for pk, one in outcomes.items() if one.fate == Fate.WRONG and pk in faults}
    rows = [replace(row, **faults[pk]) if pk in wrong else row for pk, row in shown.items()]
    context = {"rows": rows, "progress": progress_of(submission), "is_saved": True}
    html = render_to_string("indicators/_pasted.html", context, request) if "shown" in request.POST else ""
    return {
        "rows": [
            {"figure": pk, "fate": one.fate, "sentence": one.sentence, **_held(shown.get(pk))}
            for pk, one in outcomes.items()
        ],
        "html": html,
    }


def _held(row: MonthRow | None) -> dict[str, str]:
    """What the house holds of a row, as the page writes it."""
    if row is None:
        return {"held": "", "version": ""}
    told = ". ".join(part for part in (row.task_word, row.text) if part)
    return {"held": row.shown_amount if row.is_numeric else told or "–", "version": row.version}
