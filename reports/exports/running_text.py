"""The part of a report's text on how the campaign runs: what it asks, who has sent, who late, who not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campaign.choices import Relation
from paper.document import Paragraph
from reports.narrative.words import Words, count, day, joined, listed, name, paragraph, say, sentences, whole
from reports.tables.material import Material
from reports.tables.running import ResponseCounts, SentCounts
from reports.tables.submissions import SubmissionRow
from reports.tables.surroundings import Surroundings

#: So many units are named in a row.
MOST = 12


def running(report: Material, *, most: int = MOST) -> tuple[Paragraph, ...]:
    """What the campaign asks, and who has sent; of units that have not, ``most`` are named."""
    campaign, summary = report.frame.campaign, report.summary
    tasks = sum(len(area.tasks) for area in summary.areas)
    dates = say("từ ngày ", day("campaign:starts_on", campaign.starts_on))
    asked = say(
        say("Phong trào thi đua được triển khai ", dates, " đến hết ngày ", day("campaign:ends_on", campaign.ends_on)),
        say(", gồm ", count("areas", len(summary.areas)), " nội dung với "),
        say(count("indicators", len(summary.rows)), " chỉ tiêu có số liệu và ", count("tasks", tasks), " nhiệm vụ."),
    )
    around = _around(report.around) if report.around else ()
    return (
        paragraph("running:asked", asked),
        *_response(report.response),
        *_sent_so_far(report.sent_so_far),
        *sending(report.submissions, most=most),
        *around,
    )


def _response(counts: ResponseCounts | None) -> Iterable[Paragraph]:
    """How many units answered the launch, with what."""
    if counts is None or not counts.owing:
        return
    rows = [
        (counts.planned, "ban hành kế hoạch hưởng ứng", "planned"),
        (counts.launched, "tổ chức phát động", "launched"),
        (counts.pledged, "đăng ký thi đua", "pledged"),
    ]
    told = joined(say(count(f"response:{key}", number), f" đơn vị {word}") for number, word, key in rows if number)
    owing = say("Trong ", count("response:owing", counts.owing), " đơn vị được giao ")
    yield paragraph("running:response", owing, say("có ", told) if told else "chưa đơn vị nào ghi nhận hưởng ứng", ".")


def _sent_so_far(counts: SentCounts | None) -> Iterable[Paragraph]:
    """How the reports of all periods came."""
    if counts is None or not counts.owed:
        return
    rows = [
        (counts.on_time, "đúng hạn", "on_time"),
        (counts.late, "chậm", "late"),
        (counts.missing, "chưa gửi", "missing"),
    ]
    told = joined(say(count(f"so_far:{key}", number), f" {word}") for number, word, key in rows if number)
    owed = say(
        "Từ khi phát động, các đơn vị được giao phải gửi ", count("so_far:owed", counts.owed), " báo cáo tháng: "
    )
    yield paragraph("running:so_far", owed, told, ".")


def who_has_not_sent(rows: Sequence[SubmissionRow] | None) -> Words:
    """What is asked of the units that have not sent; nothing for whom that is not."""
    missing = [row for row in _owing(rows or ()) if not row.sent_at]
    if not missing:
        return ()
    how_many = count("missing", len(missing))
    return say("Các đơn vị chưa gửi báo cáo của kỳ (", how_many, " đơn vị) khẩn trương hoàn thành, gửi báo cáo.")


def _owing(rows: Iterable[SubmissionRow]) -> list[SubmissionRow]:
    return [row for row in rows if row.relation == Relation.ASSIGNED.label]


def sending(rows: Sequence[SubmissionRow] | None, *, most: int = MOST) -> Iterable[Paragraph]:
    """Who has sent, who late, who not; nothing for whom that is not."""
    if rows is None:
        return
    owing = _owing(rows)
    late = [row for row in owing if row.sent_at and row.days_late]
    told = [_sent(owing, late), _late(late, most), _not_sent(owing, most)]
    yield paragraph("running:sending", sentences(told), ".")
    others = [row for row in rows if row.relation != Relation.ASSIGNED.label]
    if others:
        came = sum(row.sent_at is not None for row in others)
        how_many = say(count("others:sent", came), " đơn vị đã gửi") if came else say("chưa đơn vị nào gửi")
        of = say("Trong ", count("others", len(others)), " đơn vị phối hợp, hưởng ứng hoặc báo cáo theo kênh riêng, ")
        yield paragraph("running:others", of, how_many, ".")


def sending_in_brief(rows: Sequence[SubmissionRow] | None) -> Words:
    """How many have sent, how many late; no names."""
    owing = _owing(rows or ())
    return _sent(owing, [row for row in owing if row.sent_at and row.days_late]) if owing else ()


def _sent(owing: list[SubmissionRow], late: list[SubmissionRow]) -> Words:
    sent = [row for row in owing if row.sent_at]
    told = say(
        "Có ", whole("sent", len(sent)), "/", whole("owing", len(owing)), " đơn vị được giao đã gửi báo cáo của kỳ"
    )
    if not sent:
        return told
    on_time = say(", đều đúng hạn")
    if late:
        on_time = say(", trong đó ", count("on_time", len(sent) - len(late)), " đúng hạn, ")
        on_time = say(on_time, count("late", len(late)), " chậm")
    received = sum(row.received_at is not None for row in owing)
    return say(told, on_time, "; đã tiếp nhận ", count("received", received), " báo cáo")


def _late(late: list[SubmissionRow], most: int) -> Words:
    names = [say(_unit(row), " (", _days(row), " ngày)") for row in late]
    return say("Gửi chậm: ", listed("late", names, most)) if names else ()


def _not_sent(owing: list[SubmissionRow], most: int) -> Words:
    missing = [row for row in owing if not row.sent_at]
    overdue = [say(_unit(row), " (quá hạn ", _days(row), " ngày)") for row in missing if row.days_late]
    waiting = [_unit(row) for row in missing if not row.days_late]
    return say("Chưa gửi: ", listed("missing", [*overdue, *waiting], most)) if missing else ()


def _unit(row: SubmissionRow) -> Words:
    return say(name("unit:name", row.name))


def _days(row: SubmissionRow) -> Words:
    return say(whole(f"days_late:{row.name}", row.days_late))


# --- What was done to steer ------------------------------------------------------------------------------------------


def _around(around: Surroundings) -> Iterable[Paragraph]:
    """Inspections, conclusions, reminders and news; nothing where nothing is recorded."""
    if inspections := _inspections(around):
        yield paragraph("running:inspections", inspections, ".")
    if told := sentences([_conclusions(around), _reminders(around.reminders), _news(around.publications)]):
        yield paragraph("running:steering", told, ".")


def _inspections(around: Surroundings) -> Words:
    if not around.inspections:
        return ()
    rows = [
        say(
            name(f"inspection:{row.pk}:name", row.name),
            say(" (", name(f"inspection:{row.pk}:days", row.days)),
            say(", tại ", name(f"inspection:{row.pk}:units", ", ".join(row.units)), ")"),
        )
        for row in around.inspections
    ]
    asked = sum(row.recommendations for row in around.inspections)
    done = sum(row.recommendations_done for row in around.inspections)
    told = say("Đã tổ chức ", count("inspections", len(rows)), " cuộc kiểm tra: ", joined(rows, "; "))
    if not asked:
        return told
    kept = (
        say("đã thực hiện ", count("recommendations:done", done), " nội dung")
        if done
        else say("chưa thực hiện xong nội dung nào")
    )
    return say(told, "; kiến nghị ", count("recommendations", asked), " nội dung, ", kept)


def _conclusions(around: Surroundings) -> Words:
    if not around.conclusions:
        return ()
    items = sum(row.items for row in around.conclusions)
    done = sum(row.items_done for row in around.conclusions)
    told = say("Ban hành ", count("conclusions", len(around.conclusions)), " thông báo kết luận")
    if not items:
        return told
    finished = say("đã hoàn thành ", count("items:done", done), " việc") if done else say("chưa hoàn thành việc nào")
    return say(told, ", giao ", count("items", items), " việc, ", finished)


def _reminders(counts: dict[str, int]) -> Words:
    if not counts.get("reminders"):
        return ()
    sent, units = count("reminders", counts["reminders"]), count("reminders:units", counts["units"])
    return say("Cơ quan thường trực đôn đốc ", sent, " lượt đối với ", units, " đơn vị")


def _news(counts: dict[str, int]) -> Words:
    rows = [say(count(f"news:{word}", number), f" {word.lower()}") for word, number in counts.items() if number]
    return say("Công tác tuyên truyền: đăng, phát ", joined(rows)) if rows else ()
