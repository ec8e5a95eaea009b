"""The clock: the one place that reads the time for business moments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[datetime | None] = ContextVar("units_clock_fixed", default=None)


def now() -> datetime:
    """The business moment: fixed by ``set_to``, or the assumed date of a demo with the real time of day, or now."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    real = timezone.now().astimezone(ZONE)
    assumed: date | None = settings.ASSUMED_DATE
    if assumed is None:
        return real
    return real.replace(year=assumed.year, month=assumed.month, day=assumed.day)


def today() -> date:
    """The business day in Asia/Ho_Chi_Minh; deadlines and lateness are judged by it."""
    return now().astimezone(ZONE).date()


def local_date(moment: datetime) -> date:
    """The day on which a moment falls in Asia/Ho_Chi_Minh."""
    return moment.astimezone(ZONE).date()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the business clock stand at a moment: the demo's replay and tests use it."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
