"""Vietnamese dates and moments: reading what people type, writing for screen and for official documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vietnamese.numbers import leading_zero, plain_characters

#: Days are cut here; Vietnam keeps one time zone without summer time.
HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")

_DAY_MONTH_YEAR = re.compile(r"(?:ngày )?(\d{1,2}) ?(?:[/.-]|tháng) ?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4})", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT_YEAR = re.compile(r"\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2}")
_MOMENT = re.compile(r"(?P<day>.+?),? (?:lúc )?(?P<hour>\d{1,2})(?::|h|giờ ?)(?P<minute>\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class DateReading:
    """How a text was read: a day, or the sentence to show; neither where nothing was written."""

    value: date | None = None
    error: str = ""


def read_date(text: str) -> DateReading:
    """Read "05/06/2024", "5-6-2024", "05062024", "ngày 05 tháng 6 năm 2024": always day, month, year in four digits.

    The browser's own form 2024-06-05 is read too. A year of two digits and a month above twelve are asked back.
    """
    cleaned = " ".join(plain_characters(text).split())
    if not cleaned:
        return DateReading()
    if match := _DAY_MONTH_YEAR.fullmatch(cleaned) or _EIGHT_DIGITS.fullmatch(cleaned):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_MONTH_DAY.fullmatch(cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif _SHORT_YEAR.fullmatch(cleaned):
        return DateReading(error=f"“{cleaned}” thiếu chữ số của năm: viết đủ như 05/06/2024.")
    else:
        return DateReading(error=f"“{cleaned[:40]}” không phải là ngày: viết ngày/tháng/năm như 05/06/2024.")
    if not 1 <= month <= 12:
        return DateReading(error=f"Không có tháng {month} trong “{cleaned}”: viết ngày trước, tháng sau.")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return DateReading(error=f"Năm {year} trong “{cleaned}” không hợp lệ: kiểm tra lại.")
    try:
        return DateReading(value=date(year, month, day))
    except ValueError:
        return DateReading(error=f"Không có ngày {day}/{month}/{year}: kiểm tra lại.")


@dataclass(frozen=True)
class MomentReading:
    """How a text was read: a moment, or the sentence to show; neither where nothing was written."""

    value: datetime | None = None
    error: str = ""


def read_moment(text: str) -> MomentReading:
    """Read "14/11/2024, 16:30"; a day alone is its last minute, so that all of it counts."""
    cleaned = " ".join(plain_characters(text).split())
    match = _MOMENT.fullmatch(cleaned)
    day = read_date(match["day"] if match else cleaned)
    if day.value is None:
        return MomentReading(error=day.error)
    hour, minute = (int(match["hour"]), int(match["minute"])) if match else (23, 59)
    if hour > 23 or minute > 59:
        return MomentReading(error=f"Không có giờ {hour}:{minute:02d}: viết giờ và phút như 16:30.")
    return MomentReading(datetime.combine(day.value, time(hour, minute, 0 if match else 59), HO_CHI_MINH))


def format_date(day: date) -> str:
    """For the screen, without leading zeros: "5/6/2024"."""
    return f"{day.day}/{day.month}/{day.year}"


def format_document_date(day: date) -> str:
    """For official documents: days below 10 and months 1 and 2 take a leading zero: "05/6/2024", "31/01/2025"."""
    return f"{leading_zero(day.day)}/{_document_month(day.month)}/{day.year}"


def letter_date(day: date | None) -> str:
    """The date line of an official letter: "ngày 05 tháng 01 năm 2025"; blanks until the registry fills them.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1, 2 are written with a 0 before them.
    """
    if day is None:
        return "ngày      tháng      năm     "
    return f"ngày {leading_zero(day.day)} tháng {_document_month(day.month)} năm {day.year}"


def format_moment(moment: datetime) -> str:
    """Day and time of day in Vietnam: "5/6/2024, 16:42"."""
    local = moment.astimezone(HO_CHI_MINH)
    return f"{format_date(local)}, {local:%H:%M}"


def format_document_moment(moment: datetime) -> str:
    """Time of day and day as official documents write them: "16 giờ 42 phút ngày 05/6/2024"."""
    local = moment.astimezone(HO_CHI_MINH)
    return f"{local:%H} giờ {local:%M} phút ngày {format_document_date(local)}"


def relative_moment(moment: datetime, now: datetime) -> str:
    """A moment as seen from now: "5 phút trước", "hôm nay, 08:05", "hôm qua, 16:42", "5/6, 16:42"."""
    local, local_now = moment.astimezone(HO_CHI_MINH), now.astimezone(HO_CHI_MINH)
    minutes = int((local_now - local).total_seconds() // 60)
    if local > local_now:
        return format_moment(moment)
    if minutes < 1:
        return "vừa xong"
    if minutes < 60:
        return f"{minutes} phút trước"
    days = (local_now.date() - local.date()).days
    if days < 2:
        return f"{'hôm qua' if days else 'hôm nay'}, {local:%H:%M}"
    if local.year == local_now.year:
        return f"{local.day}/{local.month}, {local:%H:%M}"
    return format_moment(moment)


def start_of_day(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time.min, HO_CHI_MINH)


def end_of_day(day: date) -> datetime:
    """The first moment after a day in Vietnam: what happens before it happened in time."""
    return datetime.combine(day + timedelta(days=1), time.min, HO_CHI_MINH)


def days_left_phrase(due_on: date, now: datetime) -> str:
    """How long until the end of the due day: "còn 2 ngày", "còn 33 giờ", "hết hạn hôm nay", "quá hạn 3 ngày"."""
    days = (due_on - now.astimezone(HO_CHI_MINH).date()).days
    if days < 0:
        return f"quá hạn {-days} ngày"
    if days == 0:
        return "hết hạn hôm nay"
    if days > 1:
        return f"còn {days} ngày"
    return f"còn {hours_left(due_on, now)} giờ"


def span_phrase(since: datetime, now: datetime) -> str:
    """How long something has lasted: "5 phút", "18 giờ", "3 ngày"."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 48 * 60 else f"{minutes // (24 * 60)} ngày"


def hours_left(due_on: date, now: datetime) -> int:
    """Whole hours until the end of the due day; 0 once it is over."""
    return max(0, int((end_of_day(due_on) - now).total_seconds() // 3600))


def month_name(day: date) -> str:
    """The name of a month with its year: "Tháng 8/2024"."""
    return f"Tháng {day.month}/{day.year}"


def window_phrase(starts_on: date, ends_on: date) -> str:
    """The days of a period: "15/7–14/8/2024"; both years where they differ: "15/12/2023–14/1/2024"."""
    start = f"{starts_on.day}/{starts_on.month}"
    return (
        f"{start}–{format_date(ends_on)}"
        if starts_on.year == ends_on.year
        else f"{format_date(starts_on)}–{format_date(ends_on)}"
    )


def weekday_name(day: date) -> str:
    """The day of the week: "thứ Hai" … "thứ Bảy", "Chủ nhật"."""
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[day.weekday()]


def _document_month(month: int) -> str:
    return f"0{month}" if month <= 2 else str(month)
