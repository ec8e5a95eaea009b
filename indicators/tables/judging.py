"""What a unit or the whole is judged by: the targets that may be used, the cumulative that is known, rate and gap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from indicators.choices import ClaimSubject, TimeRule, UnitRule
from indicators.models import Claim, Indicator, Opening, Target
from indicators.rules import gap as gaps
from indicators.rules import progress
from indicators.tables.plan import Measured, base_amounts, main_target, measure, share_due
from indicators.tables.standings_source import EVERY_MONTH, Definitions, Sums

NO_GAP = gaps.Gap(missing=None, is_met=False)


@dataclass(frozen=True)
class Judged:
    """The measured value with what it is: is it the year's, or what came since the launch alone?"""

    measured: Measured
    is_year: bool

    @property
    def in_percent(self) -> bool:
        """Are value and plan percentages where the indicator has an amount?"""
        return self.measured.in_percent


def usable_targets(known: Definitions, indicator: Indicator, unit_id: int) -> list[Target]:
    """The unit's targets in force; none while the document disputes them, the units' sum where the whole has none."""
    dispute = known.disputes.get(indicator.pk)
    if dispute and dispute.is_about_target:
        return []
    own = known.targets.get((indicator.pk, unit_id), [])
    if main_target(own) is None and unit_id == known.campaign.authority_id:
        return [*own, *_summed_targets(known, indicator, {target.base_id for target in own})]
    return own


def _summed_targets(known: Definitions, indicator: Indicator, but: Collection[int | None]) -> list[Target]:
    """The sums of the units' targets: of those that are judged, and beside them on every other base but some.

    Only where every unit that reports has an amount on the same base; không giao is out.
    """
    units = known.reporters.get(indicator.pk, [])
    theirs = [known.targets.get((indicator.pk, unit.unit_id), []) for unit in units]
    mains = [target for target in map(main_target, theirs) if target is not None and not target.is_percentage]
    if indicator.unit_rule not in (UnitRule.SUM, UnitRule.RATIO_OF_SUMS) or not mains or len(mains) < len(units):
        return []
    if len({target.base_id for target in mains}) > 1:
        return []
    others: dict[int, list[Target]] = {}
    for target in (one for targets in theirs for one in targets):
        if target.base_id is not None and not target.is_main and not target.is_percentage:
            others.setdefault(target.base_id, []).append(target)
    beside = [rows for base, rows in others.items() if len(rows) == len(units) and base not in but]
    return [_sum_of(known, indicator, rows) for rows in (mains, *beside)]


def _sum_of(known: Definitions, indicator: Indicator, given: Sequence[Target]) -> Target:
    """One target of the whole, never stored: the amounts of its units together."""
    origins = {target.origin for target in given}
    summed = Target(
        indicator=indicator,
        unit_id=known.campaign.authority_id,
        base=given[0].base,
        amount=sum((target.amount for target in given), progress.ZERO),
        is_main=given[0].is_main,
        set_by="cộng chỉ tiêu giao các đơn vị",
        origin="illustrative" if "illustrative" in origins else given[0].origin,
        valid_from=max(target.valid_from for target in given),
    )
    if any(target.given is not None for target in given):
        firsts = (target.amount if target.given is None else target.given for target in given)
        summed.given = sum(firsts, progress.ZERO)
    return summed


def usable_openings(known: Definitions, indicator: Indicator, unit_id: int) -> list[Opening]:
    """What was done before the launch; none while the document disputes it."""
    dispute = known.disputes.get(indicator.pk)
    return [] if dispute and dispute.is_about_opening else known.openings.get((indicator.pk, unit_id), [])


def usable_sums(known: Definitions, indicator: Indicator, sums: Sequence[Sums]) -> Sequence[Sums]:
    """The totals without what stands on a disputed opening: a flow's year, a running total's part since the launch."""
    dispute = known.disputes.get(indicator.pk)
    if not (dispute and dispute.is_about_opening):
        return sums
    hidden = "cumulative" if indicator.time_rule == TimeRule.FLOW else "since_launch"
    if indicator.time_rule == TimeRule.LEVEL:
        return sums
    return [Sums(**{**one.__dict__, hidden: None}) for one in sums]


def judge(
    known: Definitions,
    indicator: Indicator,
    unit_id: int,
    now: Sums | None,
    *,
    targets: Sequence[Target],
    openings: Sequence[Opening],
    on: date,
) -> Judged:
    """Against the main target: the year's cumulative; the opening's points of the same base and what came since; or,
    where nothing is known of the time before the launch, what came since alone.

    Nothing is judged by an opening that is disputed, or that is a percentage of something else.
    """
    rule = known.band_rule
    path = known.path(indicator.pk, unit_id)
    target = main_target(targets)
    opened = next((one.amount for one in openings if one.amount is not None), None)
    cumulative, is_year = now.cumulative if now else None, True
    if now and cumulative is None and now.since_launch is not None:
        rate = next((one for one in openings if one.rate is not None), None)
        dispute = known.disputes.get(indicator.pk)
        is_open = bool(dispute and dispute.is_about_opening and unit_id == known.campaign.authority_id)
        if rate is not None and target is not None and target.base_id == rate.base_id and not target.is_percentage:
            return _in_points(known, indicator, path, rate.rate, now.since_launch, target, on)
        if rate is None and not is_open:
            cumulative, is_year = now.since_launch, False
    measured = measure(
        indicator,
        known.campaign,
        targets,
        cumulative=cumulative,
        denominators=now.denominators if now else {},
        opening=opened,
        path=path,
        rule=rule,
        on=on,
    )
    return Judged(measured, is_year)


def _in_points(
    known: Definitions,
    indicator: Indicator,
    path: Sequence[progress.PathPoint],
    opening_rate: Decimal | None,
    since_launch: Decimal,
    target: Target,
    on: date,
) -> Judged:
    """An opening known only as a percentage of the plan: percent are added to percent, no amount is invented."""
    since = progress.ratio(since_launch, target.amount)
    begun = opening_rate or progress.ZERO
    value = None if since is None else begun + since
    opening_share = min(max(begun / progress.HUNDRED, progress.ZERO), progress.ONE)
    share = share_due(indicator, known.campaign, path, on=on, opening_share=opening_share)
    band = progress.band(
        value,
        progress.HUNDRED,
        share,
        direction=indicator.direction,
        operator=indicator.operator,
        time_rule=indicator.time_rule,
        rule=known.band_rule,
    )
    base = target.base.name if target.base else ""
    return Judged(Measured(value, progress.HUNDRED, base, value, share, band, in_percent=True), True)


@dataclass(frozen=True)
class BaseRate:
    """One numerator against one named base; all bases are shown, one of them is judged."""

    base_name: str
    denominator: Decimal
    rate: Decimal | None
    is_main: bool


def base_rates(
    known: Definitions, indicator: Indicator, cumulative: Decimal | None, now: Sums | None, targets: Sequence[Target]
) -> tuple[BaseRate, ...]:
    """The rate on every base whose amount is known: plan amounts, and bases that the units report."""
    amounts = base_amounts(targets, now.denominators if now else {})
    main = main_target(targets)
    main_base = main.base_id if main else None
    found = [
        BaseRate(name, amounts[pk], progress.ratio(cumulative, amounts[pk]), pk == main_base)
        for pk, name in known.bases.get(indicator.pk, [])
        if pk in amounts
    ]
    return tuple(sorted(found, key=lambda one: not one.is_main))


def gap_of(
    known: Definitions,
    indicator: Indicator,
    judged: Judged,
    sums: Sequence[Sums],
    opening: Decimal | None,
    on: date,
) -> gaps.Gap:
    """The gap to the plan with its pace; the last four weeks from the totals of the periods before."""
    found = judged.measured
    if found.value is None or found.plan is None:
        return NO_GAP
    recent = None if judged.in_percent else _last_four_weeks(indicator, judged, sums, opening)
    return gaps.gap(
        found.value,
        found.plan,
        direction=indicator.direction,
        operator=indicator.operator,
        on=on,
        due_on=indicator.due_on or known.campaign.ends_on,
        last_four_weeks=recent,
    )


def _last_four_weeks(
    indicator: Indicator, judged: Judged, sums: Sequence[Sums], opening: Decimal | None
) -> Decimal | None:
    """What came in the four weeks up to the last total."""
    points: list[tuple[date, Decimal]] = []
    start = opening if judged.is_year else progress.ZERO
    if sums and sums[0].number == 1 and indicator.schedule in EVERY_MONTH and start is not None:
        points.append((sums[0].starts_on - timedelta(days=1), start))
    for one in sums:
        amount = one.cumulative if judged.is_year else one.since_launch
        if amount is not None:
            points.append((one.ends_on, amount))
    return gaps.amount_of_last_four_weeks(points, sums[-1].ends_on) if points else None


def year_under(claim: Claim, now: Sums | None, targets: Sequence[Target]) -> Decimal | None:
    """Where the year would stand, in percent of the plan, if this side of a contradiction held."""
    target = main_target(targets)
    if now is None or now.since_launch is None or target is None or target.is_percentage:
        return None
    since = progress.ratio(now.since_launch, target.amount)
    if claim.subject == ClaimSubject.OPENING_AMOUNT:
        begun = progress.ratio(claim.value, target.amount)
    else:
        begun = claim.value if claim.base_id in (None, target.base_id) else None
    return None if since is None or begun is None else begun + since
