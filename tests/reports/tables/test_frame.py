"""Which period a board opens on, and how many reports of it are where."""

from datetime import date

import pytest

from campaign.models import Participation
from indicators.tables.standings import SENT
from reports.tables.frame import Frame, begun_periods, current_period, gathering_period, tally
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "opened", "gathering"),
    [
        (date(2024, 6, 1), "Tháng 7/2024", None),
        (date(2024, 7, 10), "Tháng 7/2024", None),
        (date(2024, 7, 15), "Tháng 7/2024", "Tháng 7/2024"),
        (date(2024, 8, 14), "Tháng 7/2024", None),
        (date(2024, 8, 15), "Tháng 7/2024", "Tháng 8/2024"),
        (date(2024, 8, 16), "Tháng 7/2024", "Tháng 8/2024"),
        (date(2024, 8, 17), "Tháng 8/2024", None),
    ],
)
def test_a_board_opens_on_the_last_period_whose_deadline_has_passed(day, opened, gathering):
    world = make_world(communes=1)
    periods = begun_periods(world.campaign, day)
    assert str(current_period(periods, day)) == opened
    found = gathering_period(periods, day)
    assert (str(found) if found else None) == gathering


def test_the_head_tells_window_and_last_day_of_the_figures():
    world = make_world(communes=1)
    frame = Frame(world.campaign, world.period(2), SENT)
    assert (frame.window, frame.cut_off, frame.slug) == ("15/7–14/8/2024", "14/8/2024", "tam-tinh")


def test_reports_are_counted_by_what_has_come_and_what_is_late():
    world = make_world(communes=3)
    Participation.objects.exclude(unit__in=world.communes).update(relation="asked")
    with clock.set_to(at("2024-07-15")):
        for commune in (0, 1):
            fill(world, commune)
            world.send(commune)
        world.receive(0)
    with clock.set_to(at("2024-07-16", 23)):
        assert tally(world.period(1)).text == "2/3 đơn vị đã gửi báo cáo, đã tiếp nhận 1"
    with clock.set_to(at("2024-07-17", 0)):
        assert tally(world.period(1)).text == "2/3 đơn vị đã gửi báo cáo, đã tiếp nhận 1, chậm 1"
