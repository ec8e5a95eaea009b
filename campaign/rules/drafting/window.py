"""From which day to which a campaign runs, as its document words it: two days, two months; nothing is reckoned."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from campaign.rules.drafting.citations import DAY, day_of

_DAYS = re.compile(
    rf"từ\s+(?:ngày\s+)?(?P<first>{re.sub('[?]P<[a-z]+>', '?:', DAY.pattern)}|\d{{1,2}}[/.]\d{{1,2}}|"
    r"\d{1,2}\s+tháng\s+\d{1,2})\s*(?:đến|[-–])\s*(?:hết\s+)?"
    rf"(?P<last>{re.sub('[?]P<[a-z]+>', '?:', DAY.pattern)})",
    re.I,
)
_WITHOUT_YEAR = re.compile(r"(?P<day>\d{1,2})(?:[/.]|\s+tháng\s+)(?P<month>\d{1,2})")
_MONTHS = re.compile(
    r"từ\s+(?:đầu\s+)?tháng\s+(?P<first>\d{1,2})(?:[/.](?P<year>\d{4})|\s+năm\s+(?P<same>\d{4}))?\s*(?:đến|[-–])\s*"
    r"(?:hết\s+|cuối\s+)*tháng\s+(?P<last>\d{1,2})(?:[/.]|\s+năm\s+)(?P<end>\d{4})",
    re.I,
)


def window_of(text: str) -> tuple[date, date] | None:
    """The first "từ … đến …" of a text that names days or months; None where there is none that exists."""
    found = _by_days(text) or _by_months(text)
    return found if found and found[0] <= found[1] else None


def _by_days(text: str) -> tuple[date, date] | None:
    match = _DAYS.search(text)
    ends = DAY.search(match["last"]) if match else None
    last = day_of(ends) if ends else None
    if match is None or last is None:
        return None
    begins = DAY.search(match["first"])
    first = day_of(begins) if begins else _in_year(match["first"], last.year)
    return (first, last) if first else None


def _in_year(text: str, year: int) -> date | None:
    """ "15/6" of "từ 15/6 đến 14/12/2026"."""
    match = _WITHOUT_YEAR.search(text)
    try:
        return date(year, int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None


def _by_months(text: str) -> tuple[date, date] | None:
    match = _MONTHS.search(text)
    if match is None:
        return None
    end = int(match["end"])
    begin = int(match["year"] or match["same"] or end)
    try:
        last = monthrange(end, int(match["last"]))[1]
        return date(begin, int(match["first"]), 1), date(end, int(match["last"]), last)
    except ValueError:
        return None
