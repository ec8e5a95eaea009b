"""The report on one content area: its results in full, what lags and why, what is to be done."""

from __future__ import annotations

from dataclasses import replace

from reports.exports.ahead_text import ahead
from reports.exports.area_text import area_part
from reports.exports.assessment_text import assessment
from reports.exports.parts import RICH, Part, SectionText
from reports.exports.summary_text import AHEAD, ASSESSMENT, RESULTS, Writer, frame_text
from reports.tables.material import Material


def area_report_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """Sections of one area; without an area those of all."""
    here = narrowed(material)
    results = tuple(replace(area_part(here, area, detail=RICH), title="") for area in here.summary.areas)
    sections = [
        SectionText(RESULTS, "Kết quả thực hiện", results),
        SectionText(ASSESSMENT, "Đánh giá", assessment(here, detail=RICH, with_lessons=False)),
        SectionText(AHEAD, "Nhiệm vụ trọng tâm thời gian tới", (Part(AHEAD, ahead(here, writer.issuer)),)),
    ]
    return frame_text(here, writer, sections, "kết quả thực hiện nội dung thi đua")


def narrowed(material: Material) -> Material:
    """The same with the rows of its area alone."""
    area = material.area
    if area is None:
        return material
    whole = material.summary
    summary = replace(whole, areas=tuple(one for one in whole.areas if one.area.pk == area.pk))
    inside = {row.indicator.pk for one in summary.areas for row in (*one.rows, *one.tasks)}
    around = material.around
    if around is not None:
        obstacles = tuple(row for row in around.obstacles if row.indicator_id in inside)
        examples = tuple(row for row in around.examples if row.area_id == area.pk)
        around = replace(around, obstacles=obstacles, examples=examples, actions=())
    return replace(material, summary=summary, around=around, submissions=None)
