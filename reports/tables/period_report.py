"""All that the files of a period are made of, read once: the whole, every unit, what they told, who has sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from campaign.models import Participation
from indicators.tables import priors as prior_tables
from indicators.tables import standings as standing_tables
from indicators.tables.outlooks import year_estimates
from indicators.tables.past import Past
from indicators.tables.priors import Prior, prior_sums
from indicators.tables.standings import Definitions, Standing, read_definitions, standings
from indicators.tables.standings_source import Key
from reports.tables import submissions, told
from reports.tables.annex import AnnexRow, Beside, annex_rows
from reports.tables.by_unit import UnitRow, by_unit_rows
from reports.tables.frame import Frame
from reports.tables.submissions import SubmissionRow, submission_rows
from reports.tables.summary import ORIGIN_WORDS, Summary, summary_of
from reports.tables.tasks import TaskRow, blocked, task_rows
from reports.tables.told import Told, past_told, read_told
from reports.tables.unit_sheets import UnitTable, unit_tables
from units import clock
from units.choices import Origin

#: Standings of every unit, what was told, names of the units, the reports of the period, last year, ước cả năm.
QUERIES = standing_tables.QUERIES + told.QUERIES + 1 + submissions.QUERIES + prior_tables.QUERIES + 1


@dataclass(frozen=True)
class PeriodReport:
    """The period's report before it takes a form; ``submissions`` is None for whom they are not."""

    frame: Frame
    made_at: datetime
    summary: Summary
    at_units: dict[Key, Standing]
    told: dict[Key, Told]
    names: dict[int, str]
    not_assigned: dict[int, list[str]]
    submissions: tuple[SubmissionRow, ...] | None
    priors: dict[int, Prior] = field(default_factory=dict)
    estimates: dict[int, Decimal] = field(default_factory=dict)

    @cached_property
    def annex(self) -> tuple[AnnexRow, ...]:
        """Every indicator over all units."""
        return annex_rows(self.summary, Beside(self.priors, self.estimates))

    @cached_property
    def by_unit(self) -> tuple[UnitRow, ...]:
        """Every indicator at every unit."""
        return by_unit_rows(self.summary, self.at_units, self.told, self.not_assigned)

    @cached_property
    def tasks(self) -> tuple[TaskRow, ...]:
        """Every task at every unit."""
        return task_rows(self.summary, self.told)

    @cached_property
    def units(self) -> tuple[UnitTable, ...]:
        """The rows of each unit by themselves."""
        return unit_tables(self.summary, self.at_units, self.told, self.names)

    @cached_property
    def blocked(self) -> list[tuple[str, list[str]]]:
        """Tasks that meet an obstacle, with the units that say so."""
        return blocked(self.summary, self.told, self.names)

    @property
    def is_illustrative(self) -> bool:
        """Does any number bear the label số liệu minh họa?"""
        return self.summary.is_illustrative

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The labels of sources that occur in it, in the order of the house."""
        used = {row.main.origin for row in self.at_units.values() if row.main}
        used |= {one.origin for row in self.at_units.values() for one in row.openings}
        if self.is_illustrative:
            used.add(Origin.ILLUSTRATIVE)
        return tuple(word for origin, word in ORIGIN_WORDS.items() if origin in used)


def period_report(frame: Frame, *, with_submissions: bool = True, past: Past | None = None) -> PeriodReport:
    """Read everything: at most ``QUERIES`` queries, however many units there are; ``past``: as known then."""
    known = read_definitions(frame.campaign, frame.period.ends_on, past=past)
    found = standings(frame.campaign, frame.period, basis=frame.basis, definitions=known)
    names = _names(known)
    node = frame.campaign.authority_id
    wholes = {pk: standing for (pk, unit_id), standing in found.items() if unit_id == node}
    return PeriodReport(
        frame=frame,
        made_at=clock.now(),
        summary=summary_of(frame, wholes.values(), known),
        at_units={key: standing for key, standing in found.items() if not standing.is_node},
        told=read_told(frame) if past is None else past_told(frame, past),
        names=names,
        not_assigned=_not_assigned(known, names),
        submissions=submission_rows(frame, past) if with_submissions else None,
        priors=prior_sums(frame.campaign, frame.period),
        estimates=year_estimates(known, wholes, frame.period, frame.basis),
    )


def _names(known: Definitions) -> dict[int, str]:
    """Every unit that takes part, in the order of the office, by the name of its day: one query."""
    rows = Participation.objects.filter(campaign=known.campaign)
    ordered = rows.order_by("unit__kind__position", "unit__position", "unit__sort_key")
    return dict(ordered.values_list("unit_id", "unit_name"))


def _not_assigned(known: Definitions, names: Mapping[int, str]) -> dict[int, list[str]]:
    """By indicator the names of units to which it is not given (không giao). No query."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in names.items():
        for indicator_id, out_id in known.not_applicable:
            if out_id == unit_id:
                found[indicator_id].append(name)
    return found
