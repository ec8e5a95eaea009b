"""Order among the units of one cluster: how many of its indicators keep their path, then how often it was in time.

Counts, never means of percentages; units of equal counts share a place. The order is an internal working paper of the
standing body and the leaders until a leader publishes it; then the units of the cluster see what was published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from campaign.choices import Relation
from campaign.models import Cluster, Participation, Submission
from indicators.choices import Band
from indicators.rules.progress import ZERO, ratio
from indicators.tables import standings as standing_tables
from indicators.tables.kept import kept, stamps_of
from indicators.tables.standings import read_definitions, standings
from reports.tables.frame import Frame
from units import clock

#: The members, the stamps, the standings of their indicators, their reports; three, where nothing has changed since.
QUERIES = standing_tables.QUERIES + 3
#: Two numbers of a unit take so little room beside a standing.
UNITS_A_ROW = 10
KEPT = (Band.EXCEEDED, Band.MET, Band.AHEAD, Band.ON_TRACK)
JUDGED = (*KEPT, Band.BEHIND, Band.AT_RISK)


@dataclass(frozen=True)
class OrderRow:
    """One unit: its place, of how many indicators it keeps the path, of how many reports it kept the day."""

    place: int
    unit_id: int
    unit_name: str
    kept: int
    judged: int
    in_time: int
    reports: int

    @property
    def kept_text(self) -> str:
        """ "9/12"."""
        return f"{self.kept}/{self.judged}"

    @property
    def in_time_text(self) -> str:
        """ "4/5"."""
        return f"{self.in_time}/{self.reports}"

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> OrderRow:
        """A row as it was published."""
        return cls(**kept)

    def as_json(self) -> dict[str, Any]:
        """The row as it is kept when published, with the unit's name of the day."""
        return asdict(self)


def order(frame: Frame, cluster: Cluster) -> tuple[OrderRow, ...]:
    """The units of a cluster that must report, first place first: ``QUERIES`` queries."""
    parts = list(cluster.members.filter(relation=Relation.ASSIGNED).select_related("unit").order_by("unit__position"))
    ids = tuple(part.unit_id for part in parts)
    counted = kept(
        ("order", stamps_of(frame.campaign), frame.period.pk, frame.basis, ids),
        lambda: _counted(frame, ids),
        lambda built: len(built) // UNITS_A_ROW,
    )
    reports = _reports(parts, frame)
    rows = [
        OrderRow(0, part.unit_id, part.unit_name, *counted[part.unit_id], *reports.get(part.pk, (0, 0)))
        for part in parts
    ]
    return tuple(_placed(sorted(rows, key=_key)))


def _counted(frame: Frame, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of each unit how many indicators keep their path, and how many are judged."""
    known = read_definitions(frame.campaign, frame.period.ends_on, None, ids)
    found = standings(frame.campaign, frame.period, basis=frame.basis, unit_ids=ids, definitions=known)
    bands: dict[int, list[Band]] = {unit_id: [] for unit_id in ids}
    for (_, unit_id), one in found.items():
        if one.is_numeric and unit_id in bands and one.band in JUDGED:
            bands[unit_id].append(one.band)
    return {unit_id: (sum(band in KEPT for band in judged), len(judged)) for unit_id, judged in bands.items()}


def _reports(parts: Sequence[Participation], frame: Frame) -> dict[int, tuple[int, int]]:
    """Of each unit the reports sent in time and those whose day has passed, up to the period: one query."""
    due = Submission.objects.filter(
        participation__in=parts,
        period__number__lte=frame.period.number,
        period__is_before_launch=False,
        due_on__lt=clock.today(),
    )
    in_time = Count("pk", filter=Q(sent_on__lte=F("due_on")))
    rows = due.annotate(sent_on=TruncDate("first_sent_at", tzinfo=clock.ZONE)).order_by().values("participation_id")
    counted = rows.annotate(in_time=in_time, all=Count("pk"))
    return {row["participation_id"]: (row["in_time"], row["all"]) for row in counted}


def _key(row: OrderRow) -> tuple[Any, ...]:
    """The share of kept paths, then of reports in time; the most first."""
    return (-(ratio(_dec(row.kept), _dec(row.judged)) or ZERO), -(ratio(_dec(row.in_time), _dec(row.reports)) or ZERO))


def _dec(number: int) -> Any:
    return ZERO + number


def _placed(rows: Sequence[OrderRow]) -> list[OrderRow]:
    """Places from 1; equals share one, and the next is counted on."""
    placed: list[OrderRow] = []
    for number, row in enumerate(rows, start=1):
        same = placed and _key(placed[-1]) == _key(row)
        place = placed[-1].place if same else number
        placed.append(OrderRow(**{**asdict(row), "place": place}))
    return placed
