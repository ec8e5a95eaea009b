"""What a unit was asked and what it answered stays readable after the marks are gone."""

from contextvars import Context
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from indicators.services.submissions import make_move
from indicators.tables.asked import QUERIES, asked_table
from tests.builders import World, at, fill, make_world
from tests.kept import kept_world
from units import clock

pytestmark = pytest.mark.django_db


def build() -> World:
    """July sent, asked about the tea, corrected, received; then reopened and not yet answered."""
    world = make_world()
    tea = None
    with clock.set_to(at("2024-07-15")):
        fill(world, che="200")
        world.send()
        tea = world.figure("che")
    with clock.set_to(at("2024-07-16")):
        asked = {tea.pk: "Gấp 4 lần kế hoạch"}
        by = world.people["coordinator"]
        make_move("request_changes", world.submission(), by=by, reason="Xem lại", marked=asked)
    with clock.set_to(at("2024-07-17")):
        world.enter("che", "20")
        world.send()
    with clock.set_to(at("2024-07-18")):
        world.receive()
        by = world.people["leader"]
        make_move("reopen", world.submission(), by=by, reason="Đối chiếu", expires_on=date(2024, 7, 25))
    return world


world = kept_world(build, at("2024-07-01"))


@pytest.fixture(autouse=True)
def later():
    with clock.set_to(at("2024-07-19")):
        yield


def test_each_request_stands_beside_its_answer(world: World):
    newest, first = asked_table(world.people["clerk0"])

    assert (newest.word, newest.is_open, newest.by) == ("Mở lại", True, "leader")
    assert (first.word, first.is_open, first.answered_by) == ("Đề nghị chỉnh sửa, bổ sung", False, "clerk0")
    assert [(one.name, one.before, one.after) for one in first.figures] == [("Trồng chè mới", "200 ha", "20 ha")]


def test_a_neighbour_reads_nothing_of_it(world: World, client: Client):
    assert asked_table(world.people["clerk1"]) == ()
    client.force_login(world.people["clerk1"])
    assert "Chưa có lần nào bị hỏi lại" in client.get(reverse("indicators:asked")).text


def test_the_page_tells_it_and_asks_little(world: World, client: Client, django_assert_max_num_queries):
    client.force_login(world.people["clerk0"])
    page = client.get(reverse("indicators:asked")).text
    assert "chưa trả lời" in page
    assert "200 ha → <strong>20 ha</strong>" in page

    clerk = world.people["clerk0"]
    assert clerk.grants
    with django_assert_max_num_queries(QUERIES):
        asked_table(clerk)


def test_the_marked_figures_are_found_though_the_clock_runs_on_between_two_writes(world: World, settings):
    settings.ASSUMED_DATE = date(2024, 7, 19)
    by = world.people["coordinator"]
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    world.send()

    running = Context()  # in which nothing has set the clock
    for figure in (tea, coffee):
        marked = {figure.pk: "Xem lại"}
        running.run(make_move, "request_changes", world.submission(), by=by, reason="Xem lại", marked=marked)
        running.run(world.send)

    second, first, *_ = asked_table(world.people["clerk0"])
    assert [one.name for one in first.figures] == ["Trồng chè mới"]
    assert [one.name for one in second.figures] == ["Trồng cà phê mới"]
