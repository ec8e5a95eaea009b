"""Loading the real campaign: everything of the files is there once, a fault is named with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaign.choices import CampaignStatus, PeriodKind
from campaign.models import Campaign, DayOff, Participation, Passage, Period, Submission
from config.loading.campaign import load_campaign
from indicators.models import Assignment, Claim, Contradiction, Figure, Indicator, Opening, PathPoint, Target
from indicators.services.launching import launch_campaign
from tests.builders import make_person
from tests.config.loading_files import change, copy_of_campaign
from tests.fixtures.reading import CAMPAIGN, read, read_units
from tests.stored import stored
from units.choices import Role
from units.models import AuditLine, OrgUnit
from units.rules.reorganising import Decision
from units.services.reorganising import reorganise

pytestmark = pytest.mark.django_db


def run(folder: Path = CAMPAIGN, verbosity: int = 1) -> str:
    out = StringIO()
    call_command("load_campaign", folder, stdout=out, verbosity=verbosity)
    return out.getvalue()


def loaded() -> Campaign:
    """The real campaign, ready to be launched: loaded by the first test that asks, later its rows are put back."""
    return stored("the real campaign", lambda: load_campaign(CAMPAIGN).campaign)


def launched() -> Campaign:
    """The same, launched by the specialist of Phòng Nội vụ."""

    def build() -> Campaign:
        campaign = loaded()
        return launch_campaign(campaign, by=make_person("noivu", campaign.standing_body, Role.COORDINATOR))

    return stored("the real campaign, launched", build)


def fault(folder: Path) -> str:
    with pytest.raises(CommandError) as raised:
        run(folder)
    return str(raised.value)


def test_every_row_of_the_files_is_stored():
    run()

    assert OrgUnit.objects.count() == len(read_units()["units"])
    assert Passage.objects.count() == len(read("document.json")["passages"])
    assert Indicator.objects.count() == 134
    assert Contradiction.objects.count() == 4
    assert Claim.objects.count() == 13
    assert Participation.objects.count() == 44
    assert DayOff.objects.filter(authority=None).exists()


def test_units_stand_in_a_tree_with_codes_names_and_spellings():
    loaded()
    hieu = OrgUnit.objects.get(key="kon-plong-hieu")

    assert hieu.path.startswith(OrgUnit.objects.get(key="kon-plong").path)
    assert [code.code for code in hieu.codes.all()] == ["23476"]
    assert [name.name for name in hieu.names.all()] == ["xã Hiếu"]
    assert OrgUnit.objects.get(key="kon-plong-thue").parent is None
    assert hieu.successions_out.get().successor.name == "xã Kon Plông"


def test_months_are_cut_by_the_decree_with_the_two_later_closings():
    loaded()
    periods = list(Period.objects.values_list("name", "kind", "starts_on", "ends_on"))

    assert periods[0] == ("Tháng 7/2024", PeriodKind.MONTH, date(2024, 6, 15), date(2024, 7, 14))
    assert periods[5] == ("Tháng 12/2024", PeriodKind.MONTH, date(2024, 11, 15), date(2024, 12, 14))
    assert [(kind, ends_on) for _, kind, _, ends_on in periods[6:]] == [
        (PeriodKind.SUPPLEMENTARY, date(2024, 12, 31)),
        (PeriodKind.SUPPLEMENTARY, date(2025, 1, 31)),
    ]


def test_a_plan_amount_and_its_percentage_stand_side_by_side():
    loaded()
    targets = Target.objects.filter(
        indicator__code="giai-ngan-dau-tu-cong", unit__key="kon-plong", base__key="ke-hoach"
    )

    assert {(row.amount, row.is_percentage, row.is_main, row.origin) for row in targets} == {
        (Decimal("100"), True, False, "document"),
        (Decimal("150000"), False, True, "illustrative"),
    }


def test_a_first_half_given_as_a_rate_stays_a_rate_on_its_named_base():
    loaded()
    opening = Opening.objects.get(indicator__code="giai-ngan-dau-tu-cong")

    assert (opening.amount, opening.rate, opening.base.name) == (None, Decimal("49.9"), "thực nguồn")
    assert opening.citation.startswith("chú thích 5: “Tình hình giải ngân vốn đầu tư công")


def test_tea_has_both_claims_open_and_no_opening():
    loaded()
    tea = Indicator.objects.get(code="che")

    assert not tea.openings.exists()
    assert [(claim.value, claim.passage.place) for claim in tea.contradictions.get().claims.all()] == [
        (Decimal("40.8"), "Phần mở đầu, đoạn thứ hai"),
        (Decimal("0"), "chú thích 9"),
    ]


def test_communes_without_tea_are_not_applicable():
    loaded()
    aside = Assignment.objects.filter(indicator__code="che", is_not_applicable=True).order_by("unit__key")

    assert [row.unit.short_name for row in aside] == ["Đăk Nên", "Đăk Ring", "Ngọk Tem"]


def test_the_document_named_units_carry_the_document_as_origin():
    loaded()
    rows = Assignment.objects.filter(indicator__code="ccn-kon-plong-1").order_by("unit__key")

    assert {(row.unit.short_name, row.role, row.origin) for row in rows} == {
        ("Hiếu", "co_operates", "document"),
        ("Pờ Ê", "co_operates", "document"),
        ("Kinh tế và Hạ tầng", "reports", "illustrative"),
        ("Kinh tế và Hạ tầng", "leads", "illustrative"),
    }


def test_a_second_load_changes_nothing():
    loaded()
    models = [OrgUnit, Indicator, Assignment, Target, Opening, PathPoint, Claim, Period, AuditLine]
    before = [model.objects.count() for model in models]

    assert run() == "Phong trào “Thi đua 6 tháng cuối năm 2024”: không có gì thay đổi; sẵn sàng để phát động.\n"
    assert [model.objects.count() for model in models] == before


def test_a_second_load_does_not_undo_a_decision_about_units():
    loaded()
    first, second = OrgUnit.objects.filter(kind__code="xa").order_by("pk")[:2]
    day = date(2024, 11, 1)
    reorganise(Decision("close", "1/NQ", day, (first.key,)), by=None)
    reorganise(Decision("rename", "2/NQ", day, (second.key,), name="xã Khác"), by=None)

    load_campaign(CAMPAIGN)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.valid_to, second.name) == (date(2024, 10, 31), "xã Khác")
    assert first.codes.filter(valid_to=None).count() == 0
    assert second.names.count() == 2


def test_a_changed_file_changes_the_row_it_speaks_of(tmp_path):
    loaded()
    folder = copy_of_campaign(tmp_path)
    change(folder / "indicators.json", "indicators", {"code": "keo"}, "short_name", to="Keo lai trồng mới")

    again = load_campaign(folder)

    assert Indicator.objects.get(code="keo").short_name == "Keo lai trồng mới"
    assert again.tally.counts["chỉ tiêu, nhiệm vụ"] == [134, 0, 1]


def test_parts_keep_their_whole_on_a_second_load():
    loaded()
    run()

    assert Indicator.objects.get(code="keo").parent.code == "cay-lam-nghiep"


def test_a_launched_campaign_is_left_as_it_is(tmp_path):
    launched()
    folder = copy_of_campaign(tmp_path)
    change(folder / "indicators.json", "indicators", {"code": "keo"}, "short_name", to="Tên khác")

    said = run(folder)

    assert said.endswith("đã phát động, giữ nguyên.\n")
    assert Indicator.objects.get(code="keo").short_name == "Keo trồng mới"


def test_the_loaded_campaign_can_be_launched_and_owes_what_the_assignments_say():
    campaign = launched()
    august = Figure.objects.filter(assignment__unit__key="kon-plong-hieu", period__name="Tháng 8/2024")

    assert campaign.status == CampaignStatus.LAUNCHED
    assert august.filter(kind__in=["quantity", "ratio"]).count() == 12
    assert Submission.objects.filter(period__name="Tháng 8/2024").count() == 42


def test_only_money_and_visitors_are_asked_at_the_later_closings():
    launched()

    def asked(ends_on: date) -> set[str]:
        rows = Figure.objects.filter(period__kind=PeriodKind.SUPPLEMENTARY, period__ends_on=ends_on)
        return set(rows.values_list("assignment__indicator__code", flat=True))

    money = {
        "giai-ngan-dau-tu-cong",
        "giai-ngan-ctmtqg",
        "giai-ngan-ctmtqg-dau-tu",
        "giai-ngan-ctmtqg-su-nghiep",
        "giai-ngan-su-nghiep-xa",
    }
    assert asked(date(2025, 1, 31)) == money
    assert asked(date(2024, 12, 31)) == money | {"thu-ngan-sach", "khach-du-lich"}


def test_a_unit_owes_no_report_where_nothing_is_asked_of_it():
    launched()
    closing = Submission.objects.filter(period__ends_on=date(2025, 1, 31))

    assert not Submission.objects.filter(figures=None).exists()
    assert {row.unit.kind.code for row in closing} == {"xa", "thi-tran", "phong-ban", "su-nghiep"}
    assert closing.count() == 12


FAULTS = [
    (
        ("indicators.json", "indicators", {"code": "keo"}, "area", "9-9"),
        "indicators.json, indicators keo: không có nội dung thi đua “9-9”.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "quote", "cây keo đạt 100%"),
        "indicators.json, indicators keo: câu trích “cây keo đạt 100%” không có trong đoạn văn bản được dẫn.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "assignments", "leads", "kon-plong-nong-ngiep"),
        "indicators.json, indicators keo, assignments: không có đơn vị “kon-plong-nong-ngiep”.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "targets", 0, "amounts", "kon-plong", 9.5),
        "indicators.json, indicators keo, targets 1: mục “kon-plong” phải là số viết trong dấu nháy, "
        "dấu chấm thập phân, đang là 9.5.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "direction", "up"),
        "indicators.json, indicators keo: mục “direction” không nhận giá trị “up”.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "decimal", 1),
        "indicators.json, indicators keo: không có mục “decimal” trong khuôn dạng tệp này.",
    ),
    (
        ("tasks.json", "indicators", {"code": "ton-giao"}, "code", "quoc-phong"),
        "tasks.json, indicators quoc-phong: chỉ tiêu, nhiệm vụ này đã khai ở trên.",
    ),
    (
        ("campaign.json", "campaign", "starts_on", "15/6/2024"),
        "campaign.json, campaign: mục “starts_on” phải là ngày dạng 2024-07-31, đang là '15/6/2024'.",
    ),
    (
        ("document.json", "passages", {"key": "muc-1"}, "page", "1"),
        "document.json, passages muc-1: mục “page” phải là số nguyên, đang là '1'.",
    ),
    (
        ("contradictions.json", "contradictions", {"key": "che-6-thang"}, "indicator", "tra"),
        "contradictions.json, contradictions che-6-thang: không có chỉ tiêu “tra”.",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "unit_of_measure", "ha" * 30),
        "indicators.json, indicators keo: mục “unit_of_measure”: ",
    ),
    (
        ("indicators.json", "indicators", {"code": "keo"}, "decimals", 5),
        "indicators.json, indicators keo: Số chữ số thập phân từ 0 đến 4.",
    ),
    (
        ("campaign.json", "bands", 0, "behind_from", "120"),
        "campaign.json, bands 1: Ngưỡng phải giảm dần: vượt tiến độ, đúng tiến độ, chậm.",
    ),
]


@pytest.mark.parametrize(
    ("broken", "sentence"), FAULTS, ids=lambda value: value[-2] if isinstance(value, tuple) else ""
)
def test_a_fault_is_named_with_file_and_place_and_nothing_is_kept(tmp_path, broken, sentence):
    folder = copy_of_campaign(tmp_path)
    name, *steps, value = broken
    change(folder / name, *steps, to=value)

    assert fault(folder).startswith(sentence)
    assert not Campaign.objects.exists()
    assert not OrgUnit.objects.exists()


def test_a_missing_folder_and_broken_json_are_said(tmp_path):
    folder = copy_of_campaign(tmp_path)
    (folder / "areas.json").write_text('{"areas": [}', encoding="utf-8")

    assert fault(folder) == "areas.json: sai khuôn dạng JSON ở dòng 1, cột 12. Sửa chỗ đó rồi nạp lại."
    assert fault(tmp_path / "nowhere") == f"Không tìm thấy tệp {tmp_path / 'nowhere' / 'campaign.json'}."


def test_details_are_listed_when_asked_for():
    assert "  chỉ tiêu, nhiệm vụ: 134 dòng, thêm 134, sửa 0\n" in run(verbosity=2)
