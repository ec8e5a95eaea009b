"""Going back: as of now everything is as stored; as of a moment it is what was stored at that moment."""

from decimal import Decimal

import pytest

from indicators.services.confirmations import confirm_figures, reconcile_figure, withdraw_confirmation
from indicators.services.past import QUERIES, past_of
from indicators.services.targets import set_target
from indicators.tables.standings import OFFICIAL, SENT, read_definitions, standings
from indicators.tables.standings_source import read_sums, read_tasks
from tests.builders import at, fill, make_world
from tests.kept import kept_world
from units import clock

pytestmark = pytest.mark.django_db


def build():
    """Three months of two communes with everything that moves a figure; at each moment the totals as they stood."""
    world = make_world(communes=2)
    world.moments = {}

    def act(day, hour, what):
        moment = at(day, hour)
        with clock.set_to(moment):
            what()
        world.moments[moment] = seen(world)

    lead = world.people["reviewer"]
    act("2024-07-15", 9, lambda: fill(world, che="20"))
    act("2024-07-15", 10, lambda: world.send())
    act("2024-07-15", 11, lambda: (fill(world, 1, che="7"), world.send(1)))
    act("2024-07-16", 9, lambda: confirm_figures([world.figure("che"), world.figure("che", 1)], by=lead))
    act("2024-07-16", 10, lambda: world.receive())
    act("2024-07-16", 11, lambda: withdraw_confirmation(world.figure("che"), by=lead, reason="Nhầm"))
    act(
        "2024-07-17",
        9,
        lambda: reconcile_figure(
            world.figure("che"), {"amount": Decimal("18")}, by=lead, ground="Biên bản ngày 16/7/2024"
        ),
    )
    act("2024-07-18", 9, lambda: world.receive(1))
    act("2024-08-15", 9, lambda: (fill(world, period=2, che="9"), world.send(0, 2)))
    act("2024-08-15", 10, lambda: world.receive(0, 2))
    return world


def seen(world, past=None):
    """Sums and tasks of both bases in every period, by the tables or by what was known at a moment."""
    found = {}
    for period in world.campaign.periods.summed():
        known = read_definitions(world.campaign, period.ends_on, past=past)
        ids = list(known.indicators)
        for basis in (OFFICIAL, SENT):
            sums = read_sums(known, period, basis, ids, None)
            found[period.number, basis, "sums"] = {key: list(rows) for key, rows in sums.items() if rows}
            found[period.number, basis, "tasks"] = read_tasks(known, period, basis, ids, None)
    return found


world = kept_world(build, at("2024-08-20"))


def test_as_of_now_is_what_is_stored(world):
    assert seen(world, past_of(world.campaign, at("2024-08-20"))) == seen(world)


def test_as_of_every_moment_is_what_was_stored_at_that_moment(world):
    assert len(world.moments) == 10
    for moment, stored in world.moments.items():
        assert seen(world, past_of(world.campaign, moment)) == stored, moment


def test_before_anything_was_sent_nothing_is_known(world):
    past = past_of(world.campaign, at("2024-07-10"))

    assert {row.sent for row in past.figures} == {None}
    assert past.moves == {}


def test_a_target_revised_later_is_not_known_earlier(world):
    before = at("2024-08-18")
    period = world.period(2)
    old = standings(world.campaign, period, basis=SENT)
    che, node = world.indicators["che"], world.authority
    with clock.set_to(at("2024-08-19")):
        set_target(
            che,
            node,
            amount=Decimal("999"),
            by=world.people["coordinator"],
            valid_from=period.starts_on,
            reason="Điều chỉnh",
        )

    now = standings(world.campaign, period, basis=SENT)
    known = read_definitions(world.campaign, period.ends_on, past=past_of(world.campaign, before))
    then = standings(world.campaign, period, basis=SENT, definitions=known)

    assert now[che.pk, node.pk].target == 999
    assert then[che.pk, node.pk].target == old[che.pk, node.pk].target


def test_going_back_takes_the_named_number_of_queries(world, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        past_of(world.campaign, at("2024-08-20"))
