"""The marks of a standing say in words what they draw."""

import re
from decimal import Decimal

import pytest

from indicators.tables.standings import SENT
from reports import charts
from reports.tables.board import board
from reports.tables.frame import Frame
from tests.builders import fill, make_world

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
