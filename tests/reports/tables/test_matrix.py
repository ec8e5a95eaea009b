"""The matrix: who has sent what when; who is only asked is never late and enters no total."""

import pytest

from campaign.choices import Relation
from campaign.models import Cluster
from reports.tables import matrix as matrices
from reports.tables.matrix import Choice, matrix
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


def periods(world, last=2):
    return [world.period(number) for number in range(1, last + 1)]


def cells(table, name):
    [row] = [row for row in table.rows if row.part.unit_name == name]
    return [(cell.sign, cell.words, cell.beside) for cell in row.cells if cell]


@pytest.fixture
def world():
    """Hiếu sends July in time, Pờ Ê two days late; on 20/8 Hiếu's August is half full and Pờ Ê's is empty."""
    world = make_world(communes=2)
    for commune, day in ((0, "2024-07-15"), (1, "2024-07-18")):
        with clock.set_to(at(day)):
            fill(world, commune)
            world.send(commune)
    with clock.set_to(at("2024-07-19")):
        world.receive(0)
    with clock.set_to(at("2024-08-15")):
        world.enter("che", "1", 0, 2)
    with clock.set_to(at("2024-08-20")):
        yield world


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    shown = periods(world)
    with clock.set_to(at("2024-08-01")), django_assert_num_queries(matrices.QUERIES):
        assert len(matrix(world.campaign, shown, Choice()).rows) == communes


def test_each_report_is_told_by_sign_words_and_days(world):
    table = matrix(world.campaign, periods(world), Choice())

    assert cells(table, "xã Hiếu") == [
        ("●", "đã tiếp nhận", ""),
        ("✕", "chậm, chưa gửi, chậm 4 ngày, 1/3 dòng có số liệu", "+4"),
    ]
    assert cells(table, "xã Pờ Ê") == [
        ("◐", "chờ tiếp nhận, gửi chậm 2 ngày", "+2"),
        ("✕", "chậm, chưa gửi, chậm 4 ngày, 0/3 dòng có số liệu", "+4"),
    ]
    assert [row.late_text for row in table.rows] == ["1 lần, 4 ngày", "2 lần, 6 ngày"]
    assert [(one.owed, one.sent, one.received, one.late) for one in table.totals] == [(2, 2, 1, 0), (2, 0, 0, 2)]


def test_who_is_only_asked_for_co_operation_is_never_late_and_in_no_total(world):
    world.campaign.participations.filter(unit=world.communes[1]).update(relation=Relation.ASKED)
    table = matrix(world.campaign, periods(world), Choice())

    assert cells(table, "xã Pờ Ê")[1] == ("–", "được đề nghị, chưa gửi, 0/3 dòng có số liệu", "")
    assert [row.times_late for row in table.rows if not row.part.can_be_late] == [0]
    assert [(one.owed, one.late) for one in table.totals] == [(1, 0), (1, 1)]


def test_filters_and_order_are_those_of_the_address(world):
    cluster = Cluster.objects.create(campaign=world.campaign, name="Cụm 1")
    world.campaign.participations.filter(unit=world.communes[1]).update(cluster=cluster)
    shown = periods(world)

    def names(**asked):
        return [row.part.unit_name for row in matrix(world.campaign, shown, Choice(**asked)).rows]

    assert names(cluster=str(cluster.pk)) == ["xã Pờ Ê"]
    assert names(sort="cham") == ["xã Pờ Ê", "xã Hiếu"]
    assert names(state="cham") == ["xã Hiếu", "xã Pờ Ê"]
    assert names(state="da-tiep-nhan") == []
    assert names(kind="0") == []


def test_order_and_state_look_at_the_period_that_is_over_not_at_the_one_that_runs(world):
    with clock.set_to(at("2024-09-20")):
        shown = periods(world, 4)
        world.receive(1, 1)

        def names(**asked):
            return [row.part.unit_name for row in matrix(world.campaign, shown, Choice(**asked)).rows]

        assert names(sort="chua-gui") == ["xã Hiếu", "xã Pờ Ê"]
        for period in (2, 3):
            fill(world, 0, period, che="1")
            world.send(0, period)
        # In October, which still runs, both have a draft; what is overdue comes first.
        assert names(sort="chua-gui") == ["xã Pờ Ê", "xã Hiếu"]
        assert names(state="cho-tiep-nhan") == ["xã Hiếu"]
        assert names(state="nhap") == []


def test_units_that_need_no_look_are_counted_so_that_a_phone_may_fold_them(world):
    table = matrix(world.campaign, periods(world, 1), Choice())
    assert (len(table.rows), table.calm) == (2, 2)
    table = matrix(world.campaign, periods(world), Choice())
    assert [row.is_urgent for row in table.rows] == [True, True]


def test_the_choice_is_kept_in_the_address_where_the_periods_change():
    assert Choice(cluster="3", state="cham").query == "cum=3&loai=&trang-thai=cham&xep=don-vi"


def test_the_office_ticks_units_of_the_matrix_and_the_leader_does_not(client, world):
    unit = world.communes[0].pk
    for who, number in (("coordinator", 1), ("leader", 0)):
        client.force_login(world.people[who])
        page = client.get("/theo-doi/").text
        assert page.count(f'name="don-vi" value="{unit}" form="don-doc"') == number
        assert page.count("Đôn đốc các đơn vị đã chọn") == number
