"""Cùng kỳ: figures of the same period last year, stored or from the earlier campaign, and this year beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from campaign.choices import PeriodKind
from campaign.models import Period
from indicators.choices import AssignmentRole, IndicatorKind
from indicators.models import Assignment, Indicator, PriorFigure, Total
from indicators.rules.comparison import against_last_year, rate_against_last_year
from units.choices import Origin
from units.models.prepared import prepared
from vietnamese.numbers import format_number, format_trimmed

RATE_PLACES = 2
EARLIER = "Số liệu chính thức của phong trào trước"
#: What may be entered of last year, with its label.
MEASURES = {"amount": "số trong kỳ", "cumulative": "lũy kế từ đầu năm", "rate": "tỷ lệ (%)"}


@dataclass(frozen=True)
class Prior:
    """What is known of the same period last year, with where it comes from."""

    amount: Decimal | None
    cumulative: Decimal | None
    rate: Decimal | None
    source: str
    origin: str

    def text(self, indicator: Indicator) -> str:
        """The figure to stand beside this year's: "12,0", else what is known instead."""
        if self.amount is not None:
            return format_number(self.amount, indicator.decimals)
        if self.cumulative is not None:
            return f"lũy kế {format_number(self.cumulative, indicator.decimals)}"
        return "" if self.rate is None else f"{format_trimmed(self.rate)} %"


def priors_of(assignments: Mapping[int, Indicator], period: Period) -> dict[int, Prior]:
    """What is known by assignment: one query, and one more where an indicator goes on from an earlier campaign."""
    found = {pk: Prior(*told) for pk, *told in _of_last_year.rows(period.pk, *assignments)}
    linked = {pk: row.previous_id for pk, row in assignments.items() if row.previous_id is not None and pk not in found}
    return found | _of_earlier_campaign(linked, period) if linked else found


@prepared
def _of_last_year(period: int, *assignments: int) -> models.QuerySet[PriorFigure, Any]:
    rows = PriorFigure.objects.filter(assignment__in=assignments, period=period).order_by()
    return rows.values_list("assignment_id", "amount", "cumulative", "rate", "source", "origin")


def _of_earlier_campaign(linked: Mapping[int, int], period: Period) -> dict[int, Prior]:
    """The official totals of the same unit in the period that bore the same month a year before."""
    units = dict(Assignment.objects.filter(pk__in=linked).order_by().values_list("pk", "unit_id"))
    totals = Total.objects.filter(
        indicator__in=set(linked.values()),
        unit__in=set(units.values()),
        period__kind=PeriodKind.MONTH,
        period__month=period.month,
        period__ends_on__year=period.ends_on.year - 1,
    )
    by_key = {(total.indicator_id, total.unit_id): total for total in totals.order_by()}
    found = {}
    for pk, previous in linked.items():
        total = by_key.get((previous, units[pk]))
        if total and (total.official_amount is not None or total.official_cumulative is not None):
            origin = Origin.ILLUSTRATIVE if total.is_illustrative else Origin.OFFICE
            found[pk] = Prior(total.official_amount, total.official_cumulative, None, EARLIER, origin)
    return found


def versus(
    indicator: Indicator,
    prior: Prior | None,
    *,
    in_period: Decimal | None,
    cumulative: Decimal | None,
    rate: Decimal | None,
) -> tuple[str, ...]:
    """How this year stands against the last, a phrase for each figure that both years have."""
    if prior is None:
        return ()
    phrases = (
        ("trong kỳ", against_last_year(in_period, prior.amount)),
        ("lũy kế", against_last_year(cumulative, prior.cumulative)),
        ("tỷ lệ", rate_against_last_year(rate, prior.rate) if indicator.kind == IndicatorKind.RATIO else ""),
    )
    return tuple(f"{what} so cùng kỳ {words}" for what, words in phrases if words)


# --- The page where they are entered ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PriorCell:
    """One figure of last year to type: its name in the form, its text, what is wrong with it or in question."""

    name: str
    label: str
    text: str
    error: str = ""
    question: str = ""


@dataclass(frozen=True)
class PriorRow:
    """One unit with its periods."""

    assignment: Assignment
    unit_name: str
    cells: tuple[PriorCell, ...]
    sources: str


@dataclass(frozen=True)
class PriorTable:
    """One indicator over its units and months, one measure at a time."""

    indicator: Indicator
    measure: str
    periods: tuple[Period, ...]
    rows: tuple[PriorRow, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The months of the year before."""
        return tuple(f"Tháng {period.month}/{period.ends_on.year - 1}" for period in self.periods)

    @property
    def common_source(self) -> str:
        """The source that all units share, said once; "" where they differ."""
        sources = {row.sources for row in self.rows}
        return sources.pop() if len(sources) == 1 else ""


def measures_of(indicator: Indicator) -> dict[str, str]:
    """What of last year makes sense for an indicator: a percentage only of a ratio."""
    return {name: label for name, label in MEASURES.items() if name != "rate" or indicator.kind == IndicatorKind.RATIO}


def prior_table(
    indicator: Indicator,
    measure: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    questions: Mapping[str, str] | None = None,
) -> PriorTable:
    """The page: three queries, however many units; ``typed`` stands in place of what is stored."""
    periods = tuple(indicator.campaign.periods.filter(kind=PeriodKind.MONTH).order_by("number"))
    assignments = reporting_rows(indicator)
    stored = {
        (row.assignment_id, row.period_id): row
        for row in PriorFigure.objects.filter(assignment__in=[one.pk for one in assignments])
    }

    places = RATE_PLACES if measure == "rate" else indicator.decimals

    def cell(assignment: Assignment, period: Period) -> PriorCell:
        name = f"c-{assignment.pk}-{period.pk}"
        value = getattr(stored.get((assignment.pk, period.pk)), measure, None)
        held = "" if value is None else format_number(value, places)
        text = (typed or {}).get(name, held)
        label = f"{assignment.unit.name}, {period.name}"
        return PriorCell(name, label, text, (errors or {}).get(name, ""), (questions or {}).get(name, ""))

    rows = tuple(
        PriorRow(
            assignment,
            assignment.unit.name,
            tuple(cell(assignment, period) for period in periods),
            _sources([row for (pk, _), row in stored.items() if pk == assignment.pk]),
        )
        for assignment in assignments
    )
    return PriorTable(indicator, measure, periods, rows)


def reporting_rows(indicator: Indicator) -> list[Assignment]:
    """The units that report the indicator, in their order."""
    rows = indicator.assignments.filter(role=AssignmentRole.REPORTS, is_not_applicable=False, valid_to=None)
    return list(rows.select_related("unit__kind").order_by("unit__kind__position", "unit__position", "unit__sort_key"))


def _sources(rows: Collection[PriorFigure]) -> str:
    """Where a unit's figures come from, each source once."""
    said = {
        f"{row.source} (minh họa)" if row.origin == Origin.ILLUSTRATIVE and "minh họa" not in row.source else row.source
        for row in rows
    }
    return "; ".join(sorted(said))
