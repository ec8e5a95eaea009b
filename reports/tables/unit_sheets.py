"""The rows of each unit by themselves, and what each has not reported: for the sheets of a period's workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.choices import FigureState
from indicators.tables.standings import Standing
from indicators.tables.standings_source import Key
from paper.letter import roman
from reports.tables.annex import area_title
from reports.tables.by_unit import UnitRow, unit_part
from reports.tables.summary import AreaRows, Summary
from reports.tables.told import Told


@dataclass(frozen=True)
class UnitTable:
    """One unit: content areas (level 0), below them its indicators, then its tasks (level 1)."""

    unit_id: int
    name: str
    rows: tuple[UnitRow, ...]
    missing: tuple[str, ...]


def unit_tables(
    summary: Summary, at_units: Mapping[Key, Standing], told: Mapping[Key, Told], names: Mapping[int, str]
) -> tuple[UnitTable, ...]:
    """Every unit of ``names`` that owes a row, in their order. No query."""
    tables = []
    for unit_id, name in names.items():
        rows = tuple(_rows(summary, at_units, told, unit_id))
        if rows:
            tables.append(UnitTable(unit_id, name, rows, _missing(summary, at_units, told, unit_id)))
    return tuple(tables)


def _rows(
    summary: Summary, at_units: Mapping[Key, Standing], told: Mapping[Key, Told], unit_id: int
) -> Iterable[UnitRow]:
    """The unit's rows below the content areas that it has a part in."""
    number = place = 0
    for area in summary.areas:
        rows = [*_figures(area, summary, at_units, told, unit_id, number), *_tasks(area, told, unit_id)]
        number += sum(bool(row.number) for row in rows)
        if rows:
            place += 1
            yield UnitRow(roman(place), 0, area_title(area))
            yield from rows


def _figures(
    area: AreaRows,
    summary: Summary,
    at_units: Mapping[Key, Standing],
    told: Mapping[Key, Told],
    unit_id: int,
    number: int,
) -> Iterable[UnitRow]:
    for row in area.rows:
        key = (row.indicator.pk, unit_id)
        standing = at_units.get(key)
        if standing is not None:
            number += 1
            rule = summary.definitions.band_rule
            yield unit_part(standing, row.name, told.get(key), rule, number=str(number), level=1)


def _tasks(area: AreaRows, told: Mapping[Key, Told], unit_id: int) -> Iterable[UnitRow]:
    """Tasks are told in words: how they stand, what was done."""
    for row in area.tasks:
        at_unit = told.get((row.indicator.pk, unit_id))
        if at_unit is not None:
            yield UnitRow("", 1, row.name, state=at_unit.status_text.lower(), note=at_unit.done_text)


def _missing(
    summary: Summary, at_units: Mapping[Key, Standing], told: Mapping[Key, Told], unit_id: int
) -> tuple[str, ...]:
    """What was asked of the unit in this period and is not there, in the order of the document."""
    number = summary.frame.period.number
    found = []
    for area in summary.areas:
        for row in area.rows:
            standing = at_units.get((row.indicator.pk, unit_id))
            if standing is not None and standing.is_due and not standing.counted:
                found.append(row.name)
        for row in area.tasks:
            at_unit = told.get((row.indicator.pk, unit_id))
            if at_unit is not None and at_unit.number == number and at_unit.state in ("", FigureState.NOT_REPORTED):
                found.append(row.name)
    return tuple(found)
