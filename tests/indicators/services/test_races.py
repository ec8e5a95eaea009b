"""Acts at the same moment: one wins, the other is told, nothing is lost and totals stay right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaign.choices import PeriodKind
from campaign.models import Period, Submission
from indicators.models import Figure, FigureVersion
from indicators.services.confirmations import Seen, confirm_figures
from indicators.services.extra_periods import Asked, open_period
from indicators.services.figures import enter_figure
from indicators.services.receiving import receive_reports
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from tests.builders import at, fill, make_person, make_world
from units import clock
from units.errors import LostRace
from units.models import Post, StandIn, User
from units.services import lend_role

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = at("2024-07-15")


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run the acts in threads that start together; a result or the exception of each."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=20)
            with clock.set_to(MOMENT):
                return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def person(world: Any, name: str) -> User:
    """The person as a request of their own would read them."""
    return User.objects.get(pk=world.people[name].pk)


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world(communes=5)


def test_of_two_clerks_on_one_cell_one_is_told(world):
    figure = world.figure("che")

    def enter(amount: str) -> Figure:
        fresh = Figure.objects.get(pk=figure.pk)
        return enter_figure(fresh, {"amount": Decimal(amount)}, by=person(world, "clerk0"), read_version=0)

    results = at_once([lambda: enter("20"), lambda: enter("30")])

    assert sorted(type(result).__name__ for result in results) == ["Figure", "LostRace"]
    assert FigureVersion.objects.filter(figure=figure).count() == 1


def test_of_two_receivers_one_is_told(world):
    fill(world)
    sent = world.send()

    def receive() -> Submission:
        return make_move(
            "receive", Submission.objects.get(pk=sent.pk), by=person(world, "coordinator"), version=sent.version
        )

    results = at_once([receive, receive])

    assert sorted(type(result).__name__ for result in results) == ["LostRace", "Submission"]
    assert isinstance([one for one in results if isinstance(one, Exception)][0], LostRace)


def test_units_that_send_together_leave_right_totals(world):
    for commune in range(5):
        fill(world, commune, che=str(commune + 1), ca_phe="2")
        make_move("endorse", world.submission(commune), by=world.people[f"head{commune}"])

    def send(commune: int) -> Submission:
        return make_move("submit", world.submission(commune), by=person(world, f"clerk{commune}"))

    results = at_once([lambda commune=commune: send(commune) for commune in range(5)])

    assert [type(result).__name__ for result in results] == ["Submission"] * 5
    assert differences(world.campaign) == []


def test_receiving_and_confirming_together_leave_right_totals(world):
    for commune in range(5):
        fill(world, commune, che=str(commune + 1))
        world.send(commune)
    rows = list(Figure.objects.filter(assignment__indicator=world.indicators["che"], period__number=1))

    def receive(commune: int) -> Submission:
        return make_move("receive", world.submission(commune), by=person(world, "coordinator"))

    acts: list[Callable[[], Any]] = [lambda commune=commune: receive(commune) for commune in range(5)]
    acts.append(lambda: confirm_figures(rows, by=person(world, "reviewer")))
    results = at_once(acts)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert differences(world.campaign) == []


def test_of_two_who_lend_one_role_at_once_one_is_told(world):
    grant = world.people["head0"].role_grants.get()
    unit = world.communes[0]
    deputies = [make_person(f"deputy{number}", unit) for number in range(2)]
    for deputy in deputies:
        Post.objects.create(user=deputy, unit=unit, title="Phó Chủ tịch")
    day = MOMENT.date()

    def lend(number: int) -> StandIn:
        return lend_role(
            grant,
            holder=User.objects.get(pk=deputies[number].pk),
            valid_from=day,
            valid_to=day + timedelta(days=number),
            ground="Đi họp",
            by=person(world, "head0"),
        )

    results = at_once([lambda: lend(0), lambda: lend(1)])

    assert sorted(type(result).__name__ for result in results) == ["StandIn", "ValidationError"]
    assert StandIn.objects.count() == 1


def test_of_two_who_open_one_quick_report_at_once_one_is_told(world):
    day = MOMENT.date()

    def ask(who: str) -> Period:
        asked = Asked(day, day + timedelta(days=2), [world.indicators["che"]])
        return open_period(PeriodKind.FLASH, world.campaign, asked, by=person(world, who))

    results = at_once([lambda: ask("coordinator"), lambda: ask("coordinator_head")])

    assert sorted(type(result).__name__ for result in results) == ["Period", "ValidationError"]
    assert Submission.objects.filter(period__kind=PeriodKind.FLASH).count() == 5


def test_of_two_who_reopen_one_report_at_once_one_is_told(world):
    fill(world)
    world.send()
    received = world.receive()

    def reopen(who: str) -> Submission:
        return make_move(
            "reopen",
            Submission.objects.get(pk=received.pk),
            by=person(world, who),
            version=received.version,
            reason="Đối chiếu",
            expires_on=MOMENT.date(),
        )

    results = at_once([lambda: reopen("leader"), lambda: reopen("coordinator")])

    assert sorted(type(result).__name__ for result in results) == ["LostRace", "Submission"]


def test_of_two_specialists_who_confirm_the_same_figure_one_is_told(world):
    fill(world)
    world.send()
    figure = world.figure("che")
    other = make_person("chuyen-vien-2", world.lead, "reviewer")
    people = [person(world, "reviewer"), User.objects.get(pk=other.pk)]
    seen = {figure.pk: Seen(figure.sent_version_id)}
    found = at_once([lambda by=by: confirm_figures([world.figure("che")], by=by, seen=seen) for by in people])

    assert sorted(type(one).__name__ for one in found) == ["LostRace", "int"]
    assert differences(world.campaign) == []


def test_of_two_specialists_who_receive_the_same_reports_one_is_told(world):
    for commune in (0, 1):
        fill(world, commune)
        world.send(commune)
    reports = [world.submission(commune) for commune in (0, 1)]
    versions = {one.pk: one.version for one in reports}
    people = [person(world, "coordinator"), person(world, "coordinator_head")]
    found = at_once([lambda by=by: receive_reports(reports, by=by, versions=versions) for by in people])

    assert sorted(type(one).__name__ for one in found) == ["LostRace", "tuple"]
    assert {world.submission(commune).status for commune in (0, 1)} == {"received"}
    assert differences(world.campaign) == []
