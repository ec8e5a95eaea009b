"""The one-page guide for clerks says what the campaign's own data say, on one page."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from campaign.services.periods import extend_deadline
from reports.exports.guide import guide_pdf
from reports.tables.guide import QUERIES, guide
from tests.builders import World, at, make_world
from tests.kept import kept_world
from units import clock
from units.models import User

pytestmark = pytest.mark.django_db
world = kept_world(make_world, at("2024-07-01"))


@pytest.fixture(autouse=True)
def july():
    with clock.set_to(at("2024-07-10")):
        yield


def test_the_clerk_reads_the_own_deadlines_extensions_included(world: World):
    report = world.submission(0, 1)
    extend_deadline(report, new_due_on=date(2024, 7, 18), reason="Mưa lũ", by=world.people["coordinator"])

    found = guide(world.campaign, world.people["clerk0"])

    assert found.unit_name == "xã Hiếu"
    assert [(one.name, one.window, one.due) for one in found.periods[:2]] == [
        ("Tháng 7/2024", "15/6–14/7/2024", ("thứ Năm, 18/7/2024",)),
        ("Tháng 8/2024", "15/7–14/8/2024", ("thứ Sáu, 16/8/2024",)),
    ]


def test_it_names_who_confirms_and_whom_to_ask(world: World):
    User.objects.filter(username="coordinator").update(work_phone="0260 3848 000")

    found = guide(world.campaign, world.people["clerk0"])

    assert [(one.unit, one.indicators) for one in found.leads] == [
        ("Phòng Nông nghiệp", "Trồng chè mới; Trồng cà phê mới; Tuyên truyền vận động")
    ]
    assert [(one.name, one.role, one.phone) for one in found.contacts] == [
        ("coordinator", "chuyên viên tổng hợp", "0260 3848 000"),
        ("coordinator-head", "thủ trưởng", ""),
    ]


def test_the_office_reads_every_group_of_units(world: World):
    found = guide(world.campaign, world.people["coordinator"])

    assert (found.unit_name, found.columns) == ("", ("Xã, thị trấn",))
    assert found.periods[0].due == ("16/7/2024",)


def test_it_is_one_page_and_asks_little(world: World, django_assert_max_num_queries):
    clerk = world.people["clerk0"]
    assert clerk.grants
    with django_assert_max_num_queries(QUERIES):
        found = guide(world.campaign, clerk)

    assert len(PdfReader(BytesIO(guide_pdf(found))).pages) == 1


def test_the_page_finds_it_and_a_stranger_does_not(world: World, client: Client):
    address = reverse("reports:guide", args=[world.campaign.pk])
    client.force_login(world.people["clerk0"])
    assert address in client.get(reverse("indicators:owed")).text
    assert client.get(address).headers["Content-Type"] == "application/pdf"

    client.force_login(User.objects.create_user("la", "x", full_name="Người lạ"))
    assert client.get(address).status_code == 404
