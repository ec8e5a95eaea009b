"""The annex of a period's report: every indicator with numbers, nested I / 1 / trong đó, for Excel and PDF alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.choices import Band
from indicators.rules.progress import BandRule, ratio
from indicators.tables.priors import Prior
from indicators.tables.standings import Standing
from indicators.tables.wording import NONE
from paper.letter import roman
from paper.marks import BAND_SIGNS, band_mark
from reports.tables.cells import Cell, amount_cell, opening_cell, rate_cell, rate_source, target_cell, worded_cell
from reports.tables.pace import band_way
from reports.tables.provenance import figure_source, opening_source, target_source
from reports.tables.summary import AreaRows, Summary, SummaryRow
from vietnamese.numbers import format_number


@dataclass(frozen=True)
class AnnexRow:
    """A content area, or one indicator with every value and its text."""

    number: str
    level: int
    name: str
    code: str = ""
    unit_of_measure: str = ""
    target: Cell = Cell("")
    set_by: str = ""
    opening: Cell = Cell("")
    in_period: Cell = Cell("")
    cumulative: Cell = Cell("")
    since_launch: Cell = Cell("")
    prior: Cell = Cell("")
    versus: Cell = Cell("")
    year_estimate: Cell = Cell("")
    rate: Cell = Cell("")
    rate_source: str = ""
    expected: Cell = Cell("")
    band_way: str = ""
    band: str = ""
    band_text: str = ""
    owner: str = ""
    completeness: str = ""
    confirmed: str = ""
    note: str = ""
    target_source: str = ""
    opening_source: str = ""
    figure_source: str = ""
    short_name: str = ""

    @property
    def is_area(self) -> bool:
        """Is it the head of a content area?"""
        return self.level == 0

    @property
    def is_part(self) -> bool:
        """Does it stand below its whole ("trong đó")?"""
        return self.level > 1

    @property
    def mark(self) -> SafeString:
        """The band as a drawing, beside its words."""
        has_band = self.band and self.band != Band.NO_DATA
        return band_mark(self.band, decorative=True) if has_band else SafeString()

    @property
    def band_sign(self) -> str:
        """The band where only letters fit: "▲ vượt kế hoạch"."""
        return f"{BAND_SIGNS[self.band]} {self.band_text}" if self.band else ""


@dataclass(frozen=True)
class Beside:
    """What not every campaign has beside its numbers: the same period last year, and the units' own ước cả năm."""

    priors: Mapping[int, Prior] = field(default_factory=dict)
    estimates: Mapping[int, Decimal] = field(default_factory=dict)


def has_priors(rows: Iterable[AnnexRow]) -> bool:
    """Is a number of last year there for any row? Else its column is left out."""
    return any(row.prior.number is not None for row in rows)


def has_estimates(rows: Iterable[AnnexRow]) -> bool:
    """Did the units estimate the year for any row?"""
    return any(row.year_estimate.number is not None for row in rows)


def annex_rows(summary: Summary, beside: Beside | None = None) -> tuple[AnnexRow, ...]:
    """The rows in the order of the document; areas without numbers are left out. No query."""
    rule, told = summary.definitions.band_rule, beside or Beside()
    areas = [area for area in summary.areas if area.rows]
    return tuple(
        row
        for place, area in enumerate(areas, start=1)
        for row in (_area_row(area, place), *(_row(one, rule, told) for one in area.rows))
    )


def area_title(area: AreaRows) -> str:
    """A content area with its number in the document: "2.1. Thi đua thực hiện thu ngân sách …"."""
    numbering = area.area.numbering.rstrip(".")
    return f"{numbering}. {area.area.title}" if numbering[:1].isdigit() else area.area.title


def _area_row(area: AreaRows, place: int) -> AnnexRow:
    numbering = area.area.numbering.rstrip(".")
    short_name = f"{numbering} {area.area.short_title}" if numbering[:1].isdigit() else area.area.short_title
    return AnnexRow(number=roman(place), level=0, name=area_title(area), short_name=short_name)


def _row(row: SummaryRow, rule: BandRule, beside: Beside) -> AnnexRow:
    standing = row.standing
    decimals = standing.indicator.decimals
    prior, versus = _last_year(standing, beside.priors.get(standing.indicator.pk))
    return AnnexRow(
        number=row.number,
        level=row.level + 1,
        name=row.name,
        code=standing.indicator.code,
        unit_of_measure=standing.indicator.unit_of_measure,
        target=target_cell(standing),
        set_by=standing.main.set_by if standing.main else "",
        opening=opening_cell(standing),
        in_period=amount_cell(standing.in_period, decimals),
        cumulative=amount_cell(standing.cumulative, decimals),
        since_launch=amount_cell(standing.since_launch, decimals),
        prior=prior,
        versus=versus,
        year_estimate=amount_cell(beside.estimates.get(standing.indicator.pk), decimals),
        rate=rate_cell(standing.rate),
        rate_source=rate_source(standing),
        expected=rate_cell(standing.expected_rate),
        band_way=band_way(standing, rule),
        band=standing.band,
        band_text=judgement(standing),
        owner=row.owner,
        completeness=f"{standing.counted}/{standing.owed}" if standing.is_due else NONE,
        confirmed=f"{standing.confirmed}/{standing.owed}" if standing.is_due else NONE,
        note=_note(standing, row.note),
        target_source=target_source(standing),
        opening_source=opening_source(standing),
        figure_source=figure_source(standing),
    )


def _last_year(standing: Standing, prior: Prior | None) -> tuple[Cell, Cell]:
    """Lũy kế of last year, else what was done in the period; and this year in percent of it, of the same units."""
    if prior is None or not prior.is_of_same_units(standing):
        return Cell(), Cell()
    decimals = standing.indicator.decimals
    if prior.cumulative is not None:
        return amount_cell(prior.cumulative, decimals), rate_cell(ratio(standing.cumulative, prior.cumulative))
    if prior.amount is None:
        return Cell(), Cell()
    text = f"trong kỳ {format_number(prior.amount, decimals)}"
    return worded_cell(text, prior.amount, decimals), rate_cell(ratio(standing.in_period, prior.amount))


def judgement(standing: Standing) -> str:
    """The band in words; where there is none, why: a contradiction, no plan, or no figure."""
    if standing.band != Band.NO_DATA:
        return standing.band_word
    if standing.dispute_text:
        return "chờ thống nhất số liệu"
    return standing.band_word if standing.main is not None else "chưa có kế hoạch"


def _note(standing: Standing, note: str) -> str:
    """What must stand beside the numbers, and that the row was not asked for in this period."""
    not_due = "" if standing.is_due or standing.now is None else "kỳ này không yêu cầu báo cáo, lấy kỳ gần nhất"
    return "; ".join(part for part in (note, not_due) if part)
