"""What follows from the days of a monthly report: how late it is, and whether a reopening is over."""

from __future__ import annotations

from datetime import date
from typing import Any

from campaign.rules.calendar import days_late
from units import clock


class DaysOfAReport:
    """What follows from the days of a report; the same for the row and for its columns read alone."""

    status: Any
    participation: Any
    period: Any
    due_on: Any
    first_sent_at: Any
    reopened_until: Any

    @property
    def may_be_late(self) -> bool:
        """Only a unit that must report is ever late, and only for a period that the launch did not find over."""
        return self.participation.can_be_late and not self.period.is_before_launch

    def days_late(self, today: date) -> int:
        """Days after the due day up to the first sending or to today; the one reckoning of lateness."""
        if not self.may_be_late:
            return 0
        return days_late(clock.local_date(self.first_sent_at) if self.first_sent_at else today, self.due_on)

    def is_reopening_over(self, today: date) -> bool:
        """Has the last day of a reopening passed? The report then stands closed again, without anybody's act."""
        return self.reopened_until is not None and self.reopened_until < today
