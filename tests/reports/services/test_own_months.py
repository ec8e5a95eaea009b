"""The signature of a unit's own report and of its month: entered once, its file kept once, whichever came first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.choices import SubmissionStatus
from indicators.services.submissions import make_move
from reports.models import Report
from reports.services.drafts import open_own_report
from reports.services.freezing import freeze_report, record_issuance
from reports.services.own_months import FIGURES_CHANGED, why_not_tell
from tests.builders import at
from tests.kept import kept_world
from tests.reports.drafting import EVENING
from tests.reports.exports.sample import _report, office_world
from units import clock
from units.models import StoredFile
from units.services import store_file

pytestmark = pytest.mark.django_db
LAST = 2
SCAN = b"%PDF-1.7\nban quet\n%%EOF\n"


def full_world():
    """The last commune has filled August and not sent it."""
    world = office_world()
    with clock.set_to(at("2024-08-15", 15)):
        _report(world, LAST, 2, but="che")
    return world


world = kept_world(full_world, EVENING)


@pytest.fixture(autouse=True)
def evening():
    with clock.set_to(EVENING):
        yield


@pytest.fixture
def report(world) -> Report:
    found = open_own_report(world.submission(LAST, 2), by=world.people["clerk2"])
    freeze_report(found, by=world.people["clerk2"])
    return Report.objects.with_letter().get(pk=found.pk)


def issue(world, report, *, file: bool = True, number: str = "15/BC-UBND"):
    upload = SimpleUploadedFile("ban-ky.pdf", SCAN) if file else None
    by, day = world.people["clerk2"], EVENING.date()
    return record_issuance(report, by=by, number=number, signed_on=day, signer="Chủ tịch", signed_file=upload)


def test_number_day_and_file_of_the_report_stand_with_the_month_as_well(world, report):
    issuance = issue(world, report)

    month = world.submission(LAST, 2)
    assert (month.status, month.signed_number, month.signed_on) == (
        SubmissionStatus.ENDORSED,
        "15/BC-UBND",
        EVENING.date(),
    )
    assert month.signed_file == issuance.file.file
    assert StoredFile.objects.filter(name="ban-ky.pdf").count() == 1


def test_a_corrected_number_reaches_the_month_too(world, report):
    issue(world, report)
    issue(world, report, file=False, number="16/BC-UBND")

    month = world.submission(LAST, 2)
    assert month.signed_number == "16/BC-UBND"
    assert month.signed_file.name == "ban-ky.pdf"


def test_what_the_month_recorded_first_is_taken_over_with_its_file(world, report, client):
    month, clerk = world.submission(LAST, 2), world.people["clerk2"]
    scan = store_file(SimpleUploadedFile("quet.pdf", SCAN), by=clerk, owner=month)
    make_move("record_signed", month, by=clerk, signed_number="15/BC-UBND", signed_on=EVENING.date(), signed_file=scan)
    client.force_login(clerk)
    form = client.get(reverse("reports:report", args=[report.pk])).context["form"]

    issuance = issue(world, report, file=False)

    assert (form["number"].value(), form["signed_on"].value()) == ("15/BC-UBND", "15/8/2024")
    assert issuance.file.file == scan
    client.force_login(world.people["leader"])  # to whom an issued report of a unit is addressed
    assert client.get(reverse("units:file", args=[scan.pk])).status_code == 200


def test_a_month_whose_figures_changed_since_is_not_approved_by_that_paper(world, report):
    world.enter("ca-phe", "4", LAST, 2)

    issue(world, report)

    month = world.submission(LAST, 2)
    assert (month.status, month.signed_number) == (SubmissionStatus.DRAFT, "")
    assert why_not_tell(report, month, world.people["clerk2"]) == FIGURES_CHANGED


def test_a_month_that_was_sent_keeps_its_state(world):
    sent = open_own_report(world.submission(0, 2), by=world.people["clerk0"])
    freeze_report(sent, by=world.people["clerk0"])
    again = Report.objects.with_letter().get(pk=sent.pk)

    record_issuance(again, by=world.people["head0"], number="9/BC-UBND", signed_on=EVENING.date(), signer="Chủ tịch")

    assert world.submission(0, 2).status == SubmissionStatus.RECEIVED


def test_the_page_tells_what_the_one_entry_does_and_leads_on_to_the_sending(world, report, client):
    client.force_login(world.people["clerk2"])
    address = reverse("reports:report", args=[report.pk])
    before = client.get(address).content.decode()
    values = {"number": "15/BC-UBND", "signed_on": "15/8/2024", "signer": "Chủ tịch"}

    after = client.post(reverse("reports:issue", args=[report.pk]), values, follow=True).content.decode()

    assert "Ghi một lần ở đây" in before
    assert "Báo cáo tháng cũng đã ghi nhận bản đã ký." in after
    assert f"{reverse('indicators:month', args=[world.submission(LAST, 2).pk])}#gui" in after
