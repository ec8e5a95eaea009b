"""The leader's board: at most ten lines, worst first, each with the gap in words; then the content areas."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from followup.permissions import ask_word
from indicators.choices import Band
from indicators.rules.gap import Concentration, concentration, gap_sentence
from indicators.tables.kept import kept
from indicators.tables.standings import Standing, standings
from indicators.tables.standings_source import Definitions, with_all_units
from reports.tables import causes
from reports.tables import summary as summaries
from reports.tables.causes import NOTHING, Told
from reports.tables.frame import Frame, Tally, tally
from reports.tables.summary import AreaRows, Summary, SummaryRow, summary
from units.models import User
from vietnamese.dates import format_date

#: The summary, the reports of the period, the plans, totals and tasks of the units behind the ten lines; their causes
#: and who is in charge of them.
QUERIES = summaries.QUERIES + causes.QUERIES + 6
LINES = 10
#: What a leader must look at, most urgent first; indicators on track are not here.
URGENT = (Band.AT_RISK, Band.BEHIND)


@dataclass(frozen=True)
class BoardLine:
    """One indicator that needs a look: how it stands, what is missing in words, who answers for it, until when."""

    row: SummaryRow
    gap_text: str
    units_text: str
    due_text: str
    told: Told = NOTHING
    person: str = ""

    @property
    def standing(self) -> Standing:
        """Its numbers."""
        return self.row.standing

    @property
    def cause_text(self) -> str:
        """What stands in the way, in the words of the units."""
        return self.told.cause

    @property
    def reached_text(self) -> str:
        """What was reached, in percent of the plan or as an amount."""
        return self.standing.reached_text


@dataclass(frozen=True)
class Board:
    """The whole board of one period."""

    frame: Frame
    lines: tuple[BoardLine, ...]
    more: int
    disputed: tuple[SummaryRow, ...]
    summary: Summary
    tally: Tally | None
    ask_word: str = ""

    @property
    def areas(self) -> tuple[AreaRows, ...]:
        """The content areas with their indicators."""
        return self.summary.areas

    @property
    def has_figures(self) -> bool:
        """Has anybody reported anything yet?"""
        return any(row.standing.has_figure for row in self.summary.rows)


def board(
    frame: Frame,
    *,
    indicator_ids: frozenset[int] | None = None,
    unit_id: int | None = None,
    user: User | None = None,
    area_ids: Collection[int] | None = None,
    with_reports: bool = True,
) -> Board:
    """The board of the whole, of the indicators that a department leads, or of one unit: at most ``QUERIES`` queries.

    ``user`` reads the obstacles that are open to them. ``area_ids`` keeps the content areas of a leader's field.
    ``with_reports`` adds how many units have sent; that is for the office and its leaders.
    """
    whole = summary(frame, indicator_ids=indicator_ids, unit_id=unit_id)
    if area_ids is not None:
        whole = replace(whole, areas=tuple(one for one in whole.areas if one.area.pk in area_ids))
    urgent = sorted((row for row in whole.rows if _needs_a_look(row.standing)), key=lambda row: _urgency(row.standing))
    chosen = urgent[:LINES]
    by_units = _kept_units_behind(frame, chosen, whole) if unit_id is None else {}
    # What other units wrote is not for a single one.
    asked = [row.indicator.pk for row in chosen] if unit_id is None else []
    told = causes.causes(frame.campaign, frame.period, frame.basis, asked, user=user, stamps=whole.stamps)
    people = User.objects.names_of(row.person_id for row in chosen)
    lines = tuple(
        _line(
            frame,
            row,
            by_units.get(row.indicator.pk),
            told.get(row.indicator.pk, NOTHING),
            people.get(row.person_id, ""),
        )
        for row in chosen
    )
    counted = tally(frame.period) if with_reports else None
    disputed = tuple(row for row in whole.rows if row.standing.dispute_text)
    asks = ask_word(frame.campaign, user) if user is not None and unit_id is None else ""
    return Board(frame, lines, len(urgent) - len(lines), disputed, whole, counted, asks)


def gap_text(standing: Standing, by_units: Concentration | None = None) -> str:
    """The gap in words: amount, per week, against the last four weeks, how few units make most of it."""
    if standing.dispute_text:
        return standing.dispute_text
    if standing.target is None:
        return "chưa có chỉ tiêu giao để so sánh"
    if standing.lacks_base:
        return (
            f"chưa có số “{standing.base_name}” để tính tỷ lệ" if standing.base_name else "chưa có mẫu số để tính tỷ lệ"
        )
    if standing.judged.measured.value is None:
        return "chưa có số liệu"
    unit = "điểm %" if standing.in_percent else standing.indicator.unit_of_measure
    decimals = 1 if standing.in_percent else standing.indicator.decimals
    return gap_sentence(
        standing.gap,
        unit_of_measure=unit,
        decimals=decimals,
        direction=standing.indicator.direction,
        by_units=by_units,
    )


def _needs_a_look(standing: Standing) -> bool:
    """Behind its path, or asked for with a plan and not there; contradictions wait in a list of their own."""
    if standing.band in URGENT:
        return True
    is_planned = standing.target is not None and standing.is_due and not standing.dispute_text
    return standing.band == Band.NO_DATA and is_planned and standing.counted == 0


def _urgency(standing: Standing) -> tuple[int, Decimal]:
    """Worst first: by band, and within it by what was reached of what should be."""
    rank = URGENT.index(standing.band) if standing.band in URGENT else len(URGENT)
    rate, expected = standing.rate, standing.expected_rate
    pace = rate / expected if rate is not None and expected else Decimal(0)
    return rank, pace


def _kept_units_behind(frame: Frame, rows: Sequence[SummaryRow], whole: Summary) -> dict[int, Concentration | None]:
    """The same as long as the summary holds."""
    ids = tuple(row.indicator.pk for row in rows)
    return kept(
        ("units behind", whole.stamps, frame.period.pk, frame.basis, ids),
        lambda: _units_behind(frame, rows, whole),
        len,
    )


def _kept_all_units(frame: Frame, whole: Summary, ids: Sequence[int]) -> Definitions:
    """What the units of some indicators are measured by; an act of theirs does not change it."""
    on = frame.period.ends_on
    return kept(
        ("all units", whole.stamps[:1], frame.campaign.pk, on, tuple(sorted(whole.definitions.indicators)), tuple(ids)),
        lambda: with_all_units(whole.definitions, on, ids),
        lambda built: len(built.targets) // 3,
    )


def _units_behind(frame: Frame, rows: Sequence[SummaryRow], whole: Summary) -> dict[int, Concentration | None]:
    """Which units make most of each gap: four queries for all lines."""
    ids = [row.indicator.pk for row in rows]
    known = _kept_all_units(frame, whole, ids)
    units = {one.unit_id for pk in ids for one in known.reporters.get(pk, [])}
    found = standings(
        frame.campaign, frame.period, basis=frame.basis, indicator_ids=ids, unit_ids=units, definitions=known
    )
    missing: dict[int, list[tuple[str, Decimal | None]]] = {pk: [] for pk in ids}
    for pk in ids:
        for one in known.reporters.get(pk, []):
            at_unit = found.get((pk, one.unit_id))
            if at_unit is not None and not at_unit.in_percent:
                missing[pk].append((one.name, at_unit.gap.missing))
    return {pk: concentration(parts) for pk, parts in missing.items()}


def _line(frame: Frame, row: SummaryRow, by_units: Concentration | None, told: Told, person: str) -> BoardLine:
    """One line."""
    standing = row.standing
    due = standing.indicator.due_on or frame.campaign.ends_on
    named = by_units if standing.gap.missing and not standing.gap.is_excess else None
    units = f"Chủ yếu: {', '.join(named.units)}" if named else ""
    return BoardLine(row, gap_text(standing, named), units, format_date(due), told, person)
