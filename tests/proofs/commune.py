"""A commune of the two-level system in 2026: no level between it and the province, villages and bodies as its units."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from tests.proofs.doors import Place

COMMUNE, BODY, OFFICE = "xã Phú Thịnh", "Ủy ban nhân dân xã Phú Thịnh", "Phòng Văn hóa - Xã hội"
ECONOMY = "Phòng Kinh tế"
VILLAGES = ("thôn Tân Lập", "thôn Tân Tiến", "thôn Đồng Tâm", "tổ dân phố 1", "tổ dân phố 2")
SCHOOL, UNION = "Trường Tiểu học Phú Thịnh", "Hội Nông dân xã"
KINDS = (
    ("uy-ban", "Ủy ban nhân dân", "các Ủy ban nhân dân", 1, "có"),
    ("thon", "Thôn", "các thôn", 2, "có"),
    ("to-dan-pho", "Tổ dân phố", "các tổ dân phố", 3, "có"),
    ("phong", "Phòng chuyên môn", "các phòng chuyên môn", 4, ""),
    ("su-nghiep", "Đơn vị sự nghiệp", "các đơn vị sự nghiệp", 5, ""),
    ("doan-the", "Mặt trận, đoàn thể", "Mặt trận và các đoàn thể", 6, ""),
)
LEVELS = (("tinh", "Cấp tỉnh", 1), ("xa", "Cấp xã", 2), ("co-so", "Cơ sở", 3))


def unit(name: str, kind: str, level: str = "Cơ sở", parent: str = COMMUNE, **more: object) -> dict[str, object]:
    return {"Tên đơn vị": name, "Loại": kind, "Cấp": level, "Đơn vị cấp trên": parent, **more}


UNITS = [
    unit("tỉnh Hòa Bình Minh", "Ủy ban nhân dân", "Cấp tỉnh", ""),
    {
        **unit(COMMUNE, "Ủy ban nhân dân", "Cấp xã", "tỉnh Hòa Bình Minh"),
        "Tên trên văn bản": BODY,
        "Địa danh": "Phú Thịnh",
        "Ký hiệu": "UBND",
        "Chức danh thủ trưởng": "Chủ tịch",
    },
    unit(OFFICE, "Phòng chuyên môn", "Cấp xã") | {"Ký hiệu": "PVHXH", "Chức danh thủ trưởng": "Trưởng phòng"},
    unit(ECONOMY, "Phòng chuyên môn", "Cấp xã") | {"Ký hiệu": "PKT", "Chức danh thủ trưởng": "Trưởng phòng"},
    *(
        unit(name, "Thôn" if name.startswith("thôn") else "Tổ dân phố")
        | {
            "Tên ngắn": name.removeprefix("thôn ").removeprefix("tổ dân phố "),
            "Chức danh thủ trưởng": "Trưởng thôn" if name.startswith("thôn") else "Tổ trưởng",
            "Cột bản đồ ô": place % 3 + 1,
            "Hàng bản đồ ô": place // 3 + 1,
        }
        for place, name in enumerate(VILLAGES)
    ),
    unit(SCHOOL, "Đơn vị sự nghiệp") | {"Chức danh thủ trưởng": "Hiệu trưởng"},
    unit(UNION, "Mặt trận, đoàn thể") | {"Chức danh thủ trưởng": "Chủ tịch"},
]
REPORTERS = (*VILLAGES, SCHOOL, UNION)
PEOPLE = [
    ("thuong-truc", OFFICE, ("coordinator",)),
    ("thuong-truc-truong", OFFICE, ("coordinator_head",)),
    ("kinh-te", ECONOMY, ("reviewer",)),
    ("van-hoa", OFFICE, ("reviewer",)),
    ("chu-tich", COMMUNE, ("leader",)),
    ("doc", COMMUNE, ("reader",)),
    ("quan-tri", COMMUNE, ("administrator",)),
    *((f"nhap-{place}", name, ("clerk",)) for place, name in enumerate(REPORTERS)),
    *((f"duyet-{place}", name, ("head",)) for place, name in enumerate(REPORTERS)),
]
TEXT = """ỦY BAN NHÂN DÂN
XÃ PHÚ THỊNH
Số: 45/KH-UBND
Phú Thịnh, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Phát động phong trào thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026
Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
Căn cứ Kế hoạch số 120/KH-UBND ngày 30 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh về phong trào thi đua.
I. MỤC ĐÍCH, YÊU CẦU
Tạo khí thế thi đua sôi nổi trong toàn xã.
II. NỘI DUNG THI ĐUA
1. Phát triển kinh tế
a) Phấn đấu trồng mới ít nhất 120 ha rừng sản xuất.
b) Thu ngân sách trên địa bàn ít nhất 1.250 triệu đồng.
c) Vận động Nhân dân cải tạo vườn tạp.
2. Văn hóa - Xã hội
a) Xây dựng mới ít nhất 15 nhà đại đoàn kết.
b) Không để tái mù chữ phát sinh.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội chủ trì, theo dõi, tổng hợp kết quả hằng tháng.
Nơi nhận:
- Như trên;
- Lưu: VT."""


def document() -> bytes:
    """The plan in Word."""
    paper = Document()
    for line in TEXT.split("\n"):
        paper.add_paragraph(line)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


FOREST, REVENUE, HOUSES = "Trồng mới rừng sản xuất", "Thu ngân sách trên địa bàn", "Nhà đại đoàn kết"
ILLITERATE, GARDENS = "Tái mù chữ phát sinh", "Vận động Nhân dân cải tạo vườn tạp"
#: Who reports what, and who confirms it.
OWED = {
    FOREST: (VILLAGES, ECONOMY),
    REVENUE: ((*VILLAGES, SCHOOL), ECONOMY),
    HOUSES: ((UNION,), OFFICE),
    ILLITERATE: ((SCHOOL,), OFFICE),
    GARDENS: ((*VILLAGES, UNION), ECONOMY),
}
DEFINITIONS = {
    "Chỉ tiêu, nhiệm vụ": [{"Mã chỉ tiêu": f"={FOREST}", "Số chữ số thập phân": 1}],
    "Nhóm hạn gửi": [{"Tên nhóm": "Thôn, tổ dân phố", "Hạn: ngày trong tháng": 3}],
    "Cụm, khối": [{"Tên cụm, khối": "Khối thôn, tổ dân phố"}],
    "Đơn vị tham gia": [
        *(
            {
                "Mã đơn vị": name,
                "Quan hệ": "Đề nghị phối hợp" if name == UNION else "Giao",
                "Nhóm hạn gửi": "Thôn, tổ dân phố" if name in VILLAGES else "Các đơn vị",
                "Cụm, khối": "Khối thôn, tổ dân phố" if name in VILLAGES else None,
            }
            for name in (*REPORTERS, ECONOMY, OFFICE)
        )
    ],
    "Phân giao": [
        {"Mã chỉ tiêu": f"={row}", "Mã đơn vị": name, "Vai trò": role}
        for row, (units, lead) in OWED.items()
        for role, names in (("Báo cáo", units), ("Chủ trì", (lead,)))
        for name in names
    ],
    "Chỉ tiêu giao": [
        {"Mã chỉ tiêu": f"={FOREST}", "Mã đơn vị": name, "Số giao": 24, "Dùng để đánh giá": "x"} for name in VILLAGES
    ],
}
PLACE = Place(
    kinds=KINDS,
    levels=LEVELS,
    units=UNITS,
    people=PEOPLE,
    standing_body=OFFICE,
    document=("ke-hoach-2026.docx", document()),
    campaign={
        "name": "Thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026",
        "short_name": "Thi đua năm 2026",
        "starts_on": "01/01/2026",
        "ends_on": "31/12/2026",
        "calendar_rule": "calendar_month",
        "due_day_of_month": "5",
    },
    definitions=DEFINITIONS,
)
