"""A deadline in words: how long there is still, or how late it is. The due day counts to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from campaign.rules.calendar import days_late
from vietnamese.dates import HO_CHI_MINH, days_left_phrase, hours_left

NEVER_LATE = "đã qua hạn, không tính chậm"


@dataclass(frozen=True)
class Remaining:
    """How a deadline stands at a moment: "còn 2 ngày", and whether it has passed."""

    words: str
    is_over: bool
    days_late: int = 0


def remaining(due_on: date, now: datetime, *, may_be_late: bool = True) -> Remaining:
    """What is left until the end of the due day, in days, from the day before on in hours.

    What is only asked for, or was over when the campaign was launched, is never late.
    """
    today = now.astimezone(HO_CHI_MINH).date()
    if today > due_on and not may_be_late:
        return Remaining(NEVER_LATE, is_over=False)
    words = days_left_phrase(due_on, now)
    if today == due_on:
        hours = hours_left(due_on, now)
        words += f", còn {hours} giờ" if hours else ", còn chưa đầy 1 giờ"
    return Remaining(words, today > due_on, days_late(today, due_on))
