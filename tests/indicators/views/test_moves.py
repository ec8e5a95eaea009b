"""The moves of a report from its pages: approval, the signed report, sending, and what stands against each."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import StoredFile

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def act(world: World, person: str, name: str, *, commune: int = 0, headers=None, **fields):
    client = Client()
    client.force_login(world.people[person])
    address = reverse("indicators:move", args=[world.submission(commune).pk, name])
    return client.post(address, fields, headers=headers)


def month_page(world: World, person: str) -> str:
    client = Client()
    client.force_login(world.people[person])
    response = client.get(reverse("indicators:month", args=[world.submission().pk]))
    return " ".join(response.content.decode().split())


def test_the_head_approves_and_sends_in_one_step(world):
    fill(world)

    response = act(world, "head0", "endorse", then="submit")

    assert response.status_code == 302
    assert response.url == reverse("indicators:month", args=[world.submission().pk])
    assert world.submission().status == SubmissionStatus.SENT


def test_the_clerk_records_the_signed_report_with_its_scan_and_sends(world):
    fill(world)

    act(
        world,
        "clerk0",
        "record_signed",
        signed_number="45/BC-UBND",
        signed_on="2024-07-15",
        signed_file=SimpleUploadedFile("ban-ky.pdf", PDF),
        then="submit",
    )

    report = world.submission()
    assert (report.status, report.signed_number, report.signed_on) == ("sent", "45/BC-UBND", date(2024, 7, 15))
    assert report.signed_file.name == "ban-ky.pdf"


def test_nothing_is_kept_of_a_move_that_fails(world):
    response = act(
        world,
        "clerk0",
        "record_signed",
        signed_number="45/BC-UBND",
        signed_on="2024-07-15",
        signed_file=SimpleUploadedFile("ban-ky.pdf", PDF),
    )

    assert response.status_code == 422
    assert "Còn 3 dòng chưa có số liệu" in response.content.decode()
    assert world.submission().status == SubmissionStatus.DRAFT
    assert not StoredFile.objects.exists()


def test_by_htmx_a_refusal_goes_to_the_messages_and_success_moves_the_window(world):
    refused = act(world, "head0", "endorse", headers=HTMX)
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (422, "#messages")

    fill(world)
    done = act(world, "head0", "endorse", headers=HTMX)
    assert done.headers["HX-Redirect"] == reverse("indicators:month", args=[world.submission().pk])


def test_a_clerk_cannot_approve(world):
    fill(world)

    assert act(world, "clerk0", "endorse").status_code == 403
    assert world.submission().status == SubmissionStatus.DRAFT


def test_a_report_moved_meanwhile_is_not_moved_again(world):
    fill(world)
    seen = world.submission().version
    act(world, "head0", "endorse")

    assert act(world, "clerk0", "submit", version=seen).status_code == 409
    assert world.submission().status == SubmissionStatus.ENDORSED


def test_another_units_report_is_not_there_to_be_moved(world):
    fill(world, commune=1)

    assert act(world, "head0", "endorse", commune=1).status_code == 404
    assert world.submission(1).status == SubmissionStatus.DRAFT


def test_an_unknown_move_is_no_page(world):
    assert act(world, "clerk0", "vut-di").status_code == 404


def test_after_the_act_the_form_leads_on_only_to_pages_of_this_house(world):
    fill(world)
    response = act(world, "head0", "endorse", next="https://example.org/lua-dao/")

    assert response.url == reverse("indicators:month", args=[world.submission().pk])


def test_the_lead_department_asks_again_for_its_figures_only(world):
    fill(world, che="20")
    world.send()
    figure = world.figure("che")

    response = act(world, "reviewer", "query_figures", reason="Đối chiếu biên bản.", marked=[str(figure.pk)])

    assert response.status_code == 302
    figure.refresh_from_db()
    assert (figure.is_marked, figure.request_reason) == (True, "Đối chiếu biên bản.")


def test_a_figure_is_marked_with_its_own_reason(world):
    fill(world, che="20")
    world.send()
    figure = world.figure("che")
    fields = {"marked": [str(figure.pk)], f"reason-{figure.pk}": "Biên bản ghi 19 ha."}

    act(world, "coordinator", "request_changes", reason="Xem lại.", **fields)

    figure.refresh_from_db()
    assert figure.request_reason == "Biên bản ghi 19 ha."


def test_the_clerk_sees_why_the_report_cannot_be_sent_yet(world):
    fill(world)
    page = month_page(world, "clerk0")

    assert '<button type="button" class="button" disabled aria-describedby="why-send">Gửi báo cáo</button>' in page
    assert "Báo cáo chưa được thủ trưởng duyệt." in page


def test_the_page_tells_what_was_done_with_the_report(world):
    fill(world)
    act(world, "head0", "endorse", then="submit")

    page = month_page(world, "clerk0")
    assert "<strong>Đã duyệt</strong>" in page
    assert "<strong>Đã gửi</strong>" in page
    assert "Thu hồi để sửa" in page
