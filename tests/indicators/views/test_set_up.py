"""A standing body sets a campaign up through its pages: begin, read, take in, give out, launch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Indicator, Opening
from indicators.tables.draft import DRAFT_QUERIES, draft_groups, draft_head, draft_row
from indicators.tables.owners import OWNER_QUERIES, UNIT_QUERIES, owner_rows, unit_groups
from indicators.tables.set_up import CHECK_QUERIES, checklist
from tests.builders import World, make_unit, make_world

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


def test_a_percentage_of_the_draft_is_accepted_as_the_page_sends_it(world, office):
    campaign = begun(world, office)
    text = f"{PLAN}\n- Năm trước giải ngân vốn mới đạt 49,9% kế hoạch; hỗ trợ được khoảng 2.293 hộ.\n"
    read(office, campaign, text)
    for line in campaign.draft_lines.filter(kind__in=["opening", "unclear"]):
        shown = draft_row(line)
        amount = str(line.values["amount"]).replace(".", ",")
        sent = {"name": shown.name, "amount": amount, "unit_of_measure": "hộ", "subject": "opening"}
        sent |= {"base": line.values["base"], "area": line.values["area"]}
        assert office.post(reverse("indicators:decide-draft", args=[line.pk, "nhan"]), sent).status_code == 302

    openings = Opening.objects.filter(indicator__campaign=campaign).order_by("pk")
    assert {(row.rate, row.amount) for row in openings} == {(Decimal("49.9"), None), (None, Decimal(2293))}


def test_a_number_that_can_be_read_in_two_ways_is_asked_back(world, office):
    campaign = begun(world, office)
    read(office, campaign)
    line = campaign.draft_lines.get(kind="target")
    sent = {"name": "Trồng chè mới", "amount": "1.234", "unit_of_measure": "ha", "area": line.values["area"]}
    answer = office.post(reverse("indicators:decide-draft", args=[line.pk, "nhan"]), sent)

    assert answer.status_code == 422
    assert "hiểu là 1.234, không phải 1,234?" in answer.content.decode()


def test_a_decided_line_tells_how_many_still_wait(world, office):
    campaign = begun(world, office)
    read(office, campaign)
    head = draft_head(campaign, "cho", ())
    line = campaign.draft_lines.filter(state="proposed").first()

    answer = office.post(reverse("indicators:decide-draft", args=[line.pk, "bo"]), headers={"HX-Request": "true"})

    told = answer.content.decode()
    assert f"{head.waiting - 1}/{head.total} dòng chờ quyết định." in told
    assert f"Còn chờ ({head.waiting - 1})" in told
    assert f"Tất cả ({head.total})" in told
    assert {f'id="{part}"' in told for part in ("draft-count", "draft-choices", "draft-all")} == {True}
    assert told.count('hx-swap-oob="true"') == 3


def test_what_waits_is_shown_alone_or_by_its_kind(world, office):
    campaign = begun(world, office)
    read(office, campaign)
    address = reverse("indicators:draft", args=[campaign.pk])
    office.post(reverse("indicators:accept-draft", args=[campaign.pk]))
    shown, everything = office.get(address), office.get(f"{address}?xem=tat-ca")
    head = shown.context["head"]

    assert [(one.slug, one.size, one.is_current) for one in head.choices] == [
        ("cho", 2, True),
        ("tat-ca", 5, False),
        ("period", 1, False),
        ("target", 1, False),
    ]
    assert not head.can_accept
    assert [row.line.kind for group in shown.context["groups"] for row in group.rows] == ["period", "target"]
    assert sum(len(group.rows) for group in everything.context["groups"]) == 5
    assert "Nhận mọi dòng không có số" not in shown.content.decode()


def test_a_bullet_that_is_a_target_heads_nothing(world, office):
    campaign = begun(world, office)
    read(office, campaign)

    assert [line.values["name"] for line in campaign.draft_lines.filter(kind="area")] == [
        "Kinh tế",
        "Vận động Nhân dân cải tạo vườn tạp tại xã Hiếu",
    ]
    assert (
        campaign.draft_lines.get(kind="target").values["area"]
        == campaign.draft_lines.get(kind="area", values__name="Kinh tế").passage.key
    )


def test_another_document_may_be_read_until_something_is_accepted(world, office):
    campaign = begun(world, office)
    address = reverse("indicators:draft", args=[campaign.pk])
    read(office, campaign)
    assert "Đọc văn bản khác" in office.get(address).content.decode()
    office.post(reverse("indicators:accept-draft", args=[campaign.pk]))

    assert "Đọc văn bản khác" not in office.get(address).content.decode()
    answer = office.post(address, {"file": SimpleUploadedFile("khac.txt", PLAN.encode())})
    assert "Đã nhận một số dòng của bản nháp trước" in answer.content.decode()


def test_a_copied_campaign_says_why_no_document_is_read_into_it(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))
    page = office.get(reverse("indicators:draft", args=[campaign.pk])).content.decode()

    assert "đã có nội dung thi đua (chép từ đợt trước" in page
    assert 'type="file"' not in page


def test_a_file_that_cannot_be_read_is_answered_in_a_sentence_and_keeps_nothing(world, office):
    campaign = begun(world, office)

    assert read(office, campaign, "x", "anh.png") == 422
    assert campaign.passages.count() == 0


def test_a_document_without_anything_to_read_says_so_beside_the_field_and_keeps_the_draft_before(world, office):
    campaign = begun(world, office)
    read(office, campaign)
    upload = SimpleUploadedFile("thu.txt", "Kính gửi anh chị.\n\nMột đoạn văn.\n".encode())
    answer = office.post(reverse("indicators:draft", args=[campaign.pk]), {"file": upload})

    assert answer.status_code == 422
    assert "Không thấy nội dung thi đua" in answer.context["form"].errors["file"][0]
    assert campaign.draft_lines.filter(kind="target").exists()


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


def test_a_whole_kind_is_taken_in_by_one_choice_and_a_whole_area_given_out_by_one_tick(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))
    tier = campaign.tiers.get()
    kind, other = world.communes[0].kind_id, world.lead.kind_id
    own = {f"relation-{unit.pk}": "assigned" for unit in (world.communes[0], world.lead, world.standing_body)}
    own |= {f"tier-{unit.pk}": tier.pk for unit in (*world.communes, world.lead, world.standing_body)}
    own |= {f"relation-{world.communes[1].pk}": "", f"all-relation-{kind}": "asked", f"all-relation-{other}": ""}
    office.post(reverse("indicators:participants", args=[campaign.pk]), own)
    relations = dict(campaign.participations.values_list("unit", "relation"))

    assert [relations[unit.pk] for unit in world.communes] == ["asked", "asked"]
    assert relations[world.lead.pk] == "assigned"

    data = {"areas": [campaign.areas.get().pk], "lead": world.standing_body.pk, "kinds": [kind]}
    assert office.post(reverse("indicators:owners", args=[campaign.pk]), data).status_code == 302
    given = Assignment.objects.filter(indicator__campaign=campaign)
    assert set(given.filter(role="leads").values_list("unit", flat=True)) == {world.standing_body.pk}
    assert given.filter(role="reports").count() == campaign.indicators.count() * 2


def test_units_of_its_level_in_nobodys_tree_may_take_part_and_other_committees_may_not(world, office):
    campaign = begun(world, office)
    level = world.authority.level
    front = make_unit("mat-tran", "Mặt trận Tổ quốc", kind="doan-the", level=level.code)
    below = make_unit("hoi-nong-dan", "Hội Nông dân", parent=front, kind="doan-the", level=level.code)
    make_unit("huyen-khac", "UBND huyện khác", kind="ubnd", level=level.code)
    shown = {row.unit for group in unit_groups(campaign) for row in group.rows}
    tier = campaign.tiers.get().pk
    chosen = {f"relation-{below.pk}": "asked", f"tier-{below.pk}": tier}

    assert shown == {front, below, *world.communes, world.lead, world.standing_body}
    assert office.post(reverse("indicators:participants", args=[campaign.pk]), chosen).status_code == 302
    assert campaign.participations.get().unit == below


def test_only_rows_that_lack_somebody_are_shown_when_asked_for(world, office):
    campaign = begun(world, office, previous=str(world.campaign.pk))
    address = reverse("indicators:owners", args=[campaign.pk])
    row = Indicator.objects.filter(campaign=campaign).first()
    Assignment.objects.filter(indicator=row).delete()

    assert [one.indicator for one in office.get(f"{address}?xem=thieu").context["rows"]] == [row]
    assert len(office.get(address).context["rows"]) == 3


def test_a_calendar_keeps_the_groups_that_were_typed_and_refused(world, office):
    campaign = begun(world, office)
    tier = campaign.tiers.get()
    data = {"part": "tiers", "tier": [tier.pk, "moi0"], f"name-{tier.pk}": "Cấp cơ sở", f"day-{tier.pk}": "40"}
    answer = office.post(reverse("indicators:calendar", args=[campaign.pk]), {**data, "name-moi0": "Phòng ban"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert all(f'value="{typed}"' in page for typed in ("Cấp cơ sở", "40", "Phòng ban"))


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
