"""Campaign documents as files: what cannot be read is refused in one clear sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from campaign.imports import documents
from campaign.imports.documents import read_lines
from tests.indicators.rules.drafting.papers import pdf_call, word_plan


def pdf(*, password: str = "", is_blank: bool = False) -> bytes:
    writer = PdfWriter()
    if is_blank:
        writer.add_blank_page(595, 842)
    else:
        for page in PdfReader(io.BytesIO(pdf_call())).pages:
            writer.add_page(page)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_second_page(body: str) -> bytes:
    """A PDF of which the second page shows no letters."""
    page = f"<p>1. Trồng 20 ha rừng.</p><div style='page-break-before:always'>{body}</div>"
    return bytes(HTML(string=f"<html lang='vi'><body style='font-family:Tinos'>{page}</body></html>").write_pdf())


def tracked() -> bytes:
    paper = Document()
    paragraph = paper.add_paragraph("Trồng mới 183,5 ha chè")
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "200 ha chè"
    run.append(text)
    inserted.append(run)
    paragraph._p.append(inserted)
    assert paragraph._p.find(qn("w:ins")) is not None
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return stream.getvalue()


#: One grey dot, as a scanner leaves it.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="


def test_a_page_that_is_a_scan_among_pages_with_text_is_named():
    scanned = with_second_page(f"<img src='data:image/png;base64,{DOT}' style='width:10cm'>")
    with pytest.raises(ValidationError, match="Trang 2 của tệp PDF là ảnh quét"):
        read_lines("phat-dong.pdf", scanned)


def test_a_page_without_anything_on_it_is_no_scan():
    assert [line.text for line in read_lines("phat-dong.pdf", with_second_page("&nbsp;"))] == ["1. Trồng 20 ha rừng."]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", documents.EMPTY),
        ("a.txt", b"  \n \n", documents.EMPTY),
        ("a.pdf", pdf(is_blank=True), documents.SCANNED.format(pages="1")),
        ("a.pdf", pdf(password="mat-khau"), documents.PASSWORD),
        ("a.pdf", b"%PDF-1.7 rac", documents.DAMAGED),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", documents.PASSWORD),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", documents.OLD_WORD),
        ("a.docx", b"PK\x03\x04 rac", documents.DAMAGED),
        ("a.docx", zipped(a="b"), documents.NOT_KNOWN),
        ("a.txt", "Phát động".encode("cp1258", errors="ignore") + b"\xff\xfe\xfd", documents.ENCODING),
        ("a.txt", "PHONG TRµO THI §UA Thùc hiÖn nhiÖm vô ph¸t triÓn kinh tÕ".encode(), documents.ENCODING),
        ("a.png", b"\x89PNG", documents.NOT_KNOWN),
        ("a.pdf", b"khong phai pdf", documents.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(name, content, sentence):
    with pytest.raises(ValidationError) as caught:
        read_lines(name, content)

    assert caught.value.messages == [sentence]


def test_a_text_with_two_versions_in_it_is_refused_with_the_place():
    with pytest.raises(ValidationError, match="1 chỗ đang theo dõi thay đổi.*200 ha chè"):
        read_lines("a.docx", tracked())


def test_a_word_file_of_another_name_is_still_a_word_file():
    assert any("PHÁT TRIỂN" in line.text.upper() for line in read_lines("a.txt", word_plan()))


def test_text_in_utf_16_is_read():
    assert [line.text for line in read_lines("a.txt", "Thi đua".encode("utf-16"))] == ["Thi đua"]


@pytest.mark.parametrize(
    "text", ["KÕ ho¹ch ph¸t ®éng phong trµo thi ®ua n¨m 2025", "KEÁ HOAÏCH phaùt ñoäng phong traøo thi ñua naêm 2025"]
)
def test_a_word_file_in_an_old_font_is_refused_with_where_it_begins(text):
    paper = Document()
    paper.add_paragraph("1. ")
    paper.add_paragraph(text)
    stream = io.BytesIO()
    paper.save(stream)

    with pytest.raises(ValidationError, match="Văn bản gõ bằng phông chữ cũ") as caught:
        read_lines("a.docx", stream.getvalue())
    assert text[:40].strip() in caught.value.messages[0]


def table_of(*rows: tuple[str, ...], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[str]:
    """The lines that a Word table with merged cells is read as."""
    paper = Document()
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for start, end in merged:
        table.cell(*start).merge(table.cell(*end))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(at, column).text = text
    stream = io.BytesIO()
    paper.save(stream)
    return [line.text for line in read_lines("a.docx", stream.getvalue()) if line.text]


def test_merged_cells_of_a_table_keep_every_number_in_its_column():
    lines = table_of(
        ("Chỉ tiêu", "", "ĐVT", "Kế hoạch"),
        ("I. Kinh tế", "", "", ""),
        ("1", "Trồng chè", "ha", "20"),
        ("2", "Trồng rừng", "", "30"),
        merged=[((0, 0), (0, 1)), ((1, 0), (1, 3)), ((2, 2), (3, 2))],
    )

    assert lines == ["I. Kinh tế", "- Trồng chè: 20 ha", "- Trồng rừng: 30 ha"]


def test_amounts_under_one_head_over_two_columns_are_read_as_they_stand():
    lines = table_of(
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", ""),
        ("1", "Trồng chè", "ha", "8", "20"),
        merged=[((0, 3), (0, 4))],
    )

    assert lines == ["TT Chỉ tiêu ĐVT Kế hoạch", "1 Trồng chè ha 8 20"]
