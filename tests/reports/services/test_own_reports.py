"""A unit's own report as a draft: written by the unit, frozen and issued by it, read by whom it is addressed to."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from indicators.services.submissions import make_move
from paper.document import Table
from reports.choices import OWN, FileKind
from reports.models import Report
from reports.permissions import why_not_draft, why_not_issue, why_not_sign
from reports.services.building import draft_now, draft_of
from reports.services.draft_rows import part_row
from reports.services.drafts import choose, open_own_report, open_report, redraft_report, take_suggestion, write_part
from reports.services.freezing import freeze_report, record_issuance
from tests.builders import at
from tests.kept import kept_world
from tests.reports.drafting import EVENING
from tests.reports.exports.sample import UNSENT, office_world
from units import clock

pytestmark = pytest.mark.django_db
world = kept_world(office_world, EVENING)
OTHERS = ["clerk1", "head1", "coordinator", "coordinator_head", "leader", "reader", "reviewer", "administrator"]


@pytest.fixture(autouse=True)
def evening():
    with clock.set_to(EVENING):
        yield


@pytest.fixture
def report(world) -> Report:
    return again(open_own_report(world.submission(0, 2), by=world.people["clerk0"]))


def again(report) -> Report:
    """The report as the database holds it."""
    return Report.objects.with_letter().get(pk=report.pk)


def issued(world, report) -> Report:
    by = world.people["head0"]
    freeze_report(report, by=by)
    record_issuance(report, by=by, number="15/BC-UBND", signed_on=EVENING.date(), signer="Chủ tịch")
    return again(report)


def test_a_unit_has_one_draft_for_a_period_whoever_of_it_opens_it(world, report):
    assert open_own_report(world.submission(0, 2), by=world.people["head0"]) == report
    assert (report.kind, report.issuer, report.is_internal) == (OWN, world.communes[0], False)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_opens_it_reads_its_draft_or_writes_on_it(role, world, report):
    person = world.people[role]

    with pytest.raises(PermissionDenied):
        open_own_report(world.submission(0, 2), by=person)
    with pytest.raises(PermissionDenied):
        write_part(report, "ahead", "Lời người ngoài.", by=person, read_sequence=0)
    with pytest.raises(PermissionDenied):
        freeze_report(report, by=person)
    assert why_not_draft(report, person) != ""
    assert not Report.objects.visible_to(person).own().exists()


@pytest.mark.parametrize(
    ("role", "reads"),
    [("coordinator", True), ("leader", True), ("clerk0", True)]
    + [(role, False) for role in ("clerk1", "head1", "reader", "reviewer", "administrator")],
)
def test_once_issued_it_is_read_by_those_to_whom_it_is_addressed(role, reads, world, report):
    freeze_report(report, by=world.people["clerk0"])
    before = Report.objects.visible_to(world.people["coordinator"]).own().exists()

    record_issuance(report, by=world.people["head0"], number="15/BC-UBND", signed_on=EVENING.date(), signer="Chủ tịch")

    assert not before
    assert Report.objects.visible_to(world.people[role]).own().exists() is reads


def test_the_office_cannot_issue_what_it_reads_and_its_key_signs_nothing_of_a_unit(world, report):
    done = issued(world, report)

    assert why_not_issue(done, world.people["coordinator"]) == "Báo cáo này do đơn vị khác lập."
    assert [why_not_sign(done, world.people[one]) != "" for one in ("clerk0", "head0", "coordinator", "leader")] == [
        True
    ] * 4


def test_the_office_cannot_open_it_as_one_of_its_own_kinds(world):
    with pytest.raises(PermissionDenied):
        open_report(
            world.campaign, OWN, world.period(2), by=world.people["coordinator"], issuer=world.campaign.standing_body
        )


def test_what_the_unit_writes_itself_is_printed_and_empty_sections_are_not(world, report):
    by = world.people["clerk0"]
    heads = [block.text for block in draft_of(report).document.body if hasattr(block, "level")]

    write_part(report, "ahead", "Trồng tiếp 20 ha chè trước ngày 15/9/2024, xong 2/3 thôn.", by=by, read_sequence=0)

    now = [block.text for block in draft_of(report).document.body if hasattr(block, "level")]
    assert heads == [
        "1. Kết quả thực hiện các chỉ tiêu",
        "2. Kết quả thực hiện các nhiệm vụ",
        "3. Khó khăn, vướng mắc",
    ]
    assert now == [*heads, "4. Nhiệm vụ trọng tâm kỳ tới"]
    assert part_row(draft_of(report), "ahead").unbound == ("20", "15/9/2024", "2/3")
    take_suggestion(report, "ahead", by=by, read_sequence=1)
    assert "Trồng tiếp" not in " ".join(one.text for one in draft_of(report).document.paragraphs)


def test_a_section_that_stands_alone_has_no_numeral(world, report):
    left_out = ["tasks", "obstacles", "ahead", "proposals"]
    choose(report, {"left_out": left_out}, by=world.people["clerk0"], read_version=0)

    heads = [block.text for block in draft_of(again(report)).document.body if hasattr(block, "level")]
    assert heads == ["Kết quả thực hiện các chỉ tiêu"]


def test_signer_addressees_and_recipients_are_the_unit_s_choice_and_carried_to_the_next_period(world, report):
    by = world.people["clerk0"]
    choose(
        report,
        {"signer": "deputy", "signer_name": "Nguyễn Văn A", "recipients": "Như trên\nĐảng ủy xã", "kept": "VT, VP"},
        by=by,
        read_version=0,
    )

    letter = draft_of(again(report)).document.letter
    assert letter.addressees == ("Ủy ban nhân dân huyện Thử", "Phòng Nội vụ")
    assert letter.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert letter.recipients.lines == ["- Như trên;", "- Đảng ủy xã;", "- Lưu: VT, VP."]
    earlier = draft_of(again(open_own_report(world.submission(0, 1), by=by))).document.letter
    assert earlier.signature.name == "Nguyễn Văn A"


def test_it_is_frozen_before_or_after_sending_but_not_with_rows_missing(world, report):
    typing = open_own_report(world.submission(2, 2), by=world.people["clerk2"])

    with pytest.raises(ValidationError, match="Còn 5 dòng chưa có số liệu"), transaction.atomic():
        freeze_report(typing, by=world.people["clerk2"])
    frozen = freeze_report(report, by=world.people["head0"])

    with frozen.files.get(kind=FileKind.FROZEN_PDF).file.content.open("rb") as stored:
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages)
    assert "DỰ THẢO" not in text
    assert UNSENT not in text


def test_what_the_unit_corrects_later_shows_as_different_from_what_was_frozen(world, report, client):
    freeze_report(report, by=world.people["clerk0"])
    with clock.set_to(at("2024-08-15", 19)):
        world.enter("ca-phe", "4", 2, 2)  # of another unit
        client.force_login(world.people["clerk0"])
        page = reverse("reports:differences", args=[report.pk])
        assert "Không có chỗ nào khác" in client.get(page).content.decode()
        reopen_and_change(world)

        content = client.get(page).content.decode()

    assert "Trồng chè mới: Kỳ này" in content
    assert "13,5" in content
    tables = [block for block in draft_now(again(report)).document.body if isinstance(block, Table)]
    assert any("13,5" in cell.text for row in tables[0].rows for cell in row.cells)


def reopen_and_change(world) -> None:
    head = world.people["coordinator_head"]
    make_move("reopen", world.submission(0, 2), by=head, reason="Đếm lại", expires_on=EVENING.date())
    world.enter("che", "13.5", 0, 2)


def test_a_frozen_one_is_drawn_up_anew_with_what_was_written(world, report):
    by = world.people["clerk0"]
    write_part(report, "proposals", "Đề nghị cấp vốn sớm.", by=by, read_sequence=0)
    freeze_report(report, by=by)

    new = redraft_report(report, by=by)

    assert part_row(draft_of(again(new)), "proposals").lines == ("Đề nghị cấp vốn sớm.",)
    assert open_own_report(world.submission(0, 2), by=by) == new


def test_the_pages_lead_from_the_month_to_the_draft_and_list_it(world, client):
    client.force_login(world.people["clerk0"])
    month = client.get(reverse("indicators:month", args=[world.submission(0, 2).pk])).content.decode()
    address = reverse("reports:open-own", args=[world.submission(0, 2).pk])
    assert f'action="{address}"' in month

    page = client.post(address, follow=True).content.decode()

    assert "số liệu đã gửi" in page
    assert "Trồng chè mới" in page
    assert 'name="basis"' not in page
    assert "Báo cáo của đơn vị, tháng 8/2024" in client.get(reverse("reports:reports")).content.decode()
    client.force_login(world.people["coordinator"])
    assert "Báo cáo của đơn vị" not in client.get(reverse("reports:reports")).content.decode()
    assert client.post(address).status_code == 403
