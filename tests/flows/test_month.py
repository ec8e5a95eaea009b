"""A month of the office from end to end, each step by the person whose work it is, through the pages alone."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus as Status
from indicators.models import Claim, Contradiction, Evidence, Figure
from indicators.services.totals import differences
from tests.builders import PASSWORD, World, at, make_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Person:
    """Someone at a browser: opens pages, fills fields, presses buttons, and reads."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.client = Client()
        answer = self.client.post("/dang-nhap/", {"username": world.people[name].username, "password": PASSWORD})
        assert answer.status_code == 302

    def opens(self, name: str, *args: object, **query: object) -> str:
        """The text of a page, after whatever it leads on to."""
        response = self.client.get(reverse(name, args=args), query, follow=True)
        assert response.status_code == 200, response.request["PATH_INFO"]
        return " ".join(response.text.split())

    def sends(self, name: str, *args: object, expecting: int = 302, **fields: Any) -> str:
        """What a pressed button sends; the text of the answer."""
        data = {key.replace("__", "-"): value for key, value in fields.items()}
        response = self.client.post(reverse(name, args=args), data)
        assert response.status_code == expecting, " ".join(response.text.split())
        return " ".join(response.text.split())

    def types(self, figure: Figure, *, expecting: int = 200, **fields: str) -> str:
        """Leaves a row of the month's grid."""
        data = {f"{name}-{figure.pk}": value for name, value in fields.items()}
        data[f"version-{figure.pk}"] = str(Figure.objects.get(pk=figure.pk).version)
        response = self.client.post(reverse("indicators:enter-figure", args=[figure.pk]), data, headers=HTMX)
        assert response.status_code == expecting
        return " ".join(response.text.split())

    def moves(self, name: str, *, commune: int = 0, period: int = 1, expecting: int = 302, **fields: Any) -> str:
        """Presses a button that moves a report."""
        report = self.world.submission(commune, period)
        return self.sends("indicators:move", report.pk, name, expecting=expecting, version=report.version, **fields)

    def fills(self, commune: int, tea: str, coffee: str, period: int = 1) -> None:
        """The whole month of a commune."""
        self.types(self.world.figure("che", commune, period), amount=tea)
        self.types(self.world.figure("ca-phe", commune, period), amount=coffee)
        self.types(self.world.figure("tuyen-truyen", commune, period), task_status="in_progress", text="Đã họp thôn")


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def on(day: str, hour: int = 9) -> Any:
    return clock.set_to(at(day, hour))


def test_the_month_of_a_district_from_the_first_cell_to_the_signed_paper(world: World):
    clerk, other = Person(world, "clerk0"), Person(world, "clerk1")
    report = world.submission().pk
    # The clerk of xã Hiếu lands on what is owed, types, and is told what is missing.
    assert "Tháng 7/2024" in clerk.opens("units:home")
    clerk.types(world.figure("che"), amount="1.234,5")
    assert world.figure("che").amount == Decimal("1234.5")
    clerk.types(world.figure("che"), amount="20")
    refused = clerk.moves("submit", expecting=403)
    assert "chưa được thủ trưởng duyệt" in refused
    head = Person(world, "head0")
    assert "Còn 2 dòng chưa có số liệu: Trồng cà phê mới, Tuyên truyền vận động" in head.moves("endorse", expecting=422)
    clerk.fills(0, "20", "0")
    # The head approves; the clerk sends; the page is closed and says why.
    head.moves("endorse")
    clerk.moves("submit")
    assert "Báo cáo đã gửi" in clerk.opens("indicators:month", report)
    assert "Báo cáo đã gửi" in clerk.types(world.figure("che"), expecting=403, amount="21")
    # The clerk of xã Pờ Ê has a signed paper instead, and sends the scan.
    other.fills(1, "12,5", "3")
    scan = SimpleUploadedFile("bao-cao-thang-7.pdf", PDF)
    signed = {"signed_number": "45/BC-UBND", "signed_on": "15/07/2024", "signed_file": scan, "then": "submit"}
    other.moves("record_signed", commune=1, **signed)
    assert world.submission(1).status == Status.SENT
    # Phòng Nội vụ sees both, receives one and asks the other for one figure.
    with on("2024-07-16"):
        office = Person(world, "coordinator")
        page = office.opens("indicators:receive-list")
        assert "xã Hiếu" in page
        assert "xã Pờ Ê" in page
        assert "45/BC-UBND" in office.opens("indicators:receive", world.submission(1).pk)
        office.moves("receive", commune=1)
        tea = world.figure("che")
        marks = {
            "marked": [tea.pk],
            f"reason__{tea.pk}": "Biên bản nghiệm thu ghi 19 ha",
            "reason": "Xem lại diện tích",
        }
        office.moves("request_changes", **marks)
        # The clerk reads the reason beside the figure, corrects that one alone, and sends again.
        assert "Xem lại diện tích" in clerk.opens("indicators:owed")
        assert "Đề nghị chỉnh sửa: Biên bản nghiệm thu ghi 19 ha" in clerk.opens("indicators:month", report)
        assert "Chỉ những số liệu được đề nghị" in clerk.types(world.figure("ca-phe"), expecting=403, amount="9")
        clerk.types(tea, amount="19", note="Theo biên bản ngày 12/7")
        head.moves("endorse", then="submit")
        office.moves("receive")
    assert [world.submission(commune).status for commune in (0, 1)] == [Status.RECEIVED] * 2
    assert world.figure("che").received_version.amount == Decimal("19")
    assert differences(world.campaign) == []


def received(world: World) -> World:
    """July of both communes, received."""
    for commune, tea in enumerate(("20", "12,5")):
        Person(world, f"clerk{commune}").fills(commune, tea, "3")
        Person(world, f"head{commune}").moves("endorse", commune=commune, then="submit")
        Person(world, "coordinator").moves("receive", commune=commune)
    return world


def test_the_lead_department_confirms_reconciles_and_asks_again_beside_the_receipt(world: World):
    lead, clerk = Person(received(world), "reviewer"), Person(world, "clerk0")
    first, second = world.figure("che", 0), world.figure("che", 1)
    place = world.indicators["che"].pk, world.period(1).pk

    assert "Trồng chè mới" in lead.opens("indicators:confirm-list")
    page = lead.opens("indicators:confirm", *place)
    assert all(text in page for text in ("xã Hiếu", "20,0", "xã Pờ Ê", "12,5"))
    lead.sends("indicators:confirm-figures", *place, figures=[first.pk])
    assert world.figure("che", 0).confirmed_version == world.figure("che", 0).sent_version
    assert world.figure("che", 1).confirmed_version is None

    # A value without its ground is asked for again, and what was typed is still there.
    refused = lead.sends("indicators:reconcile", second.pk, expecting=422, amount="11,5", ground="")
    assert 'value="11,5"' in refused
    assert "Ghi căn cứ đối chiếu" in refused
    lead.sends("indicators:reconcile", second.pk, amount="11,5", ground="Biên bản ngày 20/7/2024")
    kept = world.figure("che", 1)
    assert (kept.sent_version.amount, kept.reconciled_version.amount) == (Decimal("12.5"), Decimal("11.5"))
    assert "11,5" in Person(world, "clerk1").opens("indicators:figure", second.pk)

    lead.sends("indicators:query-figures", *place, figures=[first.pk], reason="Không khớp bản đồ")
    assert world.submission(0).status == Status.CHANGES_REQUESTED
    assert "Không khớp bản đồ" in clerk.opens("indicators:month", world.submission(0).pk)
    # What was received stays official until the next receipt.
    assert world.figure("che", 0).received_version.amount == Decimal("20")


def test_a_commune_that_told_by_telephone_is_entered_for_sent_for_and_may_correct(world: World):
    office, lead = Person(world, "coordinator"), Person(world, "reviewer")
    told = {"channel": "phone", "informant": "Công chức văn phòng xã Hiếu"}
    lead.sends("indicators:enter-on-behalf", world.figure("che").pk, version=0, amount="8", **told)
    office.sends("indicators:enter-on-behalf", world.figure("ca-phe").pk, version=0, amount="0", **told)
    task = {"task_status": "in_progress", "text": "Đã họp thôn"}
    missing = office.sends(
        "indicators:enter-on-behalf", world.figure("tuyen-truyen").pk, expecting=422, version=0, **task
    )
    assert "Chọn đơn vị đã báo qua đâu" in missing
    assert "Đã họp thôn" in missing
    office.sends("indicators:enter-on-behalf", world.figure("tuyen-truyen").pk, version=0, **task, **told)

    clerk = Person(world, "clerk0")
    history = clerk.opens("indicators:figure", world.figure("che").pk)
    assert "Công chức văn phòng xã Hiếu" in history
    clerk.types(world.figure("che"), amount="8,5")
    office.moves("record_signed", signed_number="Điện thoại 15/7", signed_on="15/07/2024", then="submit")

    assert "nên không thể tự thực hiện" in office.moves("receive", expecting=403)
    Person(world, "coordinator_head").moves("receive")
    assert world.figure("che").received_version.amount == Decimal("8.5")
    line = AuditLine.objects.filter(event="submission.sent").first()
    assert line.on_behalf_of == world.communes[0]


def test_the_leader_follows_a_figure_down_and_takes_both_papers(world: World):
    leader = Person(received(world), "leader")
    month = world.campaign.pk, world.period(1).pk

    board = leader.opens("units:home")
    assert "Trồng chè mới" in board
    units = leader.opens("reports:indicator", world.campaign.pk, world.indicators["che"].pk)
    assert all(text in units for text in ("xã Hiếu", "20,0", "32,5"))
    history = leader.opens("indicators:figure", world.figure("che").pk)
    assert "clerk0" in history

    sheet = leader.client.get(reverse("reports:summary-xlsx", args=month))
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    values = [cell.value for part in book for row in part.iter_rows() for cell in row]
    assert "Trồng chè mới" in values
    assert 32.5 in values
    letter = leader.client.get(reverse("reports:summary-pdf", args=month))
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letter.content)).pages).split())
    assert "Trồng chè mới" in text
    assert "32,5" in text
    own = Person(world, "clerk0").client.get(reverse("reports:unit-pdf", args=[world.submission().pk]))
    assert own.headers["Content-Type"] == "application/pdf"


def test_a_contradiction_is_shown_until_a_leader_settles_it_and_stays_on_show(world: World):
    row = Contradiction.objects.create(
        campaign=world.campaign, key="che", question="Thực hiện 6 tháng?", indicator=world.indicators["che"]
    )
    claims = [
        Claim.objects.create(
            contradiction=row, subject="opening_amount", value=Decimal(value), position=place, quote=f"“{value} ha”"
        )
        for place, value in ((1, 74), (2, 0))
    ]
    leader, office = Person(received(world), "leader"), Person(world, "coordinator")
    page = leader.opens("indicators:contradictions", world.campaign.pk)
    assert "“74 ha”" in page
    assert "“0 ha”" in page
    choice = {"claim": claims[1].pk, "ground": "Biên bản nghiệm thu ngày 1/7/2024"}
    assert "Chỉ lãnh đạo" in office.sends("indicators:settle", row.pk, expecting=403, **choice)
    leader.sends("indicators:settle", row.pk, expecting=422, **{**choice, "ground": ""})

    leader.sends("indicators:settle", row.pk, **choice)

    row.refresh_from_db()
    assert (row.settled_claim, row.settled_by) == (claims[1], world.people["leader"])
    assert "“74 ha”" in leader.opens("indicators:contradictions", world.campaign.pk)
    assert differences(world.campaign) == []


def test_a_closed_month_is_reopened_corrected_and_what_was_issued_stays_in_the_trail(world: World):
    office, clerk = Person(received(world), "coordinator"), Person(world, "clerk0")
    office.moves("close")
    assert "Số liệu kỳ này đã chốt" in clerk.types(world.figure("che"), expecting=403, amount="21")
    Person(world, "leader").moves("reopen", reason="Xã báo nhầm", expires_on="20/07/2024")
    with on("2024-07-16"):
        clerk.types(world.figure("che"), amount="21", note="Cộng sót một thôn")
    with on("2024-07-21"):
        assert "nay đã hết hạn" in clerk.types(world.figure("che"), expecting=403, amount="22")
    with on("2024-07-20", 23):
        Person(world, "head0").moves("endorse", then="submit")
        office.moves("receive")

    versions = world.figure("che").versions.order_by("sequence")
    assert [(one.amount, one.kind) for one in versions] == [(Decimal(20), "entered"), (Decimal(21), "correction")]
    history = Person(world, "leader").opens("indicators:figure", world.figure("che").pk)
    assert "<strong>20 " in history
    assert "Cộng sót một thôn" in history


def test_a_photo_proves_a_figure_and_can_be_taken_off_until_the_report_is_sent(world: World):
    clerk = Person(world, "clerk0")
    tea = world.figure("che")
    clerk.sends("indicators:attach-evidence", tea.pk, file=SimpleUploadedFile("vuon-che.pdf", PDF), title="Vườn chè")
    evidence = Evidence.objects.get()
    assert "Vườn chè" in clerk.opens("indicators:month", world.submission().pk)
    assert clerk.client.get(reverse("units:file", args=[evidence.file_id])).status_code == 200
    assert Person(world, "clerk1").client.get(reverse("units:file", args=[evidence.file_id])).status_code == 404
    assert Person(world, "leader").client.get(reverse("units:file", args=[evidence.file_id])).status_code == 404

    clerk.fills(0, "20", "3")
    Person(world, "head0").moves("endorse", then="submit")

    assert Person(world, "leader").client.get(reverse("units:file", args=[evidence.file_id])).status_code == 200
    clerk.sends("indicators:remove-evidence", evidence.pk, expecting=403)
    evidence.refresh_from_db()
    assert evidence.removed_at is None


def test_a_late_report_is_told_apart_from_one_that_was_given_more_time(world: World):
    with on("2024-07-18"):
        office, clerk = Person(world, "coordinator"), Person(world, "clerk0")
        assert "quá hạn 2 ngày" in clerk.opens("indicators:owed")
    with on("2024-07-16"):
        office.sends("indicators:extend-deadline", world.submission().pk, new_due_on="19/07/2024", reason="Mưa lũ")
    with on("2024-07-18"):
        page = clerk.opens("indicators:owed")
        assert "quá hạn" not in page
        assert "19/7/2024" in page
        assert "quá hạn 2 ngày" in Person(world, "clerk1").opens("indicators:owed")
