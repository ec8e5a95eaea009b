"""The one door: moves of a monthly report change status, versions, totals and the trail together."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.choices import SubmissionStatus
from campaign.models import SubmissionMove
from campaign.rules.workflow import MOVES
from indicators.models import Figure, Total
from indicators.services.figures import enter_figure
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock
from units.errors import LostRace
from units.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def test_launch_creates_what_is_owed(world):
    # Two communes, three rows, six periods.
    assert Figure.objects.count() == 36
    assert world.submission().status == SubmissionStatus.DRAFT


def test_sending_an_incomplete_report_says_what_is_missing(world):
    world.enter("che", "20")

    with pytest.raises(ValidationError) as caught:
        make_move("endorse", world.submission(), by=world.people["head0"])

    assert caught.value.messages == [
        "Còn 2 dòng chưa có số liệu: Trồng cà phê mới, Tuyên truyền vận động. Nhập đủ rồi gửi lại."
    ]
    assert world.submission().status == SubmissionStatus.DRAFT


def test_a_sent_report_counts_as_provisional_and_a_received_one_as_official(world):
    fill(world, che="20")

    world.send()
    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert (total.sent_since_launch, total.official_since_launch) == (Decimal("20"), None)
    assert (total.owed, total.sent, total.received) == (2, 1, 0)

    world.receive()
    total.refresh_from_db()
    assert (total.sent_since_launch, total.official_since_launch) == (Decimal("20"), Decimal("20"))
    assert (total.owed, total.sent, total.received) == (2, 1, 1)


def test_a_request_opens_only_the_marked_figures(world):
    fill(world, che="20")
    world.send()
    marked = world.figure("che")

    make_move(
        "request_changes",
        world.submission(),
        by=world.people["coordinator"],
        reason="Kiểm tra lại",
        marked={marked.pk: "Gấp 10 lần kế hoạch"},
    )

    assert world.figure("che").request_reason == "Gấp 10 lần kế hoạch"
    world.enter("che", "2")
    with pytest.raises(PermissionDenied, match="Chỉ những số liệu được đề nghị chỉnh sửa"):
        world.enter("ca-phe", "3")


def test_official_stays_until_the_next_receipt(world):
    fill(world, che="20")
    world.send()
    world.receive()
    make_move(
        "reopen",
        world.submission(),
        by=world.people["coordinator"],
        reason="Xã báo nhầm",
        expires_on=at("2024-07-20").date(),
    )
    world.enter("che", "12")
    world.send()

    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert (total.official_since_launch, total.sent_since_launch) == (Decimal("20"), Decimal("12"))

    world.receive()
    total.refresh_from_db()
    assert total.official_since_launch == Decimal("12")


def test_who_entered_never_receives(world):
    fill(world)
    world.send()
    clerk = world.people["clerk0"]
    clerk.role_grants.create(unit=world.standing_body, role="coordinator")
    clerk.__dict__.pop("grants", None)

    with pytest.raises(PermissionDenied, match="đã nhập|đã gửi"):
        make_move("receive", world.submission(), by=clerk)


def test_a_stale_page_cannot_move_the_report(world):
    fill(world)
    world.send()

    with pytest.raises(LostRace):
        make_move("receive", world.submission(), by=world.people["coordinator"], version=0)


def test_withdrawing_takes_the_figures_out_of_the_provisional_totals(world):
    fill(world, che="20")
    world.send()

    make_move("withdraw", world.submission(), by=world.people["clerk0"])

    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert (total.sent_since_launch, total.sent) == (None, 0)


def test_every_move_leaves_a_row_and_an_audit_line(world):
    fill(world)
    world.send()
    world.receive()

    assert list(SubmissionMove.objects.values_list("move", flat=True)) == ["endorse", "submit", "receive"]
    events = [MOVES[name].audit_event for name in ("endorse", "submit", "receive")]
    assert list(AuditLine.objects.filter(event__in=events).order_by("pk").values_list("event", flat=True)) == events


def test_stored_totals_equal_a_fresh_computation(world):
    for commune in (0, 1):
        fill(world, commune, che="20", ca_phe="3,5".replace(",", "."))
        world.send(commune)
    world.receive(0)
    fill(world, 0, 2, che="35.5")
    world.send(0, 2)

    assert differences(world.campaign) == []


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [(None, "chưa có mẫu số “trẻ trong diện”"), (Decimal(0), "mẫu số “trẻ trong diện” bằng 0")],
)
def test_a_ratio_without_its_base_is_not_sent(world, reported, sentence):
    indicator = make_indicator(
        world.campaign, world.area, "tiem-chung", "Tiêm chủng", kind="ratio", unit_rule="ratio_of_sums", decimals=0
    )
    base = indicator.denominators.create(key="tre", name="trẻ trong diện", is_reported=True)
    fill(world)
    figure = Figure.objects.create(
        assignment=assign(indicator, world.communes[0]),
        period=world.period(1),
        submission=world.submission(),
        kind="ratio",
    )
    values = {"amount": Decimal(5), "denominators": {base.pk: reported}}
    enter_figure(figure, values, by=world.people["clerk0"], read_version=0)

    with pytest.raises(ValidationError, match=sentence):
        make_move("endorse", world.submission(), by=world.people["head0"])


def test_a_negative_base_is_refused_at_once(world):
    with pytest.raises(ValidationError, match="không được âm"):
        world.enter("che", "1", denominators={1: Decimal(-3)})
