"""The row above: sums of the units' rows by the indicator's rule over units; reads stored rows, writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from indicators.choices import UnitRule
from indicators.models import Indicator, Total
from indicators.services.owed_rows import BASES
from indicators.services.summing import NUMERIC_KINDS, FreshTotal, quantised
from indicators.tables.columns import amount_of, bases_of, plain

#: What is counted of a unit's row, first its key.
COUNTED = ("indicator_id", "unit_id", "period_id", "owed", "sent", "received", "confirmed", "is_illustrative")


class Known(NamedTuple):
    """What one basis knows of one unit, indicator and period."""

    amount: Decimal | None
    cumulative: Decimal | None
    since_launch: Decimal | None
    denominators: Mapping[str, str]


class Part(NamedTuple):
    """A unit's row as the row above sees it."""

    indicator_id: int
    unit_id: int
    period_id: int
    owed: int
    sent: int
    received: int
    confirmed: int
    is_illustrative: bool
    known: dict[str, Known]


counts_of = attrgetter(*COUNTED)
KNOWN = {basis: attrgetter(*(f"{basis}_{name}" for name in Known._fields)) for basis in BASES}


def part_of(total: FreshTotal, bases: Sequence[str] = BASES) -> Part:
    """A fresh row as a part of the one above."""
    return Part._make((*counts_of(total), {basis: Known._make(KNOWN[basis](total)) for basis in bases}))


def stored_parts(
    indicator_ids: set[int], period_ids: set[int], but_unit_ids: set[int], bases: Sequence[str] = BASES
) -> list[Part]:
    """The stored rows of the other units: plain columns, for there are as many as units times indicators."""
    rows = Total.objects.filter(indicator__in=indicator_ids, period__in=period_ids, is_node=False)
    columns = plain((*COUNTED, *(f"{basis}_{name}" for basis in bases for name in Known._fields)))
    width, first = len(Known._fields), len(COUNTED)
    places = [(basis, first + width * index) for index, basis in enumerate(bases)]
    parts = []
    for values in rows.exclude(unit__in=but_unit_ids).order_by().values_list(*columns):
        known = {}
        for basis, at in places:
            amount, cumulative, since_launch, denominators = values[at : at + width]
            known[basis] = Known(
                amount_of(amount), amount_of(cumulative), amount_of(since_launch), bases_of(denominators)
            )
        parts.append(Part._make((*values[:first], known)))
    return parts


def node_totals(
    node_id: int,
    indicators: dict[int, Indicator],
    openings: dict[tuple[int, int], Decimal],
    leads: Mapping[int, Collection[int]],
    rows: Iterable[Part],
    bases: Sequence[str] = BASES,
) -> list[FreshTotal]:
    """The rows of the node above: sums of the units' rows by the indicator's rule over units."""
    groups: dict[tuple[int, int], list[Part]] = defaultdict(list)
    for part in rows:
        if part.unit_id != node_id:
            groups[part.indicator_id, part.period_id].append(part)
    nodes = []
    for (indicator_id, period_id), parts in sorted(groups.items()):
        indicator = indicators[indicator_id]
        node = FreshTotal(
            indicator_id=indicator_id,
            unit_id=node_id,
            period_id=period_id,
            is_node=True,
            owed=sum(part.owed for part in parts),
            sent=sum(part.sent for part in parts),
            received=sum(part.received for part in parts),
            confirmed=sum(part.confirmed for part in parts),
            is_illustrative=any(part.is_illustrative for part in parts),
        )
        counted = parts
        if indicator.unit_rule == UnitRule.LEAD:
            counted = [part for part in parts if part.unit_id in leads.get(indicator_id, ())]
        if indicator.kind in NUMERIC_KINDS and indicator.unit_rule != UnitRule.NONE:
            opening = openings.get((indicator_id, node_id))
            for basis in bases:
                _sum_into(node, basis, [part.known[basis] for part in counted], opening)
        nodes.append(node)
    return nodes


def _sum_into(node: FreshTotal, basis: str, parts: list[Known], opening: Decimal | None) -> None:
    """Sum what the units know; where a unit's year is unknown the node's own opening may still close the gap."""
    begun = [part for part in parts if part.since_launch is not None or part.cumulative is not None]
    since_launch = _sum(part.since_launch for part in parts)
    if begun and all(part.cumulative is not None for part in begun):
        cumulative = _sum(part.cumulative for part in begun)
    elif opening is not None and since_launch is not None:
        cumulative = quantised(opening + since_launch)
    else:
        cumulative = None
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for part in begun:
        for key, amount in part.denominators.items():
            sums[key] += Decimal(amount)
    setattr(node, f"{basis}_amount", _sum(part.amount for part in parts))
    setattr(node, f"{basis}_cumulative", cumulative)
    setattr(node, f"{basis}_since_launch", since_launch)
    setattr(node, f"{basis}_denominators", {key: str(amount) for key, amount in sorted(sums.items())})


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is, never zero."""
    known = [amount for amount in amounts if amount is not None]
    return quantised(sum(known, Decimal(0))) if known else None
