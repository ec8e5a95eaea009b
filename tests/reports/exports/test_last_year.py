"""Cùng kỳ and ước cả năm on paper: their columns stand where a row has them, the same in Excel, PDF and Word."""

from decimal import Decimal
from io import BytesIO

import docx
import pytest

from indicators.models import Assignment, PriorFigure
from paper.document import Table
from reports.exports.annexes import summary_columns, summary_table
from reports.exports.documents import unit_document
from reports.exports.docx import unit_docx
from reports.exports.unit_text import figure_columns
from reports.exports.xlsx import summary_workbook
from reports.tables.material import material_of
from tests.architecture.source import ROOT
from tests.reports.exports.sample import office_world, opened, report_of, shown, table
from tests.reports.exports.test_unit_pdf import report as unit_report_of

pytestmark = pytest.mark.django_db

HEADS = {"Cùng kỳ năm trước", "Ước cả năm"}


@pytest.fixture
def world():
    return office_world(communes=2)


def remember(world, code, *, measure="cumulative", of=("40", "10"), period=2):
    """Last year's numbers of the communes, one each."""
    for unit, number in zip(world.communes, of, strict=False):
        row = Assignment.objects.get(indicator=world.indicators[code], unit=unit, role="reports")
        values = {measure: Decimal(number), "source": "Báo cáo năm 2023"}
        PriorFigure.objects.create(assignment=row, period=world.period(period), **values)


def figures_of(report):
    """The table of figures of a unit's own report."""
    return next(block for block in unit_document(report).blocks if isinstance(block, Table))


def annex_of(report):
    """The annex as a table: by indicator the texts under the heads."""
    found = summary_table(material_of(report))
    heads = [column.title for column in found.columns]
    return heads, {row.cells[1].text: dict(zip(heads, row.cells, strict=False)) for row in found.rows}


def test_without_a_value_no_column_is_drawn(world):
    report = report_of(world)
    heads, _ = annex_of(report)

    assert not HEADS & set(heads)
    assert "So cùng kỳ (%)" not in [cell.value for row in opened(summary_workbook(report), "Tổng hợp") for cell in row]
    assert not HEADS & {column.title for column in figures_of(unit_report_of(world)).columns}


def test_last_years_number_and_the_comparison_stand_in_the_annex_and_in_excel(world):
    remember(world, "che", period=1)
    report = report_of(world, period=1)

    (row,) = [one for one in report.annex if one.code == "che"]
    _, rows = annex_of(report)
    excel = table(opened(summary_workbook(report), "Tổng hợp"), "Nguồn, ghi chú")
    (line,) = [one for one in excel if one["Chỉ tiêu"].value == row.name]

    assert (row.prior.text, row.versus.text) == ("50,0", "72,0")
    cell = rows[row.name]["Cùng kỳ năm trước"]
    assert (cell.text, cell.note) == ("50,0", "(72,0\u00a0%)")
    assert [shown(line[head]) for head in ("Số liệu", "So cùng kỳ (%)")] == ["50,0", "72,0"]


def test_what_was_done_in_the_period_alone_is_called_so(world):
    remember(world, "che", measure="amount", of=("20", "20"), period=1)

    (row,) = [one for one in report_of(world, period=1).annex if one.code == "che"]

    assert (row.prior.text, row.prior.value, row.versus.text) == ("trong kỳ 40,0", Decimal(40), "65,0")


def test_units_that_differ_are_not_compared(world):
    remember(world, "che", of=("40",), period=1)

    (row,) = [one for one in report_of(world, period=1).annex if one.code == "che"]

    assert (row.prior.text, row.versus.text) == ("–", "–")


def test_the_units_own_report_bears_both_columns_in_pdf_and_word(world):
    remember(world, "che", period=1)
    figure = world.figure("che", 0, 1)
    figure.sent_version.__class__.objects.filter(pk=figure.sent_version_id).update(year_estimate=Decimal(48))
    report = unit_report_of(world, period=1)

    drawn = figures_of(report)
    heads = [column.title for column in drawn.columns]
    (row,) = [one for one in drawn.rows if one.cells[1].text == "Trồng chè mới"]
    cells = dict(zip(heads, [cell.text for cell in row.cells], strict=True))

    assert set(heads) >= HEADS
    assert (cells["Cùng kỳ năm trước"], cells["Ước cả năm"]) == ("lũy kế 40,0", "48,0")
    assert "lũy kế so cùng kỳ bằng 43,8\u00a0% (giảm 56,2\u00a0%)" in cells["Ghi chú"]
    word = docx.Document(BytesIO(unit_docx(report)))
    assert {cell.text for drawn in word.tables for cell in drawn.rows[0].cells} >= HEADS


def test_the_year_is_estimated_where_every_unit_gave_a_number(world):
    for commune in range(2):
        figure = world.figure("che", commune, 1)
        figure.sent_version.__class__.objects.filter(pk=figure.sent_version_id).update(year_estimate=Decimal(30))
        (row,) = [one for one in report_of(world, period=1).annex if one.code == "che"]
        assert row.year_estimate.text == ("60,0" if commune else "–")
    heads, _ = annex_of(report_of(world, period=1))
    assert "Ước cả năm" in heads


@pytest.mark.parametrize("with_prior", [False, True])
@pytest.mark.parametrize("with_estimate", [False, True])
def test_every_width_is_one_that_the_style_sheet_knows(with_prior, with_estimate):
    shown = {"with_prior": with_prior, "with_estimate": with_estimate}
    style = (ROOT / "static/css/letter.css").read_text()

    for column in (*summary_columns("6 tháng đầu năm", **shown), *figure_columns(**shown)):
        assert not column.width or f".mm-{column.width} {{" in style
