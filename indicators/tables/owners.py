"""Units to take in and rows to give out: what the two pages of a campaign's set-up show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from campaign.choices import Relation
from campaign.models import Campaign, Participation
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Indicator
from units import clock
from units.models import OrgUnit

#: The queries of each page, however many units and rows there are.
UNIT_QUERIES, OWNER_QUERIES = 2, 3
MOST_BY_NAME = 3


@dataclass(frozen=True)
class UnitRow:
    """One unit below the authority: does it take part, how, with which deadline."""

    unit: OrgUnit
    relation: str
    tier_id: int | None


@dataclass(frozen=True)
class UnitGroup:
    """Units of one kind."""

    pk: int
    name: str
    rows: tuple[UnitRow, ...]

    @property
    def is_many(self) -> bool:
        """More than one: worth setting at once."""
        return len(self.rows) > 1


@dataclass(frozen=True)
class OwnerRow:
    """One indicator or task with who leads it and who reports."""

    indicator: Indicator
    lead: str
    reporters: str
    is_missing: bool


@dataclass(frozen=True)
class TakingPart:
    """Units of one kind that take part, to choose from."""

    pk: int
    name: str
    units: tuple[tuple[int, str], ...]


def unit_groups(campaign: Campaign) -> tuple[UnitGroup, ...]:
    """Every unit in force that may take part, by kind, with its part in the campaign."""
    parts = {part.unit_id: part for part in campaign.participations.all()}
    units = OrgUnit.objects.in_force(clock.today()).may_take_part(campaign.authority).select_related("kind")
    return tuple(
        UnitGroup(kind.pk, kind.name, tuple(_unit_row(unit, parts.get(unit.pk)) for unit in members))
        for kind, members in groupby(units, key=lambda unit: unit.kind)
    )


def _unit_row(unit: OrgUnit, part: Participation | None) -> UnitRow:
    return UnitRow(unit, part.relation if part else "", part.tier_id if part else None)


def owner_rows(campaign: Campaign) -> tuple[OwnerRow, ...]:
    """Indicators and tasks in the document's order, each with its lead and its reporting units."""
    held: dict[tuple[int, str], list[str]] = defaultdict(list)
    assignments = Assignment.objects.filter(indicator__campaign=campaign, is_not_applicable=False)
    for row in assignments.select_related("unit").order_by("unit__kind__position", "unit__position", "unit__sort_key"):
        held[row.indicator_id, row.role].append(row.unit.short_name)
    indicators = (
        Indicator.objects.filter(campaign=campaign).select_related("area").order_by("area__position", "position")
    )
    return tuple(
        OwnerRow(
            one,
            ", ".join(held[one.pk, AssignmentRole.LEADS]),
            _names(held[one.pk, AssignmentRole.REPORTS]),
            not (held[one.pk, AssignmentRole.LEADS] and held[one.pk, AssignmentRole.REPORTS]),
        )
        for one in indicators
    )


def taking_part(campaign: Campaign) -> tuple[TakingPart, ...]:
    """Units that take part and may be given rows, by kind."""
    parts = campaign.participations.exclude(relation=Relation.SUPPORTS).select_related("unit__kind")
    return tuple(
        TakingPart(kind.pk, kind.name, tuple((part.unit_id, part.unit_name) for part in members))
        for kind, members in groupby(parts, key=lambda part: part.unit.kind)
    )


def _names(names: list[str]) -> str:
    if len(names) <= MOST_BY_NAME:
        return ", ".join(names)
    return f"{len(names)} đơn vị"
