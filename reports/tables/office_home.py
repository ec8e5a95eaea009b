"""The standing body's home: the period at a glance, the queue, who is late, what changed, what will probably fail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from campaign.choices import SubmissionStatus
from campaign.models import Campaign, Period, Submission
from indicators.tables import receive as receiving
from indicators.tables.receive import ReceiveTable, receive_table
from reports.tables import board as boards
from reports.tables import changes
from reports.tables.board import BoardLine, board
from reports.tables.changes import Change, changes_since, yesterday
from reports.tables.frame import Frame
from units import clock
from units.models import User

#: The queue, the board's lines, the overdue reports with their units, and the changes.
QUERIES = receiving.QUERIES + boards.QUERIES + changes.QUERIES + 2
#: So many lines of each list; the rest is one click away.
QUEUE, LAGGING = 6, 5


@dataclass(frozen=True)
class Overdue:
    """One report that should be here and is not."""

    submission_id: int
    unit_name: str
    period_name: str
    days: int


@dataclass(frozen=True)
class Elsewhere:
    """Another campaign that the office runs, with the reports that wait there to be received."""

    campaign: Campaign
    waiting: int


@dataclass(frozen=True)
class OfficeHome:
    """One minute of reading."""

    table: ReceiveTable
    overdue: tuple[Overdue, ...]
    changes: tuple[Change, ...]
    since: date
    lines: tuple[BoardLine, ...]
    more_lines: int

    @property
    def queue(self) -> tuple[receiving.ReportRow, ...]:
        """The reports that wait longest."""
        return self.table.queue[:QUEUE]

    @property
    def more_queue(self) -> int:
        """How many others wait."""
        return max(len(self.table.queue) - QUEUE, 0)


def office_home(frame: Frame, collecting: Period, user: User) -> OfficeHome:
    """``frame`` is the last period that all should have reported, ``collecting`` the one that comes in now."""
    judged = board(frame, user=user, with_reports=False)
    since = yesterday()
    return OfficeHome(
        table=receive_table(frame.campaign, collecting),
        overdue=overdue_reports(frame.campaign),
        changes=changes_since(frame.campaign, since),
        since=since,
        lines=judged.lines[:LAGGING],
        more_lines=max(len(judged.lines) - LAGGING, 0) + judged.more,
    )


def overdue_reports(campaign: Campaign) -> tuple[Overdue, ...]:
    """Every report of the campaign whose day has passed, the longest overdue first: one query."""
    today = clock.today()
    rows = Submission.objects.overdue(today).filter(participation__campaign=campaign)
    found = [
        Overdue(row.pk, row.participation.unit_name, row.period.name, row.days_late(today))
        for row in rows.select_related("participation", "period").order_by("due_on", "participation__unit__sort_key")
    ]
    return tuple(found)


def waiting_elsewhere(campaigns: Collection[Campaign]) -> tuple[Elsewhere, ...]:
    """How many reports wait in each of some campaigns: one query, none where there are none."""
    if not campaigns:
        return ()
    sent = Submission.objects.filter(participation__campaign__in=campaigns, status=SubmissionStatus.SENT).order_by()
    counted = dict(sent.values_list("participation__campaign").annotate(number=Count("pk")))
    return tuple(Elsewhere(one, counted.get(one.pk, 0)) for one in campaigns)
