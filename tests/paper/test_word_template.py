"""The office's own Word template: fields are filled where they stand, unknown ones are named, styles are kept."""

from io import BytesIO

import docx
import pytest
from docx.shared import Pt

from paper.word import word_bytes
from paper.word_template import FIELDS, TemplateError, check_template, filled, sample_template
from tests.paper.sample import department_letter
from tests.paper.sample_document import a_document
from tests.paper.test_word import text_of


def template(*lines: str, cut: bool = False, table: str = "", footer: str = "") -> bytes:
    """A Word file with these lines; `cut` breaks every field into runs, as Word does."""
    book = docx.Document()
    book.styles["Normal"].font.size = Pt(15)
    for line in lines:
        paragraph = book.add_paragraph()
        for piece in [line[n : n + 3] for n in range(0, len(line), 3)] if cut else [line]:
            paragraph.add_run(piece).bold = True
    if table:
        book.add_table(1, 1).cell(0, 0).text = table
    if footer:
        book.sections[0].footer.paragraphs[0].text = footer
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_fields_are_filled_in_text_tables_and_footers_and_keep_their_looks() -> None:
    content = template(
        "{{co_quan}}: {{ten_loai}}", "{{noi_dung}}", cut=True, table="Ký: {{ nguoi_ky }}", footer="{{so_ky_hieu}}"
    )
    result = docx.Document(BytesIO(filled(content, a_document(rows=1))))
    assert result.paragraphs[0].text == "PHÒNG NỘI VỤ: BÁO CÁO"
    assert {run.bold for run in result.paragraphs[0].runs if run.text} == {True}
    assert result.tables[-1].cell(0, 0).text == "Ký: (Họ và tên)"
    assert "BC-PNV" in result.sections[0].footer.paragraphs[0].text
    assert result.styles["Normal"].font.size == Pt(15)
    assert "Chè mới đạt 46,6\u00a0%." in text_of(filled(content, a_document(rows=1)))


def test_the_template_to_begin_with_gives_the_whole_report() -> None:
    result = filled(sample_template(), a_document(rows=2))
    text = text_of(result)
    assert "{{" not in text
    assert [one in text for one in ("CỘNG HÒA XÃ HỘI", "BÁO CÁO", "I. CÔNG TÁC", "Nơi nhận:", "Phụ lục II")] == [
        True
    ] * 5
    assert len(docx.Document(BytesIO(result)).sections) == 3


def test_a_report_in_the_template_to_begin_with_looks_as_the_programs_own() -> None:
    own = docx.Document(BytesIO(word_bytes(a_document(rows=2))))
    result = docx.Document(BytesIO(filled(sample_template(), a_document(rows=2))))

    def looks(book):
        page, head = book.sections[0], book.styles["Heading 1"].font
        sizes = (page.page_width, page.page_height, page.left_margin, page.right_margin)
        return sizes, (head.name, head.size, head.color.rgb), page.first_page_footer.paragraphs[0].text

    assert looks(result) == looks(own)


def test_every_field_is_documented_and_can_be_filled() -> None:
    content = template(*(f"{{{{{name}}}}}" for name in FIELDS))
    assert set(check_template(content)) == set(FIELDS)
    assert "{{" not in text_of(filled(content, a_document(department_letter(), rows=1)))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["{{noi_dung}}", "{{ngay_ky}} {{so}}"], "trường chưa biết: {{ngay_ky}}, {{so}}"),
        (["{{ten_loai}}"], "chưa có trường {{noi_dung}}"),
        (["Kết quả: {{noi_dung}}"], "{{noi_dung}} phải đứng riêng một dòng"),
        (["{{noi_dung}} {{ky_ten}}"], "{{noi_dung}} phải đứng riêng một dòng"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_the_reason(lines: list[str], sentence: str) -> None:
    with pytest.raises(TemplateError) as refused:
        check_template(template(*lines))
    assert sentence in str(refused.value)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(TemplateError, match="không phải Word"):
        check_template(b"%PDF-1.7")
