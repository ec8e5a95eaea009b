"""The table of moves: every move × status × role, and what the table promises as a whole."""

from datetime import date, timedelta
from itertools import product

import pytest

from campaign.choices import SubmissionStatus as Status
from campaign.rules.workflow import (
    EDITABLE_STATUSES,
    MOVES,
    Move,
    diagram,
    is_editable,
    moves_from,
    moves_of,
)
from units.choices import STANDING_ROLES, Role

TODAY = date(2024, 8, 15)

#: Written out by hand, so that a slip in the table does not repeat itself here.
EXPECTED = {
    (Role.CLERK, Status.DRAFT): {"record_signed", "submit"},
    (Role.CLERK, Status.ENDORSED): {"record_signed", "reconsider", "submit"},
    (Role.CLERK, Status.SENT): {"withdraw"},
    (Role.CLERK, Status.CHANGES_REQUESTED): {"record_signed", "submit"},
    (Role.CLERK, Status.REOPENED): {"record_signed", "submit"},
    (Role.CLERK, Status.RECEIVED): {"correct"},
    (Role.CLERK, Status.CLOSED): {"correct"},
    (Role.HEAD, Status.RECEIVED): {"correct"},
    (Role.HEAD, Status.CLOSED): {"correct"},
    (Role.HEAD, Status.DRAFT): {"endorse", "record_signed", "submit"},
    (Role.HEAD, Status.ENDORSED): {"record_signed", "reconsider", "submit"},
    (Role.HEAD, Status.SENT): {"withdraw"},
    (Role.HEAD, Status.CHANGES_REQUESTED): {"endorse", "record_signed", "submit"},
    (Role.HEAD, Status.REOPENED): {"endorse", "record_signed", "submit"},
    (Role.REVIEWER, Status.SENT): {"query_figures"},
    (Role.REVIEWER, Status.RECEIVED): {"query_figures"},
    (Role.REVIEWER, Status.CHANGES_REQUESTED): {"query_figures"},
    (Role.COORDINATOR, Status.SENT): {"request_changes", "receive"},
    (Role.COORDINATOR, Status.RECEIVED): {"reopen", "close"},
    (Role.COORDINATOR, Status.REOPENED): {"reopen", "close"},
    (Role.COORDINATOR, Status.CLOSED): {"reopen"},
    (Role.COORDINATOR_HEAD, Status.SENT): {"request_changes", "receive"},
    (Role.COORDINATOR_HEAD, Status.RECEIVED): {"reopen", "close"},
    (Role.COORDINATOR_HEAD, Status.REOPENED): {"reopen", "close"},
    (Role.COORDINATOR_HEAD, Status.CLOSED): {"reopen"},
    (Role.LEADER, Status.RECEIVED): {"reopen"},
    (Role.LEADER, Status.REOPENED): {"reopen"},
    (Role.LEADER, Status.CLOSED): {"reopen"},
}

each_move = pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())


@pytest.mark.parametrize(("role", "status"), list(product(Role.values, Status.values)))
def test_a_role_has_exactly_its_moves_in_a_status(role: str, status: str) -> None:
    names = {move.name for move in moves_of(role, status)}
    assert names == EXPECTED.get((Role(role), Status(status)), set())


@each_move
def test_a_move_speaks_vietnamese_and_leaves_its_own_audit_event(move: Move) -> None:
    assert MOVES[move.name] is move
    assert move.label
    assert move.done.startswith("Đã ")
    assert [other.name for other in MOVES.values() if other.audit_event == move.audit_event] == [move.name]


@each_move
def test_a_move_starts_and_ends_in_known_statuses_and_is_made_by_known_roles(move: Move) -> None:
    assert {*move.from_states, move.to_state} <= set(Status.values)
    assert set(move.who) | set(move.who_on_behalf) <= set(Role.values)
    assert move.who
    assert len(move.from_states) == len(set(move.from_states)) > 0


def test_whoever_takes_something_back_from_a_unit_or_corrects_what_was_received_gives_a_reason() -> None:
    with_reason = {name for name, move in MOVES.items() if move.needs_reason}
    assert with_reason == {"request_changes", "query_figures", "reopen", "correct"}


def test_only_a_reopening_expires() -> None:
    assert [name for name, move in MOVES.items() if move.needs_expiry] == ["reopen"]


def test_figures_are_marked_where_something_is_asked_of_the_unit_and_must_be_by_the_lead_department() -> None:
    may = {name for name, move in MOVES.items() if move.allows_marked_figures}
    must = {name for name, move in MOVES.items() if move.needs_marked_figures}
    assert may == {"request_changes", "query_figures", "reopen"}
    assert must == {"query_figures"}


def test_nobody_receives_what_they_entered_endorsed_or_sent() -> None:
    assert MOVES["receive"].not_by == ("entered", "endorsed", "sent")


def test_only_the_standing_body_acts_on_behalf_of_a_unit() -> None:
    on_behalf = {name: move.who_on_behalf for name, move in MOVES.items() if move.who_on_behalf}
    assert on_behalf == dict.fromkeys(("record_signed", "reconsider", "submit", "correct"), STANDING_ROLES)


@pytest.mark.parametrize("status", Status.values)
def test_where_endorsement_is_required_only_an_endorsed_report_can_be_sent(status: str) -> None:
    assert MOVES["submit"].is_open_from(status, requires_endorsement=True) is (status == Status.ENDORSED)


@pytest.mark.parametrize("status", Status.values)
def test_requiring_endorsement_closes_no_other_move(status: str) -> None:
    free = {move.name for move in moves_from(status)} - {"submit"}
    bound = {move.name for move in moves_from(status, requires_endorsement=True)} - {"submit"}
    assert free == bound


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("requires_endorsement", [True, False])
def test_from_every_status_the_report_can_still_be_received(status: str, requires_endorsement: bool) -> None:
    reached, frontier = {status}, {status}
    while frontier:
        frontier = {
            move.to_state for one in frontier for move in moves_from(one, requires_endorsement=requires_endorsement)
        } - reached
        reached |= frontier
    assert Status.RECEIVED in reached


@pytest.mark.parametrize("status", Status.values)
def test_figures_change_only_in_the_hands_of_the_unit(status: str) -> None:
    expected = status in {Status.DRAFT, Status.CHANGES_REQUESTED, Status.REOPENED}
    assert is_editable(status, today=TODAY) is expected
    assert (status in EDITABLE_STATUSES) is expected


@pytest.mark.parametrize("status", [Status.REOPENED, Status.DRAFT, Status.CHANGES_REQUESTED])
@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (1, True)])
def test_a_reopening_lasts_to_the_end_of_its_last_day_also_when_taken_back(
    status: str, days: int, expected: bool
) -> None:
    assert is_editable(status, today=TODAY, reopened_until=TODAY + timedelta(days=days)) is expected


def test_no_status_can_be_edited_while_the_office_holds_the_report() -> None:
    held = {move.to_state for move in MOVES.values() if move.name in {"submit", "receive", "close", "endorse"}}
    assert held.isdisjoint(EDITABLE_STATUSES)


def test_the_diagram_holds_every_step_of_the_table_once() -> None:
    arrows = [line.strip() for line in diagram().splitlines() if "-->" in line]
    expected = [f"{one} --> {move.to_state}: {move.label}" for move in MOVES.values() for one in move.from_states]
    assert arrows == ["[*] --> draft", *expected]
    assert diagram().startswith("stateDiagram-v2\n")
    assert all(f'state "{status.label}" as {status.value}' in diagram() for status in Status)
