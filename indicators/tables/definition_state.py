"""The definitions of a campaign as they stand, in the words of the workbook: natural keys, no ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.models import Campaign, Cluster, ContentArea, DeadlineTier, Participation, Passage
from campaign.rules.calendar import cut_periods
from indicators.models import (
    Assignment,
    Denominator,
    Indicator,
    MilestoneStep,
    Opening,
    PathPoint,
    Target,
)
from indicators.tables.definition_columns import SHARE, Key, SheetSpec, State, Value, Values, key_of, sheets
from indicators.tables.template import text_of
from units import clock
from units.models import OrgUnit, SpellingVariant, User

#: What each column reads from its row, where it is not the attribute of the same name.
_PATHS = {
    "area": "area.key",
    "base": "base.key",
    "cluster": "cluster.name",
    "indicator": "indicator.code",
    "passage": "passage.key",
    "person": "person.username",
    "tier": "tier.name",
    "unit": "unit.key",
}


@dataclass(frozen=True)
class References:
    """What cells may name: units with their names and spellings, passages, people, earlier indicators, periods."""

    units: dict[str, str]
    spellings: dict[str, tuple[str, ...]]
    kinds: dict[str, str]
    authority: str
    passages: dict[str, str]
    places: dict[str, str]
    people: frozenset[str]
    previous: dict[str, str]
    periods: tuple[str, ...]
    valid_from: date


def period_names(campaign: Campaign) -> tuple[str, ...]:
    """The names of the periods that are summed: those laid, else those that the calendar would cut."""
    names = tuple(campaign.periods.summed().order_by("number").values_list("name", flat=True))
    if names:
        return names
    return tuple(one.name for one in cut_periods(campaign.starts_on, campaign.ends_on, campaign.calendar_rule))


def read_references(campaign: Campaign) -> References:
    """Everything that a cell may name. Six queries."""
    units = list(
        OrgUnit.objects.in_force(clock.today())
        .may_take_part(campaign.authority)
        .select_related("kind")
        .order_by("path")
    )
    held = list(OrgUnit.objects.filter(participations__campaign=campaign).select_related("kind"))
    known = {one.key: one for one in [campaign.authority, *units, *held]}
    spellings: dict[str, tuple[str, ...]] = {key: (one.name, one.short_name) for key, one in known.items()}
    for key, text in SpellingVariant.objects.filter(unit__in=known.values()).values_list("unit__key", "text"):
        spellings[key] += (text,)
    passages = list(Passage.objects.filter(campaign=campaign).order_by("position"))
    people = User.objects.filter(role_grants__unit__in=known.values()).values_list("username", flat=True)
    previous = Indicator.objects.filter(campaign=campaign.previous_id).values_list("code", "name")
    return References(
        units={key: one.name for key, one in known.items()},
        spellings=spellings,
        kinds={key: one.kind.name for key, one in known.items()},
        authority=campaign.authority.key,
        passages={one.key: one.text for one in passages},
        places={one.key: one.place for one in passages},
        people=frozenset(people),
        previous=dict(previous),
        periods=period_names(campaign),
        valid_from=campaign.year_starts_on,
    )


def read_state(campaign: Campaign, specs: Iterable[SheetSpec]) -> State:
    """Every sheet's rows as they stand; one query a sheet."""
    return {spec.key: _path_rows(campaign) if spec.key == "paths" else _rows(campaign, spec) for spec in specs}


def definition_sheets(campaign: Campaign) -> tuple[SheetSpec, ...]:
    """The sheets of this campaign's workbook."""
    return sheets(period_names(campaign))


def _queryset(campaign: Campaign, sheet: str) -> Iterable[Any]:
    mine: dict[str, Any] = {"indicator__campaign": campaign}
    order = ("indicator__area__position", "indicator__position")
    unit = ("unit__kind__position", "unit__position", "unit__sort_key")
    cited = ("indicator", "unit", "base", "passage")
    rows: dict[str, Any] = {
        "tiers": lambda: DeadlineTier.objects.filter(campaign=campaign),
        "clusters": lambda: Cluster.objects.filter(campaign=campaign),
        "parts": lambda: Participation.objects.filter(campaign=campaign).select_related("unit", "tier", "cluster"),
        "areas": lambda: ContentArea.objects.filter(campaign=campaign).select_related("parent", "passage"),
        "indicators": lambda: (
            Indicator.objects.filter(campaign=campaign)
            .select_related("area", "parent", "previous", "passage")
            .order_by("area__position", "position")
        ),
        "bases": lambda: Denominator.objects.filter(**mine).select_related("indicator").order_by(*order, "position"),
        "steps": lambda: MilestoneStep.objects.filter(**mine).select_related("indicator").order_by(*order, "position"),
        "assignments": lambda: (
            Assignment.objects.filter(**mine, valid_to=None)
            .select_related("indicator", "unit", "person")
            .order_by(*order, "role", *unit)
        ),
        "targets": lambda: (
            Target.objects.filter(**mine).select_related(*cited).order_by(*order, *unit, "base__position", "sequence")
        ),
        "openings": lambda: Opening.objects.filter(**mine).select_related(*cited).order_by(*order, *unit, "pk"),
    }
    found: Iterable[Any] = rows[sheet]()
    return found


def stored_rows(campaign: Campaign, spec: SheetSpec) -> dict[Key, Any]:
    """The rows of a sheet themselves, by the key under which the workbook writes them. One query."""
    found: dict[Key, Any] = {}
    for row in _queryset(campaign, spec.key):
        found[key_of(spec, {one.key: _value(campaign, row, spec.key, one.key) for one in spec.keys})] = row
    return found


def _rows(campaign: Campaign, spec: SheetSpec) -> dict[Key, Values]:
    found: dict[Key, Values] = {}
    for row in _queryset(campaign, spec.key):
        values = {column.key: _value(campaign, row, spec.key, column.key) for column in spec.held}
        found[key_of(spec, values)] = values
    return found


def _value(campaign: Campaign, row: Any, sheet: str, name: str) -> Value:
    """One cell: an attribute, the key of the row that it points to, or a list."""
    if name == "listed_months":
        return tuple(row.listed_months)
    if name == "parent":
        above = row.parent
        return "" if above is None else str(above.key if sheet == "areas" else above.code)
    if name == "previous":
        earlier = row.previous
        return earlier.code if earlier and earlier.campaign_id == campaign.previous_id else ""
    value: Any = row
    for part in _PATHS.get(name, name).split("."):
        value = getattr(value, part, None)
    if value is None:
        return "" if name in _PATHS else None
    return text_of(value) if isinstance(value, str) else value


def _path_rows(campaign: Campaign) -> dict[Key, Values]:
    """A path is one row with a share for each period."""
    found: dict[Key, Values] = {}
    points = PathPoint.objects.filter(indicator__campaign=campaign).select_related("indicator", "unit", "period")
    for point in points.order_by(
        "indicator__area__position", "indicator__position", "unit__sort_key", "period__number"
    ):
        unit = point.unit.key if point.unit else ""
        row = found.setdefault((point.indicator.code, unit), {"indicator": point.indicator.code, "unit": unit})
        row[f"{SHARE}{point.period.name}"] = point.share
    names = period_names(campaign)
    return {
        key: {"indicator": key[0], "unit": key[1], **{f"{SHARE}{name}": row.get(f"{SHARE}{name}") for name in names}}
        for key, row in found.items()
    }
