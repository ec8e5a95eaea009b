"""Who sees which rows: leaders and the office all, a superior what is official, departments theirs, units their own."""

import pytest

from indicators.tables.standings import OFFICIAL, SENT
from reports.permissions import (
    NO_PRELIMINARY,
    NOT_YOURS,
    READER_ONLY,
    Scope,
    scope_of,
    why_not_basis,
    why_not_board,
    why_not_indicator,
    why_not_submissions,
    why_not_summary,
    why_not_unit_report,
)
from tests.builders import fill, make_person, make_unit, make_world
from units.choices import Role

pytestmark = pytest.mark.django_db


def superior(world):
    """The leader of the province above the authority."""
    province = make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")
    world.authority.parent = province
    world.authority.save()
    world.campaign.refresh_from_db()
    return make_person("lanh-dao-tinh", province, Role.LEADER)


@pytest.mark.parametrize("person", ["leader", "coordinator", "coordinator_head"])
def test_leader_and_standing_body_see_everything_on_both_bases(person):
    world = make_world()
    scope = scope_of(world.campaign, world.people[person])
    assert scope == Scope((SENT, OFFICIAL), sees_all=True)
    assert why_not_board(scope, world.people[person]) == ""
    assert why_not_summary(scope) == ""
    assert why_not_submissions(world.campaign, world.people[person]) == ""
    assert [why_not_basis(scope, basis) for basis in (SENT, OFFICIAL)] == ["", ""]


def test_a_superior_sees_what_is_official_and_not_who_has_sent():
    world = make_world()
    person = superior(world)
    scope = scope_of(world.campaign, person)
    assert scope == Scope((OFFICIAL,), sees_all=True)
    assert why_not_basis(scope, SENT) == NO_PRELIMINARY
    assert why_not_submissions(world.campaign, person) != ""


def test_a_lead_department_sees_its_own_indicators_over_all_units():
    world = make_world(launched=False)
    other = make_unit("thanh-tra", "Thanh tra", parent=world.authority, kind="phong", level="huyen")
    world.indicators["ca-phe"].assignments.filter(role="leads").update(unit=other)
    scope = scope_of(world.campaign, world.people["reviewer"])
    assert scope.led == {world.indicators["che"].pk, world.indicators["tuyen-truyen"].pk}
    assert why_not_indicator(scope, world.indicators["che"]) == ""
    assert why_not_indicator(scope, world.indicators["ca-phe"]) != ""
    assert why_not_summary(scope) != ""
    assert why_not_submissions(world.campaign, world.people["reviewer"]) != ""


@pytest.mark.parametrize("person", ["clerk0", "head0"])
def test_a_unit_sees_its_own_rows_only(person):
    world = make_world()
    scope = scope_of(world.campaign, world.people[person])
    assert scope == Scope((SENT, OFFICIAL), unit_ids=frozenset({world.communes[0].pk}))
    assert not scope.sees_whole
    assert why_not_indicator(scope, world.indicators["che"]) != ""
    assert why_not_summary(scope) != ""


@pytest.mark.parametrize(("person", "reason"), [("reader", READER_ONLY), ("administrator", NOT_YOURS)])
def test_readers_and_administrators_see_no_figures(person, reason):
    world = make_world()
    scope = scope_of(world.campaign, world.people[person])
    assert scope.is_empty
    assert why_not_board(scope, world.people[person]) == reason
    assert why_not_summary(scope) != ""


def test_another_authority_sees_nothing():
    world, other = make_world(), make_world(prefix="b-")
    for person in ("leader", "coordinator", "reviewer", "clerk0", "head0"):
        assert scope_of(world.campaign, other.people[person]).is_empty


def test_a_units_own_report_is_printed_by_itself_and_after_sending_by_the_office():
    world = make_world()
    draft = world.submission()
    assert why_not_unit_report(draft, world.people["clerk0"]) == ""
    assert why_not_unit_report(draft, world.people["coordinator"]) != ""
    assert why_not_unit_report(draft, world.people["clerk1"]) != ""
    fill(world)
    sent = world.send()
    assert why_not_unit_report(sent, world.people["coordinator"]) == ""
    assert why_not_unit_report(sent, world.people["leader"]) != ""
