"""A province's campaign over 96 communes right below it, a whole year by the decree's months, few indicators."""

from decimal import Decimal

import pytest

from campaign.models import Campaign, Submission
from indicators.models import Figure
from indicators.services.figures import Entry, enter_figures
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from tests.builders import at
from tests.kept import kept_world
from tests.proofs.doors import Place, set_up, words_of
from tests.proofs.running import begun, confirm, draft_report, page, receive, report_month, words_of_one_place
from tests.proofs.walk import walk_together
from units import clock
from units.models import User

pytestmark = pytest.mark.django_db
PROVINCE, OFFICE, LEAD = "tỉnh Bình Yên", "Sở Nội vụ", "Sở Nông nghiệp và Môi trường"
COMMUNES = tuple(f"{'phường' if n % 8 == 0 else 'xã'} Bình {n:02}" for n in range(1, 97))
FOREST, HELP = "Trồng rừng", "Vận động các nguồn lực hỗ trợ hộ nghèo"
#: Files of the same make are walked through in the commune's campaign.
ELSEWHERE = ("reports:guide", "reports:unit-pdf", "reports:unit-docx", "reports:summary-docx", "reports:briefing-pdf")
DOCUMENT = """ỦY BAN NHÂN DÂN TỈNH BÌNH YÊN
Bình Yên, ngày 05 tháng 01 năm 2026
PHÁT ĐỘNG PHONG TRÀO THI ĐUA NĂM 2026
1. Nội dung thi đua
1.1. Nông nghiệp: Toàn tỉnh phấn đấu trồng ít nhất 9.600 ha rừng.
1.2. Xã hội: Vận động các nguồn lực hỗ trợ hộ nghèo.
"""


def unit(name: str, kind: str, level: str, parent: str = PROVINCE, **more: object) -> dict[str, object]:
    return {"Tên đơn vị": name, "Loại": kind, "Cấp": level, "Đơn vị cấp trên": parent, **more}


def commune(name: str) -> dict[str, object]:
    kind = name.split()[0].capitalize()
    body = {"Tên trên văn bản": f"Ủy ban nhân dân {name}", "Ký hiệu": "UBND", "Chức danh thủ trưởng": "Chủ tịch"}
    return unit(name, kind, "Cấp xã") | body | {"Địa danh": name.split(" ", 1)[1]}


PLACE = Place(
    kinds=(
        ("uy-ban", "Ủy ban nhân dân", "các Ủy ban nhân dân", 1, "có"),
        ("phuong", "Phường", "các phường", 2, "có"),
        ("xa", "Xã", "các xã", 3, "có"),
        ("so", "Sở, ban, ngành", "các sở, ban, ngành", 4, ""),
    ),
    levels=(("tinh", "Cấp tỉnh", 1), ("xa", "Cấp xã", 2)),
    units=[
        unit(PROVINCE, "Ủy ban nhân dân", "Cấp tỉnh", "")
        | {"Tên trên văn bản": f"Ủy ban nhân dân {PROVINCE}", "Địa danh": "Bình Yên", "Ký hiệu": "UBND"}
        | {"Chức danh thủ trưởng": "Chủ tịch"},
        unit(OFFICE, "Sở, ban, ngành", "Cấp tỉnh") | {"Ký hiệu": "SNV", "Chức danh thủ trưởng": "Giám đốc Sở"},
        unit(LEAD, "Sở, ban, ngành", "Cấp tỉnh") | {"Ký hiệu": "SNNMT", "Chức danh thủ trưởng": "Giám đốc Sở"},
        *map(commune, COMMUNES),
    ],
    people=[
        ("thuong-truc", OFFICE, ("coordinator",)),
        ("thuong-truc-truong", OFFICE, ("coordinator_head",)),
        ("nong-nghiep", LEAD, ("reviewer",)),
        ("chu-tich", PROVINCE, ("leader",)),
        *((f"nhap-{place}", name, ("clerk",)) for place, name in enumerate(COMMUNES)),
        *((f"duyet-{place}", name, ("head",)) for place, name in enumerate(COMMUNES)),
    ],
    standing_body=OFFICE,
    document=("phat-dong-2026.txt", DOCUMENT.encode()),
    campaign={
        "name": "Phong trào thi đua năm 2026 trên địa bàn tỉnh",
        "short_name": "Thi đua năm 2026",
        "starts_on": "15/12/2025",
        "ends_on": "14/12/2026",
        "calendar_rule": "nd09",
        "due_day_of_month": "18",
    },
    definitions={
        "Đơn vị tham gia": [
            {"Mã đơn vị": name, "Quan hệ": "Giao", "Nhóm hạn gửi": "Các đơn vị"} for name in (*COMMUNES, LEAD)
        ],
        "Phân giao": [
            *({"Mã chỉ tiêu": f"={FOREST}", "Mã đơn vị": name, "Vai trò": "Báo cáo"} for name in COMMUNES),
            *({"Mã chỉ tiêu": f"={HELP}", "Mã đơn vị": name, "Vai trò": "Báo cáo"} for name in COMMUNES[:1]),
            *({"Mã chỉ tiêu": f"={row}", "Mã đơn vị": LEAD, "Vai trò": "Chủ trì"} for row in (FOREST, HELP)),
        ],
        "Chỉ tiêu giao": [
            {"Mã chỉ tiêu": f"={FOREST}", "Mã đơn vị": name, "Số giao": 100, "Dùng để đánh giá": "x"}
            for name in COMMUNES
        ],
    },
)


def build() -> Campaign:
    """The first month: two communes through the pages, ninety more through the same services, four still missing."""
    campaign = set_up(PLACE)
    period = begun(campaign)
    with clock.set_to(at("2026-01-16")):
        for place, name in enumerate(COMMUNES[:2]):
            report_month(period, name, f"nhap-{place}", f"duyet-{place}", {FOREST: "12"})
            receive(period, name)
        people = User.objects.in_bulk(field_name="username")
        for place, name in enumerate(COMMUNES[2:92], 2):
            submission = Submission.objects.get(period=period, participation__unit__name=name)
            figures = [
                Entry(figure.pk, figure.version, {"state": "reported", "amount": Decimal(5 + place % 7)})
                for figure in Figure.objects.filter(submission=submission)
            ]
            enter_figures(submission, figures, by=people[f"nhap-{place}"])
            make_move("endorse", submission, by=people[f"duyet-{place}"])
            make_move("submit", submission, by=people[f"nhap-{place}"])
            make_move("receive", submission, by=people["thuong-truc"])
        confirm(period, FOREST, "nong-nghiep")
    return campaign


campaign = kept_world(build, at("2026-01-06"))


@pytest.fixture(autouse=True)
def later():
    with clock.set_to(at("2026-01-21")):
        yield


def test_ninety_six_communes_report_right_below_the_province(campaign):
    indicator = campaign.indicators.get(name=FOREST)
    whole = words_of(page("chu-tich", "reports:indicator", campaign.pk, indicator.pk))

    assert Submission.objects.filter(period=begun(campaign)).count() == 96
    assert "92/96 xã, phường" in whole
    assert "9.600" in whole
    assert differences(campaign) == []


def test_the_report_is_the_office_s_own(campaign):
    report = draft_report(begun(campaign), OFFICE)
    shown = words_of(page("thuong-truc", "reports:report", report.pk))

    assert "Sở Nội vụ" in shown


def test_nothing_that_leader_office_and_commune_open_speaks_of_another_place(campaign):
    found = walk_together(("thuong-truc", "chu-tich", "nhap-0", "nhap-95", "nong-nghiep"), without=ELSEWHERE)

    # The office that keeps emulation in a province bears these words in its own name.
    assert words_of_one_place(found, "nội vụ", "noi-vu") == {}
    assert found.keys() >= {"reports:board", "reports:matrix", "reports:heat-map", "reports:summary-xlsx"}
