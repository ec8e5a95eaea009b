"""Loads units with kinds, levels, names, codes, spellings and successors."""

from __future__ import annotations

from pathlib import Path

from config.loading.files import Node, choice, open_node
from config.loading.rows import Tally, keep
from units.choices import SuccessionKind
from units.models import Level, OrgUnit, SpellingVariant, Succession, UnitCode, UnitKind, UnitName

UNIT_KEYS = (
    "key", "kind", "level", "parent", "name", "short_name", "official_name", "place_name", "document_code",
    "head_title", "position", "grid_column", "grid_row", "population", "valid_from", "valid_to", "names", "codes",
    "variants",
)  # fmt: skip
#: What a decision about a unit changes.
DECIDED = ("name", "short_name", "official_name", "valid_from", "valid_to")


def load_units(path: Path, tally: Tally) -> dict[str, OrgUnit]:
    """Keep the units of a file; give back every unit of the installation by key."""
    file = open_node(path).allow("sources", "levels", "kinds", "units", "successions")
    levels = _levels(file, tally)
    kinds = _kinds(file, tally)
    nodes = list(file.nodes("units", "key"))
    units = {unit.key: unit for unit in OrgUnit.objects.select_related("parent")}
    # What a decision on record made of a unit, its name and its days, is not undone by a file of before.
    decided = set(OrgUnit.objects.filter(reorganisations__isnull=False).values_list("key", flat=True))
    for node in nodes:
        # One at a time: a unit's path in the tree follows from its stored parent.
        row = _unit(node.allow(*UNIT_KEYS), kinds, levels, units)
        there = OrgUnit.objects.select_related("parent").filter(key=row.key)
        # A population that somebody wrote into the register stays where the file is silent.
        leave = {*(() if "population" in node.data else ("population",)), *(DECIDED if row.key in decided else ())}
        kept = keep(there, [(node, row)], _key, tally, leave)
        units[row.key] = kept[row.key]
    free = [node for node in nodes if node.text("key") not in decided]
    _names(free, units, tally)
    _codes(free, units, tally)
    _variants(nodes, units, tally)
    _successions(file, units, tally)
    return units


def _key(unit: OrgUnit) -> str:
    return unit.key


def _levels(file: Node, tally: Tally) -> dict[str, Level]:
    rows = [
        (node, Level(code=node.text("code"), name=node.text("name"), rank=node.number("rank")))
        for node in file.nodes("levels", "code")
    ]
    keep(Level.objects.all(), rows, lambda row: row.code, tally)
    return {row.code: row for row in Level.objects.all()}


def _kinds(file: Node, tally: Tally) -> dict[str, UnitKind]:
    rows = [
        (
            node,
            UnitKind(
                code=node.text("code"),
                name=node.text("name"),
                plural=node.text("plural"),
                position=node.number("position", 0),
                is_territorial=node.flag("is_territorial"),
            ),
        )
        for node in file.nodes("kinds", "code")
    ]
    keep(UnitKind.objects.all(), rows, lambda row: row.code, tally)
    return {row.code: row for row in UnitKind.objects.all()}


def _unit(node: Node, kinds: dict[str, UnitKind], levels: dict[str, Level], units: dict[str, OrgUnit]) -> OrgUnit:
    name = node.text("name")
    return OrgUnit(
        key=node.text("key"),
        kind=node.one_of("kind", kinds, "loại đơn vị"),
        level=node.one_of("level", levels, "cấp"),
        parent=node.optional("parent", units, "đơn vị cấp trên"),
        name=name,
        short_name=node.text("short_name", name),
        official_name=node.text("official_name", name),
        place_name=node.text("place_name", ""),
        document_code=node.text("document_code", ""),
        head_title=node.text("head_title", "Thủ trưởng"),
        position=node.number("position", 0),
        grid_column=node.some_number("grid_column"),
        grid_row=node.some_number("grid_row"),
        population=node.some_number("population"),
        valid_from=node.day("valid_from"),
        valid_to=node.day("valid_to"),
    )


def _names(nodes: list[Node], units: dict[str, OrgUnit], tally: Tally) -> None:
    """The names borne before, and the present one for the whole life of the unit where none is listed."""
    rows = []
    for node in nodes:
        unit = units[node.text("key")]
        listed = list(node.nodes("names")) or [
            Node({"name": unit.name, "valid_from": node.data.get("valid_from"), "valid_to": node.data.get("valid_to")},
                 node.place)
        ]  # fmt: skip
        for each in listed:
            row = UnitName(unit=unit, name=each.text("name"), decision=each.text("decision", ""))
            row.valid_from, row.valid_to = each.day("valid_from"), each.day("valid_to")
            rows.append((each, row))
    keep(UnitName.objects.all(), rows, lambda row: (row.unit_id, row.name, row.valid_from), tally)


def _codes(nodes: list[Node], units: dict[str, OrgUnit], tally: Tally) -> None:
    rows = [
        (
            each,
            UnitCode(
                unit=units[node.text("key")],
                system=each.text("system"),
                code=each.text("code"),
                valid_from=each.day("valid_from"),
                valid_to=each.day("valid_to"),
            ),
        )
        for node in nodes
        for each in node.nodes("codes", "code")
    ]
    keep(UnitCode.objects.all(), rows, lambda row: (row.unit_id, row.system, row.code, row.valid_from), tally)


def _variants(nodes: list[Node], units: dict[str, OrgUnit], tally: Tally) -> None:
    rows = [
        (node, SpellingVariant(unit=units[node.text("key")], text=text))
        for node in nodes
        for text in node.texts("variants")
    ]
    keep(SpellingVariant.objects.all(), rows, lambda row: (row.unit_id, row.text), tally)


def _successions(file: Node, units: dict[str, OrgUnit], tally: Tally) -> None:
    rows = [
        (
            node,
            Succession(
                predecessor=node.one_of("predecessor", units, "đơn vị"),
                successor=node.one_of("successor", units, "đơn vị"),
                kind=choice(node, "kind", SuccessionKind),
                effective_on=node.required_day("effective_on"),
                decision=node.text("decision", ""),
                takes_over=choice(node, "kind", SuccessionKind) != SuccessionKind.SPLIT,
            ),
        )
        for node in file.nodes("successions")
    ]
    keep(Succession.objects.all(), rows, lambda row: (row.predecessor_id, row.successor_id), tally, {"act"})
