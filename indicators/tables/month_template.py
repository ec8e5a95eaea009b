"""The workbook of a unit's month: its rows with what stands beside them, read once and drawn by nobody."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from campaign.models import Submission
from indicators.models import Figure
from indicators.permissions import why_not_enter
from indicators.tables.foreseen import oddities_of_month
from indicators.tables.month import heading_of, previous_words
from indicators.tables.month_numbers import numbers_beside
from indicators.tables.month_source import Source, read_source
from indicators.tables.template import (
    Beside,
    Template,
    TemplateGroup,
    TemplateRow,
    cells_of,
    columns_of,
    reported_bases,
)
from units.models import User


def month_subject(submission: Submission) -> str:
    """What a month's workbook is about."""
    return f"month:{submission.pk}"


def month_template(submission: Submission, user: User) -> Template:
    """Exactly this unit's month: the queries of ``read_source`` and those of who may enter."""
    source = read_source(submission)
    groups = []
    for area, figures in groupby(source.figures, key=lambda one: heading_of(one.assignment.indicator.area)):
        rows = tuple(_row(source, figure, user) for figure in figures)
        groups.append(TemplateGroup(f"{area.numbering} {area.short_title}".strip(), rows))
    period = submission.period
    return Template(
        subject=month_subject(submission),
        title=f"Biểu số liệu {period.name}",
        about=f"{submission.participation.unit_name}, {period.name}",
        window=period.window,
        label_title="Chỉ tiêu, nhiệm vụ",
        before_title="Lũy kế kỳ trước",
        groups=tuple(groups),
        columns=columns_of(row for group in groups for row in group.rows),
        foresee=partial(oddities_of_month, source),
        refusal=why_not_enter(submission, user),
        holders={
            "unit": submission.participation.unit_id,
            "period": period.pk,
            "submission": submission.pk,
            "campaign": submission.participation.campaign_id,
        },
    )


def _row(source: Source, figure: Figure, user: User) -> TemplateRow:
    """One row as its own unit sees it."""
    indicator = figure.assignment.indicator
    figure.submission = source.submission
    bases = reported_bases(source.plan.denominators.get(indicator.pk, ()))
    return TemplateRow(
        figure=figure,
        shown=figure,
        label=indicator.short_name,
        unit_of_measure=indicator.unit_of_measure,
        read_beside=partial(_beside, source, figure),
        cells=cells_of(indicator, figure, bases, source.plan.steps.get(indicator.pk, ())),
        bases=bases,
        refusal=why_not_enter(source.submission, user, figure=figure),
    )


def _beside(source: Source, figure: Figure) -> Beside:
    """What the unit held before; of a task in words."""
    if figure.assignment.indicator.is_numeric:
        return Beside(*numbers_beside(source, figure))
    return Beside("", "", previous_words(source, figure))
