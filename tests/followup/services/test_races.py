"""Two at the same moment: one resolves and the other is told; a digest and a letter go out once."""

import pytest

from followup.models import Mail, Notice, Obstacle, ObstacleStep, Reminder
from followup.services.digest import send_digests
from followup.services.mail import queue_mail, send_due_mail
from followup.services.obstacles import move_obstacle, raise_obstacle
from followup.services.reminders import Particulars as ReminderParticulars
from followup.services.reminders import send_reminders
from followup.services.steps import Particulars
from tests.builders import make_world
from tests.followup.services.test_mail import Postbox, postbox  # noqa: F401
from tests.indicators.services.test_races import MOMENT, at_once, person
from units import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world()


def test_of_two_who_resolve_one_is_told(world):
    row = raise_obstacle(
        world.campaign, world.communes[0], by=world.people["clerk0"], title="Giống về muộn", kind="objective"
    )
    given = Particulars(text="Đã cấp giống", proof_note="Biên bản ngày 12/7/2024")

    def resolve(who: str) -> Obstacle:
        fresh = Obstacle.objects.get(pk=row.pk)
        return move_obstacle("resolve", fresh, by=person(world, who), version=0, given=given)

    results = at_once([lambda: resolve("coordinator"), lambda: resolve("coordinator_head")])

    assert sorted(type(one).__name__ for one in results) == ["LostRace", "Obstacle"]
    assert ObstacleStep.objects.filter(obstacle=row).count() == 1


def test_two_digests_at_once_tell_each_person_once(world):
    raised = raise_obstacle(
        world.campaign, world.communes[0], by=world.people["clerk0"], title="Đường sạt lở", kind="objective"
    )
    move_obstacle("escalate", raised, by=world.people["coordinator"], given=Particulars(text="Xin ý kiến"))
    results = at_once([send_digests, send_digests])

    assert [one for one in results if isinstance(one, Exception)] == []
    told = list(Notice.objects.filter(key__startswith="digest").values_list("user__username", flat=True))
    assert told.count("leader") == 1
    assert len(told) == len(set(told)) == sum(results)


def test_two_workers_send_a_letter_once(world, postbox: Postbox):  # noqa: F811
    user = world.people["clerk0"]
    user.work_email = "xa@konplong.example"
    user.save()
    with clock.set_to(MOMENT):
        queue_mail([user], "Đôn đốc", "Chưa gửi.", key="a")

    results = at_once([send_due_mail, send_due_mail])

    assert sorted(results) == [(0, 0), (1, 0)]
    assert len(postbox.letters) == 1
    assert Mail.objects.get().attempts == 1


def test_of_two_who_remind_at_once_the_unit_hears_one(world):
    def remind(who: str) -> object:
        given = ReminderParticulars(channels=["in_app"], answer_by=clock.today())
        return send_reminders(world.campaign, world.period(1), world.communes[:1], by=person(world, who), given=given)

    results = at_once([lambda: remind("coordinator"), lambda: remind("coordinator_head")])

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Reminder.objects.count() == 1
