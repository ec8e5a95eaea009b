"""Obstacles: who raises, discusses, gives, escalates, resolves; the figure stays; of two at once one is told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from followup.forms import ObstacleForm
from followup.models import Cause, Notice, Obstacle, ObstacleStep
from followup.services.obstacles import comment_on_obstacle, move_obstacle, raise_obstacle
from followup.services.steps import Particulars
from indicators.models import Figure
from tests.builders import World, at, make_person, make_world
from units import clock
from units.choices import Role
from units.errors import LostRace

pytestmark = pytest.mark.django_db
LATER = date(2024, 8, 30)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-15")):
        yield make_world()


def raised(world: World, **values) -> Obstacle:
    return raise_obstacle(
        world.campaign,
        world.communes[0],
        **{"by": world.people["clerk0"], "title": "Giống về muộn", "kind": "objective", **values},
    )


def taken_up(world: World) -> Obstacle:
    given = Particulars(owner_unit=world.lead, owner="Trưởng phòng", due_on=LATER)
    return move_obstacle("take_up", raised(world), by=world.people["coordinator"], given=given)


def test_an_obstacle_beside_a_figure_leaves_the_figure_unchanged(world: World):
    world.enter("che", "12", period=2)
    before = Figure.objects.values().get(pk=world.figure("che", period=2).pk)

    row = raised(world, figure=world.figure("che", period=2))

    assert Figure.objects.values().get(pk=before["id"]) == before
    assert (row.indicator, row.period) == (world.indicators["che"], world.period(2))


def test_office_and_lead_department_hear_of_it_and_the_one_who_raised_it_does_not(world: World):
    row = raised(world, indicator=world.indicators["che"])

    told = set(Notice.objects.values_list("user__username", flat=True))
    assert told == {"coordinator", "coordinator-head", "reviewer"}
    assert Notice.objects.first().path == f"/vuong-mac/{row.pk}/"


@pytest.mark.parametrize("who", ["clerk1", "leader", "reader"])
def test_nobody_raises_an_obstacle_of_another_unit(world: World, who: str):
    with pytest.raises(PermissionDenied):
        raised(world, by=world.people[who])


def test_it_is_given_to_an_owner_with_a_day_and_the_owner_resolves_it_with_a_proof(world: World):
    row = taken_up(world)
    assert (row.state, row.owner_unit, row.due_on) == ("in_hand", world.lead, LATER)

    proof = SimpleUploadedFile("bien-ban.pdf", PDF)
    row = move_obstacle(
        "resolve", row, by=world.people["reviewer"], given=Particulars(text="Đã cấp đủ giống", file=proof)
    )

    assert (row.state, row.resolution) == ("resolved", "Đã cấp đủ giống")
    assert ObstacleStep.objects.get(obstacle=row, move="resolve").file.owner == row


@pytest.mark.parametrize(
    ("step", "given", "sentence"),
    [
        ("take_up", Particulars(due_on=LATER), "Chọn đơn vị xử lý."),
        ("escalate", Particulars(), "Ghi nội dung báo cáo, kiến nghị khi thực hiện bước “Báo cáo Ủy ban”."),
        ("resolve", Particulars(text="Xong"), "Ghi căn cứ"),
    ],
)
def test_what_a_step_demands_is_told_in_a_sentence(world: World, step: str, given: Particulars, sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        move_obstacle(step, raised(world), by=world.people["coordinator"], given=given)


def test_a_day_that_has_passed_is_no_due_day(world: World):
    given = Particulars(owner_unit=world.lead, due_on=date(2024, 8, 14))

    with pytest.raises(ValidationError, match="đã qua"):
        move_obstacle("take_up", raised(world), by=world.people["coordinator"], given=given)


def test_the_standing_body_escalates_the_leaders_hear_and_one_directs(world: World):
    row = move_obstacle(
        "escalate", taken_up(world), by=world.people["coordinator"], given=Particulars(text="Xin bổ sung vốn")
    )
    assert Notice.objects.filter(user=world.people["leader"]).count() == 1

    given = Particulars(text="Giao", owner_unit=world.lead, due_on=LATER)
    with pytest.raises(PermissionDenied):
        move_obstacle("direct", row, by=world.people["coordinator"], given=given)
    row = move_obstacle("direct", row, by=world.people["leader"], given=given)

    assert (row.state, row.escalated_at) == ("in_hand", at("2024-08-15"))


def test_what_was_said_stays_and_others_may_not_speak(world: World):
    row = raised(world)
    comment_on_obstacle(row, by=world.people["coordinator"], text="Đề nghị nêu rõ số cây.")

    with pytest.raises(PermissionDenied):
        comment_on_obstacle(row, by=world.people["clerk1"], text="Xem hộ")
    line = row.steps.get()
    line.text = "khác"
    with pytest.raises(RuntimeError):
        line.save()
    with pytest.raises(RuntimeError):
        line.delete()


def test_who_saw_an_older_state_is_told(world: World):
    row = taken_up(world)

    with pytest.raises(LostRace):
        move_obstacle("withdraw", row, by=world.people["clerk0"], version=0, given=Particulars(text="Hết vướng"))


def test_siblings_superiors_and_readers_see_nothing(world: World):
    raised(world, indicator=world.indicators["che"])
    above = make_person("tinh", world.authority, Role.READER)

    seen = {name for name, user in world.people.items() if Obstacle.objects.visible_to(user).exists()}

    assert seen == {"clerk0", "head0", "reviewer", "coordinator", "coordinator_head", "leader"}
    assert not Obstacle.objects.visible_to(above).exists()


def test_a_lead_department_sees_only_its_indicators(world: World):
    raised(world)

    assert not Obstacle.objects.visible_to(world.people["reviewer"]).exists()


def test_the_history_keeps_to_whom_it_was_given_and_until_when_though_both_change(world: World):
    row = taken_up(world)
    later = Particulars(owner_unit=world.communes[0], due_on=date(2024, 9, 5), text="Xã tự lo giống.")
    move_obstacle("take_up", row, by=world.people["coordinator"], given=later)
    proven = Particulars(text="Đã về đủ.", proof_note="Biên bản 05")
    move_obstacle("resolve", row, by=world.people["coordinator"], given=proven)

    assert list(ObstacleStep.objects.values_list("text", flat=True)) == [
        "Phòng Nông nghiệp, Trưởng phòng, hạn 30/8/2024",
        "Xã Hiếu, hạn 5/9/2024\nXã tự lo giống.",
        "Đã về đủ.\nCăn cứ: Biên bản 05",
    ]


def test_the_usual_causes_are_offered_in_their_two_groups(world: World):
    for position, (key, kind) in enumerate([("von", "objective"), ("mua", "objective"), ("cham", "subjective")]):
        Cause.objects.create(key=key, name=key, kind=kind, position=position)

    choices = ObstacleForm(world.campaign).fields["cause"].choices

    assert [(group, [label for _, label in rows] if isinstance(rows, list) else rows) for group, rows in choices] == [
        ("", "Khác"),
        ("Khách quan", ["von", "mua"]),
        ("Chủ quan", ["cham"]),
    ]
