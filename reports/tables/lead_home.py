"""The lead department's home: figures of its indicators that wait for its word, and how these indicators stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from campaign.models import Campaign
from indicators.models import Total
from reports.tables import board as boards
from reports.tables.board import Board, board
from reports.tables.frame import Frame
from units.models import User

#: What waits, and the board of its indicators.
QUERIES = boards.QUERIES + 1


@dataclass(frozen=True)
class Waiting:
    """One indicator in one period with figures that nobody has confirmed yet."""

    indicator_id: int
    name: str
    period_id: int
    period_name: str
    sent: int
    owed: int
    unconfirmed: int


@dataclass(frozen=True)
class LeadHome:
    """What waits, and how the indicators stand."""

    waiting: tuple[Waiting, ...]
    board: Board

    @property
    def unconfirmed(self) -> int:
        """How many figures wait in all."""
        return sum(one.unconfirmed for one in self.waiting)


def lead_home(frame: Frame, led: frozenset[int], user: User) -> LeadHome:
    """The home of the people who vouch for some indicators: at most ``QUERIES`` queries."""
    judged = board(frame, indicator_ids=led, user=user, with_reports=False)
    return LeadHome(waiting(frame.campaign, led), judged)


def waiting(campaign: Campaign, led: Collection[int]) -> tuple[Waiting, ...]:
    """Figures sent and not confirmed, the latest period first and there the most: one query."""
    rows = Total.objects.filter(
        indicator__campaign=campaign,
        indicator__in=led,
        unit=campaign.authority_id,
        is_node=True,
        sent__gt=F("confirmed"),
    ).select_related("indicator", "period")
    ordered = rows.order_by("-period__number", "indicator__area__position", "indicator__position")
    return tuple(
        Waiting(
            indicator_id=row.indicator_id,
            name=row.indicator.short_name,
            period_id=row.period_id,
            period_name=row.period.name,
            sent=row.sent,
            owed=row.owed,
            unconfirmed=row.sent - row.confirmed,
        )
        for row in ordered
    )
