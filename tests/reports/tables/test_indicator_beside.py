"""Beside an indicator: every target with its base and revisions, parts with what they leave out, cùng kỳ, obstacles."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import PriorFigure, Target
from indicators.tables.standings import SENT
from reports.charts import largest
from reports.tables import indicator_beside as besides
from reports.tables.frame import Frame
from reports.tables.indicator_beside import beside
from reports.tables.indicator_units import indicator_units
from reports.tables.tiles import unit_tiles
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


def whole(world, code="che"):
    frame = Frame(world.campaign, world.period(1), SENT)
    table = indicator_units(frame, world.indicators[code], world.people["leader"])
    return frame, table


def told(world, code="che"):
    frame, table = whole(world, code)
    return beside(frame, world.indicators[code], table.standing, world.people["leader"])


@pytest.fixture
def world():
    """Two communes with 20 and 30 ha of tea."""
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15")):
        for commune, amount in enumerate(["20", "30"]):
            fill(world, commune, che=amount, ca_phe="5")
            world.send(commune)
        yield world


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(
    communes, django_assert_num_queries, django_assert_max_num_queries
):
    world = make_world(communes=communes)
    frame, table = whole(world)
    leader = world.people["leader"]
    assert leader.grants
    with django_assert_num_queries(4):
        beside(frame, world.indicators["che"], table.standing, leader)
    world.indicators["ca-phe"].parent = world.indicators["che"]
    world.indicators["ca-phe"].save()
    with django_assert_max_num_queries(besides.QUERIES):
        assert beside(frame, world.indicators["che"], table.standing, leader).parts


def test_revisions_of_a_target_stand_below_each_other_and_the_last_is_in_force(world):
    for sequence, (amount, day) in enumerate([("100", date(2024, 1, 1)), ("120", date(2024, 7, 1))], start=1):
        Target.objects.create(
            indicator=world.indicators["che"],
            unit=world.authority,
            amount=Decimal(amount),
            sequence=sequence,
            valid_from=day,
            reason="Bổ sung" if sequence == 2 else "",
        )

    assert [(one.amount, one.times, one.is_in_force, one.reason) for one in told(world).targets] == [
        ("120,0", 2, True, "Bổ sung"),
        ("100,0", 1, False, ""),
    ]


def test_parts_say_their_share_and_what_they_leave_out(world):
    world.indicators["ca-phe"].parent = world.indicators["che"]
    world.indicators["ca-phe"].save()
    found = told(world)

    assert [(one.indicator.code, one.share_text) for one in found.parts] == [("ca-phe", "20,0\u00a0%")]
    assert found.parts_note == "Các phần nêu ở đây chưa đủ toàn bộ; còn lại 40,0."


def test_cung_ky_is_compared_only_when_every_unit_gave_one(world):
    def add(commune, cumulative):
        PriorFigure.objects.create(
            assignment=world.figure("che", commune).assignment,
            period=world.period(1),
            amount=Decimal(cumulative),
            source="Niên giám",
        )

    assert told(world).prior_text == ""
    add(0, "10")
    assert told(world).prior_text == "10,0 (mới 1/2 đơn vị có số cùng kỳ, chưa so sánh)"
    add(1, "30")
    assert told(world).prior_text == "40,0; bằng 125,0\u00a0% (tăng 25,0\u00a0%)"


def test_contributions_are_the_units_parts_and_the_smallest_are_put_together(world):
    _, table = whole(world)

    assert table.contributions == [("xã Hiếu", Decimal(20)), ("xã Pờ Ê", Decimal(30))]
    many = [(str(number), Decimal(number)) for number in range(1, 9)]
    assert largest(many) == [*reversed(many[3:]), ("3 đơn vị khác", Decimal(6))]


def test_tiles_are_drawn_for_units_that_have_a_place(world):
    world.communes[1].grid_column, world.communes[1].grid_row = 2, 1
    world.communes[1].save()
    frame, table = whole(world)
    drawn = unit_tiles(frame, {row.standing.unit_id: row.standing for row in table.units})

    assert drawn.units == "xã"
    assert [(one.column, one.row, one.name, one.text) for one in drawn.tiles] == [(2, 1, "xã Pờ Ê", "60,0 %")]
