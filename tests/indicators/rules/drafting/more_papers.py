"""Three more documents of other authors: a plan laid out in Word's tables, a youth union's guide, a commune's call."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document

HEAD = (("ỦY BAN NHÂN DÂN", "HUYỆN TÂN LẬP", "Số: 87/KH-UBND"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tân Lập, ngày 18 tháng 02 năm 2024"))  # fmt: skip
FOOT = (("Nơi nhận:", "- UBND tỉnh (b/c);", "- Các phòng, ban, ngành;", "- Lưu: VT, NV."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"))  # fmt: skip
PLAN = """KẾ HOẠCH
Tổ chức phong trào thi đua “Chung sức xây dựng nông thôn mới” trên địa bàn huyện
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật Thi đua, khen thưởng số 06/2022/QH15;
Căn cứ tình hình thực tế của huyện;
Ủy ban nhân dân huyện ban hành Kế hoạch tổ chức phong trào thi đua như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Phát huy sức mạnh của cả hệ thống chính trị.
II. ĐỐI TƯỢNG, THỜI GIAN
1. Đối tượng: Các xã, thị trấn; các phòng, ban, ngành.
2. Thời gian thực hiện: Từ ngày 01/3/2024 đến ngày 31/12/2025.
III. NỘI DUNG THI ĐUA
1. Các chỉ tiêu chủ yếu
1.1 Phấn đấu đến hết năm 2025 có thêm 03 xã đạt chuẩn nông thôn mới, nâng tổng số xã đạt chuẩn lên 11/14 xã.
1.2 Thu nhập bình quân đầu người đạt từ 55 triệu đồng/người/năm trở lên.
1.3 Tỷ lệ hộ nghèo đa chiều giảm bình quân 1,5 - 2%/năm; đến cuối năm 2025 còn dưới 4%.
2. Nhiệm vụ, giải pháp
2.1. Về tuyên truyền
Đẩy mạnh tuyên truyền, vận động Nhân dân hiến đất, góp công xây dựng đường thôn. Mở ít nhất 02 chuyên mục.
2.2. Về hạ tầng: Cứng hóa 45,7 km đường trục thôn; xây mới 12 công trình. Năm 2023 đã cứng hóa được 38,2 km.
IV. KHEN THƯỞNG
- Hình thức: Giấy khen cho 10 tập thể, 20 cá nhân.
V. TỔ CHỨC THỰC HIỆN
1. Phòng Nội vụ chủ trì tham mưu, theo dõi, tổng hợp.
Các xã, thị trấn báo cáo kết quả trước ngày 20 tháng cuối quý."""
ANNEX = (("STT", "Nội dung", "Đơn vị tính", "Chỉ tiêu năm 2024"), ("I", "Hạ tầng", "", ""),
         ("1", "Đường thôn được cứng hóa", "km", "20,5"), ("II", "Môi trường", "", ""),
         ("2", "Tỷ lệ rác thải được thu gom", "%", "85"))  # fmt: skip


def district_plan() -> bytes:
    """Head, Nơi nhận and signature stand in tables that only lay them out; targets follow in an annex."""
    paper = Document()
    _side_by_side(paper, HEAD)
    for text in PLAN.split("\n"):
        paper.add_paragraph(text)
    _side_by_side(paper, FOOT)
    for text in ("PHỤ LỤC", "Chỉ tiêu giao năm 2024", "(Kèm theo Kế hoạch số 87/KH-UBND)"):
        paper.add_paragraph(text)
    table = paper.add_table(rows=len(ANNEX), cols=4)
    for row, cells in zip(table.rows, ANNEX, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _side_by_side(paper: object, sides: Sequence[Sequence[str]]) -> None:
    cells = paper.add_table(rows=1, cols=len(sides)).rows[0].cells  # type: ignore[attr-defined]
    for cell, (first, *others) in zip(cells, sides, strict=True):
        cell.paragraphs[0].text = first
        for text in others:
            cell.add_paragraph(text)


UNION_GUIDE = """BAN CHẤP HÀNH ĐOÀN TỈNH AN BÌNH
***
Số: 112-HD/TĐTN-VP
An Bình, ngày 05 tháng 01 năm 2026

HƯỚNG DẪN
Thực hiện phong trào thi đua “Tuổi trẻ xung kích, sáng tạo” năm 2026
---------

Thực hiện Nghị quyết số 10-NQ/TĐTN-VP ngày 30/12/2025 của Ban Chấp hành Tỉnh đoàn; Ban Thường vụ Tỉnh đoàn
hướng dẫn một số nội dung như sau:

A. MỤC TIÊU
Năm 2026 mỗi cơ sở Đoàn có ít nhất một công trình thanh niên.

B. NỘI DUNG VÀ CHỈ TIÊU THI ĐUA

I. Công tác giáo dục
* Chỉ tiêu:
- 100% đoàn viên được học tập, quán triệt Nghị quyết Đại hội Đảng các cấp.
- Tổ chức tối thiểu 24 buổi sinh hoạt chuyên đề.
* Giải pháp:
+ Đổi mới phương thức tuyên truyền trên không gian mạng, xây dựng đội ngũ báo cáo viên trẻ.
+ Duy trì 15 câu lạc bộ lý luận trẻ hiện có.

II. Phong trào hành động cách mạng
1/ Thanh niên tình nguyện: trồng mới 50.000 cây xanh, trong đó khối trường học trồng 12.000 cây; xóa 30 nhà
tạm cho thanh niên nghèo; hiến máu đạt trên 3.500 đơn vị máu.
2/ Khởi nghiệp: hỗ trợ 40 dự án khởi nghiệp, giải ngân nguồn vốn vay giải quyết việc làm 25 tỷ đồng; kết nạp
1.200 đoàn viên mới (năm 2025 kết nạp 1.050 đoàn viên).
3/ Giảm số vụ vi phạm pháp luật trong thanh thiếu niên ít nhất 10% so với năm 2025, không để xảy ra đuối nước
do thiếu quản lý.

III. Xây dựng tổ chức Đoàn
Tỷ lệ thu hút, tập hợp thanh niên đạt 65% trở lên. Phân loại chi đoàn: khá, tốt đạt từ 85% đến 90%; không có
chi đoàn yếu.

C. THANG ĐIỂM
Tổng điểm: 100 điểm, trong đó công tác giáo dục 30 điểm, phong trào 40 điểm, xây dựng tổ chức 30 điểm.

D. TỔ CHỨC THỰC HIỆN
- Văn phòng Tỉnh đoàn là cơ quan thường trực, tổng hợp báo cáo hằng quý vào ngày 20 của tháng cuối quý.
- Các huyện, thị, thành Đoàn đăng ký chỉ tiêu trước 31/01/2026.

TM. BAN THƯỜNG VỤ TỈNH ĐOÀN
PHÓ BÍ THƯ

Lê Thị B
"""


COMMUNE_CALL = """ỦY BAN NHÂN DÂN
XÃ MINH SƠN

Số: 33/PĐ-UBND

Minh Sơn, ngày 06 tháng 01 năm 2026

PHÁT ĐỘNG THI ĐUA
thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026

Kính gửi: Các cơ quan, đơn vị, các thôn trên địa bàn xã.

Năm 2025, xã đã hoàn thành 17/18 chỉ tiêu; thu ngân sách đạt 12.450 triệu đồng, bằng 103,8% dự toán; tỷ lệ hộ
nghèo còn 6,2%.

Điều 1. Mục tiêu
Phấn đấu hoàn thành toàn diện các chỉ tiêu năm 2026.

Điều 2. Nội dung thi đua
1. Lĩnh vực kinh tế
a) Thu ngân sách trên địa bàn đạt 13.500 triệu đồng (dự toán giao 12.900 triệu đồng).
b) Tổng sản lượng lương thực có hạt: 4.150 tấn; năng suất lúa bình quân 58,5 tạ/ha.
c) Gieo trồng 320 ha lúa vụ Đông Xuân 2025-2026, 280ha vụ Mùa.
d) Độ che phủ rừng duy trì 52%.
đ) Tổng đàn trâu, bò: 2.350 con, đàn lợn 5.400 con.
2. Lĩnh vực văn hóa - xã hội
a) Hộ nghèo giảm 45 hộ, tỷ lệ còn 4,8%.
b) Tỷ lệ người dân tham gia BHYT đạt từ 95,5% trở lên; trẻ em suy dinh dưỡng thể thấp còi dưới 17,5%.
c) 8/9 thôn giữ vững danh hiệu văn hóa; 85% gia đình đạt “Gia đình văn hóa”.
d) Phòng Văn hóa - Xã hội chủ trì tổ chức 01 giải thể thao cấp xã vào quý III/2026.
3. Cải cách hành chính, chuyển đổi số
a) 100% hồ sơ được tiếp nhận, giải quyết đúng hạn; không có hồ sơ quá hạn.
b) Tỷ lệ hồ sơ trực tuyến toàn trình đạt 75%.
4. Quốc phòng - an ninh: Hoàn thành 100% chỉ tiêu giao quân (12 thanh niên). Giảm 5% số vụ phạm pháp hình sự
so với năm 2025.

Điều 3. Thời gian phát động
Từ tháng 01 đến hết tháng 12 năm 2026. Sơ kết 6 tháng đầu năm vào tháng 7/2026.

Điều 4. Tổ chức thực hiện
1. Phòng Văn hóa - Xã hội là cơ quan thường trực, chủ trì theo dõi, đôn đốc.
2. Các thôn phát động trước ngày 20/01/2026.

Nơi nhận:
- Thường trực Đảng ủy;
- Các thôn;
- Lưu: VT, VHXH.
CHỦ TỊCH

Trần Văn C
"""
