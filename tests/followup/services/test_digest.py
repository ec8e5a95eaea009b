"""The daily digest: once a working day, only for whom there is something, safe to run twice."""

import pytest
from django.core.management import call_command

from followup.models import Notice
from followup.services.digest import send_digests
from followup.services.obstacles import move_obstacle, raise_obstacle
from followup.services.steps import Particulars
from followup.tables.digest import QUERIES, digest_lines
from tests.builders import World, at, fill, make_person, make_world
from units import clock
from units.choices import Role
from units.models import AuditLine
from units.services import lend_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-19", 8)):
        world = make_world()
        fill(world, 1)
        world.send(1)
        yield world


def told() -> dict[str, str]:
    return dict(Notice.objects.filter(key__startswith="digest").values_list("user__username", "detail"))


def test_each_hears_only_of_the_own_work(world: World):
    raised = raise_obstacle(
        world.campaign, world.communes[1], by=world.people["clerk1"], title="Đường sạt lở", kind="objective"
    )
    move_obstacle("escalate", raised, by=world.people["coordinator"], given=Particulars(text="Xin ý kiến"))

    send_digests()

    found = told()
    assert set(found) == {"clerk0", "head0", "reviewer", "coordinator", "coordinator-head", "leader"}
    assert found["reviewer"].startswith("- Chưa xác nhận 3 số liệu đã gửi của Tháng 7/2024: Trồng chè mới (1), ")
    assert "chậm 3 ngày" in found["clerk0"]
    assert found["coordinator"] == "- 1 đơn vị chậm gửi báo cáo Tháng 7/2024.\n- 1 báo cáo Tháng 7/2024 chờ tiếp nhận."
    assert found["leader"] == "- 1 vướng mắc chờ ý kiến chỉ đạo."


def test_running_it_again_tells_nobody_twice(world: World):
    first = send_digests()
    for _ in range(2):
        call_command("run_due", verbosity=0)

    assert first > 0
    assert Notice.objects.filter(key__startswith="digest").count() == first
    assert AuditLine.objects.filter(event="digest.sent").count() == 1


def test_who_stands_in_hears_too(world: World):
    holder = make_person("nguoi-thay", world.communes[0], Role.READER)
    lend_role(
        world.people["clerk0"].role_grants.get(),
        holder=holder,
        by=world.people["clerk0"],
        valid_from=clock.today(),
        valid_to=clock.today(),
        ground="Đi công tác",
    )

    send_digests()

    assert told()["nguoi-thay"] == told()["clerk0"]


@pytest.mark.parametrize(("day", "hour"), [("2024-07-19", 6), ("2024-07-20", 9), ("2024-07-21", 9)])
def test_nobody_is_told_before_seven_or_on_a_day_off(world: World, day: str, hour: int):
    with clock.set_to(at(day, hour)):
        assert send_digests() == 0


def test_the_next_working_day_brings_the_next(world: World):
    send_digests()
    with clock.set_to(at("2024-07-22", 9)):
        assert send_digests() > 0


@pytest.mark.parametrize("communes", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_units(communes: int, django_assert_num_queries):
    with clock.set_to(at("2024-07-19")):
        world = make_world(communes=communes, prefix=f"{communes}-")
        with django_assert_num_queries(QUERIES):
            digest_lines(world.campaign)
