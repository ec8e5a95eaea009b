"""Workbooks of a lead department: one indicator with its units as rows, or all that it leads, one below another.

An office never sees a unit's working copy: a cell holds what was sent, or what an office itself entered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from itertools import groupby

from campaign.models import Period
from indicators.choices import AssignmentRole, VersionKind
from indicators.models import Assignment, Figure, FigureVersion, Indicator
from indicators.models.figure import FigureQuerySet
from indicators.permissions import led_indicator_ids, why_not_enter
from indicators.tables.foreseen import oddities_of_sent
from indicators.tables.sent import SentSource, read_sent
from indicators.tables.sent_rows import sent_row
from indicators.tables.template import (
    Beside,
    Template,
    TemplateGroup,
    TemplateRow,
    cells_of,
    columns_of,
    reported_bases,
)
from units.models import SpellingVariant, User

BEFORE, UNIT = "Lũy kế đã gửi", "Đơn vị"


def indicator_subject(indicator: Indicator, period: Period) -> str:
    """What an indicator's workbook is about."""
    return f"indicator:{indicator.pk}:{period.pk}"


def indicator_template(indicator: Indicator, period: Period, user: User) -> Template:
    """One indicator over its units: the queries of ``read_sent`` and four more, however many units."""
    source = _read(Figure.objects.filter(assignment__indicator=indicator), period)
    rows = _office_rows(source, user)
    return Template(
        subject=indicator_subject(indicator, period),
        title=_full_name(indicator),
        about=f"chỉ tiêu “{indicator.short_name}”, {period.name}",
        window=period.window,
        label_title=UNIT,
        before_title=BEFORE,
        groups=(TemplateGroup("", rows),),
        columns=columns_of(rows),
        foresee=partial(oddities_of_sent, source),
        on_behalf=True,
        holders={"indicator": indicator.pk, "period": period.pk, "campaign": indicator.campaign_id},
    )


def department_template(period: Period, user: User) -> Template:
    """All indicators that the person's departments lead, each over its units; the same number of queries for any."""
    led = led_indicator_ids(user)
    leads = Assignment.objects.leading_now().filter(indicator__in=led).order_by("unit")
    units = dict(leads.filter(indicator__campaign=period.campaign_id).values_list("unit_id", "unit__name"))
    source = _read(Figure.objects.filter(assignment__indicator__in=led), period)
    rows = [replace(row, about=row.figure.assignment.indicator.short_name) for row in _office_rows(source, user)]
    groups = tuple(
        TemplateGroup(_full_name(indicator), tuple(group))
        for indicator, group in groupby(rows, key=lambda row: row.figure.assignment.indicator)
    )
    return Template(
        subject=f"department:{'-'.join(str(pk) for pk in units)}:{period.pk}",
        title=f"Các chỉ tiêu do {' và '.join(units.values())} chủ trì",
        about=f"các chỉ tiêu do {' và '.join(units.values())} chủ trì, {period.name}",
        window=period.window,
        label_title="Chỉ tiêu, đơn vị",
        before_title=BEFORE,
        groups=groups,
        columns=columns_of(rows),
        foresee=partial(oddities_of_sent, source),
        on_behalf=True,
        holders={"period": period.pk, "campaign": period.campaign_id},
    )


def spellings_of(units: Collection[int]) -> dict[int, list[str]]:
    """The other spellings of each unit, one query."""
    found: dict[int, list[str]] = {pk: [] for pk in units}
    for pk, text in SpellingVariant.objects.filter(unit__in=units).order_by().values_list("unit_id", "text"):
        found[pk].append(text)
    return found


def _full_name(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit_of_measure})" if indicator.unit_of_measure else indicator.name


def _read(figures: FigureQuerySet, period: Period) -> SentSource:
    """The figures in the order of the campaign document, the units of each indicator in their own order."""
    source = read_sent(_in_order(figures, period), period.campaign, period, compares=True)
    _prepare(source)
    return source


def _office_rows(source: SentSource, user: User) -> tuple[TemplateRow, ...]:
    led = led_indicator_ids(user)
    entered = _entered_by_office([figure for figure in source.figures if figure.sent_version_id is None])
    return tuple(_row(source, figure, entered, user, led) for figure in source.figures)


def _in_order(figures: FigureQuerySet, period: Period) -> FigureQuerySet:
    owed = figures.filter(
        assignment__role=AssignmentRole.REPORTS, assignment__is_not_applicable=False, period=period
    ).select_related("assignment__unit__kind", "submission__participation")
    unit = [f"assignment__unit__{name}" for name in ("kind__position", "position", "sort_key")]
    return owed.order_by("assignment__indicator__area__position", "assignment__indicator__position", *unit)


def _row(
    source: SentSource, figure: Figure, entered: dict[int, FigureVersion], user: User, led: Collection[int]
) -> TemplateRow:
    indicator = figure.assignment.indicator
    visible = figure.sent_version or entered.get(figure.pk) or FigureVersion()
    bases = reported_bases(source.denominators.get(indicator.pk, ()))
    return TemplateRow(
        figure=figure,
        shown=visible,
        label=figure.submission.participation.unit_name,
        unit_of_measure=indicator.unit_of_measure,
        read_beside=partial(_beside, source, figure),
        cells=cells_of(indicator, visible, bases, source.steps.get(indicator.pk, ())),
        bases=bases,
        refusal=why_not_enter(figure.submission, user, figure=figure, on_behalf=True, led=set(led)),
    )


def _beside(source: SentSource, figure: Figure) -> Beside:
    """What was sent before, as the office reads it."""
    shown = sent_row(source, figure)
    return Beside(shown.target, shown.cumulative, shown.previous)


def _prepare(source: SentSource) -> None:
    """Give each row what a permission asks of it, with one query for all."""
    reports = {figure.submission_id for figure in source.figures}
    marked = Figure.objects.filter(submission__in=reports, is_marked=True).order_by()
    with_marks = set(marked.values_list("submission_id", flat=True))
    for figure in source.figures:
        figure.assignment.indicator.campaign = source.campaign
        figure.submission.period = source.period
        figure.submission.participation.unit = figure.assignment.unit
        figure.submission.participation.campaign = source.campaign
        figure.submission._has_marks = figure.submission_id in with_marks  # type: ignore[attr-defined]


def _entered_by_office(figures: Collection[Figure]) -> dict[int, FigureVersion]:
    """The last word on rows not yet sent, where an office entered it; a clerk's draft stays the clerk's."""
    rows = FigureVersion.objects.filter(figure__in=[figure.pk for figure in figures]).order_by("figure", "sequence")
    last = {version.figure_id: version for version in rows}
    return {pk: version for pk, version in last.items() if version.kind == VersionKind.ON_BEHALF}
