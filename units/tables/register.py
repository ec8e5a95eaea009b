"""The register of units: every unit with its code and spellings as one line, and the tree of a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from units.models import Level, OrgUnit, SpellingVariant, Succession, UnitCode, UnitKind, UnitName, below_any
from units.rules.register import KindLine, LevelLine, UnitLine
from vietnamese.dates import format_date

#: Units with kind and level; codes, spellings.
LINE_QUERIES = 3
#: Units with kind and level; names, codes, successions out and in.
TREE_QUERIES = 5
CODE_SYSTEM = "GSO"


def unit_lines(paths: tuple[str, ...] | None = None) -> list[UnitLine]:
    """The units at or below some paths (all without), parents first: ``LINE_QUERIES`` queries."""
    rows = OrgUnit.objects.all() if paths is None else OrgUnit.objects.filter(below_any("path", paths))
    codes = Prefetch("codes", UnitCode.objects.filter(system=CODE_SYSTEM).in_order())
    variants = Prefetch("variants", SpellingVariant.objects.order_by("pk"))
    found = rows.select_related("kind", "level", "parent").prefetch_related(codes, variants)
    ordered = sorted(found, key=lambda unit: (unit.path.count("/"), unit.kind.position, unit.position, unit.sort_key))
    return [line_of(unit) for unit in ordered]


def line_of(unit: OrgUnit) -> UnitLine:
    """One unit as a line; its codes and spellings were read with it."""
    codes = [one.code for one in unit.codes.all() if one.system == CODE_SYSTEM]
    return UnitLine(
        key=unit.key,
        name=unit.name,
        short_name=unit.short_name,
        official_name=unit.official_name,
        kind=unit.kind.code,
        level=unit.level.code,
        parent=unit.parent.key if unit.parent else "",
        place_name=unit.place_name,
        document_code=unit.document_code,
        head_title=unit.head_title,
        position=unit.position,
        grid_column=unit.grid_column,
        grid_row=unit.grid_row,
        population=unit.population,
        code=codes[-1] if codes else "",
        variants=tuple(one.text for one in unit.variants.all()),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def kind_lines() -> list[KindLine]:
    """Every kind of unit: one query."""
    return [
        KindLine(row.code, row.name, row.plural, row.position, row.is_territorial) for row in UnitKind.objects.all()
    ]


def level_lines() -> list[LevelLine]:
    """Every level: one query."""
    return [LevelLine(row.code, row.name, row.rank) for row in Level.objects.all()]


# --- The tree of a day -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TreeRow:
    """One unit of the tree on a day, under the name that it bore then."""

    pk: int
    name: str
    depth: int
    kind: str
    level: str
    code: str
    days: str
    note: str
    is_here: bool = True


def unit_tree(paths: tuple[str, ...], on: date, *, words: str = "", with_ended: bool = False) -> list[TreeRow]:
    """The units at or below the paths as they stood on a day, each below the one above it: ``TREE_QUERIES`` queries."""
    rows = OrgUnit.objects.filter(below_any("path", paths)).select_related("kind", "level")
    units = list((rows if with_ended else rows.in_force(on)).found_by(words))
    ids = [unit.pk for unit in units]
    names = {row.unit_id: row.name for row in UnitName.objects.filter(unit__in=ids).in_force(on).in_order()}
    codes = {
        row.unit_id: row.code
        for row in UnitCode.objects.filter(unit__in=ids, system=CODE_SYSTEM).in_force(on).in_order()
    }
    notes = _notes(ids, on)
    depths = _depths(units)
    return [
        TreeRow(
            pk=unit.pk,
            name=names.get(unit.pk, unit.name),
            depth=depths[unit.pk],
            kind=unit.kind.name,
            level=unit.level.name,
            code=codes.get(unit.pk, ""),
            days=_days(unit.valid_from, unit.valid_to),
            note=notes.get(unit.pk, ""),
        )
        for unit in _in_tree_order(units)
    ]


def _in_tree_order(units: list[OrgUnit]) -> list[OrgUnit]:
    """Each unit below the one above it; brothers by kind, place and name."""
    place = {unit.pk: (unit.kind.position, unit.position, unit.sort_key) for unit in units}
    nowhere: tuple[int, int, str] = (0, 0, "")

    def way(unit: OrgUnit) -> list[tuple[tuple[int, int, str], int]]:
        return [(place.get(int(pk), nowhere), int(pk)) for pk in unit.path.strip("/").split("/")]

    return sorted(units, key=way)


def _depths(units: list[OrgUnit]) -> dict[int, int]:
    """How many of the shown units stand above each."""
    shown = {unit.pk for unit in units}
    return {unit.pk: sum(int(pk) in shown for pk in unit.path.strip("/").split("/")[:-1] if pk) for unit in units}


def _days(first: date | None, last: date | None) -> str:
    """From when to when, in words; "" for a unit without a day."""
    if first and last:
        return f"{format_date(first)} – {format_date(last)}"
    if last:
        return f"đến hết {format_date(last)}"
    return f"từ {format_date(first)}" if first else ""


def _notes(ids: list[int], on: date) -> dict[int, str]:
    """What each unit came from and passes into, the day named where it is still to come."""
    found: dict[int, list[str]] = defaultdict(list)
    into: dict[int, list[str]] = defaultdict(list)
    days: dict[int, date] = {}
    out_of: dict[int, list[str]] = defaultdict(list)
    for row in Succession.objects.filter(predecessor__in=ids).select_related("successor"):
        into[row.predecessor_id].append(row.successor.name)
        days[row.predecessor_id] = row.effective_on
    for row in Succession.objects.filter(successor__in=ids).select_related("predecessor"):
        out_of[row.successor_id].append(row.predecessor.name)
    for pk, names in out_of.items():
        found[pk].append(f"kế thừa {', '.join(names)}")
    for pk, names in into.items():
        since = "nay là" if days[pk] <= on else f"từ {format_date(days[pk])} là"
        found[pk].append(f"{since} {', '.join(names)}")
    return {pk: "; ".join(texts) for pk, texts in found.items()}
