"""The Word file says the figures of page, Excel and PDF, in as many pages as the PDF, give or take one."""

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from indicators.tables.standings import OFFICIAL, SENT
from paper.document import Paragraph, Table
from reports.exports.documents import document, unit_document
from reports.exports.docx import document_docx, unit_docx
from reports.exports.kinds import MONTH
from reports.exports.pdf import document_pdf, unit_pdf
from reports.tables.frame import Frame
from reports.tables.material import report_material
from reports.tables.unit_report import unit_report
from tests.builders import at
from tests.office import printed
from tests.reports.exports.sample import office_world, report_of
from tests.reports.exports.test_same_figures import FIGURES, builder_texts
from units import clock

pytestmark = pytest.mark.django_db


def whole_of(world, basis=SENT):
    """The month's report as a document."""
    with clock.set_to(at("2024-08-15", 18)):
        return document(MONTH, report_material(Frame(world.campaign, world.period(2), basis)))


def words_of(content):
    """All text, paragraph by paragraph, whatever holds it."""
    body = docx.Document(BytesIO(content)).element.body
    return ["".join(one.itertext(qn("w:t"))).replace("\u00a0", " ") for one in body.iter(qn("w:p"))]


def annex_figures(content):
    """The figures of the annex, row by row: the columns that Excel and the page have too."""
    for table in docx.Document(BytesIO(content)).tables:
        heads = [cell.text.split("\n")[0] for cell in table.rows[0].cells]
        if "TH 6 tháng đầu năm" in heads or "TH trong kỳ" in heads:
            return [
                [row.cells[place].text.split("\n")[0].replace("\u00a0", " ") for _, _, place in FIGURES]
                for row in table.rows
                if re.fullmatch(r"\d+|-", row.cells[0].text) and row.cells[2].text
            ]
    raise AssertionError("the annex stands nowhere in the file")


@pytest.mark.parametrize("basis", [SENT, OFFICIAL])
def test_every_figure_of_word_is_the_text_of_the_builder(basis):
    world = office_world()
    assert annex_figures(document_docx(whole_of(world, basis))) == builder_texts(report_of(world, basis=basis))


def test_every_sentence_and_cell_of_the_document_stands_in_word_and_in_pdf():
    whole = whole_of(office_world())
    said = {" ".join(line.split()) for line in words_of(document_docx(whole))}
    printed_text = "".join(
        "".join(page.extract_text() for page in PdfReader(BytesIO(document_pdf(whole))).pages).split()
    )
    wanted = [" ".join(block.text.split()) for block in whole.blocks if isinstance(block, Paragraph)]
    cells = [
        cell.text for block in whole.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    assert [one for one in wanted if one not in said] == []
    assert [one for one in wanted if "".join(one.split()) not in printed_text.replace("\u00a0", "")] == []
    everything = " ".join(said)
    assert [one for one in cells if " ".join(one.split()) not in everything] == []


def test_libreoffice_needs_as_many_pages_as_the_pdf_give_or_take_one(tmp_path):
    whole = whole_of(office_world())
    ours = len(PdfReader(BytesIO(document_pdf(whole))).pages)
    theirs = len(PdfReader(BytesIO(printed(document_docx(whole), tmp_path, "docx"))).pages)
    assert abs(ours - theirs) <= 1


def test_a_units_own_report_is_the_same_letter_in_word():
    world = office_world(2)
    with clock.set_to(at("2024-08-15", 18)):
        report = unit_report(world.submission(0, 2), world.people["clerk0"])
    said = " ".join(words_of(unit_docx(report)))
    told = [block.text for block in unit_document(report).body if isinstance(block, Paragraph)]
    assert [one for one in told if " ".join(one.replace("\u00a0", " ").split()) not in " ".join(said.split())] == []
    assert "12,5" in said
    assert "12,5" in "".join(page.extract_text() for page in PdfReader(BytesIO(unit_pdf(report))).pages)
