"""The styles of a Word file: one for each element of an official letter, in the sizes of the decree, and A4 pages."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as Book
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 20, 15, 20, 30
PAGE_MM = (210, 297)
FIRST_LINE_MM = 12.7
TABLE_STYLE, PLAIN_TABLE_STYLE = "BieuSoLieu", "KhungVanBan"


@dataclass(frozen=True)
class Look:
    """A paragraph style: its Vietnamese name, sizes in the usual and in the compact letter, and how it stands."""

    name: str
    size: float
    compact: float = 0
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRE
    before: float = 0
    after: float = 0
    first_line: bool = False
    keep_next: bool = False
    line: float = 1.0

    def points(self, *, compact: bool) -> float:
        """The size that holds."""
        return self.compact if compact and self.compact else self.size


#: By the identifier that the file uses; a person reads the name.
LOOKS: dict[str, Look] = {
    "QuocHieu": Look("Quốc hiệu", 13, 12, bold=True),
    "TieuNgu": Look("Tiêu ngữ", 14, 13, bold=True),
    "CoQuanChuQuan": Look("Cơ quan chủ quản", 13, 12),
    "CoQuanBanHanh": Look("Cơ quan ban hành", 13, 12, bold=True),
    "DuongKe": Look("Đường kẻ", 2, before=2),
    "SoKyHieu": Look("Số, ký hiệu", 13, before=8),
    "TrichYeuCongVan": Look("Trích yếu công văn", 12),
    "DiaDanhNgayThang": Look("Địa danh, ngày tháng", 14, 13, italic=True, before=8),
    "DanhDau": Look("Dự thảo, minh họa", 12, bold=True),
    "TenLoai": Look("Tên loại văn bản", 14, 13, bold=True, before=16, keep_next=True),
    "TrichYeu": Look("Trích yếu", 14, 13, bold=True, keep_next=True),
    "KinhGui": Look("Kính gửi", 14, 13, before=12),
    "NoiDung": Look("Nội dung văn bản", 14, 13, align=BOTH, before=6, first_line=True, line=1.04),
    "CanCu": Look("Căn cứ", 14, 13, italic=True, align=BOTH, before=6, first_line=True, line=1.04),
    "GhiChu": Look("Ghi chú, nguồn", 11, italic=True, align=LEFT, before=4),
    "TenBang": Look("Tên bảng", 12, bold=True, before=6, after=4, keep_next=True),
    "OBang": Look("Ô của bảng", 12, align=LEFT),
    "OPhuLuc": Look("Ô của bảng phụ lục", 11, align=LEFT),
    "OPhuLucNho": Look("Ô của bảng phụ lục, chữ nhỏ", 10, align=LEFT),
    "QuyenHanChucVu": Look("Quyền hạn, chức vụ người ký", 14, 13, bold=True, keep_next=True),
    "NguoiKy": Look("Họ tên người ký", 14, 13, bold=True, before=74),
    "NoiNhan": Look("Nơi nhận", 12, bold=True, italic=True, align=LEFT, keep_next=True),
    "DanhSachNoiNhan": Look("Danh sách nơi nhận", 11, align=LEFT, keep_next=True),
    "SoPhuLuc": Look("Số thứ tự phụ lục", 14, bold=True, keep_next=True),
    "TenPhuLuc": Look("Tên phụ lục", 14, 13, bold=True, keep_next=True),
    "KemTheo": Look("Kèm theo văn bản", 14, 13, italic=True, after=8),
    "SoTrang": Look("Số trang", 14),
    "ChanTrang": Look("Chân trang", 11, italic=True),
}
#: Word's own heads, so that its navigation shows the parts of the text.
HEADINGS = {
    "Heading 1": Look("", 14, 13, bold=True, align=BOTH, before=6, first_line=True, keep_next=True, line=1.04),
    "Heading 2": Look("", 14, 13, bold=True, align=BOTH, before=6, first_line=True, keep_next=True, line=1.04),
    "Heading 3": Look(
        "", 14, 13, bold=True, italic=True, align=BOTH, before=6, first_line=True, keep_next=True, line=1.04
    ),
}


def lay_styles(book: Book, *, compact: bool) -> None:
    """Put every style into the file; those that an office's own template already has are left as it made them."""
    _dress(book.styles["Normal"], Look("", 14, 13, align=LEFT), compact=compact)
    for name, look in HEADINGS.items():
        _dress(book.styles[name], look, compact=compact)
    add_missing_styles(book, compact=compact)


def add_missing_styles(book: Book, *, compact: bool) -> None:
    """Put in the styles that the file does not have, and the two kinds of tables."""
    known = {style.style_id for style in book.styles}
    for identifier, look in LOOKS.items():
        if identifier not in known:
            style = book.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
            style.element.set(qn("w:styleId"), identifier)
            style.base_style = book.styles["Normal"]
            _dress(style, look, compact=compact)
    for identifier, markup in _TABLES.items():
        if identifier not in known:
            book.styles.element.append(parse_xml(markup))


def _dress(style: ParagraphStyle, look: Look, *, compact: bool) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size = FONT, Pt(look.points(compact=compact))
    font.bold, font.italic = look.bold, look.italic
    font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:color")):
        properties.remove(old)
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        for name in list(fonts.attrib):
            if "heme" in name:
                del fonts.attrib[name]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    form.alignment = look.align
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = look.line
    form.first_line_indent = Mm(FIRST_LINE_MM) if look.first_line else Mm(0)
    form.keep_with_next = look.keep_next
    form.widow_control = True


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = {
    TABLE_STYLE: (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Biểu số liệu"/><w:uiPriority w:val="59"/>'
        f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    ),
    PLAIN_TABLE_STYLE: (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{PLAIN_TABLE_STYLE}">'
        '<w:name w:val="Khung văn bản"/><w:uiPriority w:val="59"/>'
        '<w:tblPr><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    ),
}


def lay_page(section: Section, *, wide: bool = False) -> None:
    """A4 with the margins of the decree; the first page of each section bears no number, the rest count from 1."""
    short, long = (Mm(side) for side in PAGE_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(7.5), Mm(8)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbering = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    properties.find(qn("w:pgMar")).addnext(numbering)  # Word asks for this order


def text_width(*, wide: bool) -> float:
    """Millimetres between the margins."""
    return float((PAGE_MM[1] if wide else PAGE_MM[0]) - LEFT_MM - RIGHT_MM)
