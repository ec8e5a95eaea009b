"""Chốt bản trình ký: the same bytes for ever, what the registry adds, what changes later, who reads, who may check."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from indicators.services.submissions import make_move
from indicators.tables.month import month_table
from paper.document_json import from_json
from reports.choices import FileKind
from reports.exports.differences import differences
from reports.models import FrozenFile, FrozenReport, Report
from reports.services.building import draft_of
from reports.services.checking import check_copy
from reports.services.drafts import redraft_report, write_part
from reports.services.freezing import freeze_report, record_issuance
from tests.kept import kept_world
from tests.reports.drafting import EVENING, drafted_world, the_report
from tests.reports.exports.sample import send_the_last
from units import clock
from units.errors import LostRace
from units.permissions import may_read

pytestmark = pytest.mark.django_db
SIGNED = b"%PDF-1.7\n%signed by the registry\n%%EOF\n"


world = kept_world(drafted_world, EVENING)


@pytest.fixture
def report(world):
    return the_report()


@pytest.fixture(autouse=True)
def evening():
    with clock.set_to(EVENING):
        yield


def frozen_of(world, report):
    return freeze_report(report, by=world.people["coordinator"])


def issued(world, report, **changes):
    values = {"number": "15/BC-PNV", "signed_on": date(2024, 8, 15), "signer": "Trưởng phòng (Họ và tên)"}
    upload = SimpleUploadedFile("ban-ky.pdf", SIGNED)
    return record_issuance(report, by=world.people["coordinator"], **{**values, "signed_file": upload, **changes})


def bytes_of(kept):
    with kept.file.content.open("rb") as file:
        return file.read()


def test_the_bytes_that_went_to_the_signature_stay_whatever_happens_to_the_figures(world, report):
    frozen = frozen_of(world, report)
    kept = frozen.files.get(kind=FileKind.FROZEN_PDF)
    before = bytes_of(kept)

    send_the_last(world)

    assert bytes_of(FrozenFile.objects.get(pk=kept.pk)) == before
    assert hashlib.sha256(before).hexdigest() == kept.sha256
    assert "DỰ THẢO" not in PdfReader(BytesIO(before)).pages[0].extract_text()


def test_text_rows_moment_and_edition_are_kept_with_it(world, report):
    write_part(report, "strengths", "Lời riêng.", by=world.people["coordinator"], read_sequence=0)
    expected = draft_of(report, is_draft=False).document

    frozen = freeze_report(report, by=world.people["coordinator"])

    whole = from_json(frozen.document)
    assert whole.body == expected.body
    assert whole.annexes == expected.annexes
    assert frozen.as_of == EVENING
    assert frozen.calculation


def test_a_frozen_report_is_not_written_again_nor_frozen_twice(world, report):
    frozen_of(world, report)
    by = world.people["coordinator"]

    with pytest.raises(PermissionDenied, match="đã chốt"):
        write_part(report, "closing", "Khác./.", by=by, read_sequence=0)
    with pytest.raises(PermissionDenied, match="đã chốt"):
        freeze_report(report, by=by)


def test_a_draft_that_was_changed_since_it_was_read_is_not_frozen(world, report):

    with pytest.raises(LostRace):
        freeze_report(report, by=world.people["coordinator"], read_version=7)


@pytest.mark.parametrize("role", ["leader", "reader", "clerk0"])
def test_others_neither_freeze_nor_issue(role, world, report):
    with pytest.raises(PermissionDenied):
        freeze_report(report, by=world.people[role])
    freeze_report(report, by=world.people["coordinator"])
    with pytest.raises(PermissionDenied):
        record_issuance(report, by=world.people[role], number="1", signed_on=date(2024, 8, 15), signer="A")


def test_number_day_signer_and_the_signed_file_are_a_further_file_of_the_same_report(world, report):
    frozen = frozen_of(world, report)

    issuance = issued(world, report)

    assert [kept.kind for kept in frozen.files.all()] == [
        FileKind.FROZEN_PDF,
        FileKind.FROZEN_WORD,
        FileKind.SIGNED,
    ]
    assert bytes_of(issuance.file) == SIGNED
    assert issuance.file.sha256 == hashlib.sha256(SIGNED).hexdigest()


def test_a_slip_in_the_number_is_corrected_by_a_further_row_that_keeps_the_file(world, report):
    frozen_of(world, report)
    first = issued(world, report)

    second = issued(world, report, number="16/BC-PNV", signed_file=None)

    assert (first.sequence, second.sequence) == (1, 2)
    assert second.file == first.file
    assert Report.objects.for_list().get().issuance.number == "16/BC-PNV"
    assert Report.objects.issued().count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"number": " "}, {"signer": ""}, {"signed_on": date(2024, 8, 20)}, {"signed_on": date(2024, 8, 1)}],
)
def test_what_the_registry_cannot_have_done_is_refused(changes, world, report):
    frozen_of(world, report)
    with pytest.raises(ValidationError):
        issued(world, report, **changes)


def test_what_changed_since_is_told_then_and_now_and_nothing_where_nothing_did(world, report):
    frozen = frozen_of(world, report)
    before = from_json(frozen.document)
    assert differences(before, draft_of(report).document) == []

    send_the_last(world)
    world.receive(2, 2)

    rows = {row.label: (row.before, row.now) for row in differences(before, draft_of(report).document)}
    assert rows["Trồng chè mới: Đơn vị báo cáo"] == ("1/3", "2/3")


def test_a_report_is_drawn_up_anew_with_its_words_and_points_to_the_first(world, report):
    by = world.people["coordinator"]
    write_part(report, "strengths", "Lời riêng.", by=by, read_sequence=0)
    freeze_report(report, by=by)

    again = redraft_report(report, by=by)

    assert again.previous == report
    assert "Lời riêng." in [paragraph.text for paragraph in draft_of(again).document.paragraphs]


def test_a_draft_is_for_the_office_a_signed_report_for_its_readers_and_nothing_for_siblings(world, report):
    frozen = frozen_of(world, report)
    seen = {role: Report.objects.visible_to(world.people[role]).exists() for role in world.people}
    assert {role for role, sees in seen.items() if sees} == {"coordinator", "coordinator_head", "leader"}
    kept = frozen.files.get(kind=FileKind.FROZEN_PDF)
    assert not may_read(kept.file, world.people["reader"])

    issued(world, report)

    seen = {role: Report.objects.visible_to(world.people[role]).exists() for role in world.people}
    assert {role for role, sees in seen.items() if sees} == {"coordinator", "coordinator_head", "leader", "reader"}
    assert may_read(kept.file, world.people["reader"])
    assert not may_read(kept.file, world.people["clerk0"])


def test_a_report_for_the_office_alone_is_not_read_by_readers_even_when_signed(world, report):
    frozen_of(world, report)
    Report.objects.update(is_internal=True)
    issued(world, report)

    assert not Report.objects.visible_to(world.people["reader"]).exists()


def test_a_copy_is_told_frozen_signed_or_foreign_and_a_flipped_byte_is_foreign(world, report):
    frozen = frozen_of(world, report)
    issued(world, report)
    printed = bytes_of(frozen.files.get(kind=FileKind.FROZEN_PDF))
    flipped = bytes([printed[0] ^ 1]) + printed[1:]

    kinds = [check_copy(frozen.code.lower(), [copy]).kind for copy in (printed, SIGNED, flipped)]

    assert kinds == ["Bản trình ký (PDF)", "Bản đã ký, ban hành", ""]
    assert check_copy("KHONGCO1") is None


def test_what_was_frozen_is_never_changed_nor_deleted(world, report):
    frozen = frozen_of(world, report)
    for row in (frozen, frozen.files.get(kind=FileKind.FROZEN_PDF)):
        with pytest.raises(RuntimeError):
            row.save()
        with pytest.raises(RuntimeError):
            row.delete()
    assert FrozenReport.objects.count() == 1


def test_the_code_stands_on_the_annex_and_on_the_text_only_where_it_was_asked_for(world, report, settings):
    settings.PUBLIC_ADDRESS = "https://thidua.example.vn"
    frozen = frozen_of(world, report)
    pages = [page.extract_text() for page in PdfReader(BytesIO(bytes_of(frozen.files.get(kind="frozen-pdf")))).pages]

    of_annexes = len(from_json(frozen.document).annexes)
    assert of_annexes == 2
    assert [frozen.code in text for text in pages] == [False] * (len(pages) - of_annexes) + [True] * of_annexes
    assert from_json(frozen.document).check.address == f"https://thidua.example.vn/tra-cuu/{frozen.code}/"


def test_a_number_other_than_in_the_issued_report_is_asked_for_its_reason(world, report):
    frozen_of(world, report)
    issued(world, report)
    figure = world.figure("che", 0, 2)
    assert figure.issued_in == "Báo cáo số 15/BC-PNV ngày 15/08/2024"
    assert figure.issued_amount == figure.received_version.amount

    submission, by = world.submission(0, 2), world.people["coordinator"]
    make_move("reopen", submission, by=by, reason="Sửa", expires_on=date(2024, 8, 30))
    world.enter("che", "13.5", 0, 2)

    rows = {row.name: row for row in month_table(world.submission(0, 2), world.people["clerk0"]).rows}
    assert "15/BC-PNV" in str(rows["Trồng chè mới"].warnings)
