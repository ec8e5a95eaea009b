"""The report for the weekly meeting (giao ban) on one side of A4: where things stand, what lags most, what is asked."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.choices import Band
from indicators.tables.standings import Standing
from indicators.tables.standings_source import NOBODY
from paper.document import CENTRE, RIGHT, Cell, Column, Paragraph, Row, Table
from reports.exports.annexes import value_cell
from reports.exports.parts import Part, SectionText
from reports.exports.running_text import sending_in_brief, who_has_not_sent
from reports.exports.summary_text import Writer
from reports.narrative import gaps
from reports.narrative import standings as told
from reports.narrative.words import Words, count, day, joined, paragraph, say, text_of
from reports.tables.cells import rate_cell
from reports.tables.material import Material

STANDING, LAGGING, ASKED = "standing", "lagging", "asked"
#: What one side holds beside head and signature.
ROWS = 6
COLUMNS = (
    Column("TT", 8, CENTRE),
    Column("Chỉ tiêu"),
    Column("Đạt (%)", 14, RIGHT),
    Column("Phải đạt (%)", 14, RIGHT),
    Column("Còn thiếu", 35),
    Column("Cơ quan chủ trì", 40),
)


def briefing_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """Three short parts without numbered heads; no opening and no closing formula, for there is one page."""
    standings = [row.standing for row in material.summary.rows]
    known = [one for one in standings if one.band != Band.NO_DATA]
    lost = told.judged(standings, told.POOR)
    worst = told.lowest(lost, ROWS) or lost[:ROWS]
    lagging = Part(LAGGING, tuple(_lagging(lost, worst)), tables=(_table(material, worst),) if worst else ())
    return (
        SectionText(STANDING, "", (Part(STANDING, tuple(_standing(material, known))),)),
        SectionText(LAGGING, "", (lagging,)),
        SectionText(ASKED, "", (Part(ASKED, tuple(_asked(material))),)),
    )


def _standing(material: Material, known: list[Standing]) -> Iterable[Paragraph]:
    ends = day("period:ends_on", material.frame.period.ends_on)
    head = say("Đến hết ngày ", ends, " (số liệu ", material.frame.basis_word.lower(), "), ")
    judged = told.judged_words("all", known) if known else say("chưa có chỉ tiêu nào đủ số liệu để đánh giá")
    yield paragraph("briefing:bands", head, _lowered(judged), ".")
    if sent := sending_in_brief(material.submissions):
        yield paragraph("briefing:sending", sent, ".")


def _lagging(lost: list[Standing], worst: list[Standing]) -> Iterable[Paragraph]:
    if not lost:
        yield paragraph("briefing:none", "Không có chỉ tiêu chậm tiến độ.")
        return
    how_many = count("lagging", len(lost))
    shown = say(" (nêu ", count("lagging:shown", len(worst)), " chỉ tiêu thấp nhất)") if len(worst) < len(lost) else ()
    head = say("Cần tập trung chỉ đạo ", how_many, " chỉ tiêu chậm tiến độ, có khả năng không đạt")
    yield paragraph("briefing:lagging", head, shown, ":")


def _table(material: Material, worst: list[Standing]) -> Table:
    rows = tuple(_row(material, place, one) for place, one in enumerate(worst, 1))
    return Table(COLUMNS, rows, key=LAGGING, is_dense=True)


def _row(material: Material, place: int, one: Standing) -> Row:
    lead = material.summary.definitions.leads.get(one.indicator.pk, NOBODY)
    missing = text_of(gaps.missing(one)).removeprefix("còn thiếu ")
    key = one.indicator.code
    return Row(
        (
            Cell(str(place), place),
            Cell(one.indicator.short_name, one.indicator.short_name, key=f"{key}:name"),
            value_cell(rate_cell(one.rate), f"{key}:rate"),
            value_cell(rate_cell(one.expected_rate), f"{key}:expected_rate"),
            Cell(missing, missing, key=f"{key}:missing_text", mark=one.band),
            Cell(lead.name),
        )
    )


def _asked(material: Material) -> Iterable[Paragraph]:
    """What the meeting is asked to press for: what waits for a word, and who has not sent."""
    around = material.around
    waiting = [row for row in (around.obstacles if around else ()) if row.is_escalated and row.is_open]
    late = [row for row in (around.actions if around else ()) if row.is_overdue and not row.is_done]
    words = [say(count("escalated", len(waiting)), " vướng mắc chờ ý kiến chỉ đạo")] if waiting else []
    words += [say(count("actions:overdue", len(late)), " việc được giao đã quá hạn")] if late else []
    asked = say("Đề nghị cuộc họp cho ý kiến: ", joined(words), ".") if words else ()
    if told_of := joined([asked, who_has_not_sent(material.submissions)], " "):
        yield paragraph("briefing:asked", told_of)


def _lowered(words: Words) -> Words:
    """A sentence as it goes on within another."""
    first = words[0]
    return say(first.text[:1].lower() + first.text[1:] if not first.is_bound else first, *words[1:])
