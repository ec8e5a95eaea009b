"""The draft's page: the form of each kind of line, and what comes back of a line that cannot be accepted."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaign.models import Campaign
from indicators.models import DraftLine
from tests.builders import World, make_world
from tests.indicators.views.test_set_up import begun, read

pytestmark = pytest.mark.django_db

PAPER = """KẾ HOẠCH

Phát động phong trào thi đua năm 2025

Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;

Căn cứ tình hình thực tế của địa phương;

I. NỘI DUNG THI ĐUA

1. Kinh tế - xã hội

- Phấn đấu giảm tỷ lệ hộ nghèo xuống còn 3,5%.

- Trồng mới ít nhất 20 ha rừng.

- Vận động Nhân dân cải tạo vườn tạp.

II. THỜI GIAN: từ ngày 01/01/2025 đến ngày 31/12/2025

III. TỔ CHỨC THỰC HIỆN

Phòng Nội vụ chủ trì theo dõi, đôn đốc, tổng hợp kết quả thực hiện.
"""


@pytest.fixture
def world() -> World:
    return make_world(communes=1)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client


@pytest.fixture
def campaign(world: World, office: Client) -> Campaign:
    campaign = begun(world, office)
    assert read(office, campaign, PAPER) == 302
    return campaign


def form_of(office: Client, line: DraftLine) -> str:
    """The line alone, with its form open."""
    address = reverse("indicators:draft", args=[line.campaign_id])
    headers = {"HX-Request": "true", "HX-Target": f"dong-{line.pk}"}
    return office.get(f"{address}?sua={line.pk}", headers=headers).content.decode()


def rate(campaign: Campaign) -> DraftLine:
    return campaign.draft_lines.get(kind="target", values__is_rate=True)


def decide(office: Client, line: DraftLine, act: str = "nhan", *, script: bool = False, **sent: str):
    headers = {"HX-Request": "true"} if script else {}
    return office.post(reverse("indicators:decide-draft", args=[line.pk, act]), sent, headers=headers)


def test_nothing_of_the_paper_vanishes_and_each_kind_is_there(campaign):
    kinds = [(line.kind, line.values["name"]) for line in campaign.draft_lines.exclude(kind__in=["area", "target"])]

    assert kinds == [
        ("period", "từ ngày 01/01/2025 đến ngày 31/12/2025"),
        ("basis", "Luật Thi đua, khen thưởng"),
        ("duty", "Phòng Nội vụ chủ trì theo dõi, đôn đốc, tổng hợp kết quả thực hiện"),
        ("task", "Vận động Nhân dân cải tạo vườn tạp"),
        ("unread", "Căn cứ tình hình thực tế của địa phương;"),
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("area", ["name", "numbering"]),
        ("period", ["starts_on", "ends_on"]),
        ("basis", ["name", "dated", "issuer", "about"]),
        ("duty", ["name"]),
        ("task", ["name", "area"]),
        ("unread", ["subject", "name", "area"]),
    ],
)
def test_each_kind_of_line_is_corrected_in_its_own_fields(office, campaign, kind, fields):
    page = form_of(office, campaign.draft_lines.filter(kind=kind).first())

    assert [name for name in re.findall(r'name="(\w+)"', page) if name not in ("xem", "csrfmiddlewaretoken")] == fields


def test_a_percentage_asks_what_is_reported_and_which_way_is_good(office, campaign):
    page = form_of(office, rate(campaign))
    chosen = re.findall(r'<option value="(\w+)" selected>', page)

    assert chosen[:4] == ["le", "ratio", "level", "fewer"]
    assert 'value="tổng số hộ"' in page
    assert 'value="hộ"' in page


def test_a_percentage_that_is_itself_reported_is_kept_as_a_quantity_in_percent(office, campaign):
    line = rate(campaign)
    sent = {"name": "Tỷ lệ hộ nghèo", "amount": "3,5", "base": "tổng số hộ", "kind": "percent"}
    assert decide(office, line, **sent, time_rule="level", direction="fewer").status_code == 302
    row = campaign.indicators.get()

    assert (row.kind, row.unit_of_measure, row.unit_rule) == ("quantity", "%", "lead")
    assert row.targets.get().is_percentage


@pytest.mark.parametrize("script", [True, False])
def test_a_wrong_line_comes_back_with_its_sentence_and_all_that_was_typed(office, campaign, script):
    line = rate(campaign)
    sent = {
        "name": "Hộ nghèo đa chiều",
        "amount": "3,5 phần",
        "base": "tổng số hộ dân",
        "unit_of_measure": "hộ gia đình",
    }
    answer = decide(office, line, script=script, **sent, kind="ratio", direction="exactly", time_rule="flow")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "field-error" in page
    assert all(f'value="{text}"' in page for text in sent.values())
    assert re.findall(r'<option value="(exactly|flow|ratio)" selected>', page) == ["ratio", "flow", "exactly"]
    assert ("Bản nháp từ văn bản" in page) is not script
    assert re.findall(r'name="(\w+)"[^>]* autofocus', page) == ["amount"]
    assert not campaign.indicators.exists()


def test_what_a_service_refuses_stands_beside_its_field(office, campaign):
    line = rate(campaign)
    sent = {"name": "Tỷ lệ hộ nghèo", "amount": "3,5", "base": "", "unit_of_measure": "hộ", "kind": "ratio"}
    page = decide(office, line, script=True, **sent).content.decode()

    assert f'id="dong-{line.pk}-base_error">“Tỷ lệ hộ nghèo” là phần trăm: ghi phần trăm của gì' in page


def test_a_line_that_another_decided_says_so_in_its_place(office, campaign, world):
    line = rate(campaign)
    other = Client()
    other.force_login(world.people["coordinator_head"])
    decide(other, line, "bo")
    answer = decide(office, line, script=True)

    assert answer.status_code == 422
    assert "đã được" in answer.content.decode()
    assert "Lấy lại" in answer.content.decode()


def test_a_second_number_of_an_indicator_is_not_asked_for_its_definition(office, campaign):
    line = rate(campaign)
    assert decide(office, line, name=line.values["name"]).status_code == 302
    other = campaign.draft_lines.get(kind="target", values__is_rate=False)
    other.values["name"] = line.values["name"]
    other.save()
    page = form_of(office, other)

    assert "đã lập: tỷ lệ (tử số, mẫu số) (hộ), càng ít càng tốt" in page
    assert 'name="direction"' not in page


def test_an_act_without_script_goes_back_to_the_lines_that_were_looked_at(office, campaign):
    line = campaign.draft_lines.filter(kind="task").first()
    answer = decide(office, line, "bo", xem="task")

    assert answer.url == f"{reverse('indicators:draft', args=[campaign.pk])}?xem=task"


def test_an_unknown_act_on_a_line_is_not_found(office, campaign):
    assert decide(office, rate(campaign), "quen").status_code == 404
