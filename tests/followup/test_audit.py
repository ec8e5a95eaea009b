"""Every act about what is done about it leaves one line in the trail; a refused act leaves none."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

import followup.services
from followup.models import Mail
from followup.services.actions import add_action, reopen_item, report_done
from followup.services.explanations import ask_explanation, move_explanation
from followup.services.inspections import add_paper, note_findings, record_conclusion, record_inspection
from followup.services.mail import send_again
from followup.services.obstacles import comment_on_obstacle, move_obstacle, raise_obstacle
from followup.services.records import record_good_work, withdraw_record
from followup.services.reminders import Particulars as Sending
from followup.services.reminders import answer_reminder, log_delivery, send_reminders, set_policy
from followup.services.steps import Particulars
from tests.builders import World, at, make_world
from tests.followup.rows import follow_up
from units import clock
from units.models import AuditLine, User

pytestmark = pytest.mark.django_db
MOMENT, DAY, LATER = at("2024-08-15"), date(2024, 8, 30), date(2024, 10, 25)
Act = Callable[[World, dict[str, Any], User], object]

#: The act, its event, who may do it, who may not.
ACTS: dict[str, tuple[Act, str, str]] = {
    "raise_obstacle": (
        lambda w, k, by: raise_obstacle(w.campaign, w.communes[0], by=by, title="Mưa lũ", kind="objective"),
        "obstacle.raised",
        "clerk0",
    ),
    "comment_on_obstacle": (
        lambda w, k, by: comment_on_obstacle(k["obstacle"], by=by, text="Đề nghị nêu rõ"),
        "obstacle.commented",
        "coordinator",
    ),
    "move_obstacle": (
        lambda w, k, by: move_obstacle("escalate", k["obstacle"], by=by, given=Particulars(text="Xin ý kiến")),
        "obstacle.escalated",
        "coordinator",
    ),
    "ask_explanation": (
        lambda w, k, by: ask_explanation("account", w.campaign, w.communes[1], by=by, question="Vì sao?", due_on=DAY),
        "explanation.account_asked",
        "leader",
    ),
    "move_explanation": (
        lambda w, k, by: move_explanation("withdraw", k["explanation"], by=by, given=Particulars(text="Nhầm đơn vị")),
        "explanation.withdrawn",
        "coordinator",
    ),
    "record_inspection": (
        lambda w, k, by: record_inspection(w.campaign, by=by, name="Kiểm tra", units=w.communes, starts_on=DAY),
        "inspection.recorded",
        "coordinator",
    ),
    "note_findings": (
        lambda w, k, by: note_findings(k["inspection"], by=by, strengths="Tốt", shortcomings=""),
        "inspection.findings_noted",
        "coordinator",
    ),
    "add_paper": (
        lambda w, k, by: add_paper(k["inspection"], by=by, kind="plan", number="12/KH", dated=MOMENT.date()),
        "inspection.paper_added",
        "coordinator",
    ),
    "record_conclusion": (
        lambda w, k, by: record_conclusion(w.campaign, by=by, meeting="Giao ban", dated=MOMENT.date()),
        "conclusion.recorded",
        "coordinator",
    ),
    "add_action": (
        lambda w, k, by: add_action(k["inspection"], by=by, text="Trồng dặm", owner_unit=w.communes[0], due_on=LATER),
        "action_item.added",
        "coordinator",
    ),
    "report_done": (
        lambda w, k, by: report_done(k["item"], by=by, result="Đã trồng"),
        "action_item.done",
        "clerk0",
    ),
    "record_good_work": (
        lambda w, k, by: record_good_work(
            w.campaign,
            by=by,
            kind="model",
            area=w.area,
            title="Vườn rau",
            happened_on=MOMENT.date(),
            unit=w.communes[0],
        ),
        "record.added",
        "clerk0",
    ),
    "withdraw_record": (lambda w, k, by: withdraw_record(k["record"], by=by), "record.withdrawn", "clerk0"),
    "send_reminders": (
        lambda w, k, by: send_reminders(
            w.campaign, w.period(1), w.communes[1:2], by=by, given=Sending(channels=[], answer_by=DAY)
        ),
        "reminder.sent",
        "coordinator",
    ),
    "log_delivery": (
        lambda w, k, by: log_delivery(k["reminder"], by=by, channel="phone"),
        "reminder.delivered",
        "coordinator",
    ),
    "answer_reminder": (
        lambda w, k, by: answer_reminder(k["reminder"], by=by, answer="Gửi chiều nay"),
        "reminder.answered",
        "clerk0",
    ),
    "set_policy": (
        lambda w, k, by: set_policy(w.campaign, by=by, quiet_days=1, escalate_after=3),
        "reminder.policy_set",
        "coordinator",
    ),
    "send_again": (
        lambda w, k, by: send_again(Mail.objects.all(), campaign=w.campaign, by=by),
        "mail.sent_again",
        "coordinator",
    ),
}
#: Tried below; and parts of an act, around which the line is written.
APART = {"reopen_item"}
PARTS_OF_AN_ACT = {"notify", "write_line"}


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world()


def services() -> set[str]:
    """Every public function of a service that a person calls."""
    modules = [
        importlib.import_module(f"followup.services.{found.name}")
        for found in pkgutil.iter_modules(followup.services.__path__)
    ]
    return {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "by" in inspect.signature(function).parameters
    }


def test_every_service_that_a_person_calls_stands_in_the_table():
    assert services() == set(ACTS) | APART | PARTS_OF_AN_ACT


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_one_line_that_says_who_when_and_what(world: World, name: str):
    act, event, who = ACTS[name]
    kept, before = follow_up(world), AuditLine.objects.count()

    act(world, kept, world.people[who])

    lines = list(AuditLine.objects.order_by("pk")[before:])
    assert [(line.event, line.by, line.at) for line in lines] == [(event, world.people[who], MOMENT)]
    assert lines[0].subject


@pytest.mark.parametrize("name", ACTS)
def test_a_refused_act_leaves_no_line(world: World, name: str):
    kept, before = follow_up(world), AuditLine.objects.count()

    with pytest.raises((PermissionDenied, ValidationError)):
        ACTS[name][0](world, kept, world.people["reader"])

    assert AuditLine.objects.count() == before


def test_what_is_sent_back_keeps_its_former_result_in_the_trail(world: World):
    item = report_done(follow_up(world)["item"], by=world.people["clerk0"], result="Đã trồng")

    with pytest.raises(PermissionDenied):
        reopen_item(item, by=world.people["clerk0"], reason="Chưa đủ")
    row = reopen_item(item, by=world.people["coordinator"], reason="Chưa đủ", due_on=DAY)

    line = AuditLine.objects.first()
    assert (line.event, line.reason, line.detail) == ("action_item.reopened", "Chưa đủ", {"result": "Đã trồng"})
    assert (row.done_at, row.due_on) == (None, DAY)
