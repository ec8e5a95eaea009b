"""The clerk's pages: what is owed, the month of a unit, and the saving of one cell or of the whole form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Submission
from campaign.permissions import why_not_edit
from campaign.rules.deadlines import remaining
from indicators.forms import FigureForm, UploadForm
from indicators.models import Evidence, Figure
from indicators.permissions import led_indicator_ids
from indicators.services import evidence as evidence_services
from indicators.services import figures as services
from indicators.tables.month import month_row, month_table, progress_of
from indicators.tables.month_rows import MonthTable
from indicators.tables.month_source import unchanged_values
from indicators.tables.moves import own_actions, timeline
from indicators.tables.on_behalf import told_for
from indicators.tables.owed import owed_table
from indicators.tables.unit_plan import unit_plan
from units import clock
from units.choices import OWN_ROLES
from units.errors import LostRace
from units.forms import sentences_of
from units.models import User
from vietnamese.dates import format_date

MINE = "toi"
EARLIER = 20


@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """The landing of clerk and head: reports owed now, asked back, waiting for approval, and earlier ones."""
    user = cast(User, request.user)
    context = {"table": owed_table(user), "leads": bool(led_indicator_ids(user))}
    return render(request, "indicators/owed.html", context)


def month(request: HttpRequest, pk: int) -> HttpResponse:
    """The month of one's own unit; the office reads what was sent on its own page."""
    user = cast(User, request.user)
    rows = Submission.objects.visible_to(user).in_place()
    submission = get_object_or_404(rows.select_related("endorsed_by", "signed_file"), pk=pk)
    if not user.holds_at(submission.participation.unit, *OWN_ROLES):
        return redirect("indicators:receive", pk)
    if request.method == "POST":
        return _save_form(request, submission, user)
    asked_row = request.headers.get("HX-Target", "").removeprefix("row-")
    if asked_row.isdigit():
        figure = get_object_or_404(Figure.objects.of_own_units(user).to_enter(), submission=submission, pk=asked_row)
        return render(request, "indicators/_row.html", {"row": month_row(submission, figure, user)})
    only_mine = request.GET.get("phan") == MINE
    return _month_page(request, submission, user, month_table(submission, user, only_mine=only_mine))


def _month_page(
    request: HttpRequest, submission: Submission, user: User, table: MonthTable, status: int = 200
) -> HttpResponse:
    """The whole page of the month."""
    context = {
        "submission": submission,
        "campaign": submission.participation.campaign,
        "table": table,
        "progress": progress_of(submission),
        "remaining": remaining(submission.due_on, clock.now(), may_be_late=submission.may_be_late),
        "shows_deadline": submission.first_sent_at is None,
        "due_on": format_date(submission.due_on),
        "runs_until": format_date(submission.period.ends_on) if submission.period.ends_on > clock.today() else "",
        "status_words": submission.status_words(clock.today()),
        "why_closed": why_not_edit(submission, today=clock.today()),
        "actions": own_actions(submission, user),
        "moves": timeline(submission),
        "told": told_for(submission),
        "only_mine": request.GET.get("phan") == MINE,
        "today": clock.today().isoformat(),
    }
    return render(request, "indicators/month.html", context, status=status)


def _save_form(request: HttpRequest, submission: Submission, user: User) -> HttpResponse:
    """The whole form, sent without script: what can be read is kept, the rest comes back with its sentence."""
    forms = read_forms(request, submission)
    same = request.POST.get("same", "")
    entries = [
        services.Entry(form.figure.pk, read_version(request, form), form.values, assignment=form.figure.assignment)
        for form in forms
        if form.is_valid() and form.has_changes() and str(form.figure.pk) != same
    ]
    entries += [
        services.Entry(
            form.figure.pk,
            read_version(request, form),
            unchanged_values(form.figure),
            assignment=form.figure.assignment,
        )
        for form in forms
        if str(form.figure.pk) == same
    ]
    services.enter_figures(submission, entries, by=user)
    wrong = {form.figure.pk: form for form in forms if not form.is_valid()}
    if not wrong:
        messages.success(request, f"Đã lưu {len(entries)} dòng." if entries else "Không có gì thay đổi.")
        return redirect("indicators:month", submission.pk)
    table = month_table(submission, user)
    groups = tuple(
        replace(group, rows=tuple(_with_faults(row, wrong.get(row.figure_id)) for row in group.rows))
        for group in table.groups
    )
    messages.warning(request, f"Đã lưu {len(entries)} dòng. Còn {len(wrong)} dòng chưa lưu được, xem câu ghi ở dòng.")
    return _month_page(request, submission, user, replace(table, groups=groups), status=422)


def read_forms(request: HttpRequest, submission: Submission) -> list[FigureForm]:
    """Every row that was sent; what is not on the page is left alone."""
    sent = [key.removeprefix("version-") for key in request.POST if key.startswith("version-")]
    figures = list(submission.figures.numbered(int(pk) for pk in sent if pk.isdigit()))
    plan = unit_plan(submission)
    plan.place(figures)
    bases = plan.denominators
    return [
        FigureForm(figure, request.POST, bases.get(figure.assignment.indicator_id, ()), suffix=f"-{figure.pk}")
        for figure in figures
    ]


def read_version(request: HttpRequest, form: FigureForm) -> int:
    """The version that the page was drawn with."""
    text = request.POST.get(f"version{form.suffix}", "")
    return int(text) if text.isdigit() else -1


def earlier_keys(text: str) -> tuple[str, ...]:
    """The keys of sends that the browser never heard of again, the last ones of them."""
    return tuple(key[:64] for key in text.split()[-EARLIER:])


def _with_faults(row: Any, form: FigureForm | None) -> Any:
    """The row with what was typed and why it was not kept."""
    if form is None:
        return row
    typed = {name: form.typed(name) or "" for name in ("amount", "year_estimate", "note") if form.typed(name)}
    return replace(row, errors=form.errors, questions=form.questions, **typed)


def _own_figure(user: User, pk: int) -> Figure:
    """The figure of a unit for which the person enters, with its place; what is not theirs is not there."""
    figure = Figure.objects.own_to_enter(user, pk)
    if figure is None:
        raise Http404
    return figure


@require_POST
def enter_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one row. The answer brings its state, cumulative and warnings, never the input that was typed into."""
    user = cast(User, request.user)
    figure = _own_figure(user, pk)
    bases = unit_plan(figure.submission).denominators if figure.kind == "ratio" else {}
    form = FigureForm(figure, request.POST, bases.get(figure.assignment.indicator_id, ()), suffix=f"-{pk}")
    is_same = f"same-{pk}" in request.POST
    values = unchanged_values(figure) if is_same else form.values
    faults: dict[str, Any] = {}
    status = 200
    if not is_same and not form.is_valid():
        faults, status = {"errors": form.errors, "questions": form.questions}, 422
    elif is_same or form.has_changes():
        figure, faults, status = _save(request, figure, form, values, user)
    if not request.headers.get("HX-Request"):
        return redirect("indicators:month", figure.submission_id)
    row = replace(month_row(figure.submission, figure, user), **faults)
    context = {"row": row, "progress": progress_of(figure.submission), "is_saved": not faults, "is_same": is_same}
    return render(request, "indicators/_saved.html", context, status=status)


def _save(
    request: HttpRequest, figure: Figure, form: FigureForm, values: dict[str, Any], user: User
) -> tuple[Figure, dict[str, Any], int]:
    """Write the row: it as it now stands; what stands against it comes back as faults to show beside the cell."""
    try:
        written = services.enter_figure(
            figure,
            values,
            by=user,
            read_version=read_version(request, form),
            client_key=request.POST.get("key", "")[:64],
            earlier_keys=earlier_keys(request.POST.get("earlier", "")),
        )
    except ValidationError as error:
        return figure, {"errors": {"amount": " ".join(error.messages)}}, 422
    except LostRace:
        return _own_figure(user, figure.pk), {"conflict": form.typed("amount") or form.typed("text") or "để trống"}, 409
    return written, {}, 200


@require_POST
def attach_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file that proves a figure."""
    user = cast(User, request.user)
    figure = _own_figure(user, pk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    evidence_services.attach_evidence(figure, form.cleaned_data["file"], by=user, title=form.cleaned_data["title"])
    return _evidence_changed(request, figure, user, f"Đã đính kèm tệp “{form.cleaned_data['file'].name}”.")


@require_POST
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off its figure."""
    user = cast(User, request.user)
    evidence = get_object_or_404(Evidence.objects.kept(), pk=pk)
    figure = _own_figure(user, evidence.figure_id)
    evidence.figure = figure
    evidence_services.remove_evidence(evidence, by=user)
    return _evidence_changed(request, figure, user, f"Đã gỡ tệp “{evidence.title}”.")


def _evidence_changed(request: HttpRequest, figure: Figure, user: User, sentence: str) -> HttpResponse:
    """The row's list of files and its warnings, or the page again."""
    if not request.headers.get("HX-Request"):
        messages.success(request, sentence)
        return redirect("indicators:month", figure.submission_id)
    row = month_row(figure.submission, figure, user)
    return render(request, "indicators/_evidence_changed.html", {"row": row})
