"""The plan of a generated campaign: periods, content areas, indicators, who owes them, targets, openings, paths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from campaign.choices import CalendarRule, CampaignStatus, PeriodKind, Relation
from campaign.models import BandThreshold, Campaign, Cluster, ContentArea, DeadlineTier, Participation, Period
from campaign.rules.calendar import month_window
from campaign.services.periods import lay_periods
from config.generate.ground import INDICATORS_A_LEAD, Ground
from config.generate.sizes import Size
from config.generate.targets import lay_paths, set_openings, set_targets
from indicators.choices import AssignmentRole, Direction, IndicatorKind, Operator, TimeRule, UnitRule
from indicators.models import Assignment, Denominator, Indicator
from units import clock
from units.choices import Origin
from vietnamese.text import search_key

FIRST_YEAR, FIRST_MONTH = 2024, 7
MONTHS_OF_A_YEAR = 12
AREAS, PARTS_OF_AN_AREA = 5, 2
#: Which kind the tenth, twentieth … indicator is: of ten, seven are quantities, two ratios or levels, one a task.
KINDS = ["flow", "flow", "ratio", "flow", "running", "flow", "level", "flow", "task", "flow"]


@dataclass
class Plan:
    """What is to be reported, by whom and when."""

    campaign: Campaign
    periods: list[Period]
    indicators: list[Indicator]
    participations: list[Participation]
    assignments: list[Assignment]
    denominators: dict[int, int]
    targets: dict[tuple[int, int], Decimal]


def make_plan(size: Size, ground: Ground, key: str, random: Random) -> Plan:
    """Everything that stands before the first figure."""
    campaign = _campaign(size, ground, key)
    periods = [period for period in lay_periods(campaign, by=None) if period.kind == PeriodKind.MONTH]
    participations = _participations(campaign, ground)
    indicators = _indicators(campaign, size)
    denominators = _denominators(indicators)
    assignments = _assignments(indicators, ground)
    targets = set_targets(campaign, ground, indicators, denominators, random)
    set_openings(ground, indicators, targets)
    lay_paths(indicators, periods)
    owing = [row for row in assignments if row.role == AssignmentRole.REPORTS]
    pairs = {indicator_id: denominator.pk for indicator_id, denominator in denominators.items()}
    return Plan(campaign, periods, indicators, participations, owing, pairs, targets)


def _campaign(size: Size, ground: Ground, key: str) -> Campaign:
    """A launched campaign from Tháng 7/2024 on, cut by the decree's months; a longer one begins years earlier.

    So its last month is over by the summer of 2025: pages do not open a month that has not begun.
    """
    first_year = FIRST_YEAR - (size.periods - 1) // MONTHS_OF_A_YEAR
    months = first_year * MONTHS_OF_A_YEAR + FIRST_MONTH - 1 + size.periods - 1
    starts_on = month_window(first_year, FIRST_MONTH, CalendarRule.ND09)[0]
    campaign = Campaign(
        key=key,
        authority=ground.authority,
        standing_body=ground.standing_body,
        name=f"Phong trào thi đua phát sinh để đo ({size.units} đơn vị, {size.indicators} chỉ tiêu)",
        short_name=f"Phong trào phát sinh {key}",
        starts_on=starts_on,
        ends_on=month_window(months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1, CalendarRule.ND09)[1],
        year_starts_on=date(first_year - 1, 12, 15),
        calendar_rule=CalendarRule.ND09,
        status=CampaignStatus.LAUNCHED,
        launched_at=datetime.combine(starts_on, time(8), clock.ZONE),
        origin=Origin.ILLUSTRATIVE,
    )
    campaign.save()
    DeadlineTier.objects.create(campaign=campaign, name="Các đơn vị", day_of_month=16, origin=Origin.ILLUSTRATIVE)
    BandThreshold.objects.create(campaign=campaign, valid_from=starts_on)
    return campaign


def _participations(campaign: Campaign, ground: Ground) -> list[Participation]:
    """Every unit and lead department takes part; only the units owe rows. Returns the units' own."""
    tier = campaign.tiers.get()
    clusters = [
        Cluster.objects.create(campaign=campaign, name=f"Cụm {n}", position=n, origin=Origin.ILLUSTRATIVE)
        for n in range(1, 4)
    ]
    rows = [
        Participation(
            campaign=campaign,
            unit=unit,
            relation=Relation.ASSIGNED,
            tier=tier,
            cluster=clusters[n % 3] if n < len(ground.units) else None,
            unit_name=unit.name,
            search_key=search_key(unit.name),
        )
        for n, unit in enumerate([*ground.units, *ground.leads, ground.standing_body])
    ]
    return Participation.objects.bulk_create(rows)[: len(ground.units)]


def _areas(campaign: Campaign) -> list[ContentArea]:
    """Two levels in the document's way of numbering; returns the lower one, which holds the indicators."""
    leaves = []
    for n in range(1, AREAS + 1):
        area = _area(campaign, None, f"2.{n}", f"Nội dung phát sinh {n}", n * 10)
        leaves += [
            _area(campaign, area, "-", f"Phần {n}.{part}", n * 10 + part) for part in range(1, PARTS_OF_AN_AREA + 1)
        ]
    return leaves


def _area(campaign: Campaign, parent: ContentArea | None, numbering: str, title: str, position: int) -> ContentArea:
    """One content area."""
    return ContentArea.objects.create(
        campaign=campaign,
        parent=parent,
        key=f"nd-{position}",
        numbering=numbering,
        title=title,
        short_title=title,
        position=position,
    )


def _indicators(campaign: Campaign, size: Size) -> list[Indicator]:
    """Indicators spread evenly over the content areas, of every kind."""
    leaves = _areas(campaign)
    rows = []
    for n in range(size.indicators):
        name = f"Chỉ tiêu {n + 1:03}"
        rows.append(
            Indicator(
                campaign=campaign,
                area=leaves[n * len(leaves) // size.indicators],
                code=f"ct-{n + 1:03}",
                name=f"{name} (dữ liệu phát sinh để đo)",
                short_name=name,
                search_key=search_key(name),
                position=n + 1,
                origin=Origin.ILLUSTRATIVE,
                **_shape(KINDS[n % len(KINDS)]),
            )
        )
    return Indicator.objects.bulk_create(rows)


def _shape(kind: str) -> dict[str, str | int]:
    """The properties that make a kind of indicator."""
    if kind == "task":
        return {"kind": IndicatorKind.TASK, "unit_rule": UnitRule.NONE}
    if kind == "ratio":
        return {
            "kind": IndicatorKind.RATIO,
            "unit_of_measure": "hộ",
            "time_rule": TimeRule.LEVEL,
            "unit_rule": UnitRule.RATIO_OF_SUMS,
        }
    return {
        "kind": IndicatorKind.QUANTITY,
        "unit_of_measure": "ha",
        "decimals": 1,
        "time_rule": TimeRule(kind),
        "unit_rule": UnitRule.SUM,
        "direction": Direction.MORE,
        "operator": Operator.AT_LEAST,
    }


def _denominators(indicators: list[Indicator]) -> dict[int, Denominator]:
    """The reported base of each ratio, by indicator."""
    rows = [
        Denominator(indicator=indicator, key="tong-so", name="Tổng số hộ", is_reported=True, position=1)
        for indicator in indicators
        if indicator.kind == IndicatorKind.RATIO
    ]
    return {row.indicator_id: row for row in Denominator.objects.bulk_create(rows)}


def _assignments(indicators: list[Indicator], ground: Ground) -> list[Assignment]:
    """Every unit reports every indicator; each ten have a lead department."""
    rows = []
    for n, indicator in enumerate(indicators):
        lead = ground.leads[n // INDICATORS_A_LEAD]
        rows.append(Assignment(indicator=indicator, unit=lead, role=AssignmentRole.LEADS, origin=Origin.ILLUSTRATIVE))
        rows += [
            Assignment(indicator=indicator, unit=unit, role=AssignmentRole.REPORTS, origin=Origin.ILLUSTRATIVE)
            for unit in ground.units
        ]
    return Assignment.objects.bulk_create(rows, batch_size=1000)
