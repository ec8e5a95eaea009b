"""Phrases that every file of a campaign repeats: its subject, the period with its window, which figures, from when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaign.models import Campaign, Period
from reports.narrative.words import Words, count, day, joined, moment, name, say
from reports.tables.frame import Frame
from reports.tables.unit_report import UnitReport
from vietnamese.dates import format_moment, window_phrase
from vietnamese.text import fold

REPORT = "báo cáo "


def lower_first(text: str) -> str:
    """The text as it goes on within a sentence."""
    return text[:1].lower() + text[1:]


def subject(campaign: Campaign) -> str:
    """What the report is about: "Kết quả thực hiện phong trào thi đua 6 tháng cuối năm 2024"."""
    return f"Kết quả thực hiện {movement(campaign)}"


def movement(campaign: Campaign) -> str:
    """What a campaign is called within a title: "phong trào thi đua 6 tháng cuối năm 2024"."""
    short = lower_first(campaign.short_name)
    return short if fold(short).startswith("phong trao") else f"phong trào {short}"


def period_phrase(period: Period) -> str:
    """A period never without its window: "Tháng 8/2024 (15/7–14/8/2024)"."""
    return f"{period.name} ({window_phrase(period.starts_on, period.ends_on)})"


def basis_sentence(frame: Frame) -> str:
    """Which figures count: "Số liệu tạm tính, gồm số liệu các đơn vị đã gửi"."""
    return f"Số liệu {frame.basis_word.lower()}, {frame.basis_meaning}"


def made_at_sentence(made_at: datetime) -> str:
    """Up to which moment the program knew."""
    return f"lập lúc {format_moment(made_at)}"


def origins_sentence(origins: Sequence[str]) -> str:
    """The labels of the sources that occur."""
    return f"Nguồn số liệu: do đơn vị báo cáo; {'; '.join(origins)}" if origins else ""


# --- Words of a sentence ---------------------------------------------------------------------------------------------


def period_name(period: Period) -> Words:
    """The period within a sentence: "tháng 8/2024"."""
    return say(name("period:name", lower_first(period.name)))


def reported_words(period: Period) -> Words:
    """What follows "báo cáo": "kết quả tháng 8/2024"; a quick report names itself: "nhanh giải ngân đến 8/11/2024"."""
    told = lower_first(period.name)
    if told.startswith(REPORT):
        return say(name("period:name", told.removeprefix(REPORT)))
    return say("kết quả ", period_name(period))


def window_words(period: Period) -> Words:
    """Its days: "từ ngày 15/7/2024 đến hết ngày 14/8/2024"."""
    starts, ends = day("period:starts_on", period.starts_on), day("period:ends_on", period.ends_on)
    if period.is_flash:
        return say("lũy kế đến hết ngày ", ends)
    return say("từ ngày ", starts, " đến hết ngày ", ends)


def launch_words(campaign: Campaign, issuer: str = "") -> Words:
    """The document that a report answers; number and date only where it has them. Its author is not named twice."""
    number = say(" số ", name("campaign:number", campaign.document_number)) if campaign.document_number else ()
    on = say(" ngày ", day("campaign:date", campaign.document_date)) if campaign.document_date else ()
    author = campaign.authority.official_name
    of = say(" của ", name("authority:name", author)) if author != issuer else ()
    if number or on:
        return say("Thực hiện Phát động thi đua", number, on, of)
    head = "Thực hiện Phát động phong trào " if fold(campaign.name).startswith("thi dua") else "Thực hiện Phát động "
    return say(head, name("campaign:name", lower_first(campaign.name)), of)


def summary_opening(frame: Frame, made_at: datetime, issuer: str, what: Words, *, since_launch: bool = False) -> Words:
    """What a letter of the office begins with; ``what`` it reports: "kết quả tháng 8/2024"."""
    ends = say("đến hết ngày ", day("period:ends_on", frame.period.ends_on))
    known = say(", ", frame.basis_word.lower(), ", ", frame.basis_meaning, " đến ", moment("report:made_at", made_at))
    return say(
        joined([launch_words(frame.campaign, issuer), say(name("issuer:name", issuer), " báo cáo ")]),
        what,
        say(" (số liệu ", ends if since_launch else window_words(frame.period), known, ") như sau:"),
    )


def summary_closing(issuer: str, addressee: str, what: Words) -> Words:
    """What it ends with."""
    told = say("Trên đây là báo cáo ", what)
    if not addressee:
        return say(told, " của ", name("issuer:name", issuer), "./.")
    to = say(" kính báo cáo ", name("addressee:name", addressee))
    return say(told, ", ", name("issuer:name", issuer), to, " xem xét, chỉ đạo./.")


def unit_opening(report: UnitReport) -> Words:
    """What the unit's letter begins with."""
    part, period = report.submission.participation, report.submission.period
    rows = say(count("unit:figures", report.figure_count), " chỉ tiêu")
    tasks = say(", ", count("unit:tasks", report.task_count), " nhiệm vụ") if report.task_count else ()
    gaps = say("; còn ", count("unit:missing", report.missing), " dòng chưa có số liệu") if report.missing else ()
    return say(
        joined([launch_words(part.campaign), say(name("issuer:name", part.unit.official_name), " báo cáo ")]),
        reported_words(period),
        say(" (số liệu ", window_words(period), "; ", rows, tasks, gaps, ") như sau:"),
    )


def unit_closing(report: UnitReport) -> Words:
    """What it ends with."""
    part, period = report.submission.participation, report.submission.period
    return say(
        say("Trên đây là báo cáo ", reported_words(period), " của "),
        say(name("issuer:name", part.unit.official_name), ", kính báo cáo "),
        say(name("authority:name", part.campaign.authority.official_name), " xem xét, tổng hợp./."),
    )
