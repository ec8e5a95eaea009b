"""The home of a unit's head: what is owed and asked, and the own standing beside the average of the cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaign.choices import Relation
from campaign.models import Participation
from indicators.choices import Direction, UnitRule
from indicators.rules.progress import ZERO, ratio
from indicators.tables import standings as standing_tables
from indicators.tables.kept import kept, stamps_of
from indicators.tables.standings import Standing, percent_text, read_definitions, standings
from indicators.tables.standings_source import Key
from reports.models import PublishedOrder
from reports.tables.frame import Frame
from reports.tables.summary import BANDS, SummaryRow, summary_of
from units.models import User
from vietnamese.numbers import format_number

#: The members of the cluster, the stamps, the unit's indicators, and the standings of all of them; two, if kept.
QUERIES = standing_tables.QUERIES + 3
#: Fewer units would let one reckon a neighbour's figure from the average and the own.
FEWEST = 4


@dataclass(frozen=True)
class OwnLine:
    """One indicator of the unit beside its cluster."""

    row: SummaryRow
    average: Decimal | None

    @property
    def average_text(self) -> str:
        """The percentage that the cluster reached together, or a dash."""
        return percent_text(self.average)

    @property
    def difference_text(self) -> str:
        """ "cao hơn 3,2 điểm %"."""
        rate = self.row.standing.rate
        if rate is None or self.average is None:
            return ""
        points = rate - self.average
        if abs(points) < Decimal("0.05"):
            return "bằng mức chung"
        return f"{'cao' if points > 0 else 'thấp'} hơn {format_number(abs(points), 1)} điểm %"


@dataclass(frozen=True)
class UnitHome:
    """The unit's indicators, worst first."""

    part: Participation
    lines: tuple[OwnLine, ...]
    members: int


def unit_home(frame: Frame, part: Participation) -> UnitHome:
    """The unit beside its cluster, of which it sees the average alone: ``QUERIES`` queries."""
    members = _members(part)
    lines = kept(
        ("unit home", stamps_of(frame.campaign), frame.period.pk, frame.basis, tuple(members)),
        lambda: _lines(frame, part, members),
        len,
    )
    return UnitHome(part, lines, len(members))


def _lines(frame: Frame, part: Participation, members: list[int]) -> tuple[OwnLine, ...]:
    """The unit's indicators beside their averages, worst first."""
    rows = part.unit.assignments.reporting().filter(indicator__campaign=frame.campaign)
    ids = list(rows.values_list("indicator_id", flat=True))
    known = read_definitions(frame.campaign, frame.period.ends_on, ids, members)
    found = standings(
        frame.campaign, frame.period, basis=frame.basis, indicator_ids=ids, unit_ids=members, definitions=known
    )
    own = summary_of(frame, [one for (_, unit_id), one in found.items() if unit_id == part.unit_id], known)
    lines = [OwnLine(row, _average(row.standing, found, members)) for row in own.rows]
    worst_first = (*reversed(BANDS[:-1]), BANDS[-1])
    return tuple(sorted(lines, key=lambda line: worst_first.index(line.row.standing.band)))


def _members(part: Participation) -> list[int]:
    """The units of the cluster that must report, the unit itself first: one query."""
    if part.cluster_id is None:
        return [part.unit_id]
    rows = Participation.objects.filter(cluster=part.cluster_id, relation=Relation.ASSIGNED)
    return [part.unit_id, *rows.exclude(pk=part.pk).values_list("unit_id", flat=True)]


def _average(own: Standing, found: Mapping[Key, Standing], members: list[int]) -> Decimal | None:
    """What the cluster reached together of its plans together: a ratio of sums, never a mean of percentages."""
    indicator = own.indicator
    if indicator.unit_rule not in (UnitRule.SUM, UnitRule.RATIO_OF_SUMS) or indicator.direction != Direction.MORE:
        return None
    rows = [found[indicator.pk, pk] for pk in members if (indicator.pk, pk) in found]
    judged = [row.judged for row in rows if row.rate is not None and not row.in_percent and not row.dispute]
    if len(judged) < FEWEST or len({one.is_year for one in judged}) > 1:
        return None
    done = sum((one.measured.value or ZERO for one in judged), ZERO)
    return ratio(done, sum((one.measured.plan or ZERO for one in judged), ZERO))


def last_published(part: Participation, user: User) -> PublishedOrder | None:
    """The last order that was published to the unit's cluster: one query."""
    rows = PublishedOrder.objects.visible_to(user).standing().filter(cluster=part.cluster_id)
    return rows.select_related("period").order_by("-period__number").first()
