"""A report in the office's own Word template: its fields filled in, its styles kept, an unknown field an error.

A field is written {{ten_truong}} anywhere in the text, in tables, headers and footers. The fields of `BLOCKS` stand
alone in their paragraph, for they become several paragraphs and tables; all others are filled in where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as Book
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from paper.document import Document
from paper.word import add_annex, finished, head_xml, number_pages, signature_xml, title_xml
from paper.word_blocks import blocks_xml
from paper.word_styles import add_missing_styles, lay_page, lay_styles
from paper.word_xml import clean, elements, paragraph, run

_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")

#: What is written where the field stands.
TEXTS: dict[str, tuple[str, Callable[[Document], str]]] = {
    "co_quan_chu_quan": ("cơ quan chủ quản", lambda one: "\n".join(one.letter.letterhead.superior)),
    "co_quan": ("cơ quan ban hành", lambda one: "\n".join(one.letter.letterhead.issuer)),
    "so_ky_hieu": ("số, ký hiệu", lambda one: one.letter.letterhead.number_pattern),
    "dia_danh_ngay_thang": ("địa danh, ngày tháng năm", lambda one: one.letter.letterhead.place_and_date),
    "ten_loai": ("tên loại văn bản", lambda one: one.letter.title.kind),
    "trich_yeu": ("trích yếu", lambda one: "\n".join(one.letter.title.about)),
    "kinh_gui": ("nơi kính gửi", lambda one: "; ".join(one.letter.addressees)),
    "chuc_vu_nguoi_ky": ("quyền hạn, chức vụ người ký", lambda one: "\n".join(one.letter.signature.lines)),
    "nguoi_ky": ("họ tên người ký", lambda one: one.letter.signature.name),
    "noi_nhan": ("danh sách nơi nhận", lambda one: "\n".join(one.letter.recipients.lines)),
    "danh_dau": ("DỰ THẢO, Số liệu minh họa (nếu có)", lambda one: one.letter.running_marking),
}
#: What takes the place of a whole paragraph.
BLOCKS: dict[str, tuple[str, Callable[[Document, float], str]]] = {
    "dau_van_ban": ("phần đầu theo mẫu Nghị định 30", lambda one, width: head_xml(one.letter)),
    "ten_van_ban": ("tên loại, trích yếu, nơi kính gửi", lambda one, width: title_xml(one.letter)),
    "noi_dung": ("toàn bộ nội dung, kể cả bảng", lambda one, width: blocks_xml(one.body, width)),
    "ky_ten": ("nơi nhận và chữ ký", lambda one, width: signature_xml(one.letter)),
    "phu_luc": ("các phụ lục, mỗi phụ lục một phần riêng", lambda one, width: ""),
}
ANNEXES, CONTENT, MARKING = "phu_luc", "noi_dung", "danh_dau"
FIELDS = {name: words for name, (words, _) in (TEXTS | BLOCKS).items()}


class TemplateError(ValueError):
    """The template cannot be used; says why and what to do."""


def check_template(content: bytes) -> list[str]:
    """The fields of the template in the order in which they stand; an error where it cannot be used."""
    book = _opened(content)
    found = [name for one in _paragraphs(book) for name in _FIELD.findall(one.text)]
    unknown = [name for name in dict.fromkeys(found) if name not in FIELDS]
    if unknown:
        named = ", ".join(f"{{{{{name}}}}}" for name in unknown)
        raise TemplateError(f"Mẫu có trường chưa biết: {named}. Sửa lại theo danh sách trường rồi tải lên lần nữa.")
    if CONTENT not in found:
        raise TemplateError("Mẫu chưa có trường {{noi_dung}}. Thêm trường này vào chỗ đặt nội dung báo cáo.")
    for one in _paragraphs(book):
        if _FIELD.findall(one.text) != _FIELD.findall("".join(piece.text for piece in one.runs)):
            raise TemplateError("Có trường nằm trong liên kết hoặc vùng đặc biệt. Gõ lại trường đó thành chữ thường.")
        blocks = [name for name in _FIELD.findall(one.text) if name in BLOCKS]
        if blocks and (_FIELD.sub("", one.text).strip() or len(_FIELD.findall(one.text)) > 1):
            raise TemplateError(
                f"Trường {{{{{blocks[0]}}}}} phải đứng riêng một dòng, không có chữ nào khác cùng dòng."
            )
    return list(dict.fromkeys(found))


def filled(content: bytes, document: Document) -> bytes:
    """The template with the report put in."""
    fields = check_template(content)
    book = _opened(content)
    add_missing_styles(book, compact=document.letter.compact)
    section = book.sections[0]
    width = float(((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)) / 36000)
    for one in list(_paragraphs(book)):
        _fill(one, document, width)
    if ANNEXES in fields:
        for annex in document.annexes:
            add_annex(book, document, annex)
    return finished(book, document)


def sample_template() -> bytes:
    """A template to begin with: the program's own page and styles, every field in its place."""
    book = docx.Document()
    lay_styles(book, compact=True)
    lay_page(book.sections[0])
    number_pages(book.sections[0], f"{{{{{MARKING}}}}}")
    body = book.element.body
    for name in ("dau_van_ban", "ten_van_ban", "noi_dung", "ky_ten", "phu_luc"):
        for element in elements(paragraph("NoiDung", run(f"{{{{{name}}}}}"))):
            body.sectPr.addprevious(element)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _opened(content: bytes) -> Book:
    try:
        return docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise TemplateError("Tệp này không phải Word (.docx). Lưu lại ở dạng .docx rồi tải lên.") from None


def _paragraphs(book: Book) -> Iterator[WordParagraph]:
    """Every paragraph of text, tables, headers and footers."""
    parts = [book.element.body]
    for section in book.sections:
        for one in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not one.is_linked_to_previous:
                parts.append(one._element)
    for part in parts:
        for element in list(part.iter(qn("w:p"))):
            yield WordParagraph(element, book)


def _fill(one: WordParagraph, document: Document, width: float) -> None:
    """Put in what the paragraph's fields ask for; the looks of the first letter of a field hold."""
    names = _FIELD.findall(one.text)
    if not names:
        return
    if names[0] in BLOCKS:
        for element in elements(BLOCKS[names[0]][1](document, width)):
            one._p.addprevious(element)
        _take_out(one)
        return
    for name in names:
        _replace(one, TEXTS[name][1](document))


def _take_out(one: WordParagraph) -> None:
    """Remove a paragraph that held a field; a cell and the end of the text must keep one."""
    parent = one._p.getparent()
    if (
        parent is not None
        and len(parent.findall(qn("w:p"))) > 1
        and one._p.find(qn("w:pPr") + "/" + qn("w:sectPr")) is None
    ):
        parent.remove(one._p)
    else:
        for piece in one.runs:
            piece.text = ""


def _replace(one: WordParagraph, value: str) -> None:
    """The first field of the paragraph by its value: Word cuts a field into runs as it likes."""
    runs = one.runs
    texts = [piece.text for piece in runs]
    found = _FIELD.search("".join(texts))
    assert found is not None  # `check_template` saw it in these runs
    start = 0
    for piece, text in zip(runs, texts, strict=True):
        end = start + len(text)
        if end > found.start() and start < found.end():
            before = text[: max(found.start() - start, 0)]
            after = text[max(found.end() - start, 0) :] if end > found.end() else ""
            first = start <= found.start()
            piece.text = before + (clean(value) if first else "") + after
        start = end
