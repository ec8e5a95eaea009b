"""The forecast beside a standing: which periods it uses, where it starts, what stands beside it, its queries."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import Opening, PathPoint, Target
from indicators.services.launching import launch_campaign
from indicators.tables import outlooks
from indicators.tables.outlooks import with_outlooks
from indicators.tables.standings import SENT, read_definitions, standings
from tests.builders import at, make_world
from units import clock

pytestmark = pytest.mark.django_db


def outlook(world, period, *, commune=None, code="che", basis=SENT):
    """The outlook of the whole, or of one commune."""
    chosen = world.period(period)
    known = read_definitions(world.campaign, chosen.ends_on)
    found = with_outlooks(known, standings(world.campaign, chosen, basis=basis, definitions=known), chosen, basis)
    unit = world.authority if commune is None else world.communes[commune]
    return found[world.indicators[code].pk, unit.pk].outlook


def months(world, *amounts, commune=0, **values):
    for period, amount in enumerate(amounts, start=1):
        world.enter("che", amount, commune, period, **values)
        world.enter("ca-phe", "1", commune, period)
        world.enter("tuyen-truyen", None, commune, period, task_status="in_progress", text="Đã làm")
        world.send(commune, period)


@pytest.mark.parametrize("communes", [1, 3])
def test_forecasts_of_all_take_two_queries(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        months(world, "5", "6", "7", commune=commune)
    period = world.period(3)
    known = read_definitions(world.campaign, period.ends_on)
    found = standings(world.campaign, period, basis=SENT, definitions=known)
    with django_assert_num_queries(outlooks.QUERIES):
        rows = with_outlooks(known, found, period, SENT)
    assert [row.outlook.found.periods for row in rows.values() if row.outlook] == [3] * (communes + 1)


def test_below_three_periods_it_says_that_data_do_not_suffice():
    world = make_world(communes=1)
    months(world, "5", "6")
    found = outlook(world, 2)
    assert (found.expected_text, found.interval_text, found.verdict, found.chance_text) == (
        "chưa đủ dữ liệu",
        "",
        "",
        "–",
    )
    assert found.sentence == "chưa đủ dữ liệu để dự báo: mới có 2 kỳ, cần ít nhất 3 kỳ"


def test_an_even_pace_on_the_straight_line_leads_to_its_end():
    world = make_world(communes=1)
    months(world, "5", "5", "5")
    found = outlook(world, 3)
    end = world.campaign.ends_on
    days = (end - world.campaign.starts_on).days + 1
    gone = (world.period(3).ends_on - world.campaign.starts_on).days + 1
    assert abs(found.found.expected - Decimal(15) * days / gone) < Decimal("0.001")
    assert "nếu giữ nhịp của 3 kỳ đã có" in found.sentence
    assert found.found.low < found.plan < found.found.high
    assert found.verdict == "chưa chắc đạt kế hoạch"


def test_a_pace_that_leads_nowhere_near_the_plan_is_called_so():
    world = make_world(communes=1)
    months(world, "2", "2", "2")
    found = outlook(world, 3)
    assert found.found.high < found.plan
    assert found.verdict == "nhiều khả năng không đạt kế hoạch"


def test_a_season_still_to_come_is_in_the_forecast():
    world = make_world(communes=1)
    for number, share in ((1, 5), (2, 10), (3, 20), (4, 60), (5, 100), (6, 100)):
        PathPoint.objects.create(indicator=world.indicators["che"], period=world.period(number), share=share)
    months(world, "2.5", "2.5", "5")
    found = outlook(world, 3)
    # the path alone says 50, the same pace on a straight line about 20; months that fit the path exactly speak for it
    assert found.found.rest == Decimal("0.8")
    assert 48 < found.found.expected < 50


def test_what_was_done_before_the_launch_is_where_the_pace_begins():
    world = make_world(communes=1, launched=False)
    che = world.indicators["che"]
    Opening.objects.create(indicator=che, unit=world.communes[0], amount=Decimal(20))
    for number, share in ((1, 50), (2, 60), (3, 70), (4, 80), (5, 90), (6, 100)):
        PathPoint.objects.create(indicator=che, period=world.period(number), share=share)
    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    months(world, "5", "5", "5")
    found = outlook(world, 3, commune=0)
    # 15 more for 30 points of the path since the opening, 30 points are left: 50, and close to it on a straight line
    assert abs(found.found.expected - 50) < Decimal("0.5")


def test_a_whole_leaves_out_the_months_in_which_units_are_missing():
    world = make_world(communes=2)
    months(world, "5", "5", "5", "5")
    months(world, "5", "5", "5", commune=1)
    found = outlook(world, 4)
    assert (found.as_of, found.lacking, found.found.periods) == (world.period(3).ends_on, 0, 3)
    assert found.sentence.endswith("tính theo số liệu đến 14/9/2024")


def test_a_whole_that_was_never_complete_says_how_many_units_are_lacking():
    world = make_world(communes=2)
    months(world, "5", "5", "5")
    found = outlook(world, 3)
    assert found.lacking == 1
    assert found.sentence.endswith("chưa gồm 1 đơn vị chưa có số liệu")


def test_the_units_own_estimate_of_the_year_stands_beside_and_the_whole_waits_for_all():
    world = make_world(communes=2)
    months(world, "5", "5", "5", year_estimate=Decimal("48.5"))
    assert (outlook(world, 3, commune=0).estimate_text, outlook(world, 3).estimate_text) == (
        "48,5",
        "mới 1/2 đơn vị có ước cả năm",
    )
    months(world, "5", "5", "5", commune=1, year_estimate=Decimal("40"))
    assert outlook(world, 3).estimate_text == "88,5"


def test_without_a_plan_there_is_no_outlook():
    world = make_world(communes=1)
    Target.objects.filter(indicator=world.indicators["che"]).update(valid_from=date(2030, 1, 1))
    months(world, "5", "5", "5")
    assert outlook(world, 3) is None
