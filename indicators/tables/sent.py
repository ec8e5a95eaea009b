"""Figures as the offices see them: what was sent, what it is measured by, its history. A fixed number of queries.

An office never sees a unit's working copy: every value here is that of the version that was sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Q

from campaign.models import Campaign, Period
from indicators.choices import IndicatorKind
from indicators.models import (
    Assignment,
    Denominator,
    Evidence,
    Figure,
    FigureVersion,
    Indicator,
    MilestoneStep,
    Opening,
    PathPoint,
    Target,
    Total,
)
from indicators.models.figure import FigureQuerySet
from indicators.rules import progress
from indicators.rules.checks import check_figure
from indicators.rules.cumulation import effective_amount
from indicators.rules.oddities import FigureWarning, Sister
from indicators.tables.kept import kept
from indicators.tables.plan import Measured, band_rule_on, context_of, last_by_base, main_target, measure, own_start
from indicators.tables.prior import Prior, priors_of, versus
from indicators.tables.relatives import (
    Family,
    Peer,
    Peers,
    accrued,
    cluster_of,
    families_of,
    parts_of_all,
    sisters_of,
    whole_of,
)
from units.models import DEFINITIONS, read_stamps

#: The queries of ``read_sent``, however many figures there are.
QUERIES = 13
NUMERIC_KINDS = (IndicatorKind.QUANTITY, IndicatorKind.RATIO)

Row = TypeVar("Row", Denominator, MilestoneStep)


class Key(NamedTuple):
    """One indicator at one unit."""

    indicator_id: int
    unit_id: int


class SentBefore(NamedTuple):
    """What a unit sent for an earlier period."""

    number: int
    period_name: str
    amount: Decimal | None
    state: str
    task_status: str
    text: str
    is_cumulative: bool


class Proof(NamedTuple):
    """One file that proves a figure."""

    file_id: int
    title: str


@dataclass
class SentSource:
    """Everything that rows of sent figures are built from."""

    campaign: Campaign
    period: Period
    figures: list[Figure]
    band_rule: progress.BandRule
    earlier: dict[int, list[SentBefore]] = field(default_factory=dict)
    totals: dict[Key, Total] = field(default_factory=dict)
    targets: dict[Key, list[Target]] = field(default_factory=dict)
    openings: dict[Key, Decimal] = field(default_factory=dict)
    paths: dict[tuple[int, int | None], list[progress.PathPoint]] = field(default_factory=dict)
    denominators: dict[int, list[Denominator]] = field(default_factory=dict)
    steps: dict[int, list[MilestoneStep]] = field(default_factory=dict)
    proofs: dict[int, list[Proof]] = field(default_factory=dict)
    parts: dict[Key, list[tuple[str, Decimal | None]]] = field(default_factory=dict)
    amounts: dict[int, dict[int, Decimal]] = field(default_factory=dict)
    priors: dict[int, Prior] = field(default_factory=dict)
    families: dict[int, Family] = field(default_factory=dict)
    nodes: dict[int, Total] = field(default_factory=dict)
    compares: bool = False

    @cached_property
    def peers(self) -> Peers:
        """What each cluster sent of each indicator, in the order of the table."""
        found: dict[tuple[int, int | None], list[Peer]] = defaultdict(list)
        for figure in self.figures if self.compares else ():
            if figure.sent_version and figure.sent_version.amount is not None:
                found[cluster_of(figure)].append(Peer(figure.pk, self._told(figure, figure.sent_version)))
        return found

    def _told(self, figure: Figure, sent: FigureVersion) -> Sister:
        """A figure as others are compared with it."""
        before = self.earlier.get(figure.assignment_id, [])
        last = before[-1] if before else None
        target = main_target(self.targets.get(key_of(figure), []))
        return Sister(
            sent.amount or progress.ZERO,
            None if last is None or last.is_cumulative else last.amount,
            None if target is None or target.is_percentage else target.amount,
            sent.is_cumulative,
        )

    def others(self, figure: Figure) -> tuple[Decimal, ...]:
        """What the other units of this table sent of the same indicator."""
        sent = self.amounts.get(figure.assignment.indicator_id, {})
        return tuple(amount for pk, amount in sent.items() if pk != figure.pk)


def key_of(figure: Figure) -> Key:
    """The indicator and unit of a figure."""
    return Key(figure.assignment.indicator_id, figure.assignment.unit_id)


PEOPLE = ("sent_version__by", "reconciled_version__by")
#: What a warning is reckoned from: of hundreds of rows nothing else is read.
COUNTED_COLUMNS = (
    *("assignment__indicator", "assignment__unit", "sent_version__state", "sent_version__amount"),
    *("sent_version__is_cumulative", "sent_version__denominators", "issued_amount", "issued_in"),
)

SENT_COLUMNS = ("sent_amount", "sent_cumulative", "sent_since_launch", "sent_denominators")


def read_sent(
    figures: FigureQuerySet,
    campaign: Campaign,
    period: Period,
    *,
    beside: Sequence[str] = PEOPLE,
    compares: bool = False,
) -> SentSource:
    """Read figures of one period with all that is shown beside them; ``beside`` names the versions, with their people.

    A table that ``compares`` holds all units of its indicators: each is held against its cluster and its whole.
    Forty units report the same indicators: these are read once, not in every row.
    """
    if compares:
        figures = figures.annotate(cluster_id=F("submission__participation__cluster"))
    rows = list(figures.select_related("assignment", *beside))
    indicators = {row.assignment.indicator_id for row in rows}
    bare = [row.assignment for row in rows if not Assignment.indicator.is_cached(row.assignment)]
    by_id = Indicator.objects.order_by().in_bulk({one.indicator_id for one in bare})
    for assignment in bare:
        assignment.indicator = by_id[assignment.indicator_id]
    units = {row.assignment.unit_id for row in rows}
    sent = [row.pk for row in rows if row.sent_version_id]
    definitions = _definitions(indicators, units, campaign, period, compares=compares)
    relatives = {pk for family in definitions["families"].values() for pk in family.members}
    totals = _totals(indicators, units, period, nodes=relatives)
    return SentSource(
        campaign=campaign,
        period=period,
        figures=rows,
        earlier=_earlier({row.assignment_id for row in rows}, campaign, period),
        totals=flash_totals(rows)
        if period.is_flash
        else {key: one for key, one in totals.items() if key.unit_id in units},
        nodes={key.indicator_id: one for key, one in totals.items() if one.is_node},
        compares=compares,
        **definitions,
        proofs=_proofs(sent),
        parts=_parts(indicators, units, period),
        amounts=sent_amounts(rows),
        priors=priors_of({row.assignment_id: row.assignment.indicator for row in rows}, period),
    )


def measured(source: SentSource, figure: Figure) -> Measured:
    """The cumulative tạm tính against the unit's plan at the end of the period."""
    key = key_of(figure)
    total = source.totals.get(key)
    path = source.paths.get((key.indicator_id, key.unit_id)) or source.paths.get((key.indicator_id, None), [])
    return measure(
        figure.assignment.indicator,
        source.campaign,
        source.targets.get(key, []),
        cumulative=cumulative_of(total),
        denominators=total.sent_denominators if total else {},
        opening=source.openings.get(key),
        path=path,
        rule=source.band_rule,
        on=source.period.ends_on,
        since=own_start(source.period),
    )


def cumulative_of(total: Total | None) -> Decimal | None:
    """Lũy kế từ đầu năm; where the opening is unknown, từ khi phát động."""
    return None if total is None else accrued(total)


def versus_of(source: SentSource, figure: Figure, against: Measured) -> tuple[str, ...]:
    """How what was sent stands against the same period last year."""
    sent, total, indicator = figure.sent_version, source.totals.get(key_of(figure)), figure.assignment.indicator
    if sent is None or not indicator.is_numeric:
        return ()
    target = main_target(source.targets.get(key_of(figure), []))
    return versus(
        indicator,
        source.priors.get(figure.assignment_id),
        in_period=total.sent_amount if total else None,
        cumulative=cumulative_of(total),
        rate=against.value if target and target.is_percentage else None,
    )


def warnings_of(source: SentSource, figure: Figure, against: Measured | None = None) -> tuple[FigureWarning, ...]:
    """What is odd about the figure that was sent; nothing about one that was not."""
    sent, indicator = figure.sent_version, figure.assignment.indicator
    if sent is None or not indicator.is_numeric:
        return ()
    against = against or measured(source, figure)
    before = source.earlier.get(figure.assignment_id, [])
    parts, has_all_parts = parts_of_all(indicator, source.families, source.nodes)
    context = context_of(
        figure,
        sent,
        against,
        before,
        opening=source.openings.get(key_of(figure)),
        others=() if any(one.amount is not None for one in before) else source.others(figure),
        denominators=_reported_bases(source, indicator, sent.denominators),
        parts=parts or tuple(source.parts.get(key_of(figure), ())),
        has_all_parts=has_all_parts,
        whole=whole_of(figure, source.families, source.nodes, source.totals.get(key_of(figure))),
        sisters=sisters_of(figure, source.peers),
        evidence_count=len(source.proofs.get(figure.pk, ())),
    )
    return tuple(check_figure(context))


def warning_counts(figures: FigureQuerySet, campaign: Campaign, period: Period) -> dict[int, int]:
    """How many warnings each report holds, by report."""
    numbers = figures.filter(kind__in=NUMERIC_KINDS).only("kind", "submission", *COUNTED_COLUMNS)
    source = read_sent(numbers, campaign, period, beside=["sent_version"])
    counts: dict[int, int] = defaultdict(int)
    for figure in source.figures:
        counts[figure.submission_id] += len(warnings_of(source, figure))
    return counts


def _reported_bases(
    source: SentSource, indicator: Indicator, reported: Mapping[str, str]
) -> tuple[tuple[str, Decimal | None], ...]:
    """The bases of a ratio that the unit reports, with what it sent."""
    if indicator.kind != IndicatorKind.RATIO:
        return ()
    bases = [base for base in source.denominators.get(indicator.pk, []) if base.is_reported]
    amounts = [reported.get(str(base.pk)) for base in bases]
    return tuple(
        (base.name, None if amount is None else Decimal(amount)) for base, amount in zip(bases, amounts, strict=True)
    )


def sent_amounts(figures: Iterable[Figure]) -> dict[int, dict[int, Decimal]]:
    """What was sent, by indicator and figure."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for figure in figures:
        if figure.sent_version and figure.sent_version.amount is not None:
            found[figure.assignment.indicator_id][figure.pk] = figure.sent_version.amount
    return found


def _definitions(
    indicators: Collection[int], units: Collection[int], campaign: Campaign, period: Period, *, compares: bool
) -> dict[str, Any]:
    """What the figures are measured by: six queries, seven of a table that compares; one as long as none changes."""
    [stamp] = read_stamps(DEFINITIONS)

    def read() -> dict[str, Any]:
        return {
            "band_rule": band_rule_on(campaign.bands.all(), period.ends_on),
            "targets": _targets(indicators, units, period),
            "openings": _openings(indicators, units),
            "paths": _paths(indicators, units),
            "denominators": _grouped(Denominator.objects.filter(indicator__in=indicators)),
            "steps": _grouped(MilestoneStep.objects.filter(indicator__in=indicators)),
            "families": families_of(indicators) if compares else {},
        }

    key = ("sent definitions", compares, stamp, campaign.pk, period.ends_on, frozenset(indicators), frozenset(units))
    return kept(key, read, lambda built: 1 + (len(built["targets"]) + len(built["paths"])) // 3)


# --- One query each --------------------------------------------------------------------------------------------------


def _earlier(assignments: Collection[int], campaign: Campaign, period: Period) -> dict[int, list[SentBefore]]:
    rows = Figure.objects.filter(assignment__in=assignments, period__in=campaign.periods.over_before(period)).order_by(
        "period__number"
    )
    names = ("amount", "state", "task_status", "text", "is_cumulative")
    columns = ["assignment_id", "period__number", "period__name", *(f"sent_version__{name}" for name in names)]
    found: dict[int, list[SentBefore]] = defaultdict(list)
    for assignment_id, number, name, amount, state, status, text, is_cumulative in rows.values_list(*columns):
        found[assignment_id].append(
            SentBefore(number, name, amount, state or "", status or "", text or "", bool(is_cumulative))
        )
    return found


def _totals(
    indicators: Collection[int], units: Collection[int], period: Period, *, nodes: Collection[int]
) -> dict[Key, Total]:
    of_units, of_all = Q(indicator__in=indicators, unit__in=units), Q(indicator__in=nodes, is_node=True)
    rows = Total.objects.filter(of_units | of_all if nodes else of_units, period=period).order_by()
    rows = rows.only("indicator", "unit", "is_node", "owed", "sent", *SENT_COLUMNS)
    return {Key(row.indicator_id, row.unit_id): row for row in rows}


def flash_totals(rows: Sequence[Figure]) -> dict[Key, Total]:
    """A quick report is its own running total; it is never stored among the summed ones."""
    return {
        key_of(row): Total(
            sent_cumulative=effective_amount(row.sent_version.amount, row.sent_version.state),
            sent_denominators=row.sent_version.denominators,
        )
        for row in rows
        if row.sent_version is not None
    }


def _targets(indicators: Collection[int], units: Collection[int], period: Period) -> dict[Key, list[Target]]:
    rows = Target.objects.filter(indicator__in=indicators, unit__in=units).in_force(period.ends_on)
    found: dict[Key, list[Target]] = defaultdict(list)
    for target in rows.select_related("base").order_by("indicator", "unit", "sequence"):
        found[Key(target.indicator_id, target.unit_id)].append(target)
    return {key: last_by_base(targets) for key, targets in found.items()}


def _openings(indicators: Collection[int], units: Collection[int]) -> dict[Key, Decimal]:
    rows = Opening.objects.filter(indicator__in=indicators, unit__in=units, amount__isnull=False)
    return {Key(row.indicator_id, row.unit_id): row.amount for row in rows if row.amount is not None}


def _paths(
    indicators: Collection[int], units: Collection[int]
) -> dict[tuple[int, int | None], list[progress.PathPoint]]:
    rows = PathPoint.objects.filter(Q(unit=None) | Q(unit__in=units), indicator__in=indicators)
    found: dict[tuple[int, int | None], list[progress.PathPoint]] = defaultdict(list)
    for indicator_id, unit_id, on, share in rows.values_list("indicator_id", "unit_id", "period__ends_on", "share"):
        found[indicator_id, unit_id].append(progress.PathPoint(on, share / 100))
    return found


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def _proofs(figures: Collection[int]) -> dict[int, list[Proof]]:
    rows = Evidence.objects.kept().filter(figure__in=figures).order_by("pk")
    found: dict[int, list[Proof]] = defaultdict(list)
    for figure_id, file_id, title in rows.values_list("figure_id", "file_id", "title"):
        found[figure_id].append(Proof(file_id, title))
    return found


def _parts(
    indicators: Collection[int], units: Collection[int], period: Period
) -> dict[Key, list[tuple[str, Decimal | None]]]:
    rows = Figure.objects.filter(
        period=period, assignment__unit__in=units, assignment__indicator__parent__in=indicators
    ).order_by("assignment__indicator__position")
    columns = ("assignment__indicator__parent_id", "assignment__unit_id", "assignment__indicator__short_name")
    found: dict[Key, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for parent_id, unit_id, name, amount, state in rows.values_list(
        *columns, "sent_version__amount", "sent_version__state"
    ):
        found[Key(parent_id, unit_id)].append((name, effective_amount(amount, state or "")))
    return found
