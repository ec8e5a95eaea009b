"""Digital signatures: made with a token of our own, seen where the decree wants them, void after one changed byte."""

import random
import re
import struct
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pdfplumber
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from paper import signature_apart
from paper.pdf import render_pdf
from paper.signature import SigningError, sign_pdf, soft_token, validate
from paper.signature_apart import validate_apart
from paper.stamp import BODY, COPY, PERSON, NoPlace, Stamp, place_of
from tests.paper.sample import committee_letter, report_pdf

MOMENT = datetime(2024, 11, 18, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PASSWORD = "mat-khau-thu"
POINTS_A_MM = 72 / 25.4


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(subject: str, issuer: str, key, signing_key, *, is_root: bool) -> x509.Certificate:
    """A certificate that is valid now."""
    usage = dict.fromkeys(("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False)
    usage |= {"encipher_only": False, "decipher_only": False, "crl_sign": is_root, "key_cert_sign": is_root}
    usage |= {"digital_signature": not is_root, "content_commitment": not is_root}
    builder = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named(issuer))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    now = datetime.now(UTC)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    builder = builder.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    return builder.sign(signing_key, hashes.SHA256())


@pytest.fixture(scope="module")
def pki() -> tuple[bytes, bytes]:
    """A root of our own, and a soft token below it."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Nhà cung cấp thử nghiệm", "Nhà cung cấp thử nghiệm", root_key, root_key, is_root=True)
    own = certificate("Chữ ký thử nghiệm", "Nhà cung cấp thử nghiệm", key, root_key, is_root=False)
    token = pkcs12.serialize_key_and_certificates(b"thu", key, own, [root], BestAvailableEncryption(PASSWORD.encode()))
    return root.public_bytes(Encoding.PEM), token


@pytest.fixture(scope="module")
def letter() -> bytes:
    return report_pdf(committee_letter(), paragraphs=2, rows=2)


@pytest.fixture(scope="module")
def signed(letter: bytes, pki: tuple[bytes, bytes]) -> bytes:
    """Signed by the person, then by the body."""
    signer = soft_token(pki[1], PASSWORD)
    once = sign_pdf(letter, signer, Stamp(PERSON, "(Họ và tên)", MOMENT, picture=png(0, 60, 160)))
    return sign_pdf(once, signer, Stamp(BODY, "Ủy ban nhân dân huyện", MOMENT, picture=png(200, 0, 0)))


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of one half-transparent colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\0" + bytes([red, green, blue, 128]) * 8 for _ in range(8)))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_both_signatures_are_valid_and_name_their_signer(signed: bytes, pki: tuple[bytes, bytes]) -> None:
    found = validate(signed, [pki[0]])
    assert [(one.signer, one.issuer) for one in found] == [("Chữ ký thử nghiệm", "Nhà cung cấp thử nghiệm")] * 2
    assert {(one.is_intact, one.is_trusted, one.is_last) for one in found} == {(True, True, True)}
    assert {one.words for one in found} == {"Tệp còn nguyên vẹn sau khi ký; chứng thư số hợp lệ."}


def test_checking_costs_as_much_as_the_file_is_long(pki: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of an object stream's table is read once, not once for each object behind it."""
    signer = soft_token(pki[1], PASSWORD)
    reads: list[int] = []
    read = generic.NumberObject.read_from_stream

    def counted(stream: BytesIO) -> generic.NumberObject:
        reads.append(1)
        return read(stream)

    monkeypatch.setattr(generic.NumberObject, "read_from_stream", staticmethod(counted))
    costs = []
    for rows in (30, 120):
        drawn = report_pdf(committee_letter(), paragraphs=2, rows=rows)
        once = sign_pdf(drawn, signer, Stamp(PERSON, "(Họ và tên)", MOMENT))
        twice = sign_pdf(once, signer, Stamp(BODY, "Ủy ban nhân dân huyện", MOMENT))
        reads.clear()
        assert [one.is_last for one in validate(twice)] == [True, True]
        costs.append(len(reads) / len(PdfReader(BytesIO(twice)).xref_objStm))

    short, long = costs
    assert long <= 2 * short


def test_they_are_pades_and_leave_what_was_printed_as_it_was(signed: bytes, letter: bytes) -> None:
    assert signed.count(b"/ETSI.CAdES.detached") == 2
    assert signed.startswith(letter)


def test_an_unknown_root_is_not_trusted_and_the_file_still_intact(signed: bytes) -> None:
    assert {(one.is_intact, one.is_trusted) for one in validate(signed)} == {(True, False)}


def test_a_file_without_a_signature_has_none(letter: bytes) -> None:
    assert validate(letter) == ()
    assert validate(b"PK\x03\x04 no pdf") == ()


def test_one_flipped_byte_is_detected_wherever_it_is(signed: bytes, pki: tuple[bytes, bytes]) -> None:
    seeded = random.Random(7)
    first, second = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", signed)[-1][1:3]
    gap = range(int(first), int(second))  # the signature itself, behind it zeros that mean nothing
    places = [one for one in (seeded.randrange(len(signed)) for _ in range(24)) if one not in gap]
    for place in [*places, gap.start + 101]:
        changed = bytearray(signed)
        changed[place] ^= 0x01
        assert not all(one.is_intact and one.is_last for one in validate(bytes(changed), [pki[0]])), place


def test_what_is_added_behind_the_signature_is_told(signed: bytes, pki: tuple[bytes, bytes]) -> None:
    writer = PdfWriter(BytesIO(signed), incremental=True)
    writer.add_blank_page(100, 100)
    target = BytesIO()
    writer.write(target)
    assert len(PdfReader(target).pages) > 1
    assert not all(one.is_intact and one.is_last for one in validate(target.getvalue(), [pki[0]]))


def test_the_signers_picture_stands_between_post_and_name_and_the_seal_over_its_left_third(signed: bytes) -> None:
    with pdfplumber.open(BytesIO(signed)) as pdf:
        page = next(page for page in pdf.pages if page.search("Nơi nhận:", regex=False))
        boxes = [one for one in page.annots if one["width"] > 10]
        [post] = page.search("PHÓ CHỦ TỊCH", regex=False)
        [name] = page.search(r"\(Họ và tên\)")
    person, seal = sorted(boxes, key=lambda one: one["width"], reverse=True)
    assert post["bottom"] <= person["top"] < person["bottom"] <= name["top"]
    assert (person["x0"] + person["x1"]) / 2 == pytest.approx((name["x0"] + name["x1"]) / 2, abs=2)
    assert (seal["width"], seal["height"]) == pytest.approx((36 * POINTS_A_MM, 36 * POINTS_A_MM), abs=1)
    assert (seal["x1"] - person["x0"]) / person["width"] == pytest.approx(1 / 3, abs=0.02)


def test_words_in_place_of_a_seal_stand_below_the_words_of_the_signer(letter: bytes) -> None:
    person, body = (place_of(letter, Stamp(kind, "Phòng Nội vụ", MOMENT)) for kind in (PERSON, BODY))
    assert (body.page, body.box[0], body.box[2]) == (person.page, person.box[0], person.box[2])
    assert body.box[1] == person.box[1]
    assert body.size_mm[1] == pytest.approx(person.size_mm[1] / 2, abs=0.5)


def test_a_document_that_goes_along_tells_number_and_time_at_the_top_right(
    letter: bytes, pki: tuple[bytes, bytes]
) -> None:
    content = sign_pdf(letter, soft_token(pki[1], PASSWORD), Stamp(COPY, "", MOMENT, symbol="15/BC-UBND"))
    place = place_of(letter, Stamp(COPY, "", MOMENT))
    assert place.page == 0
    assert place.box[2] == pytest.approx((210 - 15) * POINTS_A_MM, abs=1)
    with pdfplumber.open(BytesIO(content)) as pdf:
        [box] = [one for one in pdf.pages[0].annots if one["width"] > 10]
        assert box["top"] < 20 * POINTS_A_MM
    assert "18/11/2024 09:30:00 +07:00" in shown_in(content)


def shown_in(content: bytes) -> str:
    """The text of the appearance of the last signature."""
    reader = PdfReader(BytesIO(content))
    [widget] = [one.get_object() for one in reader.pages[0]["/Annots"]]
    appearance = widget["/AP"]["/N"].get_object()
    inner = next(iter(appearance["/Resources"]["/XObject"].values())).get_object()
    fonts = {one.get_object()["/BaseFont"] for one in inner["/Resources"]["/Font"].values()}
    assert all("Tinos" in font for font in fonts)
    page = PdfReader(BytesIO(content)).pages[0]
    page[NameObject("/Contents")] = inner
    page[NameObject("/Resources")] = inner["/Resources"]
    return page.extract_text()


def test_a_file_that_is_no_letter_of_ours_has_no_place_for_the_signer(pki: tuple[bytes, bytes]) -> None:
    with pytest.raises(NoPlace, match="không phải văn bản do hệ thống lập"):
        place_of(render_pdf("<p>x</p>", title="x"), Stamp(PERSON, "", MOMENT))


def test_a_wrong_password_is_told(pki: tuple[bytes, bytes]) -> None:
    with pytest.raises(SigningError, match="mật khẩu"):
        soft_token(pki[1], "sai")


def test_a_process_of_its_own_says_the_same(signed: bytes, letter: bytes, pki: tuple[bytes, bytes]) -> None:
    assert validate_apart(signed, [pki[0]]) == validate(signed, [pki[0]])
    assert validate_apart(letter, [pki[0]]) == ()


def test_a_file_that_asks_for_too_much_is_told_and_ends(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature_apart, "WAIT_SECONDS", 0.01)

    (said,) = validate_apart(signed)

    assert not said.is_intact
    assert said.words.startswith("Chưa kiểm tra được chữ ký số: tệp quá lớn hoặc bị hỏng.")
