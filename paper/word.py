"""A document as a Word file: real styles, editable tables, the same layout as the PDF by Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Book
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from paper.document import AnnexPart, CheckCode, Document
from paper.letter import Letter
from paper.measure import width_in_mm
from paper.word_blocks import blocks_xml
from paper.word_styles import LOOKS, PLAIN_TABLE_STYLE, lay_page, lay_styles, text_width
from paper.word_xml import CellXml, elements, paragraph, rule, run, table, table_row

#: The two columns of the head and of the end, in parts of the text's width.
FROM, RECIPIENTS = 0.41, 0.45
#: A rule below issuer and subject is between a third and a half of their length.
RULE_PART = 0.4


def word_bytes(document: Document) -> bytes:
    """The whole report; the same document gives the same bytes."""
    book = docx.Document()
    letter = document.letter
    lay_styles(book, compact=letter.compact)
    lay_page(book.sections[0])
    width = text_width(wide=False)
    put(
        book,
        head_xml(letter)
        + title_xml(letter)
        + blocks_xml(document.body, width, keeps_last=True)
        + signature_xml(letter),
    )
    number_pages(book.sections[0], letter.running_marking)
    if document.check is not None and document.check.on_text:
        add_check(book, document.check)
    for annex in document.annexes:
        add_annex(book, document, annex)
    return finished(book, document)


def put(book: Book, markup: str) -> None:
    """Append markup to the end of the text."""
    end = book.element.body.sectPr
    for element in elements(markup):
        end.addprevious(element)


# --- The letter ------------------------------------------------------------------------------------------------------


def head_xml(letter: Letter) -> str:
    """Two columns: who writes and the number, the name of the state and the day; what must be seen below."""
    width = text_width(wide=False)
    left, right = width * FROM, width * (1 - FROM)
    head = letter.letterhead
    longest = max((width_in_mm(line, _size("CoQuanBanHanh", letter), bold=True) for line in head.issuer), default=0)
    from_ = "".join(paragraph("CoQuanChuQuan", run(line)) for line in head.superior)
    from_ += paragraph("CoQuanBanHanh", run("\n".join(head.issuer)))
    from_ += rule(left, min(longest, left) * RULE_PART, style="DuongKe")
    motto = width_in_mm(letter.motto, _size("TieuNgu", letter), bold=True)
    state = paragraph("QuocHieu", run(letter.country)) + paragraph("TieuNgu", run(letter.motto))
    state += rule(right, motto, style="DuongKe")
    rows = [
        table_row([(CellXml(from_, align="top"), left), (CellXml(state, align="top"), right)]),
        table_row(
            [
                (CellXml(_number(letter), align="top"), left),
                (CellXml(paragraph("DiaDanhNgayThang", run(head.place_and_date)), align="top"), right),
            ]
        ),
    ]
    return table([left, right], rows, style=PLAIN_TABLE_STYLE, words="Đầu văn bản") + _markings(letter, width, left)


def _number(letter: Letter) -> str:
    """Số, ký hiệu; in an official dispatch (công văn), which has no kind, what it is about stands below."""
    number = paragraph("SoKyHieu", run(letter.letterhead.number_pattern))
    if letter.title.kind:
        return number
    return number + paragraph("TrichYeuCongVan", run("\n".join(letter.title.about)))


def _markings(letter: Letter, width: float, left: float) -> str:
    """DỰ THẢO, Số liệu minh họa: in a frame below the number."""
    if not letter.markings:
        return ""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    longest = max(width_in_mm(line, LOOKS["DanhDau"].size, bold=True) for line in letter.markings) + 7
    start = max((left - longest) / 2, 0)
    indent = (
        f'<w:ind w:left="{round(start * 56.7)}" w:right="{round((width - start - longest) * 56.7)}" w:firstLine="0"/>'
    )
    properties = f"<w:pBdr>{sides}</w:pBdr>{indent}"
    gap = paragraph("DuongKe", properties='<w:spacing w:before="120"/>')
    return gap + paragraph("DanhDau", run("\n".join(letter.markings)), properties=properties)


def title_xml(letter: Letter) -> str:
    """Kind and subject with their rule, and to whom the letter goes."""
    width = text_width(wide=False)
    title = letter.title
    if not title.kind:
        return _addressees(letter, width)
    about = letter.title_lines
    longest = max((width_in_mm(line, _size("TrichYeu", letter), bold=True) for line in about), default=0)
    parts = [
        paragraph("TenLoai", run(title.kind)),
        paragraph("TrichYeu", run("\n".join(about))),
        rule(width, min(longest, width * 0.85) * RULE_PART, style="DuongKe"),
    ]
    return "".join(parts) + _addressees(letter, width)


def _addressees(letter: Letter, width: float) -> str:
    """Kính gửi: one on the line, several below each other."""
    if not letter.addressees:
        return ""
    if len(letter.addressees) == 1:
        return paragraph("KinhGui", run(f"Kính gửi: {letter.addressees[0]}"))
    last = len(letter.addressees) - 1
    lines = [f"- {name}{'.' if n == last else ';'}" for n, name in enumerate(letter.addressees)]
    label = width_in_mm("Kính gửi: ", _size("KinhGui", letter)) + 2
    room = min(max(width_in_mm(line, _size("KinhGui", letter)) for line in lines) + 2, width - label)
    side = (width - label - room) / 2
    left = '<w:jc w:val="left"/>'
    cells = [
        (CellXml(paragraph("KinhGui"), align="top"), side),
        (CellXml(paragraph("KinhGui", run("Kính gửi:")), align="top"), label),
        (CellXml(paragraph("KinhGui", run("\n".join(lines)), properties=left), align="top"), room),
    ]
    return table([side, label, room], [table_row(cells)], style=PLAIN_TABLE_STYLE, words="Kính gửi")


def signature_xml(letter: Letter) -> str:
    """Nơi nhận beside authority, post and name: one row that no page break enters."""
    width = text_width(wide=False)
    left, right = width * RECIPIENTS, width * (1 - RECIPIENTS)
    recipients = paragraph("NoiNhan", run("Nơi nhận:"))
    recipients += "".join(paragraph("DanhSachNoiNhan", run(line)) for line in letter.recipients.lines)
    signer = "".join(paragraph("QuyenHanChucVu", run(line)) for line in letter.signature.lines)
    signer += paragraph("NguoiKy", run(letter.signature.name))
    row = table_row([(CellXml(recipients, align="top"), left), (CellXml(signer, align="top"), right)])
    gap = paragraph("DuongKe", properties='<w:keepNext/><w:spacing w:before="240"/>')
    return gap + table([left, right], [row], style=PLAIN_TABLE_STYLE, words="Nơi nhận và chữ ký")


def _size(style: str, letter: Letter) -> float:
    return LOOKS[style].points(compact=letter.compact)


# --- Pages -----------------------------------------------------------------------------------------------------------


def number_pages(section: Section, marking: str) -> None:
    """The number centred in the top margin from the second page on; the markings in every bottom margin."""
    header = section.header
    header.is_linked_to_previous = False
    _fill(header._element, paragraph("SoTrang", _PAGE_NUMBER))
    first = section.first_page_header
    first.is_linked_to_previous = False
    _fill(first._element, paragraph("SoTrang"))
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        _fill(footer._element, paragraph("ChanTrang", run(marking)))


_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'


def _fill(part: object, markup: str) -> None:
    for old in list(part):  # type: ignore[call-overload]
        part.remove(old)  # type: ignore[attr-defined]
    for element in elements(markup):
        part.append(element)  # type: ignore[attr-defined]


def add_annex(book: Book, document: Document, annex: AnnexPart) -> None:
    """An annex in a section of its own, on landscape pages where it is wide, its pages numbered from 1."""
    section = book.add_section(WD_SECTION.NEW_PAGE)
    lay_page(section, wide=annex.is_wide)
    number_pages(section, document.letter.running_marking)
    head = paragraph("SoPhuLuc", run(annex.head.label)) + paragraph("TenPhuLuc", run(annex.head.title.upper()))
    if annex.head.reference:
        head += paragraph("KemTheo", run(annex.head.reference))
    put(book, head + blocks_xml(annex.blocks, text_width(wide=annex.is_wide), in_annex=True))
    if document.check is not None and document.check.on_annexes:
        add_check(book, document.check)


def add_check(book: Book, check: CheckCode) -> None:
    """The code by which anybody checks a copy, as a picture and in letters."""
    import segno

    line = book.add_paragraph(style=LOOKS["GhiChu"].name)
    if not check.is_reachable:
        line.add_run(check.words)
        return
    picture = BytesIO()
    segno.make(check.address, error="m").save(picture, kind="png", scale=4, border=1)
    picture.seek(0)
    shape = line.add_run().add_picture(picture, width=Mm(18))
    shape._inline.docPr.set("descr", f"Mã QR dẫn đến trang kiểm tra, mã {check.code}")
    line.add_run(f"  {check.words}")


# --- The file --------------------------------------------------------------------------------------------------------


def finished(book: Book, document: Document) -> bytes:
    """Title, author, moment and language; then the bytes, without the hour at which they were packed."""
    properties = book.core_properties
    letter = document.letter
    properties.title, properties.author = letter.title.plain, letter.letterhead.name
    properties.language, properties.comments = "vi-VN", ""
    moment = document.made_at.replace(tzinfo=None)
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = letter.letterhead.name, 1
    defaults = book.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'))
    packed = BytesIO()
    book.save(packed)
    return _without_hours(packed.getvalue())


def _without_hours(content: bytes) -> bytes:
    """The same parts, each dated as zip files without a clock date them."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return target.getvalue()
