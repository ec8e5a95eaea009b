"""A standing body sets a campaign up through its pages: begin, read, take in, give out, launch."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Indicator
from indicators.tables.owners import OWNER_QUERIES, UNIT_QUERIES, owner_rows, unit_groups
from indicators.tables.set_up import CHECK_QUERIES, DRAFT_QUERIES, checklist, draft_groups
from tests.builders import World, make_world

pytestmark = pytest.mark.django_db

PLAN = """KẾ HOẠCH

Phát động phong trào thi đua năm 2025

1. Kinh tế

- Phấn đấu trồng mới ít nhất 12,5 ha chè.

- Vận động Nhân dân cải tạo vườn tạp tại xã Hiếu.
"""
FIELDS = {
    "name": "Phát động phong trào thi đua năm 2025",
    "short_name": "Thi đua 2025",
    "starts_on": "15/12/2024",
    "ends_on": "14/12/2025",
    "calendar_rule": "nd09",
    "due_day_of_month": "16",
}


@pytest.fixture
def world() -> World:
    return make_world(communes=2)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client


def begun(world: World, office: Client, **values: str) -> Campaign:
    data = {"standing_body": world.standing_body.pk, **FIELDS, **values}
    assert office.post(reverse("indicators:new-campaign"), data).status_code == 302
    return Campaign.objects.get(short_name="Thi đua 2025")


def read(office: Client, campaign: Campaign, text: str = PLAN, name: str = "ke-hoach.txt") -> int:
    upload = SimpleUploadedFile(name, text.encode())
    return office.post(reverse("indicators:draft", args=[campaign.pk]), {"file": upload}).status_code


def test_a_campaign_goes_from_its_document_to_owed_reports_without_another_tool(world, office):
    campaign = begun(world, office)
    assert read(office, campaign) == 302
    office.post(reverse("indicators:accept-draft", args=[campaign.pk]))
    line = campaign.draft_lines.get(kind="target")
    accepted = {"name": "Trồng chè mới", "amount": "12,5", "unit_of_measure": "ha", "area": line.values["area"]}
    assert office.post(reverse("indicators:decide-draft", args=[line.pk, "nhan"]), accepted).status_code == 302

    tier = campaign.tiers.get()
    units = [*world.communes, world.lead]
    chosen = {f"relation-{unit.pk}": "assigned" for unit in units} | {f"tier-{unit.pk}": tier.pk for unit in units}
    office.post(reverse("indicators:participants", args=[campaign.pk]), chosen)
    rows = list(Indicator.objects.filter(campaign=campaign).values_list("pk", flat=True))
    owners = {"indicators": rows, "lead": world.lead.pk, "reporters": [unit.pk for unit in world.communes]}
    office.post(reverse("indicators:owners", args=[campaign.pk]), owners)

    head = Client()
    head.force_login(world.people["coordinator_head"])
    assert head.post(reverse("indicators:launch", args=[campaign.pk])).status_code == 302
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.LAUNCHED
    assert campaign.periods.filter(kind="month", submissions__participation__unit=world.communes[0]).count() == 12


def test_the_draft_stands_beside_the_words_it_was_read_from(world, office):
    campaign = begun(world, office)
    read(office, campaign)
    page = office.get(reverse("indicators:draft", args=[campaign.pk])).content.decode()

    assert "Phấn đấu trồng mới ít nhất 12,5 ha chè." in page
    assert "ít nhất 12,5 ha" in page
    assert "Gạch đầu dòng" in page


def test_a_file_that_cannot_be_read_is_answered_in_a_sentence_and_keeps_nothing(world, office):
    campaign = begun(world, office)

    assert read(office, campaign, "x", "anh.png") == 422
    assert campaign.passages.count() == 0


def test_wrong_days_come_back_beside_their_field_with_everything_typed(world, office):
    data = {"standing_body": world.standing_body.pk, **FIELDS, "ends_on": "01/01/2024"}
    answer = office.post(reverse("indicators:new-campaign"), data)

    assert answer.status_code == 422
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in answer.content.decode()
    assert 'value="15/12/2024"' in answer.content.decode()


def test_a_copy_starts_with_the_units_and_owners_of_the_earlier_campaign(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))

    assert campaign.participations.count() == world.campaign.participations.count()
    assert Assignment.objects.filter(indicator__campaign=campaign, role=AssignmentRole.LEADS).count() == 3


def test_the_launch_waits_and_says_for_what(world, office):
    campaign = begun(world, office)
    head = Client()
    head.force_login(world.people["coordinator_head"])
    answer = head.post(reverse("indicators:launch", args=[campaign.pk]))

    assert answer.status_code == 422
    assert "Còn thiếu trước khi phát động" in answer.content.decode()


def test_a_unit_with_rows_is_not_left_out(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))
    answer = office.post(reverse("indicators:participants", args=[campaign.pk]), {})

    assert answer.status_code == 422
    assert "Bỏ phân giao trước" in answer.content.decode()
    assert campaign.participations.count() == world.campaign.participations.count()


def test_rows_are_given_only_to_units_that_take_part(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))
    row = Indicator.objects.filter(campaign=campaign).first()
    data = {"indicators": [row.pk], "lead": world.authority.pk}
    answer = office.post(reverse("indicators:owners", args=[campaign.pk]), data)

    assert answer.status_code == 422
    assert "Chỉ phân giao cho đơn vị đã tham gia" in answer.content.decode()


def test_discarding_leads_back_to_the_list(world, office):
    campaign = begun(world, office)
    answer = office.post(reverse("indicators:discard", args=[campaign.pk]))

    assert answer.headers["Location"] == reverse("campaign:campaigns")
    assert not Campaign.objects.filter(pk=campaign.pk).exists()


@pytest.mark.parametrize("communes", [1, 3])
def test_the_tables_ask_the_same_for_one_unit_and_for_three(communes):
    world = make_world(communes=communes)
    for table, queries in (
        (unit_groups, UNIT_QUERIES),
        (owner_rows, OWNER_QUERIES - 1),
        (draft_groups, DRAFT_QUERIES - 1),
        (checklist, CHECK_QUERIES),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            table(world.campaign)
        assert len(asked) == queries, table.__name__


def test_a_plain_list_without_areas_is_taken_into_one_list(world, office):
    campaign = begun(world, office)
    read(office, campaign, "CHỈ TIÊU THI ĐUA\n\n1. Trồng rừng: 350 ha;\n\n2. Nhà tạm được xóa: 212 căn;\n")
    page = office.get(reverse("indicators:draft", args=[campaign.pk])).content.decode()
    for line in campaign.draft_lines.filter(kind="target"):
        sent = {"name": line.values["name"], "amount": "350", "unit_of_measure": "ha"}
        assert office.post(reverse("indicators:decide-draft", args=[line.pk, "nhan"]), sent).status_code == 302

    assert "Thuộc nội dung" not in page
    assert [area.title for area in campaign.areas.all()] == ["Các chỉ tiêu, nhiệm vụ thi đua"]
    assert campaign.indicators.filter(area=campaign.areas.get()).count() == 2


def test_a_copy_takes_units_that_end_only_after_its_first_day(world, office):
    world.communes[0].valid_to = date(2025, 6, 30)
    world.communes[0].save()
    world.communes[1].valid_to = date(2024, 11, 30)
    world.communes[1].save()
    campaign = begun(world, office, previous=str(world.campaign.pk))

    assert campaign.participations.filter(unit=world.communes[0]).exists()
    assert not campaign.participations.filter(unit=world.communes[1]).exists()
