"""What a unit is measured by: the targets in force, the share of them due by a day, and the rate on each base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from campaign.models import BandThreshold, Campaign, Period
from indicators.choices import Band, Direction
from indicators.models import Figure, FigureValues, Indicator, Target
from indicators.rules import progress
from indicators.rules.cumulation import comparable_amount
from indicators.rules.oddities import FigureContext
from vietnamese.numbers import format_number, format_trimmed

#: An indicator that is counted in percent says itself what a percentage target asks.
PERCENT = "%"


@dataclass(frozen=True)
class Measured:
    """A cumulative against its plan: comparable value and plan, amounts or (``in_percent``) percentages of one base."""

    value: Decimal | None
    plan: Decimal | None
    base_name: str
    rate: Decimal | None
    share: Decimal | None
    band: Band
    share_before: Decimal | None = None
    in_percent: bool = False

    @property
    def due(self) -> Decimal | None:
        """What was due by the day, in the measure of the value."""
        return progress.expected_to_date(self.plan, self.share)

    @property
    def due_before(self) -> Decimal | None:
        """What had been due before the period began."""
        return progress.expected_to_date(self.plan, self.share_before)


def last_by_base(targets: Iterable[Target]) -> list[Target]:
    """Of each base the last revision, an amount and a percentage apart; give them in the order of their sequence.

    A revision remembers what was given first (giao đầu năm).
    """
    found: dict[tuple[int | None, bool], Target] = {}
    for target in targets:
        before = found.get((target.base_id, target.is_percentage))
        if before is not None:
            target.given = before.amount if before.given is None else before.given
        found[target.base_id, target.is_percentage] = target
    return list(found.values())


def given_words(target: Target | None, indicator: Indicator) -> str:
    """ "giao đầu năm 50,0" beside a target that was revised since; "" where it stands as given."""
    if target is None or target.given is None:
        return ""
    if target.is_percentage:
        return f"giao đầu năm {format_trimmed(target.given)} %"
    return f"giao đầu năm {format_number(target.given, indicator.decimals)}"


def main_target(targets: Sequence[Target]) -> Target | None:
    """The target that progress is judged by."""
    return next((target for target in targets if target.is_main), None)


def band_rule_on(thresholds: Iterable[BandThreshold], on: date) -> progress.BandRule:
    """The campaign's thresholds valid on a day, as parts instead of percent."""
    rules = [
        progress.BandRule(row.ahead_from / 100, row.on_track_from / 100, row.behind_from / 100, row.valid_from)
        for row in thresholds
    ]
    return progress.band_rule_on(rules, on)


def base_amounts(targets: Sequence[Target], reported: Mapping[str, str]) -> dict[int, Decimal]:
    """The amount of each base of a ratio: as reported, or the plan amount set on it."""
    amounts = {target.base_id: target.amount for target in targets if target.base_id and not target.is_percentage}
    return amounts | {int(key): Decimal(value) for key, value in reported.items()}


def share_due(
    indicator: Indicator,
    campaign: Campaign,
    path: Sequence[progress.PathPoint],
    *,
    on: date,
    opening_share: Decimal = progress.ZERO,
) -> Decimal:
    """The share of the plan due by the end of a day: on the phased path, else on a straight line."""
    phased = progress.share_on(path, on)
    if phased is not None:
        return phased
    ends_on = indicator.due_on or campaign.ends_on
    return progress.straight_share(campaign.starts_on, ends_on, on, opening_share=opening_share)


def own_start(period: Period) -> date | None:
    """The first day of what a period alone tells of; none for a quick report, which tells of a whole year."""
    return None if period.is_flash else period.starts_on


def measure(
    indicator: Indicator,
    campaign: Campaign,
    targets: Sequence[Target],
    *,
    cumulative: Decimal | None,
    denominators: Mapping[str, str],
    opening: Decimal | None,
    path: Sequence[progress.PathPoint],
    rule: progress.BandRule,
    on: date,
    since: date | None = None,
) -> Measured:
    """A cumulative against the main target; without a target, or without its base, there is no rate and no band.

    ``since`` is the first day of the period whose own part of the path is asked for.
    """
    target = main_target(targets)
    if target is None:
        return Measured(cumulative, None, "", None, None, Band.NO_DATA)
    value = cumulative
    base_name = target.base.name if target.base else ""
    in_percent = target.is_percentage and indicator.unit_of_measure != PERCENT
    if in_percent:
        # Three hectares are not three percent: without its base there is nothing to hold against the plan.
        base = base_amounts(targets, denominators).get(target.base_id or 0)
        value = progress.ratio(cumulative, base)
    opened = None if target.is_percentage else progress.ratio(opening, target.amount)
    opening_share = min(max((opened or progress.ZERO) / 100, progress.ZERO), progress.ONE)
    share = share_due(indicator, campaign, path, on=on, opening_share=opening_share)
    eve = since - timedelta(days=1) if since else None
    before = share_due(indicator, campaign, path, on=eve, opening_share=opening_share) if eve else None
    band = progress.band(
        value,
        target.amount,
        share,
        direction=indicator.direction,
        operator=indicator.operator,
        time_rule=indicator.time_rule,
        rule=rule,
    )
    rate = progress.achievement_rate(value, target.amount)
    return Measured(value, target.amount, base_name, rate, share, band, before, in_percent)


class Before(Protocol):
    """What is asked of an entry of an earlier period."""

    @property
    def amount(self) -> Decimal | None: ...

    @property
    def state(self) -> str: ...

    @property
    def is_cumulative(self) -> bool: ...


def context_of(
    figure: Figure, entered: FigureValues, against: Measured, before: Iterable[Before], **beside: Any
) -> FigureContext:
    """The figure as it was entered and what it is measured by; ``beside``: what only one of the pages knows."""
    indicator = figure.assignment.indicator
    return FigureContext(
        kind=figure.kind,
        time_rule=indicator.time_rule,
        direction=indicator.direction or Direction.MORE,
        state=entered.state,
        amount=entered.amount,
        is_cumulative=entered.is_cumulative,
        decimals=indicator.decimals,
        unit_of_measure=indicator.unit_of_measure,
        cumulative=against.value,
        target=against.plan,
        in_percent=against.in_percent,
        due=against.due,
        due_before=against.due_before,
        previous=tuple(
            comparable_amount(indicator.time_rule, one.amount, one.state, one.is_cumulative) for one in before
        ),
        issued=figure.issued_amount,
        issued_in=figure.issued_in,
        evidence_required=indicator.evidence_required,
        **beside,
    )
