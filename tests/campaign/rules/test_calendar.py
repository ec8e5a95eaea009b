"""The calendar: windows of the decree, working days, due days, lateness; the public calendar of 2024 and 2025."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.choices import CalendarRule, DayOffKind
from campaign.rules.calendar import (
    cut_periods,
    days_late,
    due_day,
    first_half_window,
    is_before_launch,
    is_working_day,
    month_of,
    month_window,
    opening_name,
    second_half_window,
    supplementary_periods,
    working_day_on_or_after,
    working_days_between,
    year_window,
)
from campaign.rules.deadlines import Remaining, remaining
from vietnamese.dates import HO_CHI_MINH

ND09, BY_MONTH = CalendarRule.ND09, CalendarRule.CALENDAR_MONTH
FIXTURE = Path(__file__).parents[3] / "fixtures" / "calendar" / "vn-2024-2025.json"
ROWS = json.loads(FIXTURE.read_text(encoding="utf-8"))
DAYS_OFF = {date.fromisoformat(row["on"]) for row in ROWS if row["kind"] == DayOffKind.HOLIDAY}
SWAPPED = {date.fromisoformat(row["on"]) for row in ROWS if row["kind"] == DayOffKind.WORKDAY}

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
rules = st.sampled_from(CalendarRule.values)
closed_days = st.sets(st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 31)), max_size=40)


# --- Windows ----------------------------------------------------------------------------------------------------------


def test_the_second_half_of_2024_has_six_months_from_the_15th_to_the_14th() -> None:
    periods = cut_periods(date(2024, 6, 15), date(2024, 12, 14), ND09)
    assert [(one.number, one.name, one.month, one.starts_on, one.ends_on) for one in periods] == [
        (1, "Tháng 7/2024", 7, date(2024, 6, 15), date(2024, 7, 14)),
        (2, "Tháng 8/2024", 8, date(2024, 7, 15), date(2024, 8, 14)),
        (3, "Tháng 9/2024", 9, date(2024, 8, 15), date(2024, 9, 14)),
        (4, "Tháng 10/2024", 10, date(2024, 9, 15), date(2024, 10, 14)),
        (5, "Tháng 11/2024", 11, date(2024, 10, 15), date(2024, 11, 14)),
        (6, "Tháng 12/2024", 12, date(2024, 11, 15), date(2024, 12, 14)),
    ]


def test_a_campaign_by_calendar_months_is_cut_at_the_ends_of_months() -> None:
    periods = cut_periods(date(2024, 1, 10), date(2024, 3, 31), BY_MONTH)
    assert [(one.name, one.starts_on, one.ends_on) for one in periods] == [
        ("Tháng 1/2024", date(2024, 1, 10), date(2024, 1, 31)),
        ("Tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Tháng 3/2024", date(2024, 3, 1), date(2024, 3, 31)),
    ]


def test_a_day_after_14_december_belongs_to_january_of_the_next_year() -> None:
    assert month_of(date(2024, 12, 14), ND09) == (2024, 12)
    assert month_of(date(2024, 12, 15), ND09) == (2025, 1)
    assert month_of(date(2024, 12, 15), BY_MONTH) == (2024, 12)


@pytest.mark.parametrize(
    ("window", "rule", "expected"),
    [
        (year_window, ND09, (date(2023, 12, 15), date(2024, 12, 14))),
        (first_half_window, ND09, (date(2023, 12, 15), date(2024, 6, 14))),
        (second_half_window, ND09, (date(2024, 6, 15), date(2024, 12, 14))),
        (year_window, BY_MONTH, (date(2024, 1, 1), date(2024, 12, 31))),
        (first_half_window, BY_MONTH, (date(2024, 1, 1), date(2024, 6, 30))),
        (second_half_window, BY_MONTH, (date(2024, 7, 1), date(2024, 12, 31))),
    ],
)
def test_halves_and_years_follow_the_rule(window: object, rule: str, expected: tuple[date, date]) -> None:
    assert callable(window)
    assert window(2024, rule) == expected


def test_the_year_closes_twice_more_on_31_december_and_on_31_january() -> None:
    periods = supplementary_periods(2024, ND09, 7)
    assert [(one.number, one.name, one.month, one.starts_on, one.ends_on) for one in periods] == [
        (7, "Kỳ bổ sung đến 31/12/2024", 12, date(2024, 12, 15), date(2024, 12, 31)),
        (8, "Kỳ bổ sung đến 31/01/2025", 1, date(2025, 1, 1), date(2025, 1, 31)),
    ]
    assert [one.name for one in supplementary_periods(2024, BY_MONTH, 13)] == ["Kỳ bổ sung đến 31/01/2025"]


def test_a_period_over_before_the_launch_is_reported_afterwards() -> None:
    assert is_before_launch(date(2024, 7, 14), date(2024, 7, 15))
    assert not is_before_launch(date(2024, 7, 14), date(2024, 7, 14))


@given(days, st.integers(0, 800), rules)
def test_windows_tile_the_campaign_without_gap_or_overlap(starts_on: date, length: int, rule: str) -> None:
    ends_on = starts_on + timedelta(days=length)
    periods = cut_periods(starts_on, ends_on, rule)
    assert periods[0].starts_on == starts_on
    assert periods[-1].ends_on == ends_on
    for before, after in zip(periods, periods[1:], strict=False):
        assert after.starts_on == before.ends_on + timedelta(days=1)
        assert after.number == before.number + 1
    assert all(one.starts_on <= one.ends_on for one in periods)
    assert len({one.name for one in periods}) == len(periods)


@given(days, rules)
def test_every_day_lies_in_the_window_of_its_own_month(day: date, rule: str) -> None:
    first, last = month_window(*month_of(day, rule), rule)
    assert first <= day <= last


# --- Working days and deadlines ---------------------------------------------------------------------------------------


def test_the_cut_off_of_july_2024_is_a_sunday_and_communes_report_on_tuesday_the_16th() -> None:
    assert date(2024, 7, 14).strftime("%A") == "Sunday"
    assert due_day(date(2024, 7, 14), 16, DAYS_OFF, SWAPPED) == date(2024, 7, 16)


@pytest.mark.parametrize(
    ("ends_on", "commune", "department", "standing_body"),
    [
        (date(2024, 7, 14), date(2024, 7, 16), date(2024, 7, 18), date(2024, 7, 22)),
        (date(2024, 8, 14), date(2024, 8, 16), date(2024, 8, 19), date(2024, 8, 20)),
        (date(2024, 9, 14), date(2024, 9, 17), date(2024, 9, 18), date(2024, 9, 20)),
        (date(2024, 10, 14), date(2024, 10, 16), date(2024, 10, 18), date(2024, 10, 21)),
        (date(2024, 11, 14), date(2024, 11, 18), date(2024, 11, 18), date(2024, 11, 20)),
        (date(2024, 12, 14), date(2024, 12, 17), date(2024, 12, 18), date(2024, 12, 20)),
    ],
)
def test_the_deadlines_of_the_campaign_are_put_off_weekends(
    ends_on: date, commune: date, department: date, standing_body: date
) -> None:
    found = [due_day(ends_on, day, DAYS_OFF, SWAPPED) for day in (16, 18, 20)]
    assert found == [commune, department, standing_body]


def test_a_deadline_within_tet_is_put_off_until_the_office_works_again() -> None:
    assert due_day(date(2025, 1, 14), 28, DAYS_OFF, SWAPPED) == date(2025, 2, 3)


def test_a_saturday_worked_instead_of_a_weekday_can_be_a_due_day() -> None:
    assert due_day(date(2025, 4, 14), 26, DAYS_OFF, SWAPPED) == date(2025, 4, 26)
    assert due_day(date(2025, 4, 14), 26, DAYS_OFF) == date(2025, 4, 28)


def test_a_calendar_month_is_due_in_the_month_after_it() -> None:
    assert due_day(date(2024, 7, 31), 5) == date(2024, 8, 5)
    assert due_day(date(2025, 1, 31), 31) == date(2025, 2, 28)
    assert due_day(date(2024, 12, 31), 3) == date(2025, 1, 3)


@given(days, st.integers(1, 28), closed_days, closed_days)
def test_a_due_day_is_worked_and_a_working_day_lies_before_it(
    ends_on: date, day_of_month: int, days_off: set[date], swapped: set[date]
) -> None:
    due_on = due_day(ends_on, day_of_month, days_off, swapped)
    assert is_working_day(due_on, days_off, swapped)
    assert working_days_between(ends_on, due_on, days_off, swapped) >= 1


@given(days, st.integers(15, 28), st.integers(15, 28), closed_days)
def test_a_level_with_a_later_day_of_the_month_is_never_due_earlier(
    day: date, one: int, other: int, days_off: set[date]
) -> None:
    ends_on = month_window(*month_of(day, ND09), ND09)[1]
    earlier, later = sorted((one, other))
    assert due_day(ends_on, earlier, days_off) <= due_day(ends_on, later, days_off)


@given(days, closed_days, closed_days)
def test_putting_off_lands_on_the_first_working_day(day: date, days_off: set[date], swapped: set[date]) -> None:
    found = working_day_on_or_after(day, days_off, swapped)
    assert is_working_day(found, days_off, swapped)
    assert not is_working_day(day, days_off, swapped) or found == day
    assert working_days_between(day, found, days_off, swapped) == 0


@pytest.mark.parametrize(
    ("submitted_on", "expected"), [(date(2024, 8, 15), 0), (date(2024, 8, 16), 0), (date(2024, 8, 17), 1)]
)
def test_lateness_counts_from_the_day_after_the_due_day(submitted_on: date, expected: int) -> None:
    assert days_late(submitted_on, date(2024, 8, 16)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2024, 8, 14, 9, 0), Remaining("còn 2 ngày", False)),
        (datetime(2024, 8, 15, 15, 0), Remaining("còn 33 giờ", False)),
        (datetime(2024, 8, 16, 15, 0), Remaining("hết hạn hôm nay, còn 9 giờ", False)),
        (datetime(2024, 8, 16, 23, 59), Remaining("hết hạn hôm nay, còn chưa đầy 1 giờ", False)),
        (datetime(2024, 8, 17, 0, 0), Remaining("quá hạn 1 ngày", True, 1)),
        (datetime(2024, 8, 19, 8, 0), Remaining("quá hạn 3 ngày", True, 3)),
    ],
)
def test_a_deadline_speaks_of_days_then_of_hours_then_of_lateness(now: datetime, expected: Remaining) -> None:
    assert remaining(date(2024, 8, 16), now.replace(tzinfo=HO_CHI_MINH)) == expected


# --- The public calendar ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "weekdays_off"),
    [
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"),
    ],
)
def test_the_weekdays_off_of_a_year_are_those_announced(year: int, weekdays_off: str) -> None:
    found = sorted(f"{day:%m-%d}" for day in DAYS_OFF if day.year == year and day.weekday() < 5)
    assert " ".join(found) == weekdays_off


def test_the_saturdays_worked_instead_are_those_announced() -> None:
    assert {date(2024, 5, 4), date(2025, 4, 26)} == SWAPPED
    assert all(day.strftime("%A") == "Saturday" for day in SWAPPED)


def test_every_row_of_the_public_calendar_names_the_day_and_its_source_once() -> None:
    assert len({row["on"] for row in ROWS}) == len(ROWS)
    assert all(set(row) == {"on", "kind", "name", "source"} and row["name"] and row["source"] for row in ROWS)
    assert not DAYS_OFF & SWAPPED


@pytest.mark.parametrize(
    ("year", "starts", "rule", "words"),
    [
        ("2023-12-15", "2024-06-15", ND09, "6 tháng đầu năm"),
        ("2023-12-15", "2024-07-01", ND09, "6 tháng đầu năm"),
        ("2026-01-01", "2026-10-01", BY_MONTH, "9 tháng đầu năm"),
        ("2026-01-01", "2026-04-01", BY_MONTH, "quý I"),
        ("2026-01-01", "2026-01-01", BY_MONTH, "đầu kỳ"),
        ("2026-01-01", "2028-01-01", BY_MONTH, "đầu kỳ"),
    ],
)
def test_the_time_before_a_campaign_has_the_name_of_its_months(year, starts, rule, words):
    assert opening_name(date.fromisoformat(year), date.fromisoformat(starts), rule) == words


def test_what_the_launch_found_over_is_reported_afterwards_and_never_late():
    now = datetime(2026, 11, 26, 9, tzinfo=HO_CHI_MINH)

    assert remaining(date(2026, 11, 3), now, may_be_late=False) == Remaining("đã qua hạn, không tính chậm", False)
    assert remaining(date(2026, 12, 3), now, may_be_late=False).words == "còn 7 ngày"
