"""A commune's campaign of 2026: two levels, calendar months, villages and bodies, another numbering, from its files."""

import pytest
from django.urls import reverse

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from indicators.models import Assignment
from indicators.services.totals import differences
from tests.builders import at
from tests.kept import kept_world
from tests.proofs.commune import ECONOMY, FOREST, GARDENS, HOUSES, OFFICE, PLACE, REPORTERS, REVENUE, VILLAGES
from tests.proofs.doors import Person, set_up, words_of
from tests.proofs.running import (
    EVERYTHING,
    begun,
    confirm,
    draft_report,
    page,
    receive,
    report_month,
    words_of_one_place,
)
from tests.proofs.walk import text_of, walk_together
from units import clock

pytestmark = pytest.mark.django_db
PEOPLE = ("thuong-truc-truong", "chu-tich", "kinh-te", "nhap-0", "duyet-5", "doc", "quan-tri")
FIRST_MONTH = {FOREST: "2,5", REVENUE: "110", HOUSES: "1"}


def build() -> Campaign:
    """Set up in January; the first month reported in February, one village still missing."""
    campaign = set_up(PLACE)
    period = begun(campaign)
    with clock.set_to(at("2026-02-02")):
        for place, unit in enumerate(REPORTERS[1:], 1):
            report_month(period, unit, f"nhap-{place}", f"duyet-{place}", FIRST_MONTH)
        for unit in REPORTERS[2:]:
            receive(period, unit)
        confirm(period, FOREST, "kinh-te")
    return campaign


campaign = kept_world(build, at("2026-01-13"))


@pytest.fixture(autouse=True)
def later():
    with clock.set_to(at("2026-02-05")):
        yield


def missing(text: str, *wanted: str) -> list[str]:
    """Which of the words do not stand in the text."""
    return [words for words in wanted if words not in text]


def test_the_document_and_three_files_give_a_launched_campaign(campaign):
    areas = {area.title: (area.numbering, area.parent and area.parent.title) for area in campaign.areas.all()}

    assert campaign.status == CampaignStatus.LAUNCHED
    assert (campaign.document_number, str(campaign.standing_body), str(campaign.authority)) == (
        "45/KH-UBND",
        OFFICE,
        "xã Phú Thịnh",
    )
    assert areas["Phát triển kinh tế"] == ("1", None)
    assert areas["Vận động Nhân dân cải tạo vườn tạp"] == ("c)", "Phát triển kinh tế")
    assert [str(period) for period in campaign.periods.filter(kind="month")][::11] == ["Tháng 1/2026", "Tháng 12/2026"]
    assert Assignment.objects.reporting().filter(indicator__campaign=campaign, indicator__name=GARDENS).count() == 6
    assert differences(campaign) == []


def test_the_board_speaks_of_villages_and_counts_from_the_year_s_first_day(campaign):
    board = words_of(page("chu-tich", "reports:board", campaign.pk))
    indicator = campaign.indicators.get(name=FOREST)
    whole = words_of(page("chu-tich", "reports:indicator", campaign.pk, indicator.pk))

    assert "Phát triển kinh tế" in board
    assert "4/5 thôn, tổ dân phố" in whole
    assert "Thực hiện đầu kỳ" in whole
    assert "Theo thôn, tổ dân phố" in whole
    assert campaign.participations.get(unit__name=VILLAGES[0]).tier.name == "Thôn, tổ dân phố"


def test_both_letters_bear_the_commune_s_own_names_and_codes(campaign):
    office = Person("thuong-truc")
    own = draft_report(begun(campaign), OFFICE)
    of_commune = draft_report(begun(campaign), "xã Phú Thịnh")
    texts = [
        " ".join(text_of(office.client.get(reverse("reports:report-docx", args=[report.pk]))).split())
        for report in (own, of_commune)
    ]

    assert missing(texts[0], "ỦY BAN NHÂN DÂN", "PHÒNG VĂN HÓA - XÃ HỘI", "/BC-PVHXH", "TRƯỞNG PHÒNG", "Lưu: VT.") == []
    of_body = ("XÃ PHÚ THỊNH", "/BC-UBND", "Phú Thịnh, ngày", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lưu: VT, PVHXH.")
    assert missing(texts[1], *of_body) == []


def test_a_village_writes_below_the_commune_and_its_own_head_signs(campaign):
    report = campaign.participations.get(unit__name=VILLAGES[1]).submissions.get(period=begun(campaign))
    file = Person("nhap-1").client.get(reverse("reports:unit-docx", args=[report.pk]))
    text = " ".join(text_of(file).split())

    assert missing(text, "XÃ PHÚ THỊNH", "THÔN TÂN TIẾN", "TRƯỞNG THÔN", "Kính gửi", OFFICE) == []
    assert "TM. ỦY BAN NHÂN DÂN" not in text


def test_nothing_that_anybody_opens_speaks_of_another_place(campaign):
    draft_report(begun(campaign), OFFICE)
    found = walk_together(PEOPLE, pages=2)

    assert words_of_one_place(found) == {}
    assert found.keys() >= EVERYTHING


def test_the_lead_department_sees_its_own_indicators(campaign):
    assert ECONOMY in words_of(page("kinh-te", "indicators:confirm-list"))
