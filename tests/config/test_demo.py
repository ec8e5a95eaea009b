"""The demo shows every state that the program knows, in numbers that are all said to be illustrative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from campaign.choices import Relation, SubmissionStatus
from campaign.models import Campaign, DeadlineExtension, Submission, SubmissionMove
from campaign.models.submission import SubmissionQuerySet
from config.demo.people import demo_password
from config.demo.replay import replay
from config.demo.script import read_json
from indicators.choices import Band, Channel, FigureState, IndicatorKind, TaskStatus, VersionKind
from indicators.models import Assignment, Contradiction, Evidence, Figure, FigureVersion, Target
from indicators.services.totals import differences
from indicators.tables.standings import standings
from tests.demo import in_demo
from units import clock
from units.choices import Origin, Role
from units.models import StandIn, User

pytestmark = pytest.mark.usefixtures("demo")

NOVEMBER, OCTOBER = 11, 10
Status = SubmissionStatus


def report(unit: str, month: int = NOVEMBER) -> Submission:
    return Submission.objects.get(
        participation__unit__key=f"kon-plong-{unit}", period__month=month, period__kind="month"
    )


def figure(unit: str, code: str, month: int = NOVEMBER) -> Figure:
    return report(unit, month).figures.get(assignment__indicator__code=code)


def months(**conditions: object) -> bool:
    return Submission.objects.filter(**conditions).exists()


def overdue() -> SubmissionQuerySet:
    return Submission.objects.overdue(clock.today())


def late(unit: str, month: int) -> bool:
    """Handed in, after its day."""
    one = report(unit, month)
    return one.first_sent_at is not None and clock.local_date(one.first_sent_at) > one.due_on


STATES: dict[str, Callable[[], object]] = {
    "received": lambda: report("mang-den").status == Status.RECEIVED,
    "sent and waiting": lambda: report("mang-canh").status == Status.SENT,
    "approved by the head, not sent": lambda: report("dak-ring").status == Status.ENDORSED,
    "a draft in work": lambda: report("hieu").status == Status.DRAFT and report("hieu").figures.filter(version__gt=0),
    "nothing begun": lambda: not report("dak-nen").figures.filter(version__gt=0).exists(),
    "asked to complete": lambda: report("po-e").status == Status.CHANGES_REQUESTED,
    "marked figures with their reasons": lambda: (
        report("po-e").figures.filter(is_marked=True).exclude(request_reason="").count() == 2
    ),
    "overdue from the month before": lambda: (
        set(overdue().filter(period__kind="month").values_list("participation__unit__key", "period__month"))
        == {("kon-plong-dak-nen", OCTOBER), ("kon-plong-tu-phap", OCTOBER)}
    ),
    "a quick report, all in but one": lambda: (
        list(overdue().filter(period__kind="flash").values_list("participation__unit__key", flat=True))
        == ["kon-plong-po-e"]
        and Submission.objects.filter(period__kind="flash", status="sent").count() == 8
    ),
    "a target revised, the first still on show": lambda: (
        [
            (one.amount, one.origin)
            for one in Target.objects.filter(unit__key="kon-plong-ngok-tem", indicator__code="keo")
        ]
        == [(140, Origin.ILLUSTRATIVE), (130, Origin.ILLUSTRATIVE)]
    ),
    "a role lent to a deputy": lambda: (
        StandIn.objects.in_force(clock.today()).get().holder == User.objects.get(username="hieu.pct")
    ),
    "a closed month corrected and received again": lambda: (
        figure("mang-but", "vuon-rau-ho", 7).received_version.kind == "correction"
    ),
    "missing rows": lambda: report("dak-nen", OCTOBER).figures.missing().exists(),
    "a real zero": lambda: figure("nong-nghiep", "chuoi-lien-ket", 7).amount == 0,
    "không phát sinh": lambda: figure("mang-den", "che").state == FigureState.NOTHING_AROSE,
    "không giao": lambda: Assignment.objects.filter(is_not_applicable=True, indicator__code="che").count() == 3,
    "an estimate, with the year's": lambda: (
        figure("tai-chinh-ke-hoach", "thu-ngan-sach").is_estimate
        and figure("tai-chinh-ke-hoach", "thu-ngan-sach").year_estimate == 169200
    ),
    "entered on behalf from Zalo": lambda: FigureVersion.objects.filter(
        kind=VersionKind.ON_BEHALF, channel=Channel.ZALO, figure__submission=report("ngok-tem")
    ),
    "entered on behalf from paper and sent": lambda: SubmissionMove.objects.filter(
        submission=report("ngok-tem", OCTOBER), move="submit", on_behalf_of__key="kon-plong-ngok-tem"
    ),
    "entered on behalf by a lead department": lambda: FigureVersion.objects.filter(
        channel=Channel.PHONE, by__username="nongnghiep"
    ),
    "reconciled, beside what the unit sent": lambda: (
        figure("dak-ring", "giai-ngan-su-nghiep-xa", 9).sent_version.amount == 311
        and figure("dak-ring", "giai-ngan-su-nghiep-xa", 9).reconciled_version.amount == 298
    ),
    "a thousandfold slip with the clerk's note": lambda: (
        figure("po-e", "giai-ngan-su-nghiep-xa").amount == 736000 and figure("po-e", "giai-ngan-su-nghiep-xa").note
    ),
    "confirmed": lambda: figure("mang-den", "keo").confirmed_version_id == figure("mang-den", "keo").sent_version_id,
    "sent, not confirmed": lambda: (
        figure("mang-den", "ca-phe").sent_version and not figure("mang-den", "ca-phe").confirmed_version
    ),
    "an open contradiction": lambda: Contradiction.objects.get(key="che-6-thang").settled_at is None,
    "a settled contradiction": lambda: Contradiction.objects.exclude(settled_at=None).exists(),
    "an extended deadline": lambda: DeadlineExtension.objects.get().submission == report("ngok-tem"),
    "reopened, with a correction": lambda: FigureVersion.objects.filter(
        kind=VersionKind.CORRECTION, figure__submission=report("mang-canh", 9)
    ),
    "reopened now": lambda: report("mang-canh", 9).status == Status.REOPENED,
    "closed": lambda: months(period__month=7, status=Status.CLOSED),
    "a signed report with its scan": lambda: report("dak-tang").signed_number and report("dak-tang").signed_file,
    "approved in the program": lambda: report("mang-den").endorsed_by.username == "mang-den.ct",
    "queried by a lead department": lambda: SubmissionMove.objects.filter(move="query_figures"),
    "taken back": lambda: SubmissionMove.objects.filter(move="withdraw"),
    "late in an earlier month": lambda: late("dak-nen", 8) and late("ban-qlda", OCTOBER),
    "before its day": lambda: clock.local_date(report("mang-den").first_sent_at) < report("mang-den").due_on,
    "asked to co-operate, silent, never late": lambda: not report("hoi-nong-dan", 7).figures.filter(version__gt=0),
    "own channel": lambda: months(participation__relation=Relation.OWN_CHANNEL),
    "evidence": lambda: Evidence.objects.count() >= 3,
    "a task that is blocked": lambda: Figure.objects.filter(task_status=TaskStatus.BLOCKED).exclude(text=""),
    "a milestone on its way": lambda: figure("kinh-te-ha-tang", "qh-vung-huyen", 9).step == 2,
    "a level that fell": lambda: (
        figure("po-e", "vuon-rau-ho", OCTOBER).amount < figure("po-e", "vuon-rau-ho", 9).amount
    ),
    "a person in charge": lambda: Assignment.objects.filter(person__username="hieu.nl"),
}


def test_every_state_is_there_on_the_assumed_day():
    assert [state for state, is_shown in STATES.items() if not is_shown()] == []


def test_the_assumed_day_shows_every_band():
    campaign = Campaign.objects.get()
    periods = campaign.periods.filter(month__in=[OCTOBER, NOVEMBER])
    seen = {one.band for period in periods for one in standings(campaign, period, basis="sent").values()}

    assert seen == set(Band)


def test_the_districts_own_numbers_follow_the_assignment():
    campaign = Campaign.objects.get()
    october = standings(campaign, campaign.periods.get(month=OCTOBER), basis="sent")
    whole = {one.indicator.code: one for (_, unit), one in october.items() if unit == campaign.authority_id}

    assert [whole[code].cumulative_text for code in ("ca-phe", "cau", "trong-rung")] == ["195,0", "45,0", "250,0"]
    assert whole["che"].since_launch_text == "91,0"
    assert whole["thu-ngan-sach"].rate_text == "69,0 %"
    assert whole["khach-du-lich"].cumulative_text == "1.125.100"
    assert whole["keo"].completeness_text.startswith("8/9")


def test_stored_totals_are_those_of_a_fresh_computation():
    assert differences(Campaign.objects.get()) == []
    call_command("check_totals", verbosity=0)


def test_every_number_of_the_demo_is_said_to_be_illustrative():
    told = FigureVersion.objects.all()

    assert told.exists()
    assert not told.exclude(origin=Origin.ILLUSTRATIVE).exists()


def test_what_is_confidential_has_no_text():
    told = Figure.objects.filter(assignment__indicator__is_confidential=True, version__gt=0)

    assert told.exists()
    assert not told.exclude(text="").exists()
    assert not Figure.objects.filter(kind=IndicatorKind.TASK).exclude(amount=None).exists()


def test_everybody_can_log_in_with_the_one_password():
    request = RequestFactory().post("/")
    users = User.objects.filter(is_demo=True)

    assert users.count() > 80
    for username in read_json("people.json")["shown"]:
        assert authenticate(request, username=username, password=demo_password()) is not None
    assert all(user.full_name.endswith("(minh họa)") for user in users)
    assert [user.username for user in users if user.is_staff] == ["quantri"]
    assert User.objects.get(username="quantri").has_role(Role.ADMINISTRATOR)


def test_a_second_replay_changes_nothing():
    before = (Figure.objects.count(), FigureVersion.objects.count(), SubmissionMove.objects.count())

    done = replay(date(2024, 11, 15))

    assert done.acts == 0
    assert (Figure.objects.count(), FigureVersion.objects.count(), SubmissionMove.objects.count()) == before


def test_four_days_later_several_units_are_late():
    with in_demo(date(2024, 11, 19)):
        done = replay(date(2024, 11, 19))
        overdue = Submission.objects.overdue(clock.today()).filter(period__month=NOVEMBER)
        units = {one.participation.unit.key for one in overdue}

    assert done.skipped == []
    assert {"kon-plong-dak-nen", "kon-plong-mang-but", "kon-plong-ban-qlda", "kon-plong-tu-phap"} <= units
    # Extended, asked only, and by its own channel: never late.
    assert not units & {"kon-plong-ngok-tem", "kon-plong-hoi-nong-dan", "kon-plong-cong-an"}


def test_the_years_end_stands_on_a_settled_document_and_a_supplementary_period():
    with in_demo(date(2025, 1, 5)):
        done = replay(date(2025, 1, 5))
        campaign = Campaign.objects.get()
        december = standings(campaign, campaign.periods.get(month=12, kind="month"), basis="sent")
        whole = {one.indicator.code: one for (_, unit), one in december.items() if unit == campaign.authority_id}

        assert done.skipped == []
        assert whole["che"].rate_text == "50,4 %"
        assert whole["chuoi-lien-ket"].band == Band.EXCEEDED
        assert months(period__kind="supplementary", status=Status.RECEIVED)
        assert months(period__kind="supplementary", status=Status.DRAFT, due_on__gt=clock.today())
        assert differences(campaign) == []
