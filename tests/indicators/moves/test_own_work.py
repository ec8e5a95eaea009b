"""Nobody checks their own work, and nobody moves a report that they have not seen."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.choices import SubmissionStatus as Status
from indicators.services.confirmations import confirm_figures
from indicators.services.figures import OnBehalf, enter_figure
from indicators.services.submissions import make_move
from tests.builders import make_person
from tests.indicators.moves.town import MOMENT, Town, bring_to, build, state_of
from tests.kept import kept_world
from units.choices import Role
from units.errors import LostRace
from units.models import User
from units.services import store_file

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)


def also(world: Town, person: str, *roles: str) -> User:
    """The person with further roles at the standing body."""
    user = User.objects.get(pk=world.people[person].pk)
    for role in roles:
        user.role_grants.create(unit=world.home.standing_body, role=role)
    return user


def refused_to_receive(world: Town, user: User) -> str:
    before = state_of(world)
    with pytest.raises(PermissionDenied) as caught:
        make_move("receive", world.home.submission(), by=user)
    assert state_of(world) == before
    return str(caught.value)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COORDINATOR_HEAD])
def test_who_entered_a_figure_never_receives_the_report(world: Town, role: str) -> None:
    make_move("endorse", world.home.submission(), by=world.people["head0"])
    make_move("submit", world.home.submission(), by=world.people["head0"])

    assert "đã nhập số liệu" in refused_to_receive(world, also(world, "clerk0", role))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COORDINATOR_HEAD])
def test_who_endorsed_the_report_never_receives_it(world: Town, role: str) -> None:
    make_move("endorse", world.home.submission(), by=world.people["head0"])
    make_move("submit", world.home.submission(), by=world.people["clerk0"])

    assert "đã duyệt báo cáo này" in refused_to_receive(world, also(world, "head0", role))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COORDINATOR_HEAD])
def test_who_sent_the_report_never_receives_it(world: Town, role: str) -> None:
    sender = make_person("nguoi-gui", world.home.communes[0], Role.CLERK)
    sender.role_grants.create(unit=world.home.standing_body, role=role)
    make_move("submit", world.home.submission(), by=sender)

    assert "đã gửi báo cáo này" in refused_to_receive(world, sender)


def test_who_sent_on_behalf_of_the_unit_never_receives_but_a_colleague_does(world: Town) -> None:
    specialist = world.people["coordinator"]
    make_move("submit", world.home.submission(), by=specialist, on_behalf_of=world.home.communes[0])

    assert "đã gửi báo cáo này" in refused_to_receive(world, specialist)
    received = make_move("receive", world.home.submission(), by=world.people["coordinator_head"])
    assert received.status == Status.RECEIVED


def test_who_entered_on_behalf_of_the_unit_never_receives_even_after_another_has_sent(world: Town) -> None:
    specialist, figure = world.people["coordinator"], world.home.figure("che")
    told = OnBehalf(world.home.communes[0], "phone", "Công chức văn phòng")
    enter_figure(figure, {"amount": Decimal(21)}, by=specialist, read_version=figure.version, on_behalf=told)
    make_move("submit", world.home.submission(), by=world.people["clerk0"])

    assert "đã nhập số liệu" in refused_to_receive(world, specialist)


@pytest.mark.parametrize("deed", ["entered", "endorsed"])
def test_who_entered_or_endorsed_never_confirms(world: Town, deed: str) -> None:
    by = world.people["clerk0" if deed == "entered" else "head0"]
    make_move("endorse", world.home.submission(), by=world.people["head0"])
    make_move("submit", world.home.submission(), by=world.people["clerk0"])
    by = User.objects.get(pk=by.pk)
    by.role_grants.create(unit=world.home.lead, role=Role.REVIEWER)

    with pytest.raises(PermissionDenied, match="nên người khác phải xác nhận"):
        confirm_figures([world.home.figure("che")], by=by)

    assert world.home.figure("che").confirmed_version is None


def test_a_report_seen_before_another_moved_it_does_not_move(world: Town) -> None:
    report = bring_to(world, Status.SENT)
    before = state_of(world)

    with pytest.raises(LostRace):
        make_move("receive", report, by=world.people["coordinator"], version=report.version - 1)

    assert state_of(world) == before


def test_a_scan_of_the_signed_report_is_kept_with_number_and_day(world: Town) -> None:
    report = bring_to(world, Status.DRAFT)
    scan = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4\n%%EOF\n")
    stored = store_file(scan, by=world.people["clerk0"], owner=report)

    make_move(
        "record_signed",
        report,
        by=world.people["clerk0"],
        signed_number="45/BC-UBND",
        signed_on=date(2024, 7, 15),
        signed_file=stored,
    )

    kept = world.home.submission()
    assert (kept.signed_number, kept.signed_on, kept.signed_file) == ("45/BC-UBND", date(2024, 7, 15), stored)
