"""What a unit is measured by at the end of a period: definitions alone, kept until one of them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q

from campaign.models import Submission
from indicators.models import Assignment, Denominator, Figure, Indicator, MilestoneStep, Opening, PathPoint, Target
from indicators.rules import progress
from indicators.tables.kept import kept
from indicators.tables.plan import band_rule_on, last_by_base
from units.models import DEFINITIONS, OrgUnit, read_stamps


@dataclass(frozen=True)
class UnitPlan:
    """What a unit is measured by at the end of a period, by indicator: definitions only."""

    assignments: dict[int, Assignment]
    indicators: dict[int, Indicator]
    targets: dict[int, list[Target]]
    openings: dict[int, Decimal]
    paths: dict[int, list[progress.PathPoint]]
    band_rule: progress.BandRule
    denominators: dict[int, list[Denominator]]
    steps: dict[int, list[MilestoneStep]]
    part_counts: dict[int, int]

    def place(self, figures: Sequence[Figure]) -> None:
        """Each figure its assignment with the indicator; of a row that came from another unit they are read."""
        strange = {figure.assignment_id for figure in figures} - set(self.assignments)
        rows = Assignment.objects.order_by().select_related("indicator__area__parent")
        known = self.assignments | (rows.in_bulk(strange) if strange else {})
        for figure in figures:
            figure.assignment = known[figure.assignment_id]

    def has_kin(self, indicator: Indicator) -> bool:
        """Is the row a part of another, or has it parts among the unit's rows?"""
        return indicator.parent_id is not None or any(one.parent_id == indicator.pk for one in self.indicators.values())


def unit_plan(submission: Submission) -> UnitPlan:
    """What the unit is measured by: seven queries, and one as long as no definition changes."""
    [stamp] = read_stamps(DEFINITIONS)
    campaign, unit, on = submission.participation.campaign, submission.participation.unit, submission.period.ends_on

    def read() -> UnitPlan:
        rows = Assignment.objects.filter(indicator__campaign=campaign, unit=unit).order_by()
        assignments = {row.pk: row for row in rows.select_related("indicator__area__parent")}
        indicators = {row.indicator_id: row.indicator for row in assignments.values()}
        return UnitPlan(
            assignments=assignments,
            indicators=indicators,
            targets=_targets(indicators, unit, submission),
            openings=_openings(indicators, unit),
            paths=_paths(indicators, unit),
            band_rule=band_rule_on(campaign.bands.all(), on),
            denominators=denominators_of(indicators),
            steps=steps_of(indicators),
            part_counts=_part_counts([pk for pk, row in indicators.items() if row.parts_are_complete]),
        )

    return kept(
        ("unit plan", stamp, campaign.pk, unit.pk, on),
        read,
        lambda built: 1 + (len(built.indicators) + len(built.targets) + len(built.paths)) // 3,
    )


def denominators_of(indicators: Collection[int]) -> dict[int, list[Denominator]]:
    """The named bases of ratios, in their order."""
    found: dict[int, list[Denominator]] = defaultdict(list)
    for row in Denominator.objects.filter(indicator__in=indicators):
        found[row.indicator_id].append(row)
    return found


def _targets(indicators: Collection[int], unit: OrgUnit, submission: Submission) -> dict[int, list[Target]]:
    """The unit's targets in force at the end of the period; of each base the last by sequence."""
    rows = Target.objects.filter(indicator__in=indicators, unit=unit).in_force(submission.period.ends_on)
    found: dict[int, list[Target]] = defaultdict(list)
    for target in rows.select_related("base").order_by("indicator", "sequence"):
        found[target.indicator_id].append(target)
    return {pk: last_by_base(targets) for pk, targets in found.items()}


def _openings(indicators: Collection[int], unit: OrgUnit) -> dict[int, Decimal]:
    """Opening amounts; a rate stays a rate and is not here."""
    rows = Opening.objects.filter(indicator__in=indicators, unit=unit, amount__isnull=False)
    return {pk: amount for pk, amount in rows.values_list("indicator_id", "amount") if amount is not None}


def _paths(indicators: Collection[int], unit: OrgUnit) -> dict[int, list[progress.PathPoint]]:
    """The phased path of each indicator, the unit's own before the common one."""
    common: dict[int, list[progress.PathPoint]] = defaultdict(list)
    own: dict[int, list[progress.PathPoint]] = defaultdict(list)
    rows = PathPoint.objects.filter(Q(unit=None) | Q(unit=unit), indicator__in=indicators)
    for indicator_id, unit_id, on, share in rows.values_list("indicator_id", "unit_id", "period__ends_on", "share"):
        (own if unit_id else common)[indicator_id].append(progress.PathPoint(on, share / 100))
    return {**common, **own}


def steps_of(indicators: Collection[int]) -> dict[int, list[MilestoneStep]]:
    """The steps of milestones, in order."""
    found: dict[int, list[MilestoneStep]] = defaultdict(list)
    for row in MilestoneStep.objects.filter(indicator__in=indicators):
        found[row.indicator_id].append(row)
    return found


def _part_counts(wholes: Collection[int]) -> dict[int, int]:
    """How many parts each whole has in all, measured as the whole is: one query, or none."""
    alike = Q(parts__unit_of_measure=F("unit_of_measure"), parts__time_rule=F("time_rule"))
    rows = Indicator.objects.filter(pk__in=wholes).order_by()
    return dict(
        rows.annotate(found=Count("parts", filter=alike), all=Count("parts"))
        .filter(found=F("all"))
        .values_list("pk", "found")
    )
