"""Good work: a unit records its own, and who recorded it takes it off the list again."""

import pytest
from django.test import Client

from followup.models import Record
from tests.builders import World, at, make_world
from tests.followup.rows import follow_up
from units import clock

pytestmark = pytest.mark.django_db
NEW = "/dien-hinh/moi/"


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-20")):
        yield make_world(communes=2)


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def given(world: World, **values) -> dict[str, object]:
    return {"kind": "article", "title": "Bài", "area": world.area.pk, "happened_on": "19/8/2024", **values}


def test_a_unit_is_offered_itself_and_the_office_every_unit(world: World):
    own = client_of(world, "clerk0").get(NEW).content.decode()
    assert ("xã Hiếu" in own, "xã Pờ Ê" in own) == (True, False)
    assert "xã Pờ Ê" in client_of(world, "coordinator").get(NEW).content.decode()


def test_an_address_without_its_scheme_is_taken_and_nonsense_is_told(world: World):
    client = client_of(world, "clerk0")
    unit = world.communes[0].pk
    wrong = client.post(NEW, given(world, unit=unit, link="xem trên báo"))
    assert (wrong.status_code, "Địa chỉ trang không đọc được" in wrong.content.decode()) == (422, True)
    client.post(NEW, given(world, unit=unit, link="baokontum.com.vn/bai-1"))
    assert Record.objects.get().link == "https://baokontum.com.vn/bai-1"


def test_nothing_is_recorded_of_a_day_ahead(world: World):
    answer = client_of(world, "clerk0").post(NEW, given(world, unit=world.communes[0].pk, happened_on="21/8/2024"))
    assert "Ngày 21/8/2024 ở tương lai" in answer.content.decode()
    assert not Record.objects.exists()


def test_the_list_offers_to_take_off_what_the_person_may(world: World):
    row = follow_up(world)["record"]
    button = f'action="/dien-hinh/{row.pk}/go/"'
    shown = {
        who: button in client_of(world, who).get("/dien-hinh/").content.decode()
        for who in ("clerk0", "coordinator", "leader")
    }

    assert shown == {"clerk0": True, "coordinator": True, "leader": False}
    client_of(world, "clerk0").post(f"/dien-hinh/{row.pk}/go/")
    assert row.title not in client_of(world, "coordinator").get("/dien-hinh/").content.decode()
