"""What totals are reckoned by besides figures: definitions alone, kept until one of them changes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from campaign.models import Campaign
from indicators.models import Assignment, Indicator, Opening
from indicators.tables.kept import kept
from units.models import DEFINITIONS, read_stamps


class SummedBy(NamedTuple):
    """What totals are reckoned by besides figures: periods, some indicators, their openings and leads."""

    periods: dict[int, int]
    indicators: dict[int, Indicator]
    openings: dict[tuple[int, int], Decimal]
    leads: dict[int, int]


def summed_by(campaign: Campaign, indicator_ids: set[int]) -> SummedBy:
    """What totals are reckoned by; one query as long as no definition changes, also in this very transaction."""
    [stamp] = read_stamps(DEFINITIONS)

    def read() -> SummedBy:
        return SummedBy(
            periods={period.pk: period.number for period in campaign.periods.summed()},
            indicators={row.pk: row for row in campaign.indicators.filter(pk__in=indicator_ids).order_by("pk")},
            openings=_openings(indicator_ids),
            leads=_leads(indicator_ids),
        )

    key = ("summed by", stamp, campaign.pk, frozenset(indicator_ids))
    return kept(key, read, lambda built: 1 + len(built.indicators))


def _openings(indicator_ids: set[int]) -> dict[tuple[int, int], Decimal]:
    """Opening amounts in use by indicator and unit; a rate stays a rate and is not here."""
    rows = Opening.objects.filter(indicator__in=indicator_ids, amount__isnull=False)
    columns = rows.order_by().values_list("indicator_id", "unit_id", "amount")
    return {(indicator_id, unit_id): amount for indicator_id, unit_id, amount in columns if amount is not None}


def _leads(indicator_ids: set[int]) -> dict[int, int]:
    """The lead department of each indicator."""
    rows = Assignment.objects.leading_now().filter(indicator__in=indicator_ids)
    return dict(rows.order_by().values_list("indicator_id", "unit_id"))
