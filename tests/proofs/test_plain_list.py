"""Seventeen targets in a plain list without any sub-area, given out on the pages alone."""

import pytest

from campaign.models import Campaign
from indicators.models import Indicator
from tests.builders import at
from tests.indicators.rules.drafting.papers import TARGETS, plain_list
from tests.kept import kept_world
from tests.proofs.doors import Person, Place, begin, register, words_of
from tests.proofs.running import begun, confirm, draft_report, page, receive, report_month, words_of_one_place
from tests.proofs.walk import walk_together
from units import clock
from units.models import OrgUnit

pytestmark = pytest.mark.django_db
COMPANY, OFFICE = "Tổng công ty An Phú", "Văn phòng Tổng công ty"
BRANCHES = ("Chi nhánh Đông", "Chi nhánh Tây")
PLACE = Place(
    kinds=(("co-quan", "Cơ quan", "các cơ quan", 1, ""), ("chi-nhanh", "Chi nhánh", "các chi nhánh", 2, "")),
    levels=(("tong", "Tổng công ty", 1), ("don-vi", "Đơn vị", 2)),
    units=[
        {"Tên đơn vị": COMPANY, "Loại": "Cơ quan", "Cấp": "Tổng công ty", "Chức danh thủ trưởng": "Tổng Giám đốc"},
        *(
            {"Tên đơn vị": name, "Loại": kind, "Cấp": "Đơn vị", "Đơn vị cấp trên": COMPANY}
            for name, kind in ((OFFICE, "Cơ quan"), *((branch, "Chi nhánh") for branch in BRANCHES))
        ),
    ],
    people=[
        ("thuong-truc", OFFICE, ("coordinator", "reviewer")),
        ("thuong-truc-truong", OFFICE, ("coordinator_head",)),
        ("lanh-dao", COMPANY, ("leader",)),
        *((f"nhap-{place}", name, ("clerk",)) for place, name in enumerate(BRANCHES)),
        *((f"duyet-{place}", name, ("head",)) for place, name in enumerate(BRANCHES)),
    ],
    standing_body=OFFICE,
    document=("dang-ky-2026.txt", plain_list()),
    campaign={
        "name": "Đăng ký chỉ tiêu thi đua năm 2026",
        "short_name": "Thi đua năm 2026",
        "starts_on": "01/04/2026",
        "ends_on": "31/12/2026",
        "calendar_rule": "calendar_month",
        "due_day_of_month": "5",
    },
)


def build() -> Campaign:
    """Drafted from the list; participants and owners are chosen on their pages; April is reported."""
    register(PLACE)
    campaign = begin(PLACE)
    office, tier = Person("thuong-truc"), campaign.tiers.get()
    units = OrgUnit.objects.filter(name__in=(*BRANCHES, OFFICE))
    chosen = {f"relation-{unit.pk}": "assigned" for unit in units} | {f"tier-{unit.pk}": tier.pk for unit in units}
    office.sends("indicators:participants", campaign.pk, **chosen)
    rows = list(Indicator.objects.filter(campaign=campaign).values_list("pk", flat=True))
    lead, reporters = units.get(name=OFFICE), [unit.pk for unit in units if unit.name in BRANCHES]
    office.sends("indicators:owners", campaign.pk, indicators=rows, lead=lead.pk, reporters=reporters)
    Person("thuong-truc-truong").sends("indicators:launch", campaign.pk)
    with clock.set_to(at("2026-05-04")):
        for place, name in enumerate(BRANCHES):
            report_month(begun(campaign), name, f"nhap-{place}", f"duyet-{place}", {TARGETS[0][0]: "12"})
            receive(begun(campaign), name)
    campaign.refresh_from_db()
    return campaign


campaign = kept_world(build, at("2026-04-02"))


@pytest.fixture(autouse=True)
def later():
    with clock.set_to(at("2026-05-06")):
        yield


def test_seventeen_targets_stand_in_one_list(campaign):
    board = words_of(page("lanh-dao", "reports:board", campaign.pk))
    [area] = {row.area for row in campaign.indicators.all()}
    listed = words_of(page("lanh-dao", "reports:area", campaign.pk, area.pk))

    assert campaign.indicators.count() == len(TARGETS) == 17
    assert [name for name, *_ in TARGETS if name not in listed] == []
    assert "Quý I" in listed
    assert board


def test_the_list_is_confirmed_and_reported(campaign):
    assert confirm(begun(campaign), TARGETS[0][0], "thuong-truc") == 2
    report = draft_report(begun(campaign), COMPANY)

    assert "Tổng công ty An Phú" in words_of(page("thuong-truc", "reports:report", report.pk))


def test_nothing_that_anybody_opens_speaks_of_another_place(campaign):
    found = walk_together(("thuong-truc", "lanh-dao", "nhap-0"), without=("reports:guide", "reports:unit-pdf"))

    assert words_of_one_place(found) == {}
