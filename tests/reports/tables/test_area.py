"""One content area: its rows under the areas of the second order, each with its course."""

import pytest

from campaign.models import ContentArea
from indicators.tables.standings import SENT
from reports.tables import area as areas
from reports.tables.area import area_table
from reports.tables.frame import Frame
from tests.builders import fill, make_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("communes", [1, 3])
def test_the_page_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        fill(world, commune, che="10")
        world.send(commune)
    frame = Frame(world.campaign, world.period(1), SENT)
    with django_assert_num_queries(areas.QUERIES):
        found = area_table(frame, world.area)
        assert [row.note for row in found.area.rows] == ["tính từ khi phát động", ""]


def test_rows_stand_under_their_area_of_the_second_order():
    world = make_world(communes=1)
    farming = ContentArea.objects.create(
        campaign=world.campaign,
        parent=world.area,
        key="2-3-1",
        numbering="-",
        title="Về nông nghiệp",
        short_title="Nông nghiệp",
        position=2,
    )
    world.indicators["ca-phe"].area = farming
    world.indicators["ca-phe"].save()
    groups = area_table(Frame(world.campaign, world.period(1), SENT), world.area).groups
    assert [(title, [row.name for row in rows]) for title, rows in groups] == [
        ("Kinh tế", ["Trồng chè mới"]),
        ("Nông nghiệp", ["Trồng cà phê mới"]),
    ]


def test_an_area_without_rows_for_the_person_is_no_page():
    world = make_world(communes=1)
    frame = Frame(world.campaign, world.period(1), SENT)
    assert area_table(frame, world.area, indicator_ids=frozenset()) is None
