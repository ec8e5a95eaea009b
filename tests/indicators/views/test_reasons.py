"""On the way to the office every warned figure without a note asks for its reason, all on one page."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus
from indicators.models import Figure
from indicators.services.figures import enter_figure
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import StoredFile

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def warned(world) -> Figure:
    """Twice the plan of tea, the rest as usual."""
    fill(world)
    tea = world.figure("che")
    return enter_figure(tea, {"amount": Decimal(100)}, by=world.people["clerk0"], read_version=tea.version)


def client_of(world: World, person: str) -> Client:
    client = Client()
    client.force_login(world.people[person])
    return client


def move(world: World, person: str, name: str, **fields):
    return client_of(world, person).post(reverse("indicators:move", args=[world.submission().pk, name]), fields)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_sending_leads_to_the_reasons_and_then_goes_on(world, warned):
    led = move(world, "head0", "endorse", then="submit")
    page = client_of(world, "head0").get(led.url)
    fields = {"buoc": "endorse", "then": "submit", "gui": "1", f"version-{warned.pk}": warned.version}
    sent = client_of(world, "head0").post(
        reverse("indicators:reasons", args=[world.submission().pk]),
        {**fields, f"reason-{warned.pk}": "Nghiệm thu dồn cả quý."},
    )

    assert led.url == reverse("indicators:reasons", args=[world.submission().pk]) + "?buoc=endorse&then=submit"
    assert "1 dòng cần ghi lý do trước khi duyệt và gửi" in text_of(page)
    assert "Bằng 200,0\u00a0% kế hoạch" in page.content.decode()
    assert sent.url == reverse("indicators:month", args=[world.submission().pk])
    assert world.submission().status == SubmissionStatus.SENT
    warned.refresh_from_db()
    assert warned.note == "Nghiệm thu dồn cả quý."
    assert warned.sent_version.note == "Nghiệm thu dồn cả quý."


def test_the_receiver_reads_the_reason_beside_the_figure(world, warned):
    enter_figure(warned, {"note": "Nghiệm thu dồn cả quý."}, by=world.people["clerk0"], read_version=warned.version)
    move(world, "head0", "endorse", then="submit")

    page = client_of(world, "coordinator").get(reverse("indicators:receive", args=[world.submission().pk]))

    assert "Nghiệm thu dồn cả quý." in page.content.decode()


def test_a_missing_reason_is_asked_for_again_and_nothing_typed_is_lost(world, warned):
    coffee = world.figure("ca-phe")
    enter_figure(coffee, {"amount": Decimal(-5)}, by=world.people["clerk0"], read_version=coffee.version)
    address = reverse("indicators:reasons", args=[world.submission().pk])

    answer = client_of(world, "clerk0").post(
        address, {"buoc": "submit", "gui": "1", f"reason-{warned.pk}": "Nghiệm thu dồn cả quý."}
    )

    assert answer.status_code == 422
    assert "Còn 1 dòng chưa có lý do; lý do đã gõ ở các dòng khác vẫn còn trên trang." in text_of(answer)
    assert 'value="Nghiệm thu dồn cả quý."' in text_of(answer)
    assert f'name="reason-{coffee.pk}"' in text_of(answer)
    assert world.submission().status == SubmissionStatus.DRAFT


def test_a_signed_report_keeps_number_day_and_scan_over_the_page(world, warned):
    scan = SimpleUploadedFile("ban-ky.pdf", PDF)
    led = move(
        world,
        "clerk0",
        "record_signed",
        signed_number="45/BC-UBND",
        signed_on="15/7/2024",
        signed_file=scan,
        then="submit",
    )
    page = client_of(world, "clerk0").get(led.url)
    carried = dict(page.context["carried"])
    client_of(world, "clerk0").post(
        led.url.split("?")[0], {**carried, "gui": "1", f"reason-{warned.pk}": "Nghiệm thu dồn cả quý."}
    )

    report = world.submission()
    assert report.status == SubmissionStatus.SENT
    assert (report.signed_number, report.signed_file) == ("45/BC-UBND", StoredFile.objects.get())


def test_a_scan_of_somebody_else_is_not_taken_for_ones_own(world, warned):
    enter_figure(warned, {"note": "Nghiệm thu dồn."}, by=world.people["clerk0"], read_version=warned.version)
    foreign = StoredFile.objects.create(
        name="la.pdf", content_type="application/pdf", size=1, sha256="0", content="x", uploaded_at=clock.now()
    )

    move(
        world,
        "clerk0",
        "record_signed",
        signed_number="45/BC",
        signed_on="15/7/2024",
        held_file=foreign.pk,
        then="submit",
    )

    assert world.submission().signed_file is None


def test_two_people_giving_a_reason_see_each_other(world, warned):
    address = reverse("indicators:reasons", args=[world.submission().pk])
    stale = {f"version-{warned.pk}": warned.version - 1, f"reason-{warned.pk}": "Nghiệm thu dồn."}

    assert client_of(world, "clerk0").post(address, stale).status_code == 409


def test_what_is_explained_or_merely_noted_is_sent_at_once(world):
    fill(world)

    assert move(world, "head0", "endorse", then="submit").url == reverse(
        "indicators:month", args=[world.submission().pk]
    )
    page = client_of(world, "head0").get(reverse("indicators:reasons", args=[world.submission().pk]))
    assert "Không còn dòng nào cần ghi lý do" in page.content.decode()
