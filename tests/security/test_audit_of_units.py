"""Acts on units and accounts leave their line as every act does; a refused one leaves none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import Campaign
from indicators.services.handing_over import hand_over_rows, hand_over_work
from indicators.services.handovers import record_reorganisation
from indicators.services.reassigning import reassign_targets
from indicators.tables.reassigning import proposals
from tests.builders import World, at, make_person, make_unit, make_world
from tests.security.test_audit import ON_UNITS
from units import clock
from units.choices import Role
from units.models import AuditLine, OrgUnit, Reorganisation, User
from units.rules.accounts import AccountLine
from units.rules.register import UnitLine
from units.rules.reorganising import Decision, Successor
from units.services.accounts import close_account, hand_out_slips, hand_over, keep_accounts
from units.services.placing import Place, place_people
from units.services.register import keep_register
from units.services.reorganising import reorganise

pytestmark = pytest.mark.django_db
MOMENT = at("2024-10-16", 10, 30)
DAY = date(2024, 10, 20)

NEW = UnitLine("xa-moi", "xã Mới", kind="xa", level="xa", parent="huyen")


def merge(*, into: UnitLine = NEW, note: str = "Sáp nhập") -> Decision:
    """The two communes become one."""
    heirs = (Successor(into.key, into),)
    return Decision("merge", "12/NQ-HĐND", DAY, ("xa-0", "xa-1"), successors=heirs, note=note)


def colleague(world: World) -> tuple[User, User]:
    """The clerk of xã Hiếu, who answers for one row, and a newcomer."""
    clerk = world.people["clerk0"]
    world.indicators["che"].assignments.filter(unit=world.communes[0]).update(person=clerk)
    return clerk, make_person("moi", world.communes[0], Role.READER)


def merged(world: World) -> tuple[Reorganisation, Campaign, dict[str, Decimal]]:
    """A decision on record whose targets are still to be given."""
    act, _ = record_reorganisation(merge(), by=world.people["coordinator"])
    return act, world.campaign, {line.field: Decimal(90) for line in proposals(act, world.campaign)}


def left_behind(world: World) -> tuple[User, User]:
    """The clerk of xã Hiếu, whose account is closed with one row in its charge, and a colleague."""
    clerk, other = colleague(world)
    close_account(clerk, reason="Nghỉ hưu", by=world.people["coordinator"])
    return clerk, other


def without_place(world: World) -> tuple[Reorganisation, list[Place]]:
    """A decision on record; the head of xã Hiếu is nobody's head any more."""
    act, _ = record_reorganisation(merge(), by=world.people["coordinator"])
    return act, [Place(world.people["head0"].pk, OrgUnit.objects.get(key=NEW.key).pk, Role.HEAD)]


def add_clerk(world: World, ready: Any, by: User) -> list[User]:
    return keep_accounts([AccountLine("bichy", "Y Bích", world.communes[0].key, "Công chức", ("clerk",))], by=by)


def pass_on(act: Callable[..., Any]) -> Callable[[World, tuple[User, User], User], Any]:
    return lambda world, pair, by: act(*pair, world.communes[0], on=DAY, note="QĐ 5", by=by)


Act = Callable[[World, Any, User], Any]
#: What makes ready | the act | the events it leaves, in order. A new unit of a decision is added through the register,
#: a running campaign is handed over, a person's rows are; each has a line of its own, for its own history.
ACTS: dict[str, tuple[Callable[[World], Any], Act, list[str]]] = {
    "keep_accounts": (lambda world: None, add_clerk, ["account.added"]),
    "hand_out_slips": (
        lambda world: [world.people["clerk0"], world.people["clerk1"]],
        lambda world, users, by: hand_out_slips(users, by=by),
        ["account.slip_handed_out", "account.slip_handed_out"],
    ),
    "hand_over": (colleague, pass_on(hand_over), ["account.handed_over"]),
    "hand_over_work": (colleague, pass_on(hand_over_work), ["account.handed_over", "assignments.handed_over"]),
    "hand_over_rows": (
        left_behind,
        lambda world, pair, by: hand_over_rows(*pair, note="QĐ 6", by=by),
        ["assignments.handed_over"],
    ),
    "place_people": (
        without_place,
        lambda world, given, by: place_people(*given, by=by),
        ["account.moved"],
    ),
    "close_account": (
        lambda world: world.people["clerk0"],
        lambda world, user, by: close_account(user, reason="Nghỉ hưu", by=by),
        ["account.closed"],
    ),
    "keep_register": (
        lambda world: NEW,
        lambda world, line, by: keep_register([line], by=by),
        ["units.register_kept"],
    ),
    "reorganise": (
        lambda world: merge(),
        lambda world, decision, by: reorganise(decision, by=by),
        ["units.register_kept", "unit.reorganised"],
    ),
    "record_reorganisation": (
        lambda world: merge(),
        lambda world, decision, by: record_reorganisation(decision, by=by),
        ["units.register_kept", "unit.reorganised", "unit.handed_over"],
    ),
    "reassign_targets": (
        merged,
        lambda world, given, by: reassign_targets(*given, by=by),
        ["target.set"],
    ),
}


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world()


def lines_since(before: int) -> list[AuditLine]:
    return list(AuditLine.objects.filter(pk__gt=before).order_by("pk"))


def last_line() -> int:
    line = AuditLine.objects.order_by("-pk").first()
    return line.pk if line else 0


def test_every_act_on_units_and_accounts_stands_here():
    assert set(ACTS) == ON_UNITS


@pytest.mark.parametrize("name", ACTS)
def test_an_act_says_who_when_and_what(world: World, name: str):
    make_ready, act, events = ACTS[name]
    ready, by = make_ready(world), world.people["coordinator"]
    before = last_line()

    act(world, ready, by)

    lines = lines_since(before)
    assert [line.event for line in lines] == events
    assert {(line.by, line.at) for line in lines} == {(by, MOMENT)}
    assert all(line.subject or line.detail["units"] for line in lines)


@pytest.mark.parametrize("name", ACTS)
def test_a_refused_act_leaves_no_line(world: World, name: str):
    make_ready, act, _ = ACTS[name]
    ready = make_ready(world)
    before = last_line()

    with pytest.raises((PermissionDenied, ValidationError)):
        act(world, ready, world.people["reader"])

    assert lines_since(before) == []


def test_the_reason_that_was_written_stands_in_the_line(world: World):
    by = world.people["coordinator"]
    clerk, other = colleague(world)

    hand_over_work(clerk, other, world.communes[0], on=DAY, note="QĐ 5", by=by)
    close_account(world.people["clerk1"], reason="Nghỉ hưu", by=by)
    reorganise(merge(), by=by)

    reasons = AuditLine.objects.exclude(reason="").values_list("event", "reason")
    assert {"account.handed_over": "QĐ 5", "account.closed": "Nghỉ hưu", "unit.reorganised": "Sáp nhập"}.items() <= (
        dict(reasons).items()
    )


def test_what_fails_in_the_middle_leaves_neither_unit_nor_line(world: World):
    make_unit("thon", "thôn Một", parent=world.communes[0])
    before = last_line()

    with pytest.raises(ValidationError, match="thôn Một"):
        record_reorganisation(merge(), by=world.people["coordinator"])

    assert lines_since(before) == []
    assert not OrgUnit.objects.filter(key="xa-moi").exists()
