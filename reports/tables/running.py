"""How the campaign runs since its launch, in numbers: who answered the launch, how the reports of all periods came."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.choices import Relation
from campaign.models import Campaign, Submission
from indicators.tables import responses as response_tables
from indicators.tables.responses import responses
from reports.tables.frame import Frame
from units import clock

#: Responses, and the reports of all periods.
QUERIES = response_tables.QUERIES + 1


@dataclass(frozen=True)
class ResponseCounts:
    """Of the units that must report, how many have a plan, launched, and pledged."""

    owing: int
    planned: int
    launched: int
    pledged: int


@dataclass(frozen=True)
class SentCounts:
    """Reports owed up to a period, and how they came."""

    owed: int
    on_time: int
    late: int
    missing: int


def response_counts(campaign: Campaign) -> ResponseCounts:
    """How the launch was answered."""
    found = responses(campaign)
    return ResponseCounts(found.owing, found.planned, found.launched, found.pledged)


def sent_counts(frame: Frame) -> SentCounts:
    """Reports of the units that must report, of every period since the launch: one query."""
    rows = Submission.objects.filter(
        period__campaign=frame.campaign,
        period__number__lte=frame.period.number,
        period__is_before_launch=False,
        participation__relation=Relation.ASSIGNED,
    ).values_list("first_sent_at", "due_on")
    came = [None if sent is None else clock.local_date(sent) > due for sent, due in rows]
    return SentCounts(len(came), came.count(False), came.count(True), came.count(None))
