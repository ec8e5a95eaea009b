"""A reopening lasts to the end of its last day; then the report stands closed again without anybody's act."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus as Status
from indicators.services.submissions import make_move
from indicators.tables.owed import owed_table
from indicators.tables.receive import RECEIVED, receive_table
from tests.builders import World, at, fill, make_world
from tests.kept import kept_world
from units import clock

pytestmark = pytest.mark.django_db


def build() -> World:
    """July received, then reopened until 20/8."""
    world = make_world()
    with clock.set_to(at("2024-07-15")):
        fill(world, che="20")
        world.send()
        world.receive()
    with clock.set_to(at("2024-08-15")):
        make_move(
            "reopen", world.submission(), by=world.people["leader"], reason="Đối chiếu", expires_on=date(2024, 8, 20)
        )
    return world


world = kept_world(build, at("2024-07-01"))


def test_on_its_last_day_the_unit_still_corrects_and_sends(world: World):
    with clock.set_to(at("2024-08-20", 23, 59)):
        world.enter("che", "18")
        assert world.send().status == Status.SENT


@pytest.mark.parametrize("name", ["endorse", "record_signed"])
def test_the_day_after_nothing_more_goes_out(world: World, name: str):
    with clock.set_to(at("2024-08-20")):
        world.enter("che", "18")
    with clock.set_to(at("2024-08-21")), pytest.raises(PermissionDenied, match="nay đã hết hạn nên đóng lại"):
        make_move(name, world.submission(), by=world.people["head0"], signed_number="1/BC", signed_on=date(2024, 8, 20))

    assert world.figure("che").received_version.amount == 20


def test_what_was_endorsed_in_time_is_not_sent_too_late(world: World):
    with clock.set_to(at("2024-08-20")):
        make_move("endorse", world.submission(), by=world.people["head0"])
    with clock.set_to(at("2024-08-21")), pytest.raises(PermissionDenied, match="đóng lại"):
        make_move("submit", world.submission(), by=world.people["clerk0"])


def test_both_sides_read_that_it_is_closed_again(world: World, client: Client):
    report = world.submission()
    with clock.set_to(at("2024-08-21")):
        table = owed_table(world.people["clerk0"])
        assert report.pk not in [row.pk for row in table.now]
        assert [row.status_label for row in table.earlier if row.pk == report.pk] == ["Mở lại, đã hết hạn"]
        office = receive_table(world.campaign, world.period(1))
        assert [row.state for row in office.rows if row.submission.pk == report.pk] == [RECEIVED]
        client.force_login(world.people["clerk0"])
        assert "đóng lại như trước" in client.get(reverse("indicators:month", args=[report.pk])).text


def test_the_offices_own_request_outlasts_the_reopening(world: World):
    with clock.set_to(at("2024-08-20")):
        world.send()
        make_move("request_changes", world.submission(), by=world.people["coordinator"], reason="Thiếu biên bản")
    with clock.set_to(at("2024-08-22")):
        world.enter("che", "18")
        assert world.send().status == Status.SENT
