"""What the month of one unit is built from: four queries, seven more where a definition has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from campaign.models import Period, Submission
from indicators.choices import FigureState, IndicatorKind
from indicators.models import (
    Assignment,
    Evidence,
    Figure,
    Indicator,
)
from indicators.rules import progress
from indicators.rules.cumulation import effective_amount
from indicators.rules.oddities import Whole
from indicators.tables.columns import amount_of, bases_of, plain
from indicators.tables.prior import Prior, priors_of
from indicators.tables.unit_plan import UnitPlan, unit_plan
from units.models.prepared import prepared


@dataclass(frozen=True)
class Earlier:
    """What the unit holds for an earlier period of a row."""

    number: int
    amount: Decimal | None
    state: str
    is_cumulative: bool
    denominators: Mapping[str, str]
    task_status: str
    step: int | None
    text: str


@dataclass(frozen=True)
class EvidenceLink:
    """One file that proves a figure."""

    pk: int
    file_id: int
    title: str


@dataclass(frozen=True)
class Source:
    """Everything read for the rows, by assignment, indicator or figure."""

    submission: Submission
    figures: list[Figure]
    plan: UnitPlan
    earlier: dict[int, list[Earlier]]
    evidence: dict[int, list[EvidenceLink]]
    priors: dict[int, Prior]

    @cached_property
    def parts(self) -> dict[int, list[Figure]]:
        """The rows that are part of another ("trong đó"), by the indicator of the whole."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.assignment.indicator.parent_id:
                found[figure.assignment.indicator.parent_id].append(figure)
        return found

    def whole_of(self, figure: Figure) -> Whole | None:
        """The row that this part must come to with the others, where all are reported.

        Parts that are merely more than their whole are spoken of in the row of the whole.
        """
        parent = figure.assignment.indicator.parent_id
        if parent not in self.plan.part_counts:
            return None
        whole = next((one for one in self.figures if one.assignment.indicator_id == parent), None)
        if whole is None or not self.has_all_parts(whole.assignment.indicator):
            return None
        others = [one for one in self.parts.get(parent or 0, ()) if one.pk != figure.pk]
        amounts = [effective_amount(one.amount, one.state) for one in (whole, *others)]
        if any(amount is None for amount in amounts):
            return None
        told = [amount for amount in amounts if amount is not None]
        name = whole.assignment.indicator.short_name
        return Whole(name, told[0], sum(told[1:], progress.ZERO), has_all_parts=True)

    def has_all_parts(self, whole: Indicator) -> bool:
        """Do the parts on this page come to their whole: does it say so, and does the unit report every part?"""
        return whole.parts_are_complete and len(self.parts.get(whole.pk, ())) == self.plan.part_counts.get(whole.pk)


def read_source(submission: Submission, *, only: Figure | None = None) -> Source:
    """Read what the rows need; with ``only`` for one row as it stands now, its whole and its parts."""
    plan = unit_plan(submission)
    rows: list[Figure] = _figures_of.objects(submission.pk) if only is None else [only, *_kin_of(only, plan)]
    plan.place(rows)
    return Source(
        submission=submission,
        figures=rows,
        plan=plan,
        earlier=_earlier(submission, [figure.assignment_id for figure in rows]),
        evidence=_evidence([figure.pk for figure in rows]),
        priors=priors_of({one.assignment_id: one.assignment.indicator for one in rows}, submission.period),
    )


@prepared
def _figures_of(submission: int) -> models.QuerySet[Figure]:
    """The rows of a month in the document's order."""
    figures = Figure.objects.filter(submission=submission)
    return figures.order_by("assignment__indicator__area__position", "assignment__indicator__position", "pk")


def _kin_of(figure: Figure, plan: UnitPlan) -> list[Figure]:
    """The other rows that a row is compared with: its parts; of a part its whole and the other parts."""
    indicator = figure.assignment.indicator
    if indicator.pk in plan.indicators and not plan.has_kin(indicator):
        return []
    kin = Q(assignment__indicator__parent=indicator.pk)
    if indicator.parent_id is not None:
        kin |= Q(assignment__indicator=indicator.parent_id) | Q(assignment__indicator__parent=indicator.parent_id)
    rows = Figure.objects.filter(kin, submission=figure.submission_id).exclude(pk=figure.pk)
    return list(rows.order_by("assignment__indicator__position", "pk"))


def rows_not_owed(source: Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the unit's rows that are not given to it (không giao), and of those not due in this period."""
    submission = source.submission
    rows = Assignment.objects.filter(unit=submission.participation.unit, role="reports", valid_to=None).filter(
        indicator__campaign=submission.participation.campaign_id
    )
    owed = {figure.assignment_id for figure in source.figures}
    not_assigned, not_due = [], []
    ordered = rows.order_by("indicator__area__position", "indicator__position")
    for pk, name, is_out in ordered.values_list("pk", "indicator__short_name", "is_not_applicable"):
        if is_out:
            not_assigned.append(name)
        elif pk not in owed:
            not_due.append(name)
    return tuple(not_assigned), tuple(not_due)


def unchanged_values(figure: Figure) -> dict[str, Any]:
    """The values of a task with which the period before ended: "không thay đổi so với kỳ trước" writes them again."""
    periods = Period.objects.over_before(figure.submission.period)
    rows = Figure.objects.filter(assignment=figure.assignment_id, period__in=periods)
    last = rows.exclude(state=FigureState.NOT_REPORTED).order_by("-period__number").first()
    if last is None:
        raise ValidationError("Kỳ trước chưa có báo cáo của dòng này nên chưa thể ghi “không thay đổi”.")
    values = {name: getattr(last, name) for name in ("state", "task_status", "step", "percent", "text")}
    return values if figure.kind in (IndicatorKind.TASK, IndicatorKind.MILESTONE) else {}


def _earlier(submission: Submission, assignments: Collection[int]) -> dict[int, list[Earlier]]:
    """The unit's own values of the periods before, oldest first."""
    period = submission.period
    found: dict[int, list[Earlier]] = defaultdict(list)
    rows = _values_before.rows(period.campaign_id, period.ends_on, *assignments)
    for assignment_id, number, amount, state, is_cumulative, bases, *told in rows:
        found[assignment_id].append(Earlier(number, amount_of(amount), state, is_cumulative, bases_of(bases), *told))
    return found


@prepared
def _values_before(campaign: int, ends_on: date, *assignments: int) -> models.QuerySet[Figure, Any]:
    periods = Period.objects.over_before(Period(campaign_id=campaign, ends_on=ends_on))
    columns = ("period__number", "amount", "state", "is_cumulative", "denominators", "task_status", "step", "text")
    rows = Figure.objects.filter(assignment__in=assignments, period__in=periods).order_by("period__number")
    return rows.values_list("assignment_id", *plain(columns))


def _evidence(figures: Sequence[int]) -> dict[int, list[EvidenceLink]]:
    """The files attached to each figure and not taken off."""
    found: dict[int, list[EvidenceLink]] = defaultdict(list)
    for figure_id, pk, file_id, title in _kept_files.rows(*figures):
        found[figure_id].append(EvidenceLink(pk, file_id, title))
    return found


@prepared
def _kept_files(*figures: int) -> models.QuerySet[Evidence, Any]:
    rows = Evidence.objects.kept().filter(figure__in=figures).order_by("pk")
    return rows.values_list("figure_id", "pk", "file_id", "title")
