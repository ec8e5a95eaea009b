"""Every indicator at every unit in a period: the whole, and below it what each unit reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.rules.progress import BandRule
from indicators.tables.standings import Standing
from indicators.tables.standings_source import Key
from paper.marks import BAND_SIGNS
from reports.tables.annex import AnnexRow, annex_rows, judgement
from reports.tables.cells import Cell, adds_up, amount_cell, rate_cell, rate_source, target_cell
from reports.tables.pace import band_way
from reports.tables.provenance import target_source, told_source
from reports.tables.summary import Summary, SummaryRow
from reports.tables.told import Told

#: The columns of a whole that may be the sum of its units.
SUMMED = ("target", "in_period", "cumulative", "since_launch")


@dataclass(frozen=True)
class UnitRow:
    """A content area, an indicator over all units (level 1), or one unit's part of it (level 2)."""

    number: str
    level: int
    name: str
    unit_of_measure: str = ""
    target: Cell = Cell("")
    in_period: Cell = Cell("")
    cumulative: Cell = Cell("")
    since_launch: Cell = Cell("")
    rate: Cell = Cell("")
    rate_source: str = ""
    expected: Cell = Cell("")
    band_way: str = ""
    band: str = ""
    band_text: str = ""
    state: str = ""
    note: str = ""
    summed: frozenset[str] = frozenset()
    target_source: str = ""
    figure_source: str = ""

    @property
    def band_sign(self) -> str:
        """The band where only letters fit."""
        return f"{BAND_SIGNS[self.band]} {self.band_text}" if self.band else ""


def by_unit_rows(
    summary: Summary,
    at_units: Mapping[Key, Standing],
    told: Mapping[Key, Told],
    not_assigned: Mapping[int, Sequence[str]],
) -> tuple[UnitRow, ...]:
    """The rows; a whole names the columns that are the sum of its units. No query."""
    wholes = iter(row for area in summary.areas for row in area.rows)
    rows: list[UnitRow] = []
    for line in annex_rows(summary):
        if line.is_area:
            rows.append(UnitRow(line.number, 0, line.name))
            continue
        row = next(wholes)
        parts = [*_parts(row, summary, at_units, told)]
        parts += [UnitRow("", 2, name, state="không giao") for name in not_assigned.get(row.indicator.pk, ())]
        rows += [_whole(line, parts, row.indicator.decimals), *parts]
    return tuple(rows)


def _whole(line: AnnexRow, parts: Sequence[UnitRow], decimals: int) -> UnitRow:
    """The indicator over all units, and which of its columns are the sum of those below."""
    whole = UnitRow(
        number=line.number,
        level=1,
        name=line.name,
        unit_of_measure=line.unit_of_measure,
        target=line.target,
        in_period=line.in_period,
        cumulative=line.cumulative,
        since_launch=line.since_launch,
        rate=line.rate,
        rate_source=line.rate_source,
        expected=line.expected,
        band_way=line.band_way,
        band=line.band,
        band_text=line.band_text,
        state="kỳ này không yêu cầu" if "/" not in line.completeness else f"{line.completeness} đơn vị",
    )
    summed = {key for key in SUMMED if adds_up(getattr(whole, key), [getattr(part, key) for part in parts], decimals)}
    return replace(whole, summed=frozenset(summed))


def _parts(
    row: SummaryRow, summary: Summary, at_units: Mapping[Key, Standing], told: Mapping[Key, Told]
) -> Iterable[UnitRow]:
    """What each unit reached, in the order of the office."""
    pk = row.indicator.pk
    for reporter in summary.definitions.reporters.get(pk, ()):
        standing = at_units.get((pk, reporter.unit_id))
        if standing is not None:
            at_unit = told.get((pk, reporter.unit_id))
            yield unit_part(standing, reporter.name, at_unit, summary.definitions.band_rule)


def unit_part(
    standing: Standing, name: str, told: Told | None, rule: BandRule, *, number: str = "", level: int = 2
) -> UnitRow:
    """One indicator at one unit."""
    decimals = standing.indicator.decimals
    return UnitRow(
        number=number,
        level=level,
        name=name,
        unit_of_measure=standing.indicator.unit_of_measure,
        target=target_cell(standing),
        in_period=amount_cell(standing.in_period, decimals),
        cumulative=amount_cell(standing.cumulative, decimals),
        since_launch=amount_cell(standing.since_launch, decimals),
        rate=rate_cell(standing.rate),
        rate_source=rate_source(standing),
        expected=rate_cell(standing.expected_rate),
        band_way=band_way(standing, rule),
        band=standing.band,
        band_text=judgement(standing),
        state=_state(standing),
        note="; ".join(told.remarks) if told else "",
        target_source=target_source(standing),
        figure_source=told_source(told),
    )


def _state(standing: Standing) -> str:
    """How far the unit's figure of this period has come."""
    if not standing.is_due:
        return "kỳ này không yêu cầu"
    if not standing.sent:
        return "chưa gửi"
    state = "đã tiếp nhận" if standing.received else "đã gửi"
    return f"{state}, đã xác nhận" if standing.confirmed else state
