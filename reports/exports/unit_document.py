"""The unit's own letter as a document: its figures, its tasks, what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence

from paper.document import CENTRE, PLAIN, RIGHT, SECTION, Block, Cell, Column, Document, Heading, Row, Table
from paper.letter import Letter, Recipients, Title
from reports.exports.letters import REGISTRY, SAME, letterhead, signature
from reports.exports.wording import lower_first, subject, unit_closing, unit_opening
from reports.narrative.words import name, paragraph
from reports.tables.cells import NONE
from reports.tables.unit_report import UnitLine, UnitReport
from units import clock

#: What a paper A4 holds: with more columns of numbers each is narrower.
WIDE, NARROW = 20, 16


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
        Column("Ghi chú", 24 if is_full else 30),
    )


TASK_COLUMNS = (Column("TT", 10, CENTRE), Column("Nhiệm vụ", 50), Column("Tình hình", 30), Column("Nội dung đã làm"))


def unit_document(report: UnitReport) -> Document:
    """The letter to the authority and its standing body; a draft until it was sent."""
    part, period = report.submission.participation, report.submission.period
    campaign, unit = part.campaign, part.unit
    addressees = [one.official_name for one in (campaign.authority, campaign.standing_body) if one.pk != unit.pk]
    letter = Letter(
        letterhead=letterhead(unit, unit.parent, clock.local_date(report.made_at).year),
        title=Title("BÁO CÁO", (subject(campaign), f"({lower_first(period.name)})")),
        signature=signature(unit),
        recipients=Recipients((SAME,), REGISTRY),
        addressees=tuple(addressees),
        draft=report.is_draft,
        illustrative=report.is_illustrative,
        compact=True,
    )
    return Document(letter, tuple(_body(report)), report.made_at)


def _body(report: UnitReport) -> Sequence[Block]:
    no_figures = paragraph("unit:no_figures", "Kỳ này đơn vị không có chỉ tiêu phải báo cáo số liệu.")
    no_tasks = paragraph("unit:no_tasks", "Kỳ này đơn vị không có nhiệm vụ phải báo cáo.")
    obstacles = [
        paragraph(f"unit:obstacle:{place}", "- ", name(f"unit:obstacle:{place}", line), ".")
        for place, line in enumerate(report.obstacles, start=1)
    ]
    return [
        paragraph("opening", unit_opening(report)),
        Heading("1. Kết quả thực hiện các chỉ tiêu", 1),
        _figures(report) if report.figures else no_figures,
        Heading("2. Kết quả thực hiện các nhiệm vụ", 1),
        _tasks(report) if report.tasks else no_tasks,
        Heading("3. Khó khăn, vướng mắc", 1),
        *(obstacles or [paragraph("unit:no_obstacle", "Đơn vị không nêu khó khăn, vướng mắc.")]),
        paragraph("closing", unit_closing(report)),
    ]


def _figures(report: UnitReport) -> Table:
    shown = {"with_prior": report.has_priors, "with_estimate": report.has_estimates}
    rows = tuple(_row(line, _values(line, **shown)) for line in report.figures)
    return Table(figure_columns(**shown), rows, key="unit:figures", is_dense=any(shown.values()))


def _values(line: UnitLine, *, with_prior: bool, with_estimate: bool) -> tuple[str, ...]:
    prior = (line.prior or NONE,) if with_prior else ()
    estimate = (line.year_estimate or NONE,) if with_estimate else ()
    head = (line.unit_of_measure, line.target, *prior, line.entered, line.cumulative)
    return (*head, *estimate, line.rate, line.note)


def _tasks(report: UnitReport) -> Table:
    rows = tuple(_row(line, (line.status or "chưa báo cáo", line.text)) for line in report.tasks)
    return Table(TASK_COLUMNS, rows, key="unit:tasks")


def _row(line: UnitLine, values: Sequence[str]) -> Row:
    head = (Cell(line.number), Cell(line.name))
    if line.is_area:
        return Row(head, SECTION)
    return Row((*head, *(Cell(value) for value in values)), PLAIN)
