"""The arithmetic of totals: owed figures in, unit rows out; reads and writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from indicators.choices import IndicatorKind
from indicators.models import Indicator
from indicators.rules.cumulation import Accrued, Carried, PeriodAmount, in_period_and_cumulative
from indicators.services.owed_rows import BASES, Reported, Row
from units.choices import Origin

PLACES = Decimal("0.0001")
NUMERIC_KINDS = (IndicatorKind.QUANTITY, IndicatorKind.RATIO)


@dataclass(slots=True)
class FreshTotal:
    """A total as it was just reckoned, before anybody stores it: the columns of ``Total`` without its cost."""

    indicator_id: int
    unit_id: int
    period_id: int
    owed: int
    sent: int
    received: int
    confirmed: int
    is_illustrative: bool
    is_node: bool = False
    official_amount: Decimal | None = None
    official_cumulative: Decimal | None = None
    official_since_launch: Decimal | None = None
    official_denominators: Mapping[str, str] = field(default_factory=dict)
    sent_amount: Decimal | None = None
    sent_cumulative: Decimal | None = None
    sent_since_launch: Decimal | None = None
    sent_denominators: Mapping[str, str] = field(default_factory=dict)


class End(NamedTuple):
    """Where the series of a unit stands after its last owed period: what its successor goes on from."""

    number: int
    accrued: Mapping[str, Accrued]
    denominators: Mapping[str, Mapping[str, str]]
    is_illustrative: bool

    def carried(self, basis: str) -> Carried:
        """One basis of it."""
        accrued = self.accrued[basis]
        return Carried(self.number, accrued.since_launch, accrued.since_start)


#: Who goes on from whom: successor → predecessors; a part of a split unit that takes nothing over goes on from nobody.
Handed = Mapping[int, tuple[int, ...]]
NOBODY: Handed = {}


def unit_totals(
    indicators: dict[int, Indicator],
    openings: dict[tuple[int, int], Decimal],
    rows: list[Row],
    *,
    from_number: int,
    bases: Sequence[str] = BASES,
    handed: Handed = NOBODY,
) -> list[FreshTotal]:
    """The rows of the reporting units from a period on, each with what was known by then on the bases asked for."""
    by_series: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        by_series[row.indicator_id, row.unit_id].append(row)
    totals: list[FreshTotal] = []
    ends: dict[tuple[int, int], End] = {}
    for indicator_id, unit_id in _predecessors_first(by_series, handed) if handed else by_series:
        series = sorted(by_series[indicator_id, unit_id], key=attrgetter("number"))
        opening = openings.get((indicator_id, unit_id))
        before = [ends[indicator_id, old] for old in handed.get(unit_id, ()) if (indicator_id, old) in ends]
        if unit_id in handed and opening is None and all(end.number < series[0].number for end in before):
            opening = Decimal(0)  # a unit that did not exist has nothing from before but what it takes over
        found, end = _series(indicators[indicator_id], opening, series, from_number, bases, before)
        totals += found
        if end is not None:
            ends[indicator_id, unit_id] = end
    return totals


def _predecessors_first(keys: Iterable[tuple[int, int]], handed: Handed) -> list[tuple[int, int]]:
    """The series in such an order that each comes after those from which it goes on."""
    there, ordered = dict.fromkeys(keys), dict[tuple[int, int], None]()

    def put(key: tuple[int, int], above: tuple[int, ...]) -> None:
        for old in handed.get(key[1], ()):
            if (key[0], old) in there and old not in above:
                put((key[0], old), (*above, key[1]))
        ordered.setdefault(key)

    for key in there:
        put(key, ())
    return list(ordered)


def _series(
    indicator: Indicator,
    opening: Decimal | None,
    series: list[Row],
    from_number: int,
    bases: Sequence[str],
    before: Sequence[End] = (),
) -> tuple[list[FreshTotal], End | None]:
    """One unit's totals of one indicator over its owed periods: all are reckoned, those from the number on returned."""
    first = sum(row.number < from_number for row in series)
    if indicator.kind not in NUMERIC_KINDS:
        return [_counted(row, is_illustrative=_is_illustrative(row)) for row in series[first:]], None
    start = series[first].number if first < len(series) else series[-1].number + 1
    is_illustrative = any(_is_illustrative(row) for row in series[:first])
    is_illustrative = is_illustrative or any(end.is_illustrative for end in before if end.number < start)
    totals = []
    for row in series[first:]:
        is_illustrative = is_illustrative or _is_illustrative(row)
        totals.append(_counted(row, is_illustrative=is_illustrative))
    last: dict[str, Accrued] = {}
    bottoms: dict[str, Mapping[str, str]] = {}
    for basis in bases:
        seen: list[Reported] = [getattr(row, basis) for row in series]
        amounts = [
            PeriodAmount(row.number, one.amount, one.state, one.is_cumulative)
            for row, one in zip(series, seen, strict=True)
        ]
        accruals = in_period_and_cumulative(
            indicator.time_rule, opening, amounts, [end.carried(basis) for end in before]
        )
        denominators: Mapping[str, str] = _joined(end.denominators[basis] for end in before)
        for one in seen[:first]:
            denominators = _replaced(denominators, one.denominators)
        for total, accrued, one in zip(totals, accruals[first:], seen[first:], strict=True):
            denominators = _replaced(denominators, one.denominators)
            _put(total, basis, accrued, denominators)
        last[basis], bottoms[basis] = accruals[-1], denominators
    return totals, End(series[-1].number, last, bottoms, is_illustrative)


def _joined(parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Reported denominators of several units together."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for part in parts:
        for key, amount in part.items():
            sums[key] += Decimal(amount)
    return {key: str(amount) for key, amount in sorted(sums.items())}


def _replaced(before: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
    """The denominators that stand after a period: those last reported."""
    return {**before, **now} if now else before


def _counted(row: Row, *, is_illustrative: bool) -> FreshTotal:
    """A unit's row of one period, as yet without amounts."""
    counts = (int(row.is_sent), int(row.is_received), int(row.is_confirmed))
    return FreshTotal(row.indicator_id, row.unit_id, row.period_id, 1, *counts, is_illustrative)


def _put(total: FreshTotal, basis: str, accrued: Accrued, denominators: Mapping[str, str]) -> None:
    """Write one basis of one period."""
    setattr(total, f"{basis}_amount", quantised(accrued.in_period))
    setattr(total, f"{basis}_cumulative", quantised(accrued.since_start))
    setattr(total, f"{basis}_since_launch", quantised(accrued.since_launch))
    setattr(total, f"{basis}_denominators", denominators)


def _is_illustrative(row: Row) -> bool:
    """Whatever is computed from an illustrative figure is illustrative."""
    return Origin.ILLUSTRATIVE in (row.official.origin, row.sent.origin)


def quantised(amount: Decimal | None) -> Decimal | None:
    """An amount in the places of the column, so that stored and fresh totals compare equal."""
    return None if amount is None else amount.quantize(PLACES)
