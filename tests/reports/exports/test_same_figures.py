"""Page, Excel and PDF show the very texts of one builder."""

import re
from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse

from indicators.tables.standings import OFFICIAL, SENT
from reports.exports.pdf import summary_pdf
from reports.exports.xlsx import summary_workbook
from reports.tables.frame import SLUGS
from tests.builders import at
from tests.reports.exports.sample import office_world, opened, report_of, shown, table
from units import clock

pytestmark = pytest.mark.django_db

TAG = re.compile(r"<[^>]+>")
#: The columns of the annex: attribute of the row, head in Excel, place in the PDF.
FIGURES = [
    ("target", "Số giao", 3),
    ("opening", "TH 6 tháng đầu năm", 4),
    ("in_period", "TH trong kỳ", 5),
    ("cumulative", "Lũy kế từ đầu năm", 6),
    ("since_launch", "Từ khi phát động", 7),
    ("rate", "So KH (%)", 8),
]


def builder_texts(report):
    return [[getattr(row, key).text for key, _, _ in FIGURES] for row in report.annex if not row.is_area]


def excel_texts(report):
    rows = table(opened(summary_workbook(report), "Tổng hợp"), "Nguồn, ghi chú")
    return [[shown(row[head]) for _, head, _ in FIGURES] for row in rows if row["ĐVT"].value]


def pdf_texts(report):
    found = []
    with pdfplumber.open(BytesIO(summary_pdf(report))) as document:
        for page in document.pages:
            if page.width < page.height:
                continue
            for row in page.extract_table() or []:
                if re.fullmatch(r"\d+|-", row[0] or "") and row[2]:
                    found.append([_one_line(row[place]) for _, _, place in FIGURES])
    return found


def _one_line(text):
    """A cell's text without what is set below the number: who set the plan."""
    words = " ".join((text or "").split())
    return re.sub(r" (HĐND huyện|UBND tỉnh|cộng chỉ tiêu giao các đơn vị)$", "", words)


@pytest.mark.parametrize("basis", [SENT, OFFICIAL])
@pytest.mark.parametrize("period", [1, 2])
def test_every_figure_of_excel_and_pdf_is_the_text_of_the_builder(basis, period):
    report = report_of(office_world(), period, basis)
    wanted = builder_texts(report)
    assert len(wanted) == 5
    assert excel_texts(report) == wanted
    assert pdf_texts(report) == wanted


def test_the_builder_tells_what_was_sent_with_every_kind_of_cell():
    texts = {row.name: [getattr(row, key).text for key, _, _ in FIGURES] for row in report_of(office_world()).annex}
    assert texts == {
        "2.3. Kinh tế": [""] * 6,
        "Trồng chè mới": ["150,0", "–", "26,0", "81,5", "66,5", "54,3"],
        "Chè Shan": ["–", "–", "2,0", "–", "6,0", "–"],
        "Trồng cà phê mới": ["1.234,5", "40,8 % hoặc 0 %", "6,0", "–", "15,0", "–"],
        "Giải ngân": ["12.345", "19,6 %", "800", "–", "2.000", "35,8"],
        "Đơn tồn đọng": ["không quá 20", "–", "2", "–", "5", "25,0"],
    }


@pytest.mark.parametrize("basis", [SENT, OFFICIAL])
def test_the_page_of_a_content_area_shows_the_same_texts(client, basis):
    world = office_world()
    report = report_of(world, basis=basis)
    client.force_login(world.people["leader"])
    address = reverse("reports:area", args=[world.campaign.pk, world.area.pk])
    with clock.set_to(at("2024-08-15", 18)):
        page = client.get(address, {"ky": world.period(2).pk, "co-so": SLUGS[basis]}).content.decode()
    rows = re.findall(r'<th scope="row".*?</tr>', page, re.DOTALL)
    cells = [[TAG.sub("", cell) for cell in re.findall(r'<td class="num"[^>]*>(.*?)</td>', row)] for row in rows]
    assert [
        [text.removesuffix(" %") if place == 5 else text for place, text in enumerate(row)] for row in cells if row
    ] == (builder_texts(report))


@pytest.mark.parametrize("basis", [SENT, OFFICIAL])
def test_excel_by_unit_shows_the_texts_of_every_unit(basis):
    report = report_of(office_world(), basis=basis)
    rows = table(opened(summary_workbook(report), "Theo đơn vị"), "Ghi chú của đơn vị")
    heads = ["Kế hoạch năm", "TH trong kỳ", "Lũy kế từ đầu năm", "Từ khi phát động", "So KH (%)"]
    keys = ["target", "in_period", "cumulative", "since_launch", "rate"]
    assert [[shown(row[head]) for head in heads] for row in rows] == [
        [getattr(row, key).text for key in keys] for row in report.by_unit
    ]
    assert any(row.level == 2 and row.cumulative.number is not None for row in report.by_unit)
