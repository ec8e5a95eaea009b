"""When a unit may be reminded again, and from which reminder on the leaders are told."""

from __future__ import annotations

from datetime import date, timedelta


def is_too_soon(last_on: date | None, today: date, quiet_days: int) -> bool:
    """Was the unit reminded of the same period within the chosen days? 3 days: on the 15th, again from the 18th."""
    return last_on is not None and today < last_on + timedelta(days=quiet_days)


def next_day(last_on: date, quiet_days: int) -> date:
    """The first day on which the unit may be reminded again."""
    return last_on + timedelta(days=quiet_days)


def is_escalation(number: int, escalate_after: int) -> bool:
    """Are the leaders told with this reminder? After two without effect the third goes to them; 0 means never."""
    return escalate_after > 0 and number > escalate_after


def retry_minutes(attempts: int) -> int:
    """Minutes until a letter that failed is tried again: 1, 5, 15, 60, then every four hours."""
    waits = (1, 5, 15, 60)
    return waits[attempts - 1] if 1 <= attempts <= len(waits) else 240
