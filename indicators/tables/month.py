"""The month of one unit as its clerk sees it: every owed row with its texts, warnings and what is still missing.

The own unit sees its working values, sent or not.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.db import models

from campaign.models import ContentArea, Submission
from indicators.choices import FigureState, TaskStatus
from indicators.models import Figure
from indicators.permissions import has_marks, why_not_enter
from indicators.tables.month_numbers import numeric_row
from indicators.tables.month_rows import MANY_ROWS, NUMERIC, Choice, Group, MissingRow, MonthRow, MonthTable, Progress
from indicators.tables.month_source import Source, read_source, rows_not_owed
from units.models import User
from units.models.prepared import prepared
from vietnamese.dates import format_date

#: Why nothing can be entered into what is only printed.
PRINTED = "Bản in."


def month_table(submission: Submission, user: User | None, *, only_mine: bool = False) -> MonthTable:
    """The month of one report, grouped by content area in the document's order; without a person it is only printed."""
    source = read_source(submission)
    rows = _rows(source, user, is_narrowed=any(figure.is_marked for figure in source.figures))
    if len(rows) > MANY_ROWS:
        rows = {pk: replace(row, is_brief=row.is_numeric and not row.has_details) for pk, row in rows.items()}
    groups = []
    for area, figures in groupby(source.figures, key=lambda figure: heading_of(figure.assignment.indicator.area)):
        chosen = tuple(rows[one.pk] for one in figures if rows[one.pk].is_mine or not only_mine)
        if chosen:
            groups.append(Group(f"{area.numbering} {area.short_title}".strip(), chosen))
    not_assigned, not_due = rows_not_owed(source)
    period = submission.period
    return MonthTable(
        groups=tuple(groups),
        window=period.window,
        not_assigned=not_assigned,
        not_due=not_due,
    )


def heading_of(area: ContentArea) -> ContentArea:
    """The content area under whose title a row stands: the document's 2.1 to 2.5, not their many parts."""
    return area.parent or area


def month_row(submission: Submission, figure: Figure, user: User) -> MonthRow:
    """One row alone, after its cell was saved."""
    return _rows(read_source(submission, only=figure), user, is_narrowed=has_marks(submission))[figure.pk]


def progress_of(submission: Submission) -> Progress:
    """How many rows of the report are there, and which are not: one query."""
    states = _states_of.rows(submission.pk)
    missing = tuple(MissingRow(pk, name) for pk, name, state, _ in states if state == FigureState.NOT_REPORTED)
    copied = tuple(MissingRow(pk, name) for pk, name, _, is_copied in states if is_copied)
    return Progress(len(states), len(states) - len(missing), missing, copied)


@prepared
def _states_of(submission: int) -> models.QuerySet[Figure, Any]:
    rows = Figure.objects.filter(submission=submission).order_by(
        "assignment__indicator__area__position", "assignment__indicator__position", "pk"
    )
    return rows.values_list("pk", "assignment__indicator__short_name", "state", "is_copied")


def _rows(source: Source, user: User | None, *, is_narrowed: bool) -> dict[int, MonthRow]:
    """The rows by figure; ``is_narrowed``: only the figures marked by an office are open."""
    refusal = why_not_enter(source.submission, user) if user else PRINTED
    rows = {}
    for figure in source.figures:
        is_open = not refusal and (figure.is_marked or not is_narrowed)
        build = numeric_row if figure.kind in NUMERIC else _task_row
        rows[figure.pk] = build(source, figure, _common(source, figure, user, is_open=is_open))
    return rows


def _common(source: Source, figure: Figure, user: User | None, *, is_open: bool) -> dict[str, Any]:
    """What every kind of row shows."""
    indicator = figure.assignment.indicator
    return {
        "figure_id": figure.pk,
        "key": str(figure.pk),
        "indicator_key": str(indicator.pk),
        "version": str(figure.version),
        "kind": figure.kind,
        "name": indicator.short_name,
        "unit_of_measure": indicator.unit_of_measure,
        "decimals": str(indicator.decimals),
        "is_open": is_open,
        "is_mine": user is not None and figure.assignment.person_id == user.pk,
        "state": figure.state,
        "is_marked": figure.is_asked,
        "request_reason": figure.request_reason,
        "origin": figure.origin,
        "is_copied": figure.is_copied,
        "note": figure.note,
        "data_source": figure.data_source,
        "as_of_on": format_date(figure.as_of_on) if figure.as_of_on else "",
        "usual_source": indicator.data_source,
        "asks_source": indicator.asks_source_date,
        "evidence_required": indicator.evidence_required,
        "evidence": tuple(source.evidence.get(figure.pk, ())),
    }


def _task_row(source: Source, figure: Figure, common: dict[str, Any]) -> MonthRow:
    """A task or a milestone: its status, the step reached and what was done."""
    steps = source.plan.steps.get(figure.assignment.indicator_id, [])
    reached = next((step.name for step in steps if step.position == figure.step), "")
    return MonthRow(
        **common,
        statuses=tuple(Choice(value, label, value == figure.task_status) for value, label in TaskStatus.choices),
        steps=tuple(
            Choice(str(step.position), f"{step.position}. {step.name}", step.position == figure.step) for step in steps
        ),
        task_word=_status_words(figure.task_status, reached),
        text=figure.text,
        previous_text=previous_words(source, figure),
    )


def _status_words(status: str, step: str = "") -> str:
    """How a task stands, in words, with the step reached."""
    word = str(TaskStatus(status).label) if status else ""
    return f"{word}; đã xong: {step}" if step else word


def previous_words(source: Source, figure: Figure) -> str:
    """What was told of a task in the period before."""
    earlier = source.earlier.get(figure.assignment_id)
    return ". ".join(filter(None, (_status_words(earlier[-1].task_status), earlier[-1].text))) if earlier else ""
