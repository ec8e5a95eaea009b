"""The text of a unit's own report: its figures, its tasks, what stands in its way, and what it writes itself."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.tables.wording import NONE
from paper.document import CENTRE, PLAIN, RIGHT, SECTION, Cell, Column, Paragraph, Row, Table
from paper.fitting import fitted
from reports.exports.parts import Part, SectionText
from reports.exports.summary_text import AHEAD, CLOSING, OPENING, PROPOSALS, Writer
from reports.exports.wording import unit_closing, unit_opening
from reports.narrative.words import name, paragraph
from reports.tables.material import Material
from reports.tables.unit_report import UnitLine, UnitReport

FIGURES, TASKS, OBSTACLES = "figures", "tasks", "obstacles"
#: The heads of its sections; of the last two the program knows nothing: the unit writes them or they are not printed.
TITLES = {
    FIGURES: "Kết quả thực hiện các chỉ tiêu",
    TASKS: "Kết quả thực hiện các nhiệm vụ",
    OBSTACLES: "Khó khăn, vướng mắc",
    AHEAD: "Nhiệm vụ trọng tâm kỳ tới",
    PROPOSALS: "Đề xuất, kiến nghị",
}
#: The size of the letters of its tables.
POINTS = 12
#: What a paper A4 holds: with more columns of numbers each is narrower.
WIDE, NARROW = 20, 14


def figure_columns(*, with_prior: bool, with_estimate: bool) -> tuple[Column, ...]:
    """The columns of the figures; last year and ước cả năm only where a row has them."""
    is_full = with_prior or with_estimate
    width = NARROW if is_full else WIDE
    return (
        Column("TT", 8 if is_full else 10, CENTRE),
        Column("Chỉ tiêu"),
        Column("ĐVT", 12 if is_full else 14, CENTRE),
        Column("KH năm", width, RIGHT),
        *([Column("Cùng kỳ năm trước", width, RIGHT)] if with_prior else ()),
        Column("Kỳ này", width, RIGHT),
        Column("Lũy kế", width, RIGHT),
        *([Column("Ước cả năm", width, RIGHT)] if with_estimate else ()),
        Column("So KH (%)", 12 if is_full else 14, RIGHT),
        Column("Ghi chú", 32 if is_full else 30),
    )


TASK_COLUMNS = (Column("TT", 10, CENTRE), Column("Nhiệm vụ", 50), Column("Tình hình", 30), Column("Nội dung đã làm"))


def own_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """Opening, figures, tasks, what stands in the way, what comes next and what is asked, closing."""
    report = material.own
    assert report is not None
    opening = paragraph(OPENING, unit_opening(report))
    closing = paragraph(CLOSING, unit_closing(report))
    no_figures = paragraph("unit:no_figures", "Kỳ này đơn vị không có chỉ tiêu phải báo cáo số liệu.")
    no_tasks = paragraph("unit:no_tasks", "Kỳ này đơn vị không có nhiệm vụ phải báo cáo.")
    figures = Part(FIGURES, (), tables=(_figures(report),)) if report.figures else Part(FIGURES, (no_figures,))
    tasks = Part(TASKS, (), tables=(_tasks(report),)) if report.tasks else Part(TASKS, (no_tasks,))
    return (
        SectionText(OPENING, "", (Part(OPENING, (opening,)),)),
        _section(FIGURES, figures),
        _section(TASKS, tasks),
        _section(OBSTACLES, Part(OBSTACLES, _obstacles(report))),
        _section(AHEAD, Part(AHEAD, ())),
        _section(PROPOSALS, Part(PROPOSALS, ())),
        SectionText(CLOSING, "", (Part(CLOSING, (closing,)),)),
    )


def _section(key: str, part: Part) -> SectionText:
    return SectionText(key, TITLES[key], (part,), is_short=True)


def _obstacles(report: UnitReport) -> tuple[Paragraph, ...]:
    if not report.obstacles:
        return (paragraph("unit:no_obstacle", "Đơn vị không nêu khó khăn, vướng mắc."),)
    return tuple(
        paragraph(f"unit:obstacle:{place}", "- ", name(f"unit:obstacle:{place}", line), ".")
        for place, line in enumerate(report.obstacles, start=1)
    )


def _figures(report: UnitReport) -> Table:
    shown = {"with_prior": report.has_priors, "with_estimate": report.has_estimates}
    columns = figure_columns(**shown)
    rows = tuple(_row(line, _values(line, **shown), columns) for line in report.figures)
    return fitted(Table(columns, rows, key="unit:figures", is_dense=any(shown.values())), POINTS)


def _values(line: UnitLine, *, with_prior: bool, with_estimate: bool) -> tuple[str, ...]:
    prior = (line.prior or NONE,) if with_prior else ()
    estimate = (line.year_estimate or NONE,) if with_estimate else ()
    head = (line.unit_of_measure, line.target, *prior, line.entered, line.cumulative)
    return (*head, *estimate, line.rate, line.note)


def _tasks(report: UnitReport) -> Table:
    rows = tuple(_row(line, (line.status or "chưa báo cáo", line.text), TASK_COLUMNS) for line in report.tasks)
    return Table(TASK_COLUMNS, rows, key="unit:tasks")


def _row(line: UnitLine, values: Sequence[str], columns: Sequence[Column]) -> Row:
    """A line of the table; each value bears a name, so that a later reader is told which one has changed."""
    head = (Cell(line.number), Cell(line.name))
    if line.is_area:
        return Row(head, SECTION)
    named = zip(values, columns[len(head) :], strict=True)
    cells = (Cell(value, value, key=f"unit:{line.key}:{column.title}") for value, column in named)
    return Row((*head, *cells), PLAIN)
