"""The Word file: real styles, editable tables, the decree's measures, as many pages as LibreOffice needs for them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pdfplumber
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from paper.document import Chart, CheckCode, Document, Paragraph, Span, Table
from paper.letter import Title
from paper.word import word_bytes
from tests import office
from tests.paper.sample import committee_letter, department_letter
from tests.paper.sample_document import MOMENT, a_document

POINTS_A_MM = 72 / 25.4


@pytest.fixture(scope="module")
def content() -> bytes:
    return word_bytes(a_document(committee_letter(compact=True, draft=True, illustrative=True)))


@pytest.fixture(scope="module")
def book(content: bytes):
    return docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def pages(content: bytes, tmp_path_factory: pytest.TempPathFactory):
    """As LibreOffice lays it out."""
    with pdfplumber.open(BytesIO(office.printed(content, tmp_path_factory.mktemp("word"), "docx"))) as pdf:
        yield pdf.pages


def text_of(content: bytes) -> str:
    """All text of the main part, whatever holds it."""
    body = docx.Document(BytesIO(content)).element.body
    return "\n".join("".join(one.itertext(qn("w:t"))) for one in body.iter(qn("w:p")))


def test_every_element_stands_in_a_style_of_its_own_with_its_size(book) -> None:
    used = {one.style.style_id for one in book.paragraphs}
    assert {"TenLoai", "TrichYeu", "NoiDung", "Heading1", "Heading2", "GhiChu", "SoPhuLuc", "TenPhuLuc"} <= used
    sizes = {name: book.styles[name].font.size for name in ("Quốc hiệu", "Nội dung văn bản", "Danh sách nơi nhận")}
    assert sizes == {"Quốc hiệu": Pt(12), "Nội dung văn bản": Pt(13), "Danh sách nơi nhận": Pt(11)}
    assert {book.styles[name].font.name for name in ("Normal", "Heading 1", "Quốc hiệu")} == {"Times New Roman"}


def test_pages_are_a4_with_the_margins_of_the_decree_and_the_wide_annex_lies_across(book) -> None:
    assert [one.orientation for one in book.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for one in book.sections:
        sides = (one.top_margin, one.right_margin, one.bottom_margin, one.left_margin)
        assert [side.mm for side in sides] == pytest.approx([20, 15, 20, 30], abs=0.1)
        assert sorted([one.page_width.mm, one.page_height.mm]) == pytest.approx([210, 297], abs=0.1)
        assert one.different_first_page_header_footer


def test_tables_can_be_edited_repeat_their_heads_and_cut_no_row(book) -> None:
    figures = [one for one in book.tables if one.style.name == "Biểu số liệu"]
    assert len(figures) == 4
    for one in figures:
        rows = one._tbl.findall(qn("w:tr"))
        assert {row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows} == {True}
        heads = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert heads == rows[: len(heads)]
        assert len(heads) in (2, 3)
    assert [cell.text for cell in figures[0].rows[0].cells][2:4] == ["Kế hoạch năm"] * 2
    assert [cell.text for cell in figures[0].rows[3].cells][4:] == ["85,5", "✕ 46,6"]


def test_what_the_document_says_stands_in_the_file_word_for_word(content: bytes) -> None:
    text = text_of(content)
    document = a_document()
    told = [block.text.replace(" %", "\u00a0%") for block in document.blocks if isinstance(block, Paragraph)]
    cells = [
        cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    assert [one for one in (*told, *cells) if one not in text] == []
    assert "DỰ THẢO" in text
    assert "(Họ và tên)" in text


def test_page_numbers_begin_on_the_second_page_of_each_section(pages) -> None:
    numbers = [str(page.crop((0, 0, page.width, 19 * POINTS_A_MM)).extract_text()).strip() for page in pages]
    assert numbers == ["", "2", "", "2", "3", ""]


def test_rules_are_as_long_as_the_decree_says(pages) -> None:
    [motto] = pages[0].search("Độc lập - Tự do - Hạnh phúc", regex=False)
    [subject] = pages[0].search("Kết quả thực hiện phong trào thi đua", regex=False)
    lines = sorted(
        {
            (line["x0"], line["x1"], line["top"])
            for line in [*pages[0].lines, *pages[0].rects]
            if line["height"] < 1.5 and line["width"] > 20
        }
    )
    below = [line for line in lines if 0 < line[2] - motto["bottom"] < 8 and line[0] > 200]
    [ends] = {line[:2] for line in below}
    assert ends == pytest.approx((motto["x0"], motto["x1"]), abs=3)
    [long] = {line[1] - line[0] for line in lines if 10 < line[2] - subject["bottom"] < 30}
    assert 1 / 3 <= long / (subject["x1"] - subject["x0"]) <= 1 / 2


def test_markings_stand_on_every_page(pages) -> None:
    assert {"DỰ THẢO · Số liệu minh họa" in page.extract_text() for page in pages} == {True}
    assert "Số liệu minh họa" in pages[0].crop((0, 0, pages[0].width, 250)).extract_text()


@pytest.mark.parametrize("paragraphs", [9, 10])
def test_recipients_and_signature_stay_on_one_page(paragraphs: int, tmp_path: Path) -> None:
    letter = department_letter(compact=True)
    body = tuple(
        Paragraph((Span(f"Đoạn {number}. " + "Đôn đốc các đơn vị gửi báo cáo. " * 9),)) for number in range(paragraphs)
    )
    printed = office.printed(word_bytes(Document(letter, body, MOMENT)), tmp_path, "docx")
    with pdfplumber.open(BytesIO(printed)) as pdf:
        found = [
            page.page_number
            for page in pdf.pages
            for text in ("Nơi nhận:", "(Họ và tên)")
            if page.search(text, regex=False)
        ]
        assert len(set(found)) == 1
        assert f"Đoạn {paragraphs - 1}." in pdf.pages[found[0] - 1].extract_text()


def test_the_last_sentence_goes_with_the_signature(book) -> None:
    [last] = [one for one in book.paragraphs if one.text.endswith("./.")]
    assert last.paragraph_format.keep_with_next


def test_how_a_drawing_is_read_is_told_only_where_it_is_drawn() -> None:
    whole = a_document(committee_letter())
    charts = [replace(one, legend="Nét liền: lũy kế.") for one in whole.body if isinstance(one, Chart)]
    drawn = replace(whole, body=(*whole.body, *charts))
    assert "Nét liền" not in text_of(word_bytes(drawn))


def test_file_says_title_author_language_and_moment(book) -> None:
    properties = book.core_properties
    assert properties.title.startswith("BÁO CÁO Kết quả thực hiện phong trào thi đua")
    assert (properties.author, properties.language) == ("Ủy ban nhân dân huyện Kon Plông", "vi-VN")
    assert properties.created.replace(tzinfo=None) == MOMENT.replace(tzinfo=None)


def test_same_document_gives_the_same_bytes(content: bytes) -> None:
    again = word_bytes(a_document(committee_letter(compact=True, draft=True, illustrative=True)))
    assert again == content


def test_signs_that_no_file_may_hold_are_left_out_and_markup_stays_text() -> None:
    body = (Paragraph((Span("a\x07b <w:p> & ô\u0302"),)),)
    assert "ab <w:p> & ỗ" not in text_of(word_bytes(Document(department_letter(), body, MOMENT)))
    assert "ab <w:p> & " in text_of(word_bytes(Document(department_letter(), body, MOMENT)))


def test_the_code_for_checking_stands_on_annexes_and_on_the_text_only_if_asked() -> None:
    plain = a_document(rows=1)
    for on_text, pictures in ((False, 2), (True, 3)):
        check = CheckCode("https://thidua.example/tra-cuu/7K2M/", "7K2M", on_text=on_text)
        content = word_bytes(Document(plain.letter, plain.body, MOMENT, plain.annexes, check))
        assert text_of(content).count("mã 7K2M") == pictures
        with ZipFile(BytesIO(content)) as archive:
            assert archive.read("word/document.xml").count(b"</pic:pic>") == pictures


def test_a_code_without_an_address_is_told_in_letters_and_has_no_picture() -> None:
    plain = a_document(rows=1)
    check = CheckCode("/tra-cuu/7K2M/", "7K2M", on_text=True)
    content = word_bytes(Document(plain.letter, plain.body, MOMENT, plain.annexes, check))
    assert text_of(content).count("Mã tra cứu: 7K2M") == 3
    with ZipFile(BytesIO(content)) as archive:
        assert b"</pic:pic>" not in archive.read("word/document.xml")


def test_an_official_dispatch_tells_its_subject_below_the_number_and_has_no_title(tmp_path: Path) -> None:
    letter = department_letter(title=Title("", ("V/v đôn đốc gửi báo cáo", "tháng 11/2024")))
    printed = office.printed(word_bytes(Document(letter, (), MOMENT)), tmp_path, "docx")
    with pdfplumber.open(BytesIO(printed)) as pdf:
        [about] = pdf.pages[0].search("V/v đôn đốc gửi báo cáo", regex=False)
        [number] = pdf.pages[0].search("/BC-PNV", regex=False)
        assert 0 < about["top"] - number["bottom"] < 8
        assert {round(char["size"]) for char in about["chars"]} == {12}
        assert "BÁO CÁO" not in pdf.pages[0].extract_text()
