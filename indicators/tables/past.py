"""What was known at a past moment: the version of each figure that was sent or received then, totals of that day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import TaskStatus

if TYPE_CHECKING:
    from campaign.models import SubmissionMove
    from indicators.models import FigureVersion
    from indicators.tables.standings_source import Key, Sums


@dataclass(frozen=True)
class PastFigure:
    """One owed figure as it was held at the moment."""

    figure_id: int
    indicator_id: int
    unit_id: int
    period_id: int
    number: int
    submission_id: int
    is_monthly: bool
    is_numeric: bool
    is_confidential: bool
    sent: FigureVersion | None
    received: FigureVersion | None
    reconciled: FigureVersion | None
    confirmed_id: int | None

    def on(self, basis: str) -> FigureVersion | None:
        """The version that a basis counts."""
        return self.sent if basis == "sent" else self.received


@dataclass(frozen=True)
class Past:
    """Everything that stands in place of the present tables. ``sums`` by basis, the oldest period first."""

    at: datetime
    figures: tuple[PastFigure, ...]
    sums: Mapping[str, Mapping[Key, tuple[Sums, ...]]]
    later_targets: frozenset[int]
    moves: Mapping[int, tuple[SubmissionMove, ...]]
    later_indicators: frozenset[int] = frozenset()
    revived: frozenset[int] = frozenset()

    def sums_up_to(
        self, basis: str, number: int, first_monthly: int, monthly: Collection[int], unit_ids: Collection[int] | None
    ) -> dict[Key, list[Sums]]:
        """The totals up to a period, of monthly indicators only the last few."""
        found: dict[Key, list[Sums]] = defaultdict(list)
        for key, rows in self.sums[basis].items():
            if unit_ids is None or key[1] in unit_ids:
                first = first_monthly if key[0] in monthly else 0
                found[key] = [one for one in rows if first <= one.number <= number]
        return found

    def statuses(self, basis: str, number: int, node_id: int) -> dict[Key, Counter[str]]:
        """How many units reported which status of a task, in the last period that asked for it."""
        last: dict[Key, int] = {}
        found: dict[Key, Counter[str]] = {}
        for row in self.figures:
            if row.is_numeric or not (row.number == number or (row.number < number and not row.is_monthly)):
                continue
            version = row.on(basis)
            status = version.task_status if version is not None else ""
            for key in {(row.indicator_id, row.unit_id), (row.indicator_id, node_id)}:
                if last.get(key) != row.number:
                    last[key], found[key] = row.number, Counter()
                found[key][status if status in TaskStatus.values else ""] += 1
        return found

    def estimates(self, basis: str, period_id: int) -> dict[Key, Decimal]:
        """Ước cả năm as the units gave it with the period's figures."""
        return {
            (row.indicator_id, row.unit_id): version.year_estimate
            for row in self.figures
            if row.period_id == period_id
            and (version := row.on(basis)) is not None
            and version.year_estimate is not None
        }
