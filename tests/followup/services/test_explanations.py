"""Requests for causes and accounts: who asks whom, what an answer holds, when it is over."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from followup.models import Explanation, Notice
from followup.services.explanations import ask_explanation, move_explanation
from followup.services.steps import Particulars
from followup.tables.explanations import explanation_list
from tests.builders import World, at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db
SOON = date(2024, 8, 20)
ANSWER = Particulars(
    cause_kind="objective", cause_text="Mưa kéo dài", remedy="Trồng bù tháng 9", remedy_due_on=date(2024, 9, 10)
)


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        world = make_world()
        fill(world, che="1")
        world.send()
    with clock.set_to(at("2024-08-15")):
        yield world


def asked(world: World, who: str = "coordinator", kind: str = "cause", **values) -> Explanation:
    return ask_explanation(
        kind,
        world.campaign,
        world.communes[0],
        **{
            "by": world.people[who],
            "question": "Vì sao trồng chè chậm?",
            "due_on": SOON,
            "indicator": world.indicators["che"],
            "period": world.period(2),
            **values,
        },
    )


@pytest.mark.parametrize(
    ("who", "kind"),
    [("coordinator", "account"), ("coordinator_head", "account"), ("leader", "cause"), ("reviewer", "cause")],
)
def test_only_a_leader_demands_an_account_and_only_the_standing_body_asks_for_causes(world, who: str, kind: str):
    with pytest.raises(PermissionDenied):
        asked(world, who, kind)


def test_the_clock_starts_and_the_unit_hears(world: World):
    row = asked(world, "leader", "account")

    assert (row.asked_at, row.due_on, row.state) == (at("2024-08-15"), SOON, "asked")
    assert row.band_before in {"behind", "at_risk"}
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"clerk0", "head0"}


@pytest.mark.parametrize("relation", ["asked", "supports", "own_channel"])
def test_a_unit_that_is_only_asked_to_co_operate_never_accounts(world: World, relation: str):
    world.campaign.participations.filter(unit=world.communes[0]).update(relation=relation)

    with pytest.raises(PermissionDenied, match="không đôn đốc, không yêu cầu giải trình"):
        asked(world)


def test_one_open_request_of_a_kind_about_an_indicator_is_enough(world: World):
    asked(world)

    with pytest.raises(ValidationError, match="đang có yêu cầu cùng loại"):
        asked(world)


def test_an_answer_has_cause_remedy_and_day(world: World):
    row = asked(world)
    for lacking in ("cause_kind", "cause_text", "remedy", "remedy_due_on"):
        given = Particulars(**{**ANSWER.__dict__, lacking: None if lacking == "remedy_due_on" else ""})
        with pytest.raises(ValidationError):
            move_explanation("answer", row, by=world.people["clerk0"], given=given)

    row = move_explanation("answer", row, by=world.people["clerk0"], given=ANSWER)

    assert (row.state, row.answered_by) == ("answered", world.people["clerk0"])
    assert "Trồng bù tháng 9" in row.steps.get().text


def test_it_may_go_back_with_a_new_day_and_only_who_asked_closes_it(world: World):
    row = move_explanation("answer", asked(world), by=world.people["clerk0"], given=ANSWER)
    back = Particulars(text="Nêu rõ diện tích", due_on=date(2024, 8, 25))
    row = move_explanation("return", row, by=world.people["coordinator"], given=back)
    assert (row.state, row.due_on) == ("returned", date(2024, 8, 25))

    row = move_explanation("answer", row, by=world.people["head0"], given=ANSWER)
    with pytest.raises(PermissionDenied):
        move_explanation("close", row, by=world.people["clerk0"], given=Particulars(text="Xong"))
    row = move_explanation("close", row, by=world.people["coordinator"], given=Particulars(text="Đã trồng bù"))

    assert row.state == "closed"


def test_the_standing_body_does_not_close_what_a_leader_demanded(world: World):
    row = asked(world, "leader", "account")
    row = move_explanation("answer", row, by=world.people["head0"], given=ANSWER)

    with pytest.raises(PermissionDenied):
        move_explanation("close", row, by=world.people["coordinator"], given=Particulars(text="Xong"))


def test_overdue_is_derived_from_the_day(world: World):
    asked(world)

    with clock.set_to(at("2024-08-20")):
        assert not explanation_list(world.people["coordinator"], {}).rows[0].line.is_overdue
    with clock.set_to(at("2024-08-21")):
        row = explanation_list(world.people["coordinator"], {"trang_thai": "qua-han"}).rows[0]
        assert row.line.is_overdue


def test_it_is_followed_until_the_indicator_turns(world: World):
    move_explanation("answer", asked(world), by=world.people["clerk0"], given=ANSWER)
    with clock.set_to(at("2024-09-15")):
        (row,) = explanation_list(world.people["coordinator"], {}).rows
        assert (row.has_turned, row.is_remedy_late) == (False, True)

        fill(world, period=2, che="48")
        world.send(period=2)
        (row,) = explanation_list(world.people["coordinator"], {}).rows

    assert (row.has_turned, row.is_remedy_late) == (True, False)


def test_siblings_see_nothing(world: World):
    asked(world)

    seen = {name for name, user in world.people.items() if Explanation.objects.visible_to(user).exists()}

    assert seen == {"clerk0", "head0", "reviewer", "coordinator", "coordinator_head", "leader"}
