"""From the whole of an indicator down to the figure: who, when, which version, from what source."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.services.confirmations import confirm_figures, reconcile_figure
from indicators.services.figures import OnBehalf, enter_figure
from indicators.tables.standings import OFFICIAL, SENT
from reports.tables import indicator_units as units
from reports.tables.frame import Frame
from reports.tables.indicator_units import indicator_units
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


def table(world, person="leader", basis=SENT, code="che", period=1):
    frame = Frame(world.campaign, world.period(period), basis)
    return indicator_units(frame, world.indicators[code], world.people[person])


@pytest.mark.parametrize("communes", [1, 3])
def test_the_page_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_max_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        fill(world, commune, che="10")
        world.send(commune)
    frame = Frame(world.campaign, world.period(1), SENT)
    leader = world.people["leader"]
    assert leader.grants
    with django_assert_max_num_queries(units.QUERIES):
        found = indicator_units(frame, world.indicators["che"], leader)
        assert [row.source.entered_text for row in found.units] == ["10,0"] * communes


def test_each_unit_shows_its_part_and_the_figure_behind_it():
    world = make_world(communes=2)
    world.people["clerk0"].full_name = "Người nhập xã Hiếu"
    world.people["clerk0"].save()
    with clock.set_to(at("2024-07-15", 16, 42)):
        fill(world, 0, che="30")
        figure = world.figure("che")
        enter_figure(
            figure,
            {"data_source": "Biên bản nghiệm thu", "as_of_on": date(2024, 7, 12)},
            by=world.people["clerk0"],
            read_version=figure.version,
        )
        world.send(0)
        fill(world, 1, che="10")
        world.send(1)
    first, second = table(world).units
    assert (first.name, first.standing.since_launch_text, first.share_text) == ("xã Hiếu", "30,0", "75,0 %")
    assert (second.name, second.share_text) == ("xã Pờ Ê", "25,0 %")
    source = first.source
    assert (source.entered_text, source.entered_by, source.entered_at, source.version) == (
        "30,0",
        "Người nhập xã Hiếu",
        "15/7/2024, 16:42",
        2,
    )
    assert (source.data_source, source.as_of, source.is_confirmed) == ("Biên bản nghiệm thu", "12/7/2024", False)


def test_a_figure_changed_after_sending_still_shows_the_version_that_counts():
    world = make_world(communes=1)
    fill(world, che="30")
    world.send()
    figure = world.figure("che")
    type(figure).objects.filter(pk=figure.pk).update(amount=Decimal("99"))
    assert table(world).units[0].source.entered_text == "30,0"


def test_confirmation_and_the_reconciled_value_stand_beside_the_units_figure():
    world = make_world(communes=2)
    for commune in (0, 1):
        fill(world, commune, che="30")
        world.send(commune)
    confirm_figures([world.figure("che", 0)], by=world.people["reviewer"])
    reconcile_figure(
        world.figure("che", 1), {"amount": Decimal("28")}, by=world.people["reviewer"], ground="Biên bản nghiệm thu"
    )
    first, second = table(world).units
    assert first.source.is_confirmed
    assert (second.source.entered_text, second.source.reconciled_text) == ("30,0", "28,0")
    assert second.standing.since_launch_text == "28,0"


def test_a_figure_entered_on_behalf_says_by_what_way_it_came():
    world = make_world(communes=1)
    fill(world, che="1")
    figure = world.figure("che")
    enter_figure(
        figure,
        {"amount": Decimal("5")},
        by=world.people["coordinator"],
        read_version=figure.version,
        on_behalf=OnBehalf(world.communes[0], "phone", "(Họ và tên)"),
    )
    world.send()
    assert table(world).units[0].source.behalf == "nhập thay, nhận qua điện thoại"


def test_units_that_are_not_in_the_number_are_named():
    world = make_world(communes=3)
    fill(world, 1, che="5")
    world.send(1)
    assert table(world).missing == ("xã Hiếu", "xã Măng Cành")
    assert table(world, basis=OFFICIAL).missing == ("xã Hiếu", "xã Măng Cành", "xã Pờ Ê")


def test_a_person_who_may_not_open_figures_sees_no_source():
    world = make_world(communes=1)
    fill(world, che="5")
    world.send()
    assert table(world, "reader").units[0].source is None


def test_the_course_has_its_numbers_beside_the_drawing():
    world = make_world(communes=1)
    for period, amount in enumerate(["10", "15"], start=1):
        fill(world, 0, period, che=amount)
        world.send(0, period)
    points = table(world, period=2).points
    assert [(one.period, one.launch) for one in points[:3]] == [
        ("Tháng 7/2024", "10,0"),
        ("Tháng 8/2024", "25,0"),
        ("Tháng 9/2024", "–"),
    ]


def test_a_task_shows_what_each_unit_did():
    world = make_world(communes=1)
    fill(world)
    world.send()
    [unit] = table(world, code="tuyen-truyen").units
    assert (unit.standing.task_text, unit.source.text) == ("Đang thực hiện", "Đã triển khai.")
