"""Documents of other authors, made for the tests: a Word plan with a table, a PDF call, a plain list of targets."""

from __future__ import annotations

import io

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from weasyprint import HTML

FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>'
    "Năm 2025 mới đạt 61,5% kế hoạch.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def word_plan() -> bytes:
    """A commune's plan: Roman numerals, Word's own numbering, a table of targets, a real footnote."""
    paper = Document()
    for text in (
        "ỦY BAN NHÂN DÂN",
        "XÃ PHÚ THỊNH",
        "Số: 45/KH-UBND",
        "Phú Thịnh, ngày 12 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Phát động phong trào thi đua năm 2026",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Kế hoạch số 120/KH-UBND ngày 30 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh về phong trào thi đua.",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Tạo khí thế thi đua sôi nổi trong 12 thôn của xã.",
        "II. NỘI DUNG, CHỈ TIÊU THI ĐUA",
    ):
        paper.add_paragraph(text)
    paper.add_paragraph("Phát triển kinh tế", style="List Number")
    below = paper.add_paragraph("Phấn đấu đến cuối năm 2026 hoàn thành 100% kế hoạch cứng hóa đường nội đồng")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    below.add_run()._r.append(reference)
    below.add_run(".")
    paper.add_paragraph("Văn hóa - Xã hội", style="List Number")
    paper.add_paragraph("Giảm tỷ lệ hộ nghèo xuống còn 3,5%; không để tái mù chữ phát sinh.")
    table = paper.add_table(rows=1, cols=4)
    rows = [("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2026"), ("1", "Thu ngân sách trên địa bàn", "triệu đồng", "1.250")]
    rows += [("2", "Trồng cây phân tán", "cây", "12.000"), ("3", "Thôn đạt chuẩn văn hóa", "thôn", "11")]
    for index, cells in enumerate(rows):
        row = table.rows[0] if index == 0 else table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for text in ("III. TỔ CHỨC THỰC HIỆN", "Nơi nhận:", "- Như trên;", "- Lưu: VT."):
        paper.add_paragraph(text)
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        FOOTNOTES.encode(),
        paper.part.package,
    )
    paper.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


PDF_TEXT = """
<h1>PHÁT ĐỘNG ĐỢT THI ĐUA CAO ĐIỂM</h1><p>Chào mừng kỷ niệm 95 năm ngày truyền thống ngành nông nghiệp</p>
<p>Thực hiện Chương trình số 08-CTr/TU ngày 20/02/2026 của Tỉnh ủy về nông nghiệp, Ủy ban nhân dân tỉnh phát động
đợt thi đua trong quý III năm 2026 như sau:</p>
<p>1. Nội dung thi đua</p>
<p>1.1. Trồng trọt: Toàn tỉnh phấn đấu gieo trồng ít nhất 48.500 ha lúa; sản lượng đạt trên 262,4 nghìn tấn. Đến hết
quý II mới gieo trồng được 21.300 ha.</p>
<p>1.2. Chăn nuôi: Tổng đàn bò đạt 95.000 con; tiêm phòng cho tối thiểu 90% tổng đàn.</p>
<p>a) Kiểm soát giết mổ tại 06 cơ sở tập trung, không để dịch bệnh phát sinh.</p>
<p>2. Thời gian: từ ngày 01/7/2026 đến ngày 30/9/2026.</p>
<p>3. Tổ chức thực hiện: Sở Nông nghiệp và Môi trường chủ trì, báo cáo trước ngày 05 hằng tháng.</p>
"""


def pdf_call() -> bytes:
    """A province's call as a PDF with text, numbered 1.1."""
    return bytes(HTML(string=f"<html lang='vi'><body style='font-family:Tinos'>{PDF_TEXT}</body></html>").write_pdf())


TARGETS = (
    ("Thu ngân sách nhà nước trên địa bàn", "185", "tỷ đồng"), ("Thu nhập bình quân đầu người", "62", "triệu đồng"),
    ("Giải ngân vốn đầu tư công", "100", "%"), ("Diện tích trồng rừng tập trung", "350", "ha"),
    ("Tỷ lệ che phủ rừng", "64,2", "%"), ("Xã đạt chuẩn nông thôn mới", "2", "xã"),
    ("Sản phẩm OCOP được công nhận", "5", "sản phẩm"), ("Tỷ lệ hộ nghèo", "8,7", "%"),
    ("Lao động được đào tạo nghề", "640", "lao động"), ("Lao động được giải quyết việc làm", "1.150", "lao động"),
    ("Tỷ lệ tham gia bảo hiểm y tế", "95,5", "%"), ("Trường đạt chuẩn quốc gia", "3", "trường"),
    ("Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân", "14", "%"), ("Gia đình văn hóa", "6.200", "hộ"),
    ("Tỷ lệ hộ dùng nước hợp vệ sinh", "97", "%"), ("Hồ sơ giải quyết trực tuyến toàn trình", "80", "%"),
    ("Nhà tạm, nhà dột nát được xóa", "212", "căn"),
)  # fmt: skip


def plain_list() -> bytes:
    """Seventeen targets, one a line, without any sub-area."""
    lines = ["ĐĂNG KÝ CHỈ TIÊU THI ĐUA NĂM 2026", "", "Các chỉ tiêu thi đua:", ""]
    lines += [f"{number}. {name}: {amount} {unit};" for number, (name, amount, unit) in enumerate(TARGETS, 1)]
    return "\r\n".join(lines).encode("utf-8-sig")
