"""The calendar of reports: how periods are cut, which days are worked, when a report is due and how late it is.

Source: Nghị định 09/2019/NĐ-CP, điều 12: the figures of a month run from the 15th of the month before to the 14th; the
first half of a year from 15/12 to 14/6, the second from 15/6 to 14/12, the year from 15/12 to 14/12. A campaign may cut
by calendar months instead. Holidays and swapped working days are data and come in from outside.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from campaign.choices import CalendarRule
from vietnamese.dates import format_document_date, month_name

ONE_DAY = timedelta(days=1)
CUT_DAY = 14
QUARTERS = ("I", "II", "III", "IV")
SATURDAY = 5


@dataclass(frozen=True)
class PeriodWindow:
    """One period: its number from 1, its name, the month that it is named after, its first and last day."""

    number: int
    name: str
    month: int
    starts_on: date
    ends_on: date


# --- Windows ----------------------------------------------------------------------------------------------------------


def month_window(year: int, month: int, rule: str) -> tuple[date, date]:
    """The days whose figures belong to a month: Tháng 8/2024 is 15/7–14/8 or 1/8–31/8."""
    if rule == CalendarRule.ND09:
        year_before, month_before = (year - 1, 12) if month == 1 else (year, month - 1)
        return date(year_before, month_before, CUT_DAY + 1), date(year, month, CUT_DAY)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_of(day: date, rule: str) -> tuple[int, int]:
    """Year and month to whose report a day belongs: 15/12/2024 is January 2025 by the decree."""
    if rule == CalendarRule.ND09 and day.day > CUT_DAY:
        return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.year, day.month


def year_window(year: int, rule: str) -> tuple[date, date]:
    """The days of a reporting year: 15/12 of the year before to 14/12."""
    return month_window(year, 1, rule)[0], month_window(year, 12, rule)[1]


def first_half_window(year: int, rule: str) -> tuple[date, date]:
    """6 tháng đầu năm: 15/12 of the year before to 14/6."""
    return month_window(year, 1, rule)[0], month_window(year, 6, rule)[1]


def second_half_window(year: int, rule: str) -> tuple[date, date]:
    """6 tháng cuối năm: 15/6 to 14/12."""
    return month_window(year, 7, rule)[0], month_window(year, 12, rule)[1]


def opening_name(year_starts_on: date, starts_on: date, rule: str) -> str:
    """What the time of the reporting year before a campaign is called: "6 tháng đầu năm", "quý I", "đầu kỳ".

    Whole months are counted by the calendar of the campaign. Where there are none, or more than a year, what was done
    before is only what stood there when it began: "đầu kỳ".
    """
    (first_year, first), (year, month) = month_of(year_starts_on, rule), month_of(starts_on, rule)
    months = (year - first_year) * 12 + month - first
    if months == 3 and first == 1:
        return "quý I"
    return f"{months} tháng đầu năm" if 1 < months < 12 else "đầu kỳ"


def cut_periods(starts_on: date, ends_on: date, rule: str) -> list[PeriodWindow]:
    """The months of a campaign, one after the other without gap or overlap, cut off at its first and last day."""
    periods: list[PeriodWindow] = []
    day = starts_on
    while day <= ends_on:
        year, month = month_of(day, rule)
        last = min(month_window(year, month, rule)[1], ends_on)
        periods.append(PeriodWindow(len(periods) + 1, month_name(date(year, month, 1)), month, day, last))
        day = last + ONE_DAY
    return periods


def grouped_periods(windows: Sequence[PeriodWindow], length: int) -> list[PeriodWindow]:
    """Months put together to periods of 2, 3, 6 or 12, as the year is divided: quarters, halves, the year."""
    if length == 1:
        return list(windows)
    groups = [list(group) for _, group in groupby(windows, key=lambda one: (_year_of(one), (one.month - 1) // length))]
    return [
        PeriodWindow(number, _group_name(group, length), group[-1].month, group[0].starts_on, group[-1].ends_on)
        for number, group in enumerate(groups, 1)
    ]


def _year_of(window: PeriodWindow) -> int:
    """The year that a month's name bears: a month that ends early still belongs to it."""
    return int(window.name.rsplit("/", 1)[1])


def _group_name(group: Sequence[PeriodWindow], length: int) -> str:
    """What a group of months is called; months that do not make a whole group are called by themselves."""
    first, last, year = group[0].month, group[-1].month, _year_of(group[-1])
    if len(group) == length:
        names = {3: f"Quý {QUARTERS[(last - 1) // 3]}/{year}", 12: f"Năm {year}"}
        names[6] = f"6 tháng {'đầu' if last <= 6 else 'cuối'} năm {year}"
        if length in names:
            return names[length]
    return f"Tháng {first}–{last}/{year}" if first != last else f"Tháng {last}/{year}"


def supplementary_periods(year: int, rule: str, first_number: int) -> list[PeriodWindow]:
    """The two later closings of a year (kỳ bổ sung): to 31/12, and to 31/01 for public investment.

    By the decree the twelve months end on 14/12, the budget year on 31/12, and payments from the year's plan of public
    investment on 31/01 of the next. Figures of these periods are running totals. Under calendar months the year already
    ends on 31/12, so only the second remains.
    """
    year_end, investment_end = date(year, 12, 31), date(year + 1, 1, 31)
    starts = [(year_window(year, rule)[1] + ONE_DAY, year_end), (year_end + ONE_DAY, investment_end)]
    windows = [(first, last) for first, last in starts if first <= last]
    names = {day: f"Kỳ bổ sung đến {format_document_date(day)}" for day in (year_end, investment_end)}
    return [
        PeriodWindow(first_number + index, names[last], last.month, first, last)
        for index, (first, last) in enumerate(windows)
    ]


def is_before_launch(ends_on: date, launched_on: date) -> bool:
    """A period that was over when the campaign was launched is reported afterwards (bổ sung) and never late."""
    return ends_on < launched_on


# --- Working days and deadlines ---------------------------------------------------------------------------------------


def is_working_day(day: date, days_off: Collection[date] = (), swapped: Collection[date] = ()) -> bool:
    """Monday to Friday but for days off, and the Saturdays or Sundays worked in their place."""
    if day in swapped:
        return True
    return day.weekday() < SATURDAY and day not in days_off


def working_day_on_or_after(day: date, days_off: Collection[date] = (), swapped: Collection[date] = ()) -> date:
    """The day itself where it is worked, else the next one that is."""
    while not is_working_day(day, days_off, swapped):
        day += ONE_DAY
    return day


def working_days_between(
    first: date, last: date, days_off: Collection[date] = (), swapped: Collection[date] = ()
) -> int:
    """How many working days lie strictly between two days."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days))
    return sum(is_working_day(day, days_off, swapped) for day in days)


def due_day(
    period_ends_on: date, day_of_month: int, days_off: Collection[date] = (), swapped: Collection[date] = ()
) -> date:
    """The day on which the report of a period is due for units whose day of the month is given (say the 16th).

    The first such day of a month after the cut-off, put off to a working day, and further until at least one working
    day lies between the cut-off and it.
    """
    after_cut = working_day_on_or_after(period_ends_on + ONE_DAY, days_off, swapped)
    due_on = max(_next_day_of_month(period_ends_on, day_of_month), after_cut + ONE_DAY)
    return working_day_on_or_after(due_on, days_off, swapped)


def days_late(submitted_on: date, due_on: date) -> int:
    """Days after the due day; 0 up to its end. Both are days in Asia/Ho_Chi_Minh."""
    return max(0, (submitted_on - due_on).days)


def _next_day_of_month(after: date, day_of_month: int) -> date:
    """The first date after another that has this day of the month (or the month's last day where it is shorter)."""
    year, month = after.year, after.month
    while True:
        day = date(year, month, min(day_of_month, monthrange(year, month)[1]))
        if day > after:
            return day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def short_name(period: str) -> str:
    """A period where there is little room: "Tháng 7/2024" → "T7", "Kỳ bổ sung đến 31/12/2024" → "31/12"."""
    words = period.replace("Tháng ", "T").removeprefix("Kỳ bổ sung đến ")
    return words.rpartition("/")[0] or words
