"""So cùng kỳ: what was reached in the same period last year, of each indicator over the units that give it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Campaign, Period
from indicators.choices import UnitRule
from indicators.models import PriorFigure
from indicators.tables.standing import Standing
from units.choices import Origin

QUERIES = 1


@dataclass(frozen=True)
class Prior:
    """The same period last year: what was done in it and up to it, each as far as every unit gives one."""

    amount: Decimal | None
    cumulative: Decimal | None
    units: frozenset[int]
    is_illustrative: bool

    def is_of_same_units(self, standing: Standing) -> bool:
        """Does every unit that reports give a number of last year too? Else the sums would not be of the same units."""
        return not {one.unit_id for one in standing.reporters} - self.units


def prior_sums(campaign: Campaign, period: Period) -> dict[int, Prior]:
    """By indicator whose units are summed, or that one unit reports: ``QUERIES`` query."""
    rows = PriorFigure.objects.filter(period=period, assignment__indicator__campaign=campaign)
    rows = rows.filter(assignment__is_not_applicable=False)
    found: dict[int, list[PriorFigure]] = defaultdict(list)
    for row in rows.select_related("assignment__indicator").order_by("pk"):
        found[row.assignment.indicator_id].append(row)
    return {pk: _summed(parts) for pk, parts in found.items() if len(parts) == 1 or _adds_up(parts[0])}


def _adds_up(row: PriorFigure) -> bool:
    return row.assignment.indicator.unit_rule in (UnitRule.SUM, UnitRule.RATIO_OF_SUMS)


def _summed(parts: list[PriorFigure]) -> Prior:
    return Prior(
        amount=_sum([row.amount for row in parts]),
        cumulative=_sum([row.cumulative for row in parts]),
        units=frozenset(row.assignment.unit_id for row in parts),
        is_illustrative=any(row.origin == Origin.ILLUSTRATIVE for row in parts),
    )


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    """The sum, where none is missing."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
