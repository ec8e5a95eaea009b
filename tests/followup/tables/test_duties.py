"""What was asked of a unit waits on its home until it is done; a neighbour's never shows."""

import pytest

from followup.services.actions import report_done
from followup.services.reminders import answer_reminder
from followup.tables import duties
from followup.tables.duties import own_duties
from tests.builders import at, make_world
from tests.followup.rows import follow_up
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-20")):
        yield make_world(communes=3)


def test_a_head_sees_what_waits_for_the_own_unit_and_nothing_of_another(world):
    rows = follow_up(world, 1)
    found = own_duties(world.people["head1"])

    assert {(one.kind, one.page, one.pk) for one in found} == {
        ("Đề nghị báo cáo nguyên nhân", "followup:explanation", rows["explanation"].pk),
        ("Việc được giao", "followup:action", rows["item"].pk),
        ("Đôn đốc", "followup:reminder", rows["reminder"].pk),
    }
    assert own_duties(world.people["head0"]) == ()


def test_what_is_late_comes_first_and_what_is_done_goes(world):
    rows = follow_up(world)
    with clock.set_to(at("2024-10-25")):
        assert {one.due_text for one in own_duties(world.people["head0"])} == {"quá hạn 20/10/2024"}
        report_done(rows["item"], by=world.people["head0"], result="Đã trồng dặm")
        answer_reminder(rows["reminder"], by=world.people["head0"], answer="Đã gửi")
        assert [one.kind for one in own_duties(world.people["head0"])] == ["Đề nghị báo cáo nguyên nhân"]


@pytest.mark.parametrize("communes", [1, 3])
def test_the_duties_take_the_same_queries_for_one_unit_and_for_three(world, communes, django_assert_num_queries):
    for commune in range(communes):
        follow_up(world, commune)
    head = world.people["head0"]
    assert head.grants
    with django_assert_num_queries(duties.QUERIES):
        assert own_duties(head)
