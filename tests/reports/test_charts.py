"""The marks of a standing say in words what they draw."""

import re
from datetime import date
from decimal import Decimal

import pytest

from indicators.choices import Band, Direction, Operator, TimeRule
from indicators.models import Denominator, Target
from indicators.services.launching import launch_campaign
from indicators.tables.standings import SENT
from reports import charts
from reports.tables.board import board, gap_text
from reports.tables.frame import Frame
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock

pytestmark = pytest.mark.django_db


def standing(amount):
    world = make_world(communes=1)
    if amount is not None:
        fill(world, che=amount)
        world.send()
    return board(Frame(world.campaign, world.period(1), SENT)).summary.rows[0].standing


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("2", "đạt 4,0 %, đến kỳ này phải đạt 7,6 %: có khả năng không đạt"),
        ("60", "đạt 120,0 %, đến kỳ này phải đạt 7,6 %: vượt kế hoạch"),
        (None, "chưa có số liệu"),
    ],
)
def test_a_bar_is_read_out_as_what_was_reached_and_what_should_be(amount, words):
    drawing = charts.bar(standing(amount))
    assert re.search(r"<title>(.*?)</title>", drawing)[1] == words
    assert 'role="img"' in drawing


def test_a_course_tells_how_many_periods_have_a_figure():
    row = standing("2")
    drawing = charts.course_line(row, [Decimal(2), None], [Decimal(4), Decimal(8)], Decimal(50))
    assert "<title>Trồng chè mới: 1 kỳ có số liệu, đạt 4,0 %" in drawing


@pytest.fixture
def told():
    """A limit that adds up, a level with a limit, a plan in percent without the amount of its base; each reported."""
    world = make_world(communes=1, launched=False)
    fewer = {"direction": Direction.FEWER, "operator": Operator.AT_MOST, "unit_of_measure": "vụ", "decimals": 0}
    rows = {
        "vi-pham": make_indicator(world.campaign, world.area, "vi-pham", "Vi phạm", **fewer),
        "ton": make_indicator(world.campaign, world.area, "ton", "Tồn", **fewer, time_rule=TimeRule.LEVEL),
        "ty-le": make_indicator(world.campaign, world.area, "ty-le", "Tỷ lệ"),
    }
    base = Denominator.objects.create(indicator=rows["ty-le"], key="goc", name="diện tích quy hoạch", position=1)
    for code, row in rows.items():
        assign(row, world.communes[0])
        of_percent = {"base": base, "is_percentage": True} if code == "ty-le" else {}
        for unit in (world.communes[0], world.authority):
            Target.objects.create(indicator=row, unit=unit, amount=10, valid_from=date(2024, 1, 1), **of_percent)
    world.indicators |= rows
    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    with clock.set_to(at("2024-07-15")):
        fill(world, vi_pham="2", ton="12", ty_le="3")
        world.send()
    shown = board(Frame(world.campaign, world.period(1), SENT)).summary.rows
    return {row.indicator.code: row.standing for row in shown}


def test_a_limit_is_not_reached_but_used_and_what_is_allowed_so_far_is_told(told):
    words = charts.bar_words(told["vi-pham"])

    assert words == "bằng 20,0 % mức cho phép, đến kỳ này cho phép 7,6 %: có khả năng không đạt"


def test_the_limit_of_a_level_holds_all_along(told):
    row = told["ton"]

    assert (row.expected, row.expected_rate, row.band) == (10, 100, Band.BEHIND)
    assert "cho phép 100,0" in charts.bar_words(row)


def test_a_percentage_without_the_amount_of_its_base_says_what_is_lacking(told):
    row = told["ty-le"]

    assert (row.band, row.band_word) == (Band.NO_DATA, "chưa có mẫu số")
    assert gap_text(row) == "chưa có số “diện tích quy hoạch” để tính tỷ lệ"
