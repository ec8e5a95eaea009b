"""Signing digitally: optional, the person before the body, valid on the check page, void after one changed byte."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from paper.trial_key import HOLDER, PASSWORD, make_trial_key
from reports.choices import FileKind, SignedAs
from reports.models import Report
from reports.services.drafts import open_report
from reports.services.freezing import freeze_report, record_issuance
from reports.services.signing import NOT_SET_UP, next_signature, sign_report
from tests.builders import World, at
from tests.kept import kept_world
from tests.reports.drafting import EVENING, drafted_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db


def frozen_world() -> World:
    """The sample's monthly report, frozen for the signature; and one of the authority."""
    world = drafted_world()
    by = world.people["coordinator"]
    with clock.set_to(EVENING):
        freeze_report(Report.objects.get(), by=by)
        freeze_report(
            open_report(world.campaign, "thang", world.period(2), by=by, issuer=world.authority, basis="sent"), by=by
        )
    return world


world = kept_world(frozen_world, EVENING)


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    """The office's key in a file, and the root that it trusts."""
    held, root = make_trial_key()
    (tmp_path / "khoa.p12").write_bytes(held)
    (tmp_path / "goc.pem").write_bytes(root)
    settings.SIGN_KEY_FILE, settings.SIGN_ROOTS_FILE = str(tmp_path / "khoa.p12"), str(tmp_path / "goc.pem")
    with clock.set_to(EVENING):
        yield


def the_report() -> Report:
    return Report.objects.with_letter().order_by("pk")[0]


def of_authority() -> Report:
    return Report.objects.with_letter().order_by("pk")[1]


def content(kept) -> bytes:
    with kept.file.content.open("rb") as stored:
        return stored.read()


def asked(client, copy: bytes) -> str:
    code = the_report().frozen.code
    answer = client.post(reverse("reports:check-copy"), {"code": code, "copy": SimpleUploadedFile("a.pdf", copy)})
    return " ".join(answer.content.decode().split())


def test_person_and_body_sign_and_each_signed_file_is_kept_beside_the_frozen_one(world, client):
    by = world.people["coordinator_head"]

    once = sign_report(the_report(), SignedAs.PERSON, PASSWORD, by=by)
    twice = sign_report(the_report(), SignedAs.BODY, PASSWORD, by=by)

    kinds = [one.kind for one in the_report().frozen.files.order_by("pk")]
    assert kinds == [FileKind.FROZEN_PDF, FileKind.FROZEN_WORD, FileKind.DIGITAL, FileKind.DIGITAL]
    assert once.sha256 != twice.sha256
    page = asked(client, content(twice))
    assert page.count("Tệp còn nguyên vẹn sau khi ký; chứng thư số hợp lệ.") == 2
    assert page.count(f"Người ký: {HOLDER}") == 2
    assert "<strong>Bản ký số</strong>: đúng từng byte" in page
    assert AuditLine.objects.filter(event="report.signed").count() == 2


def test_one_flipped_byte_is_told_on_the_check_page(world, client):
    signed = bytearray(content(sign_report(the_report(), SignedAs.PERSON, PASSWORD, by=world.people["coordinator"])))
    signed[2000] ^= 1

    page = asked(client, bytes(signed))

    assert "tệp đã bị thay đổi sau khi ký hoặc bị hỏng" in page
    assert "<strong>Không phải tệp đã lưu</strong>" in page


def test_a_stranger_hears_of_a_file_without_signature_that_it_has_none(world, client):
    page = asked(client, content(the_report().frozen.files.get(kind=FileKind.FROZEN_PDF)))

    assert "Tệp không có chữ ký số." in page
    assert "<strong>Bản trình ký (PDF)</strong>" in page


def test_the_body_does_not_sign_before_the_person(world):
    with pytest.raises(ValidationError, match="ký trước"):
        sign_report(the_report(), SignedAs.BODY, PASSWORD, by=world.people["coordinator"])


def test_a_wrong_password_leaves_nothing_behind(world):
    with pytest.raises(ValidationError, match="mật khẩu"):
        sign_report(the_report(), SignedAs.PERSON, "sai", by=world.people["coordinator"])

    assert next_signature(the_report().frozen) == SignedAs.PERSON


def test_the_leader_signs_what_the_authority_issues_and_nothing_of_the_office(world):
    leader = world.people["leader"]

    sign_report(of_authority(), SignedAs.PERSON, PASSWORD, by=leader)
    with pytest.raises(PermissionDenied):
        sign_report(the_report(), SignedAs.PERSON, PASSWORD, by=leader)


def test_without_a_key_everything_else_goes_on(world, settings, client):
    settings.SIGN_KEY_FILE = ""
    by = world.people["coordinator"]

    with pytest.raises(PermissionDenied, match="Máy chủ chưa có chứng thư số"):
        sign_report(the_report(), SignedAs.PERSON, PASSWORD, by=by)
    client.force_login(by)
    assert "Ký số" not in client.get(reverse("reports:report", args=[the_report().pk])).content.decode()
    issued = record_issuance(
        the_report(), by=by, number="15/BC-PNV", signed_on=at("2024-08-15").date(), signer="Trưởng phòng"
    )
    assert issued.file is None
    assert "hệ thống văn bản điện tử" in NOT_SET_UP


def test_what_was_signed_here_is_the_file_that_is_issued(world):
    by = world.people["coordinator"]
    signed = sign_report(the_report(), SignedAs.PERSON, PASSWORD, by=by)

    issued = record_issuance(
        the_report(), by=by, number="15/BC-PNV", signed_on=at("2024-08-15").date(), signer="Trưởng phòng"
    )

    assert issued.file == signed


def test_the_page_signs_and_never_gives_the_password_back(world, client):
    client.force_login(world.people["coordinator"])
    page = reverse("reports:report", args=[the_report().pk])
    assert 'action="' + reverse("reports:sign", args=[the_report().pk]) in client.get(page).content.decode()

    answer = client.post(
        reverse("reports:sign", args=[the_report().pk]), {"signed_as": "nguoi-ky", "secret": PASSWORD}, follow=True
    )

    assert "Đã ký số" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert PASSWORD not in str(list(AuditLine.objects.filter(event="report.signed").values()))


def test_the_command_asks_for_the_password_and_signs(world, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    out = StringIO()

    call_command("sign_report", the_report().pk, by="coordinator", stdout=out)

    kept = the_report().frozen.files.get(kind=FileKind.DIGITAL)
    assert out.getvalue() == f"Đã ký số: {kept.file.name}, SHA-256 {kept.sha256}.\n"
    with pytest.raises(CommandError, match="tài khoản"):
        call_command("sign_report", the_report().pk, by="khong-co")


def test_a_token_that_cannot_be_opened_says_what_to_check(world, settings):
    settings.SIGN_PKCS11_MODULE = "/khong/co/libtoken.so"

    with pytest.raises(ValidationError, match="thiết bị ký số"):
        sign_report(the_report(), SignedAs.PERSON, "1234", by=world.people["coordinator"])


def test_a_wrong_password_is_told_beside_its_field_and_the_page_stays(client, world):
    report = the_report()
    client.force_login(world.people["coordinator"])

    answer = client.post(
        reverse("reports:sign", args=[report.pk]), {"signed_as": SignedAs.PERSON.value, "secret": "sai"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kiểm tra tệp .p12 và mật khẩu" in page
    assert "Ghi số, ngày, bản đã ký" in page
    assert 'value="sai"' not in page


def test_of_two_signed_files_it_is_told_which_bears_whose_signature(world):
    report, by = the_report(), world.people["coordinator"]
    for signed_as in SignedAs:
        sign_report(report, signed_as.value, PASSWORD, by=by)

    assert [one.label for one in the_report().frozen.labelled_files] == [
        "Bản trình ký (PDF)",
        "Bản trình ký (Word)",
        "Bản ký số của người có thẩm quyền",
        "Bản ký số, có dấu của cơ quan",
    ]
