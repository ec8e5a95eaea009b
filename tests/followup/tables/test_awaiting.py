"""What waits for a leader stands on the board until the leader has said what comes next; nobody else sees it."""

from datetime import date

import pytest
from django.urls import reverse

from campaign.models import AreaOversight, ContentArea
from followup.services.actions import report_done
from followup.services.explanations import ask_explanation, move_explanation
from followup.services.obstacles import move_obstacle
from followup.services.steps import Particulars
from followup.tables import awaiting
from followup.tables.awaiting import awaiting_direction
from tests.builders import at, make_world
from tests.followup.rows import follow_up
from units import clock

pytestmark = pytest.mark.django_db

PROPOSAL = "Đề nghị cho ứng trước giống."


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-20")):
        yield make_world(communes=3)


def demand(world, commune=0):
    return ask_explanation(
        "account",
        world.campaign,
        world.communes[commune],
        by=world.people["leader"],
        question="Vì sao chậm?",
        due_on=date(2024, 8, 25),
        indicator=world.indicators["ca-phe"],
    )


def answer(world, account, commune=0):
    given = Particulars(
        cause_kind="subjective", cause_text="Chậm giao đất.", remedy="Trồng bù", remedy_due_on=date(2024, 9, 30)
    )
    return move_explanation("answer", account, by=world.people[f"head{commune}"], given=given)


def escalate(world, obstacle):
    return move_obstacle("escalate", obstacle, by=world.people["coordinator"], given=Particulars(text=PROPOSAL))


def told(world, person="leader", area_ids=None):
    return [(one.kind, one.wait) for one in awaiting_direction(world.campaign, world.people[person], area_ids)]


def test_what_only_a_leader_moves_on_waits_late_first_and_goes_when_it_is_done(world):
    rows = follow_up(world)
    assert told(world) == []

    escalate(world, rows["obstacle"])
    account = demand(world)
    assert told(world) == [("Chỉ đạo vướng mắc", "vừa báo cáo")]

    with clock.set_to(at("2024-08-27")):
        assert told(world) == [("Chưa giải trình", "quá hạn 2 ngày"), ("Chỉ đạo vướng mắc", "chờ 7 ngày")]
        answer(world, account)
    with clock.set_to(at("2024-10-22")):
        assert told(world) == [
            ("Kết luận quá hạn", "quá hạn 2 ngày"),
            ("Chỉ đạo vướng mắc", "chờ 63 ngày"),
            ("Xem giải trình", "trả lời 56 ngày trước"),
        ]
        leader = world.people["leader"]
        move_explanation("close", account, by=leader, given=Particulars(text="Đã chuyển biến."))
        direction = Particulars(text="Cho ứng.", owner_unit=world.lead, due_on=date(2024, 10, 30))
        move_obstacle("direct", rows["obstacle"], by=leader, given=direction)
        report_done(rows["item"], by=world.people["head0"], result="Đã trồng dặm")
        assert told(world) == []


def test_a_request_of_the_office_and_a_recommendation_do_not_wait_for_a_leader(world):
    follow_up(world)
    with clock.set_to(at("2024-10-22")):
        assert [kind for kind, _ in told(world)] == ["Kết luận quá hạn"]


def test_nobody_but_the_leaders_is_told(world):
    escalate(world, follow_up(world)["obstacle"])
    others = ("coordinator", "coordinator_head", "reviewer", "clerk0", "head0", "reader", "administrator")
    assert {person: told(world, person) for person in others} == dict.fromkeys(others, [])


def test_a_vice_chairman_sees_the_own_field_what_was_asked_and_what_belongs_to_none(world):
    rows = follow_up(world)
    escalate(world, rows["obstacle"])
    other = ContentArea.objects.create(
        campaign=world.campaign, key="2-4", numbering="2.4", title="Xã hội", short_title="Xã hội", position=2
    )
    answer(world, demand(world))
    assert [kind for kind, _ in told(world, area_ids={world.area.pk})] == ["Chỉ đạo vướng mắc", "Xem giải trình"]
    # Who demanded the account looks at its answer whatever the field.
    assert [kind for kind, _ in told(world, area_ids={other.pk})] == ["Xem giải trình"]


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(world, communes, django_assert_num_queries):
    for commune in range(communes):
        escalate(world, follow_up(world, commune)["obstacle"])
        answer(world, demand(world, commune), commune)
    leader = world.people["leader"]
    assert leader.grants
    with clock.set_to(at("2024-10-22")), django_assert_num_queries(awaiting.QUERIES):
        assert len(awaiting_direction(world.campaign, leader)) == 3 * communes


def test_the_board_opens_with_what_waits_and_what_the_office_proposed(world, client):
    escalate(world, follow_up(world)["obstacle"])
    address = reverse("reports:board")
    shown = {}
    for person in ("leader", "coordinator"):
        client.force_login(world.people[person])
        shown[person] = client.get(address).content.decode()

    assert "Chờ ý kiến chỉ đạo" in shown["leader"]
    assert PROPOSAL in shown["leader"]
    assert "Chờ ý kiến chỉ đạo" not in shown["coordinator"]


def test_a_vice_chairman_reads_on_the_board_only_what_belongs_to_the_field(world, client):
    escalate(world, follow_up(world)["obstacle"])
    other = ContentArea.objects.create(
        campaign=world.campaign, key="2-4", numbering="2.4", title="Xã hội", short_title="Xã hội", position=2
    )
    AreaOversight.objects.create(area=other, user=world.people["leader"])
    client.force_login(world.people["leader"])

    assert PROPOSAL not in client.get(reverse("reports:board")).content.decode()
    assert PROPOSAL in client.get(reverse("reports:board"), {"linh-vuc": "tat-ca"}).content.decode()
