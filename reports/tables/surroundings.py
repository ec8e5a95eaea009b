"""What a report tells beside figures: inspections, news, reminders, obstacles and their causes, examples, proposals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from campaign.models import Campaign
from followup.tables import reporting
from followup.tables.reporting import ActionLine, ConclusionLine, InspectionLine, ObstacleLine, RecordLine

#: Obstacles, inspections (four), conclusions, actions, news counted, reminders counted, examples, praise.
QUERIES = 11


@dataclass(frozen=True)
class Surroundings:
    """Of one span of days; empty where nothing is recorded."""

    starts_on: date
    ends_on: date
    obstacles: tuple[ObstacleLine, ...] = ()
    inspections: tuple[InspectionLine, ...] = ()
    conclusions: tuple[ConclusionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    publications: dict[str, int] = field(default_factory=dict)
    reminders: dict[str, int] = field(default_factory=dict)
    examples: tuple[RecordLine, ...] = ()
    praise: tuple[RecordLine, ...] = ()

    @property
    def is_illustrative(self) -> bool:
        """Is anything of it only illustrative?"""
        marks = [row.is_illustrative for row in self.obstacles]
        marks += [row.is_illustrative for row in self.inspections]
        marks += [row.is_illustrative for row in self.conclusions]
        marks += [row.is_illustrative for row in self.actions]
        marks += [row.is_illustrative for row in (*self.examples, *self.praise)]
        return any(marks)


def surroundings(campaign: Campaign, starts_on: date, ends_on: date) -> Surroundings:
    """Read everything of the span: ``QUERIES`` queries."""
    return Surroundings(
        starts_on=starts_on,
        ends_on=ends_on,
        obstacles=reporting.obstacle_lines(campaign, starts_on, ends_on),
        inspections=reporting.inspection_lines(campaign, starts_on, ends_on),
        conclusions=reporting.conclusion_lines(campaign, starts_on, ends_on),
        actions=reporting.action_lines(campaign, ends_on),
        publications=reporting.publication_counts(campaign, starts_on, ends_on),
        reminders=reporting.reminder_counts(campaign, starts_on, ends_on),
        examples=reporting.example_lines(campaign, starts_on, ends_on),
        praise=reporting.praise_lines(campaign, starts_on, ends_on),
    )
