"""A unit's page: its reports, its indicators with the figure behind each, and nothing of its neighbours."""

from decimal import Decimal

import pytest

from indicators.services.responses import record_response
from indicators.tables.standings import SENT
from reports.tables import unit_page as unit_pages
from reports.tables.frame import Frame
from reports.tables.unit_page import unit_page
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


def page(world, person="leader", **asked):
    frame = Frame(world.campaign, world.period(1), SENT)
    part = world.campaign.participations.select_related("unit", "cluster").get(unit=world.communes[0])
    return unit_page(frame, part, world.people[person], periods=[world.period(1)], **asked)


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    for commune in range(1, communes):
        fill(world, commune, che="1")
        world.send(commune)
    frame = Frame(world.campaign, world.period(1), SENT)
    part = world.campaign.participations.select_related("unit", "cluster").get(unit=world.communes[0])
    leader, periods = world.people["leader"], [world.period(1)]
    assert leader.grants
    with clock.set_to(at("2024-07-20")), django_assert_num_queries(unit_pages.QUERIES):
        assert unit_page(frame, part, leader, periods=periods).areas


def test_each_number_leads_to_the_figure_behind_it():
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15")):
        for commune, amount in enumerate(["1.5", "33.3"]):
            fill(world, commune, che=amount)
            world.send(commune)
        found = page(world)

    tea = found.areas[0].lines[0]
    assert (tea.row.name, tea.row.standing.since_launch_text) == ("Trồng chè mới", "1,5")
    assert tea.source.figure_id == world.figure("che").pk
    assert found.areas[0].tasks[0].source.text == "Đã triển khai."
    assert [(cell.sign, cell.words) for cell in found.reports] == [("◐", "chờ tiếp nhận")]


def test_only_led_indicators_and_no_reports_where_the_scope_says_so():
    world = make_world(communes=1)
    fill(world, che="1")
    world.send()
    with clock.set_to(at("2024-07-20")):
        found = page(world, indicator_ids=frozenset([world.indicators["che"].pk]), with_reports=False)

    assert [line.row.name for line in found.areas[0].lines] == ["Trồng chè mới"]
    assert found.reports == ()


def test_the_level_that_a_unit_set_itself_stands_beside_its_plan_and_nobody_elses_does():
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15")):
        for commune, amount in enumerate(["61.5", "77"]):
            part = world.campaign.participations.get(unit=world.communes[commune])
            pledges = {world.indicators["che"].pk: Decimal(amount)}
            record_response(part, by=world.people[f"clerk{commune}"], read_version=0, pledges=pledges)
        fill(world, che="1")
        world.send()
        lines = page(world).areas[0].lines

    assert [line.pledge_text for line in lines] == ["đăng ký 61,5", ""]
    assert lines[0].row.standing.target_text == "50,0"
