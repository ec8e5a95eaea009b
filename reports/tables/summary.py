"""All indicators of a campaign in a period, in the order and nesting of the document: the rows of every face."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from campaign.models import ContentArea
from indicators.choices import Band
from indicators.models import Indicator
from indicators.tables import standings as standing_tables
from indicators.tables.kept import kept, stamps_of
from indicators.tables.standings import (
    Definitions,
    Standing,
    percent_text,
    standings,
    statuses_text,
)
from indicators.tables.standings_source import NOBODY, kept_definitions
from reports.tables.frame import Frame
from units.choices import Origin

#: The queries of ``summary``, however many indicators and units there are; one, where nothing has changed since.
QUERIES = standing_tables.QUERIES + 1
#: The order in which bands are counted.
BANDS = (Band.EXCEEDED, Band.MET, Band.AHEAD, Band.ON_TRACK, Band.BEHIND, Band.AT_RISK, Band.NO_DATA)
ORIGIN_WORDS = {
    Origin.DOCUMENT: "theo văn bản",
    Origin.PUBLIC: "theo nguồn công khai",
    Origin.ILLUSTRATIVE: "số liệu minh họa",
}


@dataclass(frozen=True)
class SummaryRow:
    """One indicator with its standing, its place in the outline, who leads it and who is in charge there."""

    number: str
    level: int
    standing: Standing
    owner: str
    person_id: int | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator itself."""
        return self.standing.indicator

    @property
    def name(self) -> str:
        """Its short name."""
        return self.standing.indicator.short_name

    @property
    def origins(self) -> tuple[str, ...]:
        """The labels of where plan and figures come from; what the office itself reports needs none."""
        main, totals = self.standing.main, self.standing.now
        illustrative = totals is not None and totals.is_illustrative
        found = [f"kế hoạch {ORIGIN_WORDS[Origin(main.origin)]}"] if main and main.origin in ORIGIN_WORDS else []
        if illustrative and main and main.origin == Origin.ILLUSTRATIVE:
            found = []
        return (*found, ORIGIN_WORDS[Origin.ILLUSTRATIVE]) if illustrative else tuple(found)

    @property
    def note(self) -> str:
        """What must stand beside the numbers: base, contradiction, what the year lacks, origin."""
        row = self.standing
        parts = [row.dispute_text]
        if row.base_name and row.target is not None and (len(row.rates) > 1 or row.in_percent):
            parts.append(f"so với {row.base_name}")
        parts += [f"{percent_text(one.rate)} so với {one.base_name}" for one in row.rates if not one.is_main]
        if row.opening_rate is not None and row.opening_base != row.base_name:
            parts.append(f"đầu năm so với {row.opening_base}")
        if row.rate is not None and not row.is_year:
            parts.append("tính từ khi phát động")
        return "; ".join(part for part in (*parts, *self.origins) if part)


@dataclass(frozen=True)
class AreaRows:
    """One content area of the first order with its indicators and its tasks."""

    area: ContentArea
    rows: tuple[SummaryRow, ...]
    tasks: tuple[SummaryRow, ...]

    @property
    def bands(self) -> list[tuple[str, str, int]]:
        """How many indicators stand in which band: (band, word, number)."""
        counts = Counter((row.standing.band, row.standing.band_word) for row in self.rows)
        ordered = sorted(counts, key=lambda pair: (BANDS.index(pair[0]), pair[1]))
        return [(band.value, word, counts[band, word]) for band, word in ordered]

    @property
    def marks(self) -> list[tuple[str, int]]:
        """The same by mark alone, where there is no room for words: one mark may stand for several."""
        counts = Counter(row.standing.band for row in self.rows)
        return [(band.value, counts[band]) for band in BANDS if counts[band]]

    @property
    def task_counts(self) -> Counter[str]:
        """How many reports of tasks bear which status."""
        return sum((row.standing.statuses for row in self.tasks), Counter())

    @property
    def task_text(self) -> str:
        """The same in words."""
        return statuses_text(self.task_counts)


@dataclass(frozen=True)
class Summary:
    """The whole campaign in one period."""

    frame: Frame
    areas: tuple[AreaRows, ...]
    definitions: Definitions
    stamps: tuple[str, ...] = ()

    @property
    def rows(self) -> list[SummaryRow]:
        """Every indicator with numbers, in the order of the document."""
        return [row for area in self.areas for row in area.rows]

    @property
    def is_illustrative(self) -> bool:
        """Does any number on it bear the label số liệu minh họa?"""
        return any(row.standing.is_illustrative for row in self.rows)


def summary(frame: Frame, *, indicator_ids: Collection[int] | None = None, unit_id: int | None = None) -> Summary:
    """The whole of each indicator, or one unit's rows: ``QUERIES`` queries; kept until definitions or totals change."""
    stamps = stamps_of(frame.campaign)
    at = frame.campaign.authority_id if unit_id is None else unit_id
    chosen = None if indicator_ids is None else frozenset(indicator_ids)
    found = kept(
        ("summary", stamps, frame.period.pk, frame.basis, chosen, at),
        lambda: _summary(frame, stamps[0], chosen, at),
        lambda built: len(built.rows),
    )
    return replace(found, frame=frame, stamps=stamps)


def _summary(frame: Frame, stamp: str, indicator_ids: frozenset[int] | None, at: int) -> Summary:
    """Read and judge."""
    campaign, period = frame.campaign, frame.period
    known = kept_definitions(stamp, campaign, period.ends_on, indicator_ids, (at,))
    found = standings(
        campaign, period, basis=frame.basis, indicator_ids=indicator_ids, unit_ids=[at], definitions=known
    )
    return summary_of(frame, found.values(), known)


def summary_of(frame: Frame, found: Iterable[Standing], known: Definitions) -> Summary:
    """Standings put into the order and nesting of the document; no query."""
    return Summary(frame, tuple(_areas(found, known)), known)


def top_area(indicator: Indicator) -> ContentArea:
    """The content area of the first order to which an indicator belongs."""
    return indicator.area.parent or indicator.area


def _areas(found: Iterable[Standing], known: Definitions) -> Iterable[AreaRows]:
    """Group by the areas of the first order, in the order of the document."""
    by_area: dict[int, list[Standing]] = defaultdict(list)
    areas: dict[int, ContentArea] = {}
    for standing in found:
        area = top_area(standing.indicator)
        areas[area.pk] = area
        by_area[area.pk].append(standing)
    for area in sorted(areas.values(), key=lambda one: one.position):
        numeric = [one for one in by_area[area.pk] if one.is_numeric]
        tasks = [one for one in by_area[area.pk] if not one.is_numeric]
        yield AreaRows(area, tuple(_outline(numeric, known)), tuple(_outline(tasks, known)))


def _outline(rows: list[Standing], known: Definitions) -> Iterable[SummaryRow]:
    """Parts stand below their whole ("trong đó"); the rest is numbered."""
    here = {one.indicator.pk for one in rows}
    parts: dict[int, list[Standing]] = defaultdict(list)
    for one in rows:
        if one.indicator.parent_id in here:
            parts[one.indicator.parent_id or 0].append(one)
    number = 0

    def below(one: Standing, level: int) -> Iterable[SummaryRow]:
        lead = known.leads.get(one.indicator.pk, NOBODY)
        yield SummaryRow("-" if level else str(number), level, one, lead.name, lead.person_id)
        for part in parts[one.indicator.pk]:
            yield from below(part, level + 1)

    for one in rows:
        if one.indicator.parent_id not in here:
            number += 1
            yield from below(one, 0)
