"""The tables of moves of obstacles and explanations: every step × state × side, and what they promise as a whole."""

from datetime import date, timedelta
from itertools import product

import pytest

from campaign.rules.moves import diagram_of
from followup.choices import ExplanationKind, ExplanationState, ObstacleState, Side
from followup.rules import explanations, obstacles, reminders
from followup.rules.moves import Step, steps_of

TODAY = date(2024, 8, 15)
UNIT, OWNER, LEAD, STANDING, LEADER = Side.UNIT, Side.OWNER, Side.LEAD, Side.STANDING_BODY, Side.LEADER
RAISED, IN_HAND, ESCALATED, RESOLVED = "raised", "in_hand", "escalated", "resolved"

#: Written out by hand, so that a slip in the table does not repeat itself here.
EXPECTED = {
    (UNIT, RAISED): {"withdraw"},
    (UNIT, IN_HAND): {"withdraw"},
    (UNIT, RESOLVED): {"reopen"},
    (OWNER, RAISED): {"resolve"},
    (OWNER, IN_HAND): {"resolve"},
    (OWNER, ESCALATED): {"resolve"},
    (LEAD, RAISED): {"take_up", "resolve"},
    (LEAD, IN_HAND): {"take_up", "resolve"},
    (LEAD, ESCALATED): {"resolve"},
    (LEAD, RESOLVED): {"reopen"},
    (STANDING, RAISED): {"take_up", "escalate", "resolve", "withdraw"},
    (STANDING, IN_HAND): {"take_up", "escalate", "resolve", "withdraw"},
    (STANDING, ESCALATED): {"resolve"},
    (STANDING, RESOLVED): {"reopen"},
    (LEADER, RAISED): {"take_up", "resolve"},
    (LEADER, IN_HAND): {"take_up", "resolve"},
    (LEADER, ESCALATED): {"direct", "resolve"},
    (LEADER, RESOLVED): {"reopen"},
}
ANSWERS = {
    (UNIT, "asked"): {"answer"},
    (UNIT, "returned"): {"answer"},
    (STANDING, "asked"): {"withdraw"},
    (STANDING, "returned"): {"withdraw"},
    (STANDING, "answered"): {"return", "close"},
    (LEADER, "asked"): {"withdraw"},
    (LEADER, "returned"): {"withdraw"},
    (LEADER, "answered"): {"return", "close"},
}
TABLES = [(obstacles.STEPS, ObstacleState), (explanations.STEPS, ExplanationState)]
EVERY = [step for steps, _ in TABLES for step in steps.values()]


@pytest.mark.parametrize(("side", "state"), list(product(Side.values, ObstacleState.values)))
def test_a_side_has_exactly_its_steps_towards_an_obstacle(side: str, state: str):
    assert {step.name for step in steps_of(obstacles.STEPS, side, state)} == EXPECTED.get((side, state), set())


@pytest.mark.parametrize(("side", "state"), list(product(Side.values, ExplanationState.values)))
def test_a_side_has_exactly_its_steps_towards_a_request(side: str, state: str):
    assert {step.name for step in steps_of(explanations.STEPS, side, state)} == ANSWERS.get((side, state), set())


@pytest.mark.parametrize("step", EVERY, ids=lambda step: step.audit_event)
def test_a_step_speaks_vietnamese_and_leaves_its_own_event(step: Step):
    assert step.label
    assert step.done.startswith("Đã ")
    assert [other for other in EVERY if other.audit_event == step.audit_event] == [step]


def test_what_goes_back_up_or_away_says_why():
    told = {name for name, step in obstacles.STEPS.items() if step.needs_text}
    assert told == {"escalate", "direct", "resolve", "reopen", "withdraw"}
    assert [name for name, step in obstacles.STEPS.items() if step.needs_proof] == ["resolve"]


@pytest.mark.parametrize(("kind", "side"), [("cause", STANDING), ("account", LEADER)])
def test_who_asked_and_a_leader_close_a_request(kind: str, side: str):
    assert set(explanations.sides_of(explanations.STEPS["close"], kind)) == {side, LEADER}
    assert explanations.sides_of(explanations.STEPS["answer"], kind) == (UNIT,)


def test_only_a_leader_demands_an_account():
    assert explanations.ASKERS == {ExplanationKind.CAUSE: STANDING, ExplanationKind.ACCOUNT: LEADER}


@pytest.mark.parametrize(("steps", "states"), TABLES)
def test_the_diagram_holds_every_step_once(steps, states):
    drawn = diagram_of(steps, dict(states.choices), states.values[0])
    arrows = [line.strip() for line in drawn.splitlines() if "-->" in line]
    expected = [f"{one} --> {step.to_state}: {step.label}" for step in steps.values() for one in step.from_states]
    assert arrows == [f"[*] --> {states.values[0]}", *expected]


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_overdue_is_the_day_after_the_due_day_while_open(days: int, late: bool):
    due = TODAY + timedelta(days=days)
    assert obstacles.is_overdue("in_hand", due, TODAY) is late
    assert not obstacles.is_overdue("resolved", due, TODAY)
    assert explanations.is_overdue("asked", due, TODAY) is late
    assert not explanations.is_overdue("answered", due, TODAY)
    assert not obstacles.is_overdue("raised", None, TODAY)


@pytest.mark.parametrize(
    ("before", "now", "turned"),
    [
        ("behind", "on_track", True),
        ("at_risk", "met", True),
        ("at_risk", "behind", False),
        ("behind", "no_data", False),
        ("on_track", "ahead", False),
        ("", "met", False),
    ],
)
def test_an_indicator_has_turned_when_it_left_the_lagging_bands(before: str, now: str, turned: bool):
    assert explanations.has_turned(before, now) is turned


def test_the_unit_s_own_day_counts_until_the_indicator_turns():
    eve = TODAY - timedelta(days=1)
    assert explanations.is_remedy_late("answered", eve, False, TODAY)
    assert not explanations.is_remedy_late("answered", eve, True, TODAY)
    assert not explanations.is_remedy_late("answered", TODAY, False, TODAY)


@pytest.mark.parametrize(("ago", "quiet", "soon"), [(2, 3, True), (3, 3, False), (0, 1, True), (0, 0, False)])
def test_a_unit_is_left_in_peace_for_the_chosen_days(ago: int, quiet: int, soon: bool):
    assert reminders.is_too_soon(TODAY - timedelta(days=ago), TODAY, quiet) is soon
    assert not reminders.is_too_soon(None, TODAY, quiet)


def test_leaders_hear_from_the_reminder_after_the_chosen_number():
    assert [reminders.is_escalation(number, 2) for number in (1, 2, 3, 4)] == [False, False, True, True]
    assert not reminders.is_escalation(9, 0)


def test_a_failed_letter_waits_longer_each_time_and_never_stops():
    assert [reminders.retry_minutes(attempts) for attempts in range(1, 7)] == [1, 5, 15, 60, 240, 240]
