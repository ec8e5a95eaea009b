"""Indicators × units of one cluster: what each reached against what is expected of it to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.models import Cluster, Participation
from indicators.choices import Band
from indicators.models import Indicator
from indicators.tables import standings as standing_tables
from indicators.tables.kept import kept, stamps_of
from indicators.tables.standings import Standing, read_definitions, standings
from reports.tables.frame import Frame
from reports.tables.summary import BANDS, SummaryRow, summary_of, top_area
from vietnamese.numbers import format_number

#: The clusters and their members, the indicators, the stamps, the standings of those units and of the whole (it shows
#: numbers only: the query for tasks falls away); four, if kept.
QUERIES = standing_tables.QUERIES + 3
#: A larger table opens on its first content area: what nobody looks at is neither read nor sent.
MOST_CELLS = 2_000
EVERY_AREA = "tat-ca"
#: So many cells take as much room as one standing.
CELLS_A_ROW = 6
POOR = (Band.AT_RISK, Band.BEHIND)
SORTS = {"van-ban": "Thứ tự trong văn bản", "dang-lo": "Đáng lo nhất trước"}


@dataclass(frozen=True)
class HeatChoice:
    """What the address asks for: a cluster, a content area, indicators with some unit in a band, an order."""

    cluster: str = ""
    area: str = ""
    band: str = ""
    sort: str = "van-ban"


@dataclass(frozen=True)
class HeatCell:
    """One unit's part: band, what was reached in percent of its plan, and the words of both."""

    unit_id: int
    unit_name: str
    band: str
    text: str
    words: str


@dataclass(frozen=True)
class HeatRow:
    """One indicator over the units; None where it is not given to a unit."""

    row: SummaryRow
    cells: tuple[HeatCell | None, ...]
    whole: HeatCell
    reported: str

    @property
    def poor(self) -> int:
        """How many units lag: the likely misses count double."""
        return sum(2 if cell.band == Band.AT_RISK else cell.band == Band.BEHIND for cell in self.cells if cell)


@dataclass(frozen=True)
class HeatArea:
    """One content area with all its indicators."""

    title: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class UnitTally:
    """One unit over the indicators of the table."""

    part: Participation
    bands: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class HeatMap:
    """The chosen indicators over the units of a cluster."""

    frame: Frame
    cluster: Cluster | None
    clusters: tuple[Cluster, ...]
    areas: tuple[tuple[int, str], ...]
    units: tuple[UnitTally, ...]
    groups: tuple[tuple[str, tuple[HeatRow, ...]], ...]
    elsewhere: int
    area: str
    is_too_large: bool


def heat_map(frame: Frame, choice: HeatChoice, *, indicator_ids: frozenset[int] | None = None) -> HeatMap:
    """The indicators that the units of one cluster report: ``QUERIES`` queries."""
    campaign, period = frame.campaign, frame.period
    clusters = tuple(campaign.clusters.all())
    cluster = next((one for one in clusters if str(one.pk) == choice.cluster), clusters[0] if clusters else None)
    parts = _members(frame, cluster)
    ids = tuple(part.unit_id for part in parts)
    by_area = _indicators(frame, indicator_ids)
    is_too_large = sum(map(len, by_area.values())) * len(parts) > MOST_CELLS
    area = _chosen_area(choice, by_area, is_too_large)
    chosen_ids = frozenset(
        pk for (pk_of_area, _), pks in by_area.items() if area in ("", str(pk_of_area)) for pk in pks
    )
    areas = kept(
        ("heat map", stamps_of(campaign), period.pk, frame.basis, chosen_ids, ids),
        lambda: _areas(frame, parts, chosen_ids),
        lambda built: sum(len(row.cells) for area in built for row in area.rows) // CELLS_A_ROW,
    )
    groups = []
    elsewhere = 0
    for one in areas:
        elsewhere += sum(not any(row.cells) for row in one.rows)
        chosen = [row for row in one.rows if any(row.cells) and _fits(row, choice)]
        if chosen:
            groups.append((one.title, tuple(chosen)))
    if choice.sort == "dang-lo":
        together = sorted((row for _, rows in groups for row in rows), key=lambda row: -row.poor)
        groups = [("", tuple(together))] if together else []
    shown = [row for _, rows in groups for row in rows]
    return HeatMap(
        frame=frame,
        cluster=cluster,
        clusters=clusters,
        areas=tuple(by_area),
        units=tuple(UnitTally(part, _tally(place, shown)) for place, part in enumerate(parts)),
        groups=tuple(groups),
        elsewhere=elsewhere,
        area=area,
        is_too_large=is_too_large,
    )


def _indicators(frame: Frame, indicator_ids: frozenset[int] | None) -> dict[tuple[int, str], list[int]]:
    """Indicators with numbers by their content area of the first order, in the order of the document: one query."""
    rows = Indicator.objects.with_figures().filter(campaign=frame.campaign).select_related("area__parent")
    found: dict[tuple[int, str], list[int]] = {}
    for row in rows.only(
        "area__numbering", "area__short_title", "area__parent__numbering", "area__parent__short_title"
    ):
        if indicator_ids is None or row.pk in indicator_ids:
            area = top_area(row)
            found.setdefault((area.pk, f"{area.numbering} {area.short_title}"), []).append(row.pk)
    return found


def _chosen_area(choice: HeatChoice, by_area: Mapping[tuple[int, str], list[int]], is_too_large: bool) -> str:
    """The area of the address; without one all, or the first where all are too many at once. "" stands for all."""
    known = [str(pk) for pk, _ in by_area]
    if choice.area in known:
        return choice.area
    return known[0] if is_too_large and choice.area != EVERY_AREA else ""


def _areas(frame: Frame, parts: Sequence[Participation], indicator_ids: frozenset[int] | None) -> tuple[HeatArea, ...]:
    """Every indicator with numbers over the units, by content area."""
    campaign, period = frame.campaign, frame.period
    at = [campaign.authority_id, *(part.unit_id for part in parts)]
    known = read_definitions(campaign, period.ends_on, indicator_ids, at)
    found = standings(campaign, period, basis=frame.basis, indicator_ids=indicator_ids, unit_ids=at, definitions=known)
    whole = summary_of(frame, [one for one in found.values() if one.is_node], known)
    return tuple(
        HeatArea(
            f"{area.area.numbering} {area.area.short_title}",
            tuple(_row(row, parts, found) for row in area.rows),
        )
        for area in whole.areas
    )


def _members(frame: Frame, cluster: Cluster | None) -> list[Participation]:
    """The units of the cluster in the order of the office; who is only asked is not measured."""
    rows = frame.campaign.participations.filter(cluster=cluster).select_related("unit")
    ordered = rows.order_by("unit__kind__position", "unit__position", "unit__sort_key")
    return [part for part in ordered if part.can_be_late]


def _row(row: SummaryRow, parts: Sequence[Participation], found: dict[tuple[int, int], Standing]) -> HeatRow:
    """One indicator."""
    cells = []
    for part in parts:
        standing = found.get((row.indicator.pk, part.unit_id))
        cells.append(_cell(standing, part.unit.short_name) if standing else None)
    whole = row.standing
    return HeatRow(row, tuple(cells), _cell(whole, "Chung"), f"{whole.counted}/{whole.owed}" if whole.owed else "")


def _cell(standing: Standing, unit_name: str) -> HeatCell:
    """The rate where there is one; for a plan of zero the amount; else the band says what is missing."""
    text = format_number(standing.rate, 1) if standing.rate is not None else ""
    if not text and standing.judged.measured.value is not None:
        text = standing.value_text
    due = "" if standing.expected_rate is None else f", {standing.due_word} {standing.expected_text}"
    has = f", {'có' if standing.is_limit else 'đạt'} {standing.value_text}" if standing.has_figure else ""
    return HeatCell(standing.unit_id, unit_name, standing.band, text, f"{standing.band_word}{has}{due}")


def _fits(row: HeatRow, choice: HeatChoice) -> bool:
    """Does the indicator pass the filter of bands?"""
    return not choice.band or any(cell.band == choice.band for cell in row.cells if cell)


def _tally(place: int, rows: Sequence[HeatRow]) -> tuple[tuple[str, int], ...]:
    """How many of one unit's indicators stand in which band, in the order of bands."""
    bands = [cell.band for row in rows if (cell := row.cells[place])]
    return tuple((band.value, bands.count(band)) for band in BANDS if band in bands and band != Band.NO_DATA)
