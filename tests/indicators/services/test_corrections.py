"""Điều chỉnh số liệu of a closed month: a new version with reason and document, official only when received again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus as Status
from indicators.models import Figure, FigureVersion, Total
from indicators.services.corrections import Correction
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from indicators.tables.history import version_rows
from indicators.tables.moves import timeline
from tests.builders import World, at, fill, make_world
from tests.kept import kept_world
from units import clock
from units.errors import LostRace

pytestmark = pytest.mark.django_db
LETTER = {"document": "52/UBND-VP", "document_on": date(2024, 8, 20)}


def build() -> World:
    """July of both communes sent, received and closed: tea 20 and 7."""
    world = make_world()
    with clock.set_to(at("2024-07-15")):
        for commune, tea in enumerate(("20", "7")):
            fill(world, commune, che=tea)
            world.send(commune)
            world.receive(commune)
    with clock.set_to(at("2024-07-25")):
        for commune in range(2):
            make_move("close", world.submission(commune), by=world.people["coordinator_head"])
    return world


world = kept_world(build, at("2024-07-01"))


@pytest.fixture(autouse=True)
def august():
    with clock.set_to(at("2024-08-20")):
        yield


def correct(world: World, amount: str = "18", *, by: str = "clerk0", **given: Any):
    figure = world.figure("che")
    read = given.pop("read_version", figure.version)
    values = {"reason": "Nghiệm thu lại", **LETTER, **given}
    one = Correction(figure.pk, read, {"amount": Decimal(amount)})
    return make_move("correct", world.submission(), by=world.people[by], corrections=[one], **values)


def whole(world: World) -> Total:
    return Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period=world.period(1))


def test_the_new_number_is_provisional_until_received_and_official_after(world: World):
    report = correct(world)

    assert report.status == Status.SENT
    assert (whole(world).official_since_launch, whole(world).sent_since_launch) == (Decimal(27), Decimal(25))

    world.receive()
    assert whole(world).official_since_launch == Decimal(25)
    assert differences(world.campaign) == []


def test_history_and_trail_show_it_as_what_it_is(world: World):
    correct(world)

    row = version_rows(world.figure("che"), only_sent=True)[0]
    assert (row.value, row.kind_label, row.reason) == ("18 ha", "Điều chỉnh số liệu", "Nghiệm thu lại")
    assert row.on_behalf == "Văn bản 52/UBND-VP ngày 20/8/2024"
    assert [row.value for row in version_rows(world.figure("che"), only_sent=True)] == ["18 ha", "20 ha"]
    step = timeline(world.submission())[0]
    assert step.done == "Đã gửi số liệu điều chỉnh"
    assert step.reason == "Nghiệm thu lại (văn bản 52/UBND-VP ngày 20/08/2024)"


def test_what_was_drawn_up_before_stands_on_versions_that_never_change(world: World):
    before = FigureVersion.objects.order_by("pk").values()
    kept = list(before)

    correct(world)

    assert list(before)[: len(kept)] == kept
    assert world.figure("che").received_version.amount == 20


def test_the_clerk_needs_the_letter_and_the_head_does_not(world: World):
    nothing = {"document": "", "document_on": None}
    with pytest.raises(ValidationError, match="số và ngày văn bản điều chỉnh do thủ trưởng ký"):
        correct(world, **nothing)

    assert correct(world, by="head0", **nothing).status == Status.SENT


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"reason": " "}, ValidationError, "Ghi lý do"),
        ({"amount": "20"}, ValidationError, "không có gì thay đổi"),
        ({"document_on": date(2024, 8, 21)}, ValidationError, "ở tương lai"),
        ({"read_version": 0}, LostRace, "vừa được người khác sửa"),
        ({"by": "clerk1"}, PermissionDenied, "do người nhập số liệu"),
    ],
)
def test_what_stands_against_it_is_said_and_nothing_changes(world: World, given: dict[str, Any], error, sentence):
    with pytest.raises(error, match=sentence):
        correct(world, **given)

    assert (world.submission().status, world.figure("che").amount) == (Status.CLOSED, 20)


def test_taken_back_before_the_receipt_it_opens_only_the_corrected_row(world: World):
    correct(world)
    make_move("withdraw", world.submission(), by=world.people["clerk0"])

    with pytest.raises(PermissionDenied, match="Chỉ những số liệu được đề nghị"):
        world.enter("ca-phe", "3")
    assert world.figure("che").sent_version.amount == 20
    assert whole(world).sent_since_launch == 27


def test_the_office_corrects_on_behalf_and_a_colleague_receives(world: World):
    correct(world, by="coordinator", on_behalf_of=world.communes[0])

    assert FigureVersion.objects.get(kind="correction").on_behalf_of == world.communes[0]
    with pytest.raises(PermissionDenied, match="đã gửi báo cáo này|đã nhập số liệu"):
        world.receive()
    make_move("receive", world.submission(), by=world.people["coordinator_head"])


def test_the_page_takes_only_the_rows_that_were_typed(world: World, client: Client):
    client.force_login(world.people["clerk0"])
    address = reverse("indicators:correct", args=[world.submission().pk])
    assert "Điều chỉnh số liệu" in client.get(reverse("indicators:month", args=[world.submission().pk])).text
    data = {"reason": "Nghiệm thu lại", "document": "52/UBND-VP", "document_on": "20/8/2024"}
    for figure in Figure.objects.filter(submission=world.submission()):
        data |= {f"version-{figure.pk}": figure.version, f"amount-{figure.pk}": ""}
    tea = world.figure("che")

    assert "Nhập số điều chỉnh" in client.post(address, data).text
    wrong = client.post(address, data | {f"amount-{tea.pk}": "mười tám"})
    assert wrong.status_code == 422
    assert "Trồng chè mới" in wrong.text

    client.post(address, data | {f"amount-{tea.pk}": "18,5"})
    assert world.figure("che").amount == Decimal("18.5")
    assert world.figure("ca-phe").version == 1
    assert "đang ở trạng thái" in client.get(address).text
