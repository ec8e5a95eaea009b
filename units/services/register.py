"""Keeping the register of units: lines written by key, all or nothing, with one audit line for the whole act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from django.core.exceptions import ValidationError
from django.db import transaction

from units.errors import refuse
from units.models import Level, OrgUnit, SpellingVariant, UnitCode, UnitKind, UnitName, User
from units.permissions import why_not_keep_unit
from units.rules.register import KindLine, LevelLine, UnitLine
from units.rules.tree import circles, parents_first
from units.services.audit import record_act

CODE_SYSTEM = "GSO"
#: Columns of the register that stand on the unit itself under the same name.
OWN_COLUMNS = (
    "name", "short_name", "official_name", "place_name", "document_code", "head_title", "position", "grid_column",
    "grid_row", "population", "valid_from", "valid_to",
)  # fmt: skip
TAKEN = "{unit}: mã {code} đang là mã của {holder}. Ghi mã khác, hoặc kết thúc mã ấy trước."
CIRCLE = "Các đơn vị này là cấp trên của nhau thành vòng: {names}."


@transaction.atomic
def keep_register(
    units: Sequence[UnitLine],
    *,
    by: User | None,
    kinds: Sequence[KindLine] = (),
    levels: Sequence[LevelLine] = (),
) -> list[OrgUnit]:
    """Add units that are new and change those that are there; units that are not named stay as they are.

    ``by`` None is the installation itself (a command); a person keeps only what stands below their offices.
    """
    _keep_kinds(kinds)
    _keep_levels(levels)
    ordered = _ordered(units)
    known = {unit.key: unit for unit in OrgUnit.objects.select_for_update(of=("self",)).select_related("parent")}
    kind_of = {kind.code: kind for kind in UnitKind.objects.all()}
    level_of = {level.code: level for level in Level.objects.all()}
    if by is not None:
        _check_rights(ordered, known, by)
    kept = []
    for line in ordered:
        unit = known.get(line.key) or OrgUnit(key=line.key)
        unit.parent = known[line.parent] if line.parent else None
        unit.kind, unit.level = kind_of[line.kind], level_of[line.level]
        kept.append(_keep_unit(unit, line))
        known[line.key] = unit
    detail = {"units": [line.key for line in ordered], "kinds": len(kinds), "levels": len(levels)}
    record_act("units.register_kept", by=by, unit=kept[0].parent or kept[0] if kept else None, detail=detail)
    return kept


def _ordered(units: Sequence[UnitLine]) -> list[UnitLine]:
    """Parents first; a circle has no first one and is refused."""
    parents = {line.key: line.parent for line in units}
    for ring in circles(parents):
        names = {line.key: line.name for line in units}
        raise ValidationError(CIRCLE.format(names=" → ".join(names[key] for key in [*ring, ring[0]])))
    by_key = {line.key: line for line in units}
    return [by_key[key] for key in parents_first(parents)]


def _check_rights(units: Sequence[UnitLine], known: dict[str, OrgUnit], by: User) -> None:
    """Every unit that is changed, and every place to which one is put, must be the person's to keep."""
    new = {line.key for line in units} - known.keys()
    for line in units:
        places = [known.get(line.key), known.get(line.parent)]
        if line.parent not in new:
            refuse(why_not_keep_unit(places, by), about=line.name)


def _keep_unit(unit: OrgUnit, line: UnitLine) -> OrgUnit:
    """Write one unit with its present name, code and spellings."""
    before = unit.name
    for column in OWN_COLUMNS:
        setattr(unit, column, getattr(line, column))
    unit.official_name = line.official_name or line.name
    unit.head_title = line.head_title or "Thủ trưởng"
    unit.full_clean(exclude=["kind", "level", "parent", "short_name", "path", "search_key", "sort_key"])
    unit.save()
    _keep_name(unit, before)
    _keep_code(unit, line.code)
    _keep_variants(unit, line.variants)
    return unit


def _keep_name(unit: OrgUnit, before: str) -> None:
    """The name that holds now is corrected; those borne before stay."""
    name = unit.names.in_order().last()
    if name is None:
        UnitName.objects.create(unit=unit, name=unit.name, valid_from=unit.valid_from, valid_to=unit.valid_to)
    elif name.name in (before, unit.name):
        name.name, name.valid_to = unit.name, unit.valid_to
        name.save(update_fields=["name", "valid_to"])


def _keep_code(unit: OrgUnit, code: str) -> None:
    """The present code, from and to the unit's own days."""
    row = unit.codes.filter(system=CODE_SYSTEM).in_order().last()
    if not code:
        if row is not None:
            row.delete()
        return
    row = row or UnitCode(unit=unit, system=CODE_SYSTEM, valid_from=unit.valid_from)
    row.code, row.valid_to = code, unit.valid_to
    held = UnitCode.objects.filter(system=CODE_SYSTEM, code=code, valid_to=None).exclude(unit=unit)
    if row.valid_to is None and (holder := held.select_related("unit").first()):
        raise ValidationError(TAKEN.format(unit=unit.name, code=code, holder=holder.unit))
    row.full_clean()
    row.save()


def _keep_variants(unit: OrgUnit, variants: Sequence[str]) -> None:
    """These spellings and no others."""
    present = {row.text: row for row in unit.variants.all()}
    for text, row in present.items():
        if text not in variants:
            row.delete()
    for text in dict.fromkeys(variants):
        if text not in present:
            SpellingVariant.objects.create(unit=unit, text=text)


def _keep_kinds(kinds: Sequence[KindLine]) -> None:
    """Kinds by their code."""
    for line in kinds:
        row = UnitKind.objects.filter(code=line.code).first() or UnitKind(code=line.code)
        _write(row, line)


def _keep_levels(levels: Sequence[LevelLine]) -> None:
    """Levels by their code."""
    for line in levels:
        row = Level.objects.filter(code=line.code).first() or Level(code=line.code)
        _write(row, line)


def _write(row: UnitKind | Level, line: KindLine | LevelLine) -> None:
    """Copy the columns of a line to its row."""
    for column in fields(line):
        setattr(row, column.name, getattr(line, column.name))
    row.full_clean()
    row.save()
