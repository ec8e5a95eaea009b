"""A small town for the tests of moves: one report, everybody who could touch it, and a second authority."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from campaign.choices import SubmissionStatus as Status
from campaign.models import Campaign, Submission, SubmissionMove
from campaign.rules.workflow import MOVES, Move
from indicators.models import Figure, Total
from indicators.services.corrections import Correction
from indicators.services.submissions import make_move
from tests.builders import World, at, fill, make_person, make_unit, make_world
from units.choices import Role
from units.models import AuditLine, User

MOMENT = at("2024-07-15")
#: How a report comes into each status, always through the door.
WAYS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.ENDORSED: ("endorse",),
    Status.SENT: ("submit",),
    Status.CHANGES_REQUESTED: ("submit", "request_changes"),
    Status.RECEIVED: ("submit", "receive"),
    Status.REOPENED: ("submit", "receive", "reopen"),
    Status.CLOSED: ("submit", "receive", "close"),
}
WALKERS = {"endorse": "head0", "submit": "clerk0", "request_changes": "walker", "receive": "walker"}
#: Every person towards the report of the first commune: the one role held that the table knows, or none.
PERSONS: dict[str, str] = {
    "clerk0": Role.CLERK,
    "head0": Role.HEAD,
    "reviewer": Role.REVIEWER,
    "coordinator": Role.COORDINATOR,
    "coordinator_head": Role.COORDINATOR_HEAD,
    "leader": Role.LEADER,
    "clerk1": "",
    "head1": "",
    "other_reviewer": "",
    "reader": "",
    "administrator": "",
    "superuser": "",
    "foreign_coordinator": "",
    "foreign_coordinator_head": "",
    "foreign_leader": "",
    "foreign_reviewer": "",
}


@dataclass
class Town:
    """The world of the story, and persons of a second authority in the same installation."""

    home: World
    people: dict[str, User]


def build() -> Town:
    home, foreign = make_world(), make_world(communes=1, prefix="k-")
    people = dict(home.people)
    people["walker"] = make_person("nguoi-khac", home.standing_body, Role.COORDINATOR)
    finance = make_unit("tai-chinh", "Phòng Tài chính", parent=home.authority, kind="phong", level="huyen")
    people["other_reviewer"] = make_person("tai-chinh", finance, Role.REVIEWER)
    people["superuser"] = User.objects.create_superuser("tong-quan-tri", "mat-khau-rat-dai", full_name="Quản trị")
    for name in ("coordinator", "coordinator_head", "leader", "reviewer"):
        people[f"foreign_{name}"] = foreign.people[name]
    Campaign.objects.update(requires_endorsement=False)
    fill(home, che="20")
    return Town(home, people)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def particulars(world: Town, move: Move) -> dict[str, Any]:
    """Everything that the move demands, and nothing that it refuses."""
    given: dict[str, Any] = {}
    if move.needs_reason:
        given["reason"] = "Kiểm tra lại"
    if move.needs_expiry:
        given["expires_on"] = date(2024, 7, 20)
    if move.needs_signed_report:
        given |= {"signed_number": "45/BC-UBND", "signed_on": date(2024, 7, 15)}
    if move.needs_corrections:
        figure = world.home.figure("che")
        given["corrections"] = [Correction(figure.pk, figure.version, {"amount": Decimal("1717.1")})]
    if move.needs_marked_figures:
        given["marked"] = {world.home.figure("che").pk: ""}
    return given


def bring_to(world: Town, status: str) -> Submission:
    """The report of the first commune in a status."""
    for name in WAYS[status]:
        by = world.people[WALKERS.get(name, "walker")]
        make_move(name, world.home.submission(), by=by, **particulars(world, MOVES[name]))
    report = world.home.submission()
    assert report.status == status
    return report


def state_of(world: Town) -> dict[str, Any]:
    """All that a move may touch."""
    return {
        "report": Submission.objects.filter(pk=world.home.submission().pk).values().get(),
        "figures": list(Figure.objects.order_by("pk").values()),
        "moves": SubmissionMove.objects.count(),
        "audit": AuditLine.objects.count(),
        "totals": list(Total.objects.order_by("pk").values()),
    }


def able_person(world: Town, move: Move) -> User:
    return world.people[next(person for person, role in PERSONS.items() if role in move.who)]
