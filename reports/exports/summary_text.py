"""The text of a report on the whole campaign, part by part: sentences bound to the figures of the builder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.exports.ahead_text import NAMED, ahead, proposals
from reports.exports.area_text import area_part
from reports.exports.assessment_text import assessment
from reports.exports.chart_annex import bands_part
from reports.exports.parts import DETAILS, LEAN, RICH, Part, SectionText, lines_of
from reports.exports.running_text import MOST, running
from reports.exports.wording import period_name, summary_closing, summary_opening
from reports.narrative.words import paragraph, say
from reports.tables.material import Material

#: What three pages hold beside head, titles and signature, in lines.
LINES = 114
#: So many units and tasks are named where room is short.
FEW_UNITS, FEW_TASKS = 4, 2

RESULTS_OF = "kết quả"
OPENING, RUNNING, RESULTS, ASSESSMENT = "opening", "running", "results", "assessment"
AHEAD, PROPOSALS, CLOSING = "ahead", "proposals", "closing"


@dataclass(frozen=True)
class Writer:
    """Who writes to whom; several addressees stand as a list that takes so many lines."""

    issuer: str
    addressee: str = ""
    addressee_lines: int = 0


Text = Callable[[Material, Writer], tuple[SectionText, ...]]


def month_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """All sections, in as much detail as three pages hold."""
    for detail in DETAILS[:-1]:
        text = _text(material, writer, detail=detail, head=RESULTS_OF)
        if lines_of(text) + writer.addressee_lines <= LINES:
            return text
    return _text(material, writer, detail=DETAILS[-1], head=RESULTS_OF)


def review_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """Sơ kết: everything, each indicator with its comparisons."""
    return _text(material, writer, detail=RICH, head="sơ kết phong trào thi đua")


def year_end_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """Tổng kết: everything, and room for the lessons that the office draws."""
    return _text(material, writer, detail=RICH, with_lessons=True, head="tổng kết phong trào thi đua")


def frame_text(
    material: Material,
    writer: Writer,
    sections: Sequence[SectionText],
    head: str = RESULTS_OF,
    *,
    since_launch: bool = False,
) -> tuple[SectionText, ...]:
    """Opening and closing around sections; ``head`` says of what of the period it tells, or of what up to its end."""
    what = say(f"{head} đến hết " if since_launch else f"{head} ", period_name(material.frame.period))
    begun = summary_opening(material.frame, material.made_at, writer.issuer, what, since_launch=since_launch)
    opening = paragraph(OPENING, begun)
    closing = paragraph(CLOSING, summary_closing(writer.issuer, writer.addressee, what))
    return (
        SectionText(OPENING, "", (Part(OPENING, (opening,)),)),
        *sections,
        SectionText(CLOSING, "", (Part(CLOSING, (closing,)),)),
    )


def _text(
    material: Material, writer: Writer, *, detail: int, head: str, with_lessons: bool = False
) -> tuple[SectionText, ...]:
    most, named = (FEW_UNITS, FEW_TASKS) if detail <= LEAN else (MOST, NAMED)
    areas = tuple(area_part(material, area, detail=detail) for area in material.summary.areas)
    drawn = bands_part(material) if detail == RICH else ()
    ran = Part(RUNNING, running(material, most=most))
    asked = Part(AHEAD, ahead(material, writer.issuer, named=named))
    sections = [
        SectionText(RUNNING, "Công tác chỉ đạo, tổ chức phát động, triển khai", (ran,)),
        SectionText(RESULTS, "Kết quả thực hiện theo từng nội dung", (*drawn, *areas)),
        SectionText(ASSESSMENT, "Đánh giá chung", assessment(material, detail=detail, with_lessons=with_lessons)),
        SectionText(AHEAD, "Nhiệm vụ trọng tâm thời gian tới", (asked,)),
        SectionText(PROPOSALS, "Kiến nghị, đề nghị khen thưởng", proposals(material)),
    ]
    return frame_text(material, writer, sections, head, since_launch=detail == RICH)
