"""Every move × status × person, generated from the table of moves and made through the one door."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from campaign.choices import SubmissionStatus as Status
from campaign.models import Campaign, SubmissionMove
from campaign.rules.workflow import MOVES
from indicators.services.submissions import make_move
from tests.indicators.moves.town import (
    MOMENT,
    PERSONS,
    Town,
    able_person,
    bring_to,
    build,
    particulars,
    state_of,
    taken_back,
)
from tests.kept import kept_world
from tests.writes import writes_noted
from units.models import AuditLine

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)


@pytest.mark.parametrize("status", Status.values)
def test_a_move_is_made_exactly_where_the_table_says_and_refused_in_words_elsewhere(world: Town, status: str) -> None:
    report = bring_to(world, status)
    before = state_of(world)
    for (name, move), (person, role) in product(MOVES.items(), PERSONS.items()):
        with taken_back():
            by, given = world.people[person], particulars(world, move)
            if role in move.who and status in move.from_states:
                make_move(name, report, by=by, version=report.version, **given)
                trail = SubmissionMove.objects.order_by("pk").last()
                assert (trail.move, trail.from_status, trail.to_status, trail.by) == (name, status, move.to_state, by)
                assert world.home.submission().status == move.to_state
                assert AuditLine.objects.first().event == move.audit_event
                assert AuditLine.objects.count() == before["audit"] + 1
            else:
                with pytest.raises(PermissionDenied) as caught, writes_noted() as written:
                    make_move(name, report, by=by, **given)
                assert move.label in str(caught.value) or "chủ trì" in str(caught.value), (name, person)
                assert not written or state_of(world) == before, (name, person)


@pytest.mark.parametrize("status", Status.values)
def test_on_behalf_of_a_unit_only_the_standing_body_moves_and_only_where_the_table_says(
    world: Town, status: str
) -> None:
    report, unit = bring_to(world, status), world.home.communes[0]
    before = state_of(world)
    for (name, move), (person, role) in product(MOVES.items(), PERSONS.items()):
        with taken_back():
            by, given = world.people[person], particulars(world, move)
            if role in move.who_on_behalf and status in move.from_states:
                make_move(name, report, by=by, on_behalf_of=unit, **given)
                assert SubmissionMove.objects.order_by("pk").last().on_behalf_of == unit
                assert AuditLine.objects.first().on_behalf_of == unit
            else:
                with pytest.raises(PermissionDenied), writes_noted() as written:
                    make_move(name, report, by=by, on_behalf_of=unit, **given)
                assert not written or state_of(world) == before, (name, person)


@pytest.mark.parametrize("status", Status.values)
def test_where_endorsement_is_required_a_report_is_sent_only_after_it(world: Town, status: str) -> None:
    report = bring_to(world, status)
    Campaign.objects.filter(pk=world.home.campaign.pk).update(requires_endorsement=True)
    before = state_of(world)
    if status == Status.ENDORSED:
        assert make_move("submit", report, by=world.people["clerk0"]).status == Status.SENT
    else:
        with pytest.raises(PermissionDenied):
            make_move("submit", report, by=world.people["clerk0"])
        assert state_of(world) == before


@pytest.mark.parametrize("values", [{"status": "draft", "launched_at": None}, {"status": "closed"}], ids=str)
@pytest.mark.parametrize("name", MOVES)
def test_outside_a_launched_campaign_nothing_moves(world: Town, name: str, values: dict[str, Any]) -> None:
    report, move = bring_to(world, MOVES[name].from_states[0]), MOVES[name]
    Campaign.objects.filter(pk=world.home.campaign.pk).update(**values)

    with pytest.raises(PermissionDenied, match="chưa phát động hoặc đã kết thúc"):
        make_move(name, report, by=able_person(world, move), **particulars(world, move))
