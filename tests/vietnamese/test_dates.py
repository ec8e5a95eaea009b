"""Dates and moments: what people type, what screen and official documents show."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.dates import (
    HO_CHI_MINH,
    DateReading,
    days_left_phrase,
    end_of_day,
    format_date,
    format_document_date,
    format_moment,
    hours_left,
    letter_date,
    month_name,
    read_date,
    relative_moment,
    weekday_name,
    window_phrase,
)

NOW = datetime(2024, 8, 15, 15, 0, tzinfo=HO_CHI_MINH)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/06/2024", date(2024, 6, 5)),
        ("5/6/2024", date(2024, 6, 5)),
        ("5-6-2024", date(2024, 6, 5)),
        ("5.6.2024", date(2024, 6, 5)),
        ("05062024", date(2024, 6, 5)),
        ("31/01/2024", date(2024, 1, 31)),
        ("29/02/2024", date(2024, 2, 29)),
        (" 05 / 06 / 2024 ", date(2024, 6, 5)),
        ("０５/０６/２０２４", date(2024, 6, 5)),
        ("05\u00a0/06/2024", date(2024, 6, 5)),
        ("5–6–2024", date(2024, 6, 5)),
        ("ngày 05 tháng 6 năm 2024", date(2024, 6, 5)),
        ("Ngày 5 tháng 6 năm 2024", date(2024, 6, 5)),
        ("2024-06-05", date(2024, 6, 5)),
    ],
)
def test_a_date_is_read_day_first(text: str, expected: date) -> None:
    assert read_date(text) == DateReading(value=expected)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("31/02/2024", "Không có ngày 31/2/2024: kiểm tra lại."),
        ("29/02/2023", "Không có ngày 29/2/2023: kiểm tra lại."),
        ("00/06/2024", "Không có ngày 0/6/2024: kiểm tra lại."),
        ("06/13/2024", "Không có tháng 13 trong “06/13/2024”: viết ngày trước, tháng sau."),
        ("05/06/24", "“05/06/24” thiếu chữ số của năm: viết đủ như 05/06/2024."),
        ("05/06/1024", "Năm 1024 trong “05/06/1024” không hợp lệ: kiểm tra lại."),
        ("hôm qua", "“hôm qua” không phải là ngày: viết ngày/tháng/năm như 05/06/2024."),
        ("45448", "“45448” không phải là ngày: viết ngày/tháng/năm như 05/06/2024."),
        ("05/06", "“05/06” không phải là ngày: viết ngày/tháng/năm như 05/06/2024."),
    ],
)
def test_what_is_no_date_gets_a_sentence(text: str, error: str) -> None:
    assert read_date(text) == DateReading(error=error)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_nothing_written_is_no_date_and_no_error(text: str) -> None:
    assert read_date(text) == DateReading()


@given(days)
def test_what_is_written_is_read_back_as_the_same_day(day: date) -> None:
    for written in (format_date(day), format_document_date(day), letter_date(day), day.isoformat()):
        assert read_date(written) == DateReading(value=day)


@given(st.text(max_size=50))
def test_no_text_whatever_breaks_the_reading_of_dates(text: str) -> None:
    reading = read_date(text)
    assert reading.value is None or not reading.error


@pytest.mark.parametrize(
    ("day", "screen", "document", "letter"),
    [
        (date(2025, 1, 5), "5/1/2025", "05/01/2025", "ngày 05 tháng 01 năm 2025"),
        (date(2024, 2, 10), "10/2/2024", "10/02/2024", "ngày 10 tháng 02 năm 2024"),
        (date(2024, 3, 9), "9/3/2024", "09/3/2024", "ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 14), "14/12/2024", "14/12/2024", "ngày 14 tháng 12 năm 2024"),
    ],
)
def test_documents_take_leading_zeros_where_the_decree_asks_and_the_screen_never(
    day: date, screen: str, document: str, letter: str
) -> None:
    assert (format_date(day), format_document_date(day), letter_date(day)) == (screen, document, letter)


def test_a_letter_without_a_date_leaves_room_for_the_registry() -> None:
    assert letter_date(None).split() == ["ngày", "tháng", "năm"]


def test_a_moment_is_shown_in_vietnam_time() -> None:
    assert format_moment(datetime(2024, 6, 5, 20, 5, tzinfo=UTC)) == "6/6/2024, 03:05"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(seconds=20), "vừa xong"),
        (timedelta(minutes=1), "1 phút trước"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(minutes=59), "59 phút trước"),
        (timedelta(hours=1), "hôm nay, 14:00"),
        (timedelta(hours=15), "hôm nay, 00:00"),
        (timedelta(hours=22, minutes=18), "hôm qua, 16:42"),
        (timedelta(days=2), "13/8, 15:00"),
        (timedelta(days=366), "15/8/2023, 15:00"),
        (timedelta(hours=-2), "15/8/2024, 17:00"),
    ],
)
def test_a_moment_is_told_as_seen_from_now(ago: timedelta, expected: str) -> None:
    assert relative_moment(NOW - ago, NOW) == expected
    assert relative_moment((NOW - ago).astimezone(UTC), NOW.astimezone(UTC)) == expected


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2024, 8, 18), "còn 3 ngày"),
        (date(2024, 8, 17), "còn 2 ngày"),
        (date(2024, 8, 16), "còn 33 giờ"),
        (date(2024, 8, 15), "hết hạn hôm nay"),
        (date(2024, 8, 14), "quá hạn 1 ngày"),
        (date(2024, 8, 12), "quá hạn 3 ngày"),
    ],
)
def test_a_due_day_is_told_in_days_and_the_day_before_in_hours(due_on: date, expected: str) -> None:
    assert days_left_phrase(due_on, NOW) == expected
    assert days_left_phrase(due_on, NOW.astimezone(UTC)) == expected


def test_a_due_day_lasts_to_midnight_in_vietnam() -> None:
    due_on = date(2024, 8, 16)
    last_second = datetime(2024, 8, 16, 23, 59, 59, tzinfo=HO_CHI_MINH)
    assert last_second < end_of_day(due_on) == datetime(2024, 8, 16, 17, 0, tzinfo=UTC)
    assert days_left_phrase(due_on, last_second) == "hết hạn hôm nay"
    assert days_left_phrase(due_on, last_second + timedelta(seconds=1)) == "quá hạn 1 ngày"
    assert hours_left(due_on, end_of_day(due_on)) == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (date(2024, 7, 15), date(2024, 8, 14), "15/7–14/8/2024"),
        (date(2023, 12, 15), date(2024, 1, 14), "15/12/2023–14/1/2024"),
    ],
)
def test_a_window_names_the_year_once_where_it_is_the_same(starts_on: date, ends_on: date, expected: str) -> None:
    assert window_phrase(starts_on, ends_on) == expected


def test_months_and_weekdays_have_their_vietnamese_names() -> None:
    assert month_name(date(2024, 8, 1)) == "Tháng 8/2024"
    assert [weekday_name(date(2024, 7, day)) for day in (14, 15, 20)] == ["Chủ nhật", "thứ Hai", "thứ Bảy"]
