"""How every indicator stands at every unit in a period: one builder that page, Excel, PDF and command read.

Reckoned from stored totals and the definitions in force at the period's end, in ``QUERIES`` queries however many
indicators and units there are. Every value has its Vietnamese text beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from campaign.models import Campaign, Period
from indicators.models import Indicator
from indicators.tables import judging
from indicators.tables.judging import BaseRate
from indicators.tables.standing import Standing
from indicators.tables.standing_texts import amount as amount_text
from indicators.tables.standing_texts import percent as percent_text
from indicators.tables.standing_texts import statuses as statuses_text
from indicators.tables.standings_source import (
    OFFICIAL,
    SENT,
    Definitions,
    Reporter,
    Sums,
    nothing_defined,
    read_definitions,
    read_sums,
    read_tasks,
)

__all__ = [
    "OFFICIAL",
    "QUERIES",
    "SENT",
    "BaseRate",
    "Definitions",
    "Reporter",
    "Standing",
    "amount_text",
    "nothing_defined",
    "percent_text",
    "read_definitions",
    "standings",
    "statuses_text",
]

#: Seven for the definitions, one for the totals, one for the statuses of tasks.
QUERIES = 9


def standings(
    campaign: Campaign,
    period: Period,
    *,
    basis: str,
    indicator_ids: Collection[int] | None = None,
    unit_ids: Collection[int] | None = None,
    definitions: Definitions | None = None,
) -> dict[tuple[int, int], Standing]:
    """Every indicator at every unit that reports it and at the authority, by (indicator id, unit id).

    ``basis`` is SENT (tạm tính) or OFFICIAL (chính thức). ``QUERIES`` queries; two where ``definitions`` are given.
    """
    known = definitions or read_definitions(campaign, period.ends_on, indicator_ids)
    chosen = [row for pk, row in known.indicators.items() if indicator_ids is None or pk in indicator_ids]
    ids = [row.pk for row in chosen]
    sums = read_sums(known, period, basis, ids, unit_ids)
    tasks = read_tasks(known, period, basis, ids, unit_ids)
    found: dict[tuple[int, int], Standing] = {}
    for indicator in chosen:
        reporting = [one.unit_id for one in known.reporters.get(indicator.pk, [])]
        for unit_id in dict.fromkeys([campaign.authority_id, *reporting]):
            key = (indicator.pk, unit_id)
            if unit_ids is None or unit_id in unit_ids:
                found[key] = _standing(known, indicator, unit_id, period, basis, sums.get(key, ()), tasks.get(key))
    return found


def _standing(
    known: Definitions,
    indicator: Indicator,
    unit_id: int,
    period: Period,
    basis: str,
    stored: Sequence[Sums],
    statuses: Counter[str] | None,
) -> Standing:
    """One indicator at one unit."""
    is_node = unit_id == known.campaign.authority_id
    sums = judging.usable_sums(known, indicator, stored)
    now = sums[-1] if sums else None
    on = now.ends_on if now else period.ends_on
    targets = judging.usable_targets(known, indicator, unit_id)
    openings = judging.usable_openings(known, indicator, unit_id)
    judged = judging.judge(known, indicator, unit_id, now, targets=targets, openings=openings, on=on)
    opened = next((one.amount for one in openings if one.amount is not None), None)
    cumulative = None if now is None else now.cumulative if judged.is_year else now.since_launch
    return Standing(
        indicator=indicator,
        unit_id=unit_id,
        is_node=is_node,
        period=period,
        basis=basis,
        judged=judged,
        sums=tuple(sums),
        targets=tuple(targets),
        openings=tuple(openings),
        rates=judging.base_rates(known, indicator, cumulative, now, targets),
        gap=judging.gap_of(known, indicator, judged, sums, opened, on),
        reporters=tuple(known.reporters.get(indicator.pk, ())),
        dispute=known.disputes.get(indicator.pk) if is_node else None,
        statuses=statuses or Counter(),
    )
