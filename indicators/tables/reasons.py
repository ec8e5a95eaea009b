"""What a report still has to give a reason for before it goes to the office: one row for each warned figure."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Submission
from indicators.choices import FigureState
from indicators.permissions import why_not_enter
from indicators.rules.oddities import Severity
from indicators.tables.month import month_table
from indicators.tables.month_numbers import warnings_of_row
from indicators.tables.month_rows import NUMERIC
from indicators.tables.month_source import read_source
from units.models import User


@dataclass(frozen=True)
class ReasonRow:
    """One warned figure: what it is, what is odd about it, and the reason as typed so far."""

    figure_id: int
    version: int
    name: str
    unit_of_measure: str
    amount: str
    previous: str
    sentences: tuple[str, ...]
    typed: str = ""
    error: str = ""


def wants_reasons(submission: Submission, user: User) -> bool:
    """True while a figure that this person may still write is warned of and has no note.

    What is still missing is said first, by the move itself.
    """
    if why_not_enter(submission, user):
        return False
    source = read_source(submission)
    if any(figure.state == FigureState.NOT_REPORTED for figure in source.figures):
        return False
    has_marks = any(figure.is_marked for figure in source.figures)
    return any(
        one.severity != Severity.NOTE
        for figure in source.figures
        if figure.kind in NUMERIC and not figure.note and (figure.is_marked or not has_marks)
        for one in warnings_of_row(source, figure)
    )


def reason_rows(submission: Submission, user: User) -> tuple[ReasonRow, ...]:
    """The rows of the page, in the order of the month."""
    return tuple(
        ReasonRow(
            figure_id=row.figure_id,
            version=int(row.version),
            name=row.name,
            unit_of_measure=row.unit_of_measure,
            amount=row.shown_amount,
            previous=row.previous,
            sentences=tuple(one.sentence for one in row.warnings if one.severity != Severity.NOTE),
        )
        for row in month_table(submission, user).rows
        if row.is_open and row.asks_reason
    )
