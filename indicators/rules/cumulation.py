"""One figure through time and many figures over units: in period, cumulative, and the value of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from indicators.choices import FigureState, TimeRule, UnitRule
from indicators.rules.progress import HUNDRED, ZERO, ratio


class PeriodAmount(NamedTuple):
    """What a unit entered for one owed period; a flow may for once be entered as lũy kế từ đầu năm."""

    number: int
    amount: Decimal | None
    state: str
    is_cumulative: bool = False


class Carried(NamedTuple):
    """What a unit takes over from one that it succeeds: the cumulatives known of it up to the period ``after``."""

    after: int
    since_launch: Decimal | None
    since_start: Decimal | None

    @property
    def is_known(self) -> bool:
        """Was anything ever reported of it?"""
        return self.since_launch is not None or self.since_start is not None


def effective_amount(amount: Decimal | None, state: str) -> Decimal | None:
    """What a figure counts for: không phát sinh is 0, a real zero is 0, and nothing reported is nothing, never 0."""
    if state == FigureState.NOTHING_AROSE:
        return ZERO
    return amount if state == FigureState.REPORTED else None


def comparable_amount(time_rule: str, amount: Decimal | None, state: str, is_cumulative: bool) -> Decimal | None:
    """An earlier figure that this one may be held against; a flow entered as lũy kế says nothing of one period."""
    return None if time_rule == TimeRule.FLOW and is_cumulative else effective_amount(amount, state)


class Accrued(NamedTuple):
    """One period of one figure: what the unit entered and what follows from it.

    `since_start` is lũy kế từ đầu năm (with the opening), `since_launch` từ khi phát động. Where the period itself is
    not reported both keep what was known before. `gaps` counts the owed periods so far that no figure covers: with gaps
    a sum of flows is incomplete; a cumulative figure or a level covers what lies before it.
    """

    number: int
    is_reported: bool
    in_period: Decimal | None
    since_launch: Decimal | None
    since_start: Decimal | None
    gaps: int


def in_period_and_cumulative(
    time_rule: str,
    opening: Decimal | None,
    amounts_by_period: Iterable[PeriodAmount],
    carried: Iterable[Carried] = (),
) -> list[Accrued]:
    """The figure of every owed period in order, with the derived one of trong kỳ and lũy kế.

    Flow: since launch is the sum of the periods, since the start of the year adds the opening; the first flow begins
    the day after the opening's date. Where that date is unknown the first figure is entered as lũy kế
    (`is_cumulative`): the year is then known from it on, what was done since the launch is not.
    Running: the amount is the cumulative since the start of the year; in period is the difference from the one
    before (from the opening for the first), unknown where that is missing; since launch is what exceeds the opening.
    Level: the latest level is the cumulative, both times; in period is its change. Levels are never summed.
    An opening that is unknown or disputed is None, and what would need it is None too; so is all before any report.
    What is ``carried`` over from predecessors joins at the first period after theirs.
    """
    owed = sorted(amounts_by_period, key=lambda row: row.number)
    joining = sorted(one for one in carried if one.is_known)
    if time_rule == TimeRule.FLOW:
        return _flow(opening, owed, joining)
    return _latest(time_rule, opening, owed, joining)


def _flow(opening: Decimal | None, owed: Sequence[PeriodAmount], joining: list[Carried]) -> list[Accrued]:
    """Cumulatives as sums of what was done in each period."""
    rows: list[Accrued] = []
    launched: Decimal | None = ZERO
    started = opening
    has_report, gaps = False, 0
    for row in owed:
        while joining and joining[0].after < row.number:
            one = joining.pop(0)
            launched, started = _plus(launched, one.since_launch), _plus(started, one.since_start)
            opening, has_report = _plus(opening, _minus(one.since_start, one.since_launch)), True
        amount = effective_amount(row.amount, row.state)
        in_period = amount
        if amount is None:
            gaps += 1
        elif row.is_cumulative and row.state == FigureState.REPORTED:
            in_period = None if gaps else _minus(amount, started)
            launched = _plus(launched, in_period) if opening is None else amount - opening
            started, gaps = amount, 0
        else:
            launched, started = _plus(launched, amount), _plus(started, amount)
        has_report = has_report or amount is not None
        known = (launched, started) if has_report else (None, None)
        rows.append(Accrued(row.number, amount is not None, in_period, *known, gaps))
    return rows


def _latest(
    time_rule: str, opening: Decimal | None, owed: Sequence[PeriodAmount], joining: list[Carried]
) -> list[Accrued]:
    """Running totals and levels: the latest one stands, in-period figures are differences."""
    rows: list[Accrued] = []
    latest = opening
    has_report, gaps = False, 0
    for row in owed:
        while joining and joining[0].after < row.number:
            one = joining.pop(0)
            latest, has_report = _plus(latest, one.since_start), True
            opening = _plus(opening, _minus(one.since_start, one.since_launch))
        amount = effective_amount(row.amount, row.state)
        in_period = None if gaps or amount is None else _minus(amount, latest)
        if row.state == FigureState.NOTHING_AROSE and time_rule == TimeRule.RUNNING:
            amount, in_period = latest or ZERO, ZERO
        if amount is None:
            gaps += 1
        else:
            latest, has_report, gaps = amount, True, 0
        started = latest if has_report else None
        launched = started if time_rule == TimeRule.LEVEL else _minus(started, opening)
        rows.append(Accrued(row.number, amount is not None, in_period, launched, started, gaps))
    return rows


def _plus(known: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """A sum that is unknown where a summand is."""
    return None if known is None or amount is None else known + amount


def _minus(later: Decimal | None, earlier: Decimal | None) -> Decimal | None:
    """A difference that is unknown where a side is."""
    return None if later is None or earlier is None else later - earlier


# Over units.


@dataclass(frozen=True)
class Part:
    """One unit's share in a whole. For a ratio the amount is the numerator; không giao is not assigned."""

    amount: Decimal | None
    state: str
    denominator: Decimal | None = None
    is_assigned: bool = True
    is_lead: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Combined:
    """The value of a whole beside its completeness: "8/9 đơn vị" is reported / owed.

    For ratios `value` is the percentage and amount ÷ denominator its parts; otherwise value and amount are the same.
    """

    value: Decimal | None
    amount: Decimal | None
    denominator: Decimal | None
    reported: int
    owed: int

    @property
    def is_complete(self) -> bool:
        """Has every unit that owes the figure reported it?"""
        return self.reported == self.owed


def combine(unit_rule: str, parts: Iterable[Part]) -> Combined:
    """The whole over units by its rule: a sum, a ratio of sums, the lead unit's figure, the latest, or no whole at all.

    Units to which the indicator is not assigned are out of value and completeness; units that have not reported are
    out of the value only. Không phát sinh is a reported zero. A whole of which nothing is reported is None, never 0.
    A percentage is never the mean of percentages: a ratio counts only units that gave both its numbers.
    """
    owed = [part for part in parts if part.is_assigned]
    reported = [part for part in owed if effective_amount(part.amount, part.state) is not None]
    if unit_rule == UnitRule.RATIO_OF_SUMS:
        rows = [part for part in reported if part.denominator is not None or part.state == FigureState.NOTHING_AROSE]
        amount = _sum(effective_amount(part.amount, part.state) for part in rows)
        denominator = _sum(part.denominator for part in rows)
        return Combined(ratio(amount, denominator), amount, denominator, len(reported), len(owed))
    value = _single_value(unit_rule, reported)
    return Combined(value, value, None, len(reported), len(owed))


def _single_value(unit_rule: str, reported: Sequence[Part]) -> Decimal | None:
    """The whole of amounts that are no ratios."""
    if unit_rule == UnitRule.SUM:
        return _sum(effective_amount(part.amount, part.state) for part in reported)
    if unit_rule == UnitRule.LEAD:
        chosen = [part for part in reported if part.is_lead]
    elif unit_rule == UnitRule.LATEST:
        chosen = sorted(reported, key=lambda part: part.as_of or date.min)
    else:
        chosen = []
    return effective_amount(chosen[-1].amount, chosen[-1].state) if chosen else None


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None


def weighted_rate(rates: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The percentage of a whole from (percentage, denominator) of its parts: 27,9 % of 684, 1,6 % of 316 → 19,6 %."""
    rows = list(rates)
    done = sum((percent * denominator / HUNDRED for percent, denominator in rows), ZERO)
    return ratio(done, sum((denominator for _, denominator in rows), ZERO))
