"""Every act leaves one line in the trail: who, when, what, for whom, why; a refused act leaves none."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

import campaign.services
import indicators.services
import units.services
from campaign.choices import PeriodKind
from campaign.rules.workflow import MOVES
from campaign.services.calendars import Bands, revise_bands
from campaign.services.campaigns import close_campaign, open_campaign
from campaign.services.periods import extend_deadline, lay_periods
from indicators.models import Claim, Contradiction, Evidence, Indicator
from indicators.services.confirmations import confirm_figures, reconcile_figure, withdraw_confirmation
from indicators.services.copying import copy_previous
from indicators.services.evidence import attach_evidence, remove_evidence
from indicators.services.extra_periods import Asked, open_period
from indicators.services.figures import Entry, OnBehalf, enter_figure, enter_figures
from indicators.services.launching import launch_campaign
from indicators.services.prior import enter_prior_figures
from indicators.services.responses import record_response
from indicators.services.revising import Decision, add_indicator, end_indicator, revise_target
from indicators.services.submissions import make_move
from indicators.services.targets import set_target, settle_contradiction
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import AuditLine, StandIn
from units.services import lend_role, take_back_role

pytestmark = pytest.mark.django_db
MOMENT = at("2024-07-15", 10, 30)
PDF = b"%PDF-1.4\n%%EOF\n"


def told(world: World) -> OnBehalf:
    return OnBehalf(world.communes[0], "phone", "Công chức văn phòng")


def sent(world: World) -> World:
    fill(world, che="20")
    world.send()
    return world


def confirmed(world: World) -> World:
    confirm_figures([sent(world).figure("che")], by=world.people["reviewer"])
    return world


def contradiction(world: World) -> tuple[Contradiction, Claim]:
    row = Contradiction.objects.create(campaign=world.campaign, key="che", question="Số nào đúng?")
    claim = Claim.objects.create(contradiction=row, subject="opening_amount", value=Decimal(5), position=1)
    return row, claim


def proof(world: World) -> Evidence:
    upload = SimpleUploadedFile("bien-ban.pdf", PDF)
    return attach_evidence(world.figure("che"), upload, by=world.people["clerk0"])


def lent(world: World) -> StandIn:
    head, day = world.people["head0"], MOMENT.date()
    grant = head.role_grants.get()
    return lend_role(grant, holder=world.people["clerk0"], valid_from=day, valid_to=day, ground="Đi họp", by=head)


# What makes ready | the act | the event | who acts. Each act of a service has its row; moves have their own table.
Ready = Callable[[World], Any]
Act = Callable[[World, Any, Any], Any]
ACTS: dict[str, tuple[Ready, Act, str, str]] = {
    "enter_figure": (
        lambda world: world.figure("che"),
        lambda world, row, by: enter_figure(row, {"amount": Decimal(2)}, by=by, read_version=0),
        "figures.entered",
        "clerk0",
    ),
    "enter_figures": (
        lambda world: [world.figure("che"), world.figure("ca-phe")],
        lambda world, rows, by: enter_figures(
            world.submission(), [Entry(row.pk, 0, {"amount": Decimal(2)}) for row in rows], by=by, on_behalf=told(world)
        ),
        "figures.entered_on_behalf",
        "coordinator",
    ),
    "attach_evidence": (
        lambda world: world.figure("che"),
        lambda world, row, by: attach_evidence(row, SimpleUploadedFile("bien-ban.pdf", PDF), by=by),
        "figure.evidence_added",
        "clerk0",
    ),
    "remove_evidence": (
        proof,
        lambda world, row, by: remove_evidence(row, by=by),
        "figure.evidence_removed",
        "clerk0",
    ),
    "confirm_figures": (
        lambda world: [sent(world).figure("che"), world.figure("tuyen-truyen")][:1],
        lambda world, rows, by: confirm_figures(rows, by=by),
        "figures.confirmed",
        "reviewer",
    ),
    "reconcile_figure": (
        lambda world: sent(world).figure("che"),
        lambda world, row, by: reconcile_figure(row, {"amount": Decimal(19)}, by=by, ground="Biên bản ngày 12/7/2024"),
        "figure.reconciled",
        "reviewer",
    ),
    "withdraw_confirmation": (
        lambda world: confirmed(world).figure("che"),
        lambda world, row, by: withdraw_confirmation(row, by=by, reason="Nhầm đơn vị"),
        "figure.confirmation_withdrawn",
        "reviewer",
    ),
    "extend_deadline": (
        lambda world: world.submission(),
        lambda world, row, by: extend_deadline(row, by=by, new_due_on=date(2024, 7, 20), reason="Mưa lũ"),
        "submission.deadline_extended",
        "coordinator",
    ),
    "settle_contradiction": (
        contradiction,
        lambda world, pair, by: settle_contradiction(*pair, by=by, ground="Biên bản ngày 12/7/2024"),
        "contradiction.settled",
        "leader",
    ),
    "set_target": (
        lambda world: world.indicators["che"],
        lambda world, row, by: set_target(
            row, world.communes[0], amount=Decimal(60), by=by, valid_from=date(2024, 8, 1), reason="Quyết định mới"
        ),
        "target.revised",
        "coordinator_head",
    ),
    "revise_target": (
        lambda world: Decision("Quyết định mới", "845/QĐ-UBND", date(2024, 7, 12)),
        lambda world, decision, by: revise_target(
            world.indicators["che"],
            world.communes[0],
            amount=Decimal(60),
            decision=decision,
            valid_from=date(2024, 8, 1),
            by=by,
        ),
        "target.revised",
        "coordinator",
    ),
    "add_indicator": (
        lambda world: Indicator(
            campaign=world.campaign, area=world.area, code="moi", name="Mới", kind="quantity", unit_of_measure="ha"
        ),
        lambda world, row, by: add_indicator(
            row,
            first=world.period(3),
            reporter_ids=[world.communes[0].pk],
            lead_id=None,
            decision=Decision("Bổ sung", "845/QĐ-UBND", date(2024, 7, 12)),
            by=by,
        ),
        "indicator.added",
        "coordinator",
    ),
    "end_indicator": (
        lambda world: world.indicators["che"],
        lambda world, row, by: end_indicator(
            row, first=world.period(3), decision=Decision("Thôi", "845/QĐ-UBND", date(2024, 7, 12)), by=by
        ),
        "indicator.ended",
        "coordinator",
    ),
    "open_period": (
        lambda world: Asked(MOMENT.date(), MOMENT.date(), [world.indicators["che"]]),
        lambda world, asked, by: open_period(PeriodKind.FLASH, world.campaign, asked, by=by),
        "period.flash_opened",
        "coordinator",
    ),
    "lend_role": (
        lambda world: (world.people["head0"].role_grants.get(), world.people["clerk0"]),
        lambda world, pair, by: lend_role(
            pair[0], holder=pair[1], valid_from=MOMENT.date(), valid_to=MOMENT.date(), ground="Đi họp", by=by
        ),
        "role.lent",
        "head0",
    ),
    "take_back_role": (
        lent,
        lambda world, row, by: take_back_role(row, by=by),
        "role.taken_back",
        "head0",
    ),
    "record_response": (
        lambda world: world.submission().participation,
        lambda world, row, by: record_response(row, by=by, read_version=0, note="Đã phát động tại xã"),
        "response.recorded",
        "clerk0",
    ),
    "copy_previous": (
        lambda world: sent(world).submission(0, 2),
        lambda world, row, by: copy_previous(row, by=by),
        "figures.entered",
        "clerk0",
    ),
    "enter_prior_figures": (
        lambda world: world.figure("che"),
        lambda world, row, by: enter_prior_figures(
            row.assignment.indicator,
            "amount",
            {(row.assignment_id, row.period_id): Decimal(3)},
            by=by,
            source="BC 2023",
        ),
        "prior.entered",
        "reviewer",
    ),
    "revise_bands": (
        lambda world: world.campaign,
        lambda world, row, by: revise_bands(
            row, Bands(Decimal(110), Decimal(90), Decimal(60)), by=by, valid_from=date(2024, 10, 1), reason="Mùa mưa"
        ),
        "campaign.bands_revised",
        "coordinator",
    ),
    "close_campaign": (
        lambda world: world.campaign,
        lambda world, row, by: close_campaign(row, by=by, reason="Đã tổng kết"),
        "campaign.closed",
        "coordinator_head",
    ),
}
#: These stand apart: the launch calls the first two, and they act on a campaign in preparation.
LAUNCHING = {"open_campaign", "lay_periods", "launch_campaign"}
LAUNCHING |= {"prepare_campaign", "copy_definitions", "discard_campaign", "set_participations", "set_owners"}
LAUNCHING |= {"set_calendar", "set_tiers", "set_bands", "write_definitions"}
LAUNCHING |= {"change_calendar", "allocate_targets"}
#: One door with an event for each move; its rows are tried below.
DOOR = {"make_move"}
#: They take the person along, but the act around them writes the line.
PARTS_OF_AN_ACT = {"record_act", "store_file", "check_may_enter", "version_of"}
#: A line for every report besides the one for all of them; its own tests count them.
PARTS_OF_AN_ACT |= {"receive_reports", "keep_file"}
PARTS_OF_AN_ACT |= {"enter_waiting", "check_particulars", "check_corrections", "write_corrections"}
#: Files and many rows at once: the acts inside them write the lines.
PARTS_OF_AN_ACT |= {"held_file", "query_figures_of", "settle_by_choice"}
#: Acts on units and accounts have a table of their own (test_audit_of_units).
ON_UNITS = {"close_account", "hand_out_slips", "hand_over", "hand_over_work", "keep_accounts", "keep_register"}
ON_UNITS |= {"reassign_targets", "record_reorganisation", "reorganise", "place_people", "hand_over_rows"}


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world()


def services() -> set[str]:
    """Every public function of a service that a person calls."""
    modules = []
    for package in (units.services, campaign.services, indicators.services):
        modules += [
            importlib.import_module(f"{package.__name__}.{found.name}")
            for found in pkgutil.iter_modules(package.__path__)
        ]
    return {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "by" in inspect.signature(function).parameters
    }


def test_every_service_that_a_person_calls_stands_in_the_table():
    assert services() == set(ACTS) | LAUNCHING | DOOR | PARTS_OF_AN_ACT | ON_UNITS


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_one_line_that_says_who_when_and_what(world: World, name: str):
    make_ready, act, event, person = ACTS[name]
    ready = make_ready(world)
    before = AuditLine.objects.count()

    act(world, ready, world.people[person])

    line = AuditLine.objects.first()
    assert AuditLine.objects.count() == before + 1
    assert (line.event, line.by, line.at) == (event, world.people[person], MOMENT)
    assert line.subject
    assert (line.on_behalf_of == world.communes[0]) is ("on_behalf" in event)


@pytest.mark.parametrize("name", [name for name in ACTS if name not in {"set_target", "close_campaign"}])
def test_a_refused_act_leaves_no_line(world: World, name: str):
    make_ready, act, _, _ = ACTS[name]
    ready = make_ready(world)
    before = AuditLine.objects.count()

    with pytest.raises((PermissionDenied, ValidationError)):
        act(world, ready, world.people["reader"])

    assert AuditLine.objects.count() == before


@pytest.mark.parametrize(
    "name", ["reconcile_figure", "withdraw_confirmation", "extend_deadline", "settle_contradiction"]
)
def test_the_line_bears_the_reason_that_was_written(world: World, name: str):
    make_ready, act, _, person = ACTS[name]

    act(world, make_ready(world), world.people[person])

    assert AuditLine.objects.first().reason in {"Biên bản ngày 12/7/2024", "Nhầm đơn vị", "Mưa lũ"}


def test_laying_periods_and_launching_leave_a_line_each(world: World):
    campaign_row, by = make_world(launched=False, prefix="k-").campaign, world.people["coordinator_head"]
    campaign_row.periods.all().delete()
    before = AuditLine.objects.count()

    lay_periods(campaign_row, by=by)
    launch_campaign(campaign_row, by=by)

    events = list(
        AuditLine.objects.order_by("-pk").values_list("event", flat=True)[: AuditLine.objects.count() - before]
    )
    assert events == ["campaign.launched", "campaign.periods_laid"]
    with pytest.raises(ValidationError):
        open_campaign(campaign_row, by=by, unit_ids=[])
    assert AuditLine.objects.count() == before + 2


def test_every_move_has_an_event_of_its_own():
    assert len({move.audit_event for move in MOVES.values()}) == len(MOVES)


def test_two_moves_in_one_step_leave_two_lines(world: World):
    fill(world, che="20")
    before = AuditLine.objects.count()

    make_move("endorse", world.submission(), by=world.people["head0"])
    make_move("submit", world.submission(), by=world.people["clerk0"])

    lines = AuditLine.objects.order_by("pk")[before:]
    assert [line.event for line in lines] == ["submission.endorsed", "submission.sent"]
    assert [line.unit for line in lines] == [world.communes[0]] * 2


def test_a_line_is_neither_changed_nor_taken_away(world: World):
    line = AuditLine.objects.first()
    line.reason = "khác"

    with pytest.raises(RuntimeError):
        line.save()
    with pytest.raises(RuntimeError):
        line.delete()
