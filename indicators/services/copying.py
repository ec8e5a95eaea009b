"""Taking the figures of the period before (lấy số kỳ trước): each stays marked until a person has looked at it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from campaign.models import Submission
from indicators.choices import FigureState, TimeRule
from indicators.models import Figure
from indicators.services.figures import Entry, enter_figures
from units.models import User

NOTHING_TO_TAKE = "Không có dòng nào lấy được số kỳ trước: dòng đã có số, hoặc kỳ trước chưa báo cáo."
OF_NUMBERS = ("state", "amount", "denominators")
OF_TASKS = ("state", "task_status", "step", "percent", "text")


def copy_previous(
    submission: Submission, *, by: User, only: Collection[int] = (), client_key: str = ""
) -> list[Figure]:
    """Take over what the unit reported the period before: into every empty row, or into the rows that were named.

    One save for all, so one step back takes all of them away again. A flow of one period and one entered as lũy kế
    are never taken for one another.
    """
    rows = Figure.objects.filter(submission=submission).select_related("assignment__indicator").order_by("pk")
    rows = rows.filter(pk__in=only) if only else rows.missing()
    chosen = list(rows)
    for figure in chosen:
        figure.submission = submission
    before = _before(submission, [figure.assignment_id for figure in chosen])
    entries = [
        Entry(figure.pk, figure.version, _values(figure, last), client_key)
        for figure in chosen
        if (last := before.get(figure.assignment_id)) and not _is_of_another_span(figure, last)
    ]
    if not entries:
        raise ValidationError(NOTHING_TO_TAKE)
    return enter_figures(submission, entries, by=by)


def _before(submission: Submission, assignments: Collection[int]) -> dict[int, Figure]:
    """The last reported figure of each row before the period, in one query."""
    periods = submission.participation.campaign.periods.over_before(submission.period)
    rows = Figure.objects.filter(assignment__in=assignments, period__in=periods)
    rows = rows.exclude(state=FigureState.NOT_REPORTED).order_by("period__number")
    return {figure.assignment_id: figure for figure in rows}


def _is_of_another_span(figure: Figure, last: Figure) -> bool:
    """A quick report asks the year of what flows, a month asks the month; the earlier entry may tell of the other."""
    if figure.assignment.indicator.time_rule != TimeRule.FLOW or last.state != FigureState.REPORTED:
        return False
    return last.is_cumulative or figure.submission.period.is_flash


def _values(figure: Figure, last: Figure) -> dict[str, Any]:
    names = OF_NUMBERS if figure.assignment.indicator.is_numeric else OF_TASKS
    return {**{name: getattr(last, name) for name in names}, "is_copied": True}
