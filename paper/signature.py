"""Digital signatures of PDF files (PAdES): signing with a soft or a hardware token, and what a file says.

Never a precondition: an office that signs in its e-office system uses none of this. How a signature is seen follows
Decree 30/2020/NĐ-CP, Appendix I (`paper/stamp.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError, PdfStreamError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from paper.stamp import Place, Stamp, place_of, stamp_pdf

#: What every signed PDF holds: the stretch of bytes that its signature covers.
_COVERED = b"/ByteRange"


class SigningError(RuntimeError):
    """The file could not be signed; says why and what to do."""


@dataclass(frozen=True)
class HardwareToken:
    """Where the office's token is found (PKCS#11): its module, its label, the certificate on it."""

    module: str
    token: str
    certificate: str


def soft_token(content: bytes, password: str) -> signers.Signer:
    """A key and its certificate from a PKCS#12 file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "token.p12")
        path.touch(mode=0o600)
        path.write_bytes(content)
        signer: signers.Signer | None = _load(str(path), passphrase=password.encode())
    if signer is None:
        raise SigningError("Không mở được tệp chứng thư số. Kiểm tra tệp .p12 và mật khẩu.")
    return signer


_load: Any = signers.SimpleSigner.load_pkcs12


def signer_name(signer: signers.Signer) -> str:
    """The name on the signer's certificate."""
    certificate = signer.signing_cert
    return _common_name(certificate.subject) if certificate is not None else ""


@contextmanager
def hardware_token(token: HardwareToken, pin: str) -> Iterator[signers.Signer]:
    """The signer on a token, for as long as its session is open; one person after the other within a process."""
    try:
        from pkcs11 import PKCS11Error
        from pyhanko.config.pkcs11 import PKCS11SignatureConfig, TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11SigningContext
    except ImportError as error:
        raise SigningError("Thiếu gói python-pkcs11 để dùng thiết bị ký số. Cài gói đó rồi chạy lại.") from error
    config = PKCS11SignatureConfig(
        module_path=token.module,
        token_criteria=TokenCriteria(label=token.token),
        cert_label=token.certificate,
        raw_mechanism=True,  # hashed here: not every token can hash for the kind of key that it holds
    )
    with _one_at_a_time, ExitStack() as session:
        try:
            signer = session.enter_context(PKCS11SigningContext(config, user_pin=pin))
            signer_name(signer)  # reads certificate and key, so that a wrong label fails here
        except Exception as error:  # a missing module, a wrong PIN, a token not in: each library says it otherwise
            raise SigningError("Không mở được thiết bị ký số. Kiểm tra thiết bị, nhãn, chứng thư và mã PIN.") from error
        try:
            yield signer
        except PKCS11Error as error:
            raise SigningError("Thiết bị ký số không ký được. Kiểm tra thiết bị còn cắm, rồi ký lại.") from error


#: A token knows one log-in for the whole process: who ends it first would end the other's.
_one_at_a_time = Lock()


def sign_pdf(content: bytes, signer: signers.Signer, stamp: Stamp, *, place: Place | None = None) -> bytes:
    """The file with one more signature, seen where the decree wants it; what was signed before stays valid."""
    where = place or place_of(content, stamp)
    with TemporaryDirectory() as folder:
        drawing = Path(folder, "stamp.pdf")
        drawing.write_bytes(stamp_pdf(stamp, where))
        number = sum(1 for _ in PdfFileReader(BytesIO(content)).embedded_signatures) + 1
        name = f"{stamp.kind}-{number}"
        field = fields.SigFieldSpec(name, on_page=where.page, box=where.box)
        pdf_signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name=name, subfilter=fields.SigSeedSubFilter.PADES, reason=stamp.reason, md_algorithm="sha256"
            ),
            signer=signer,
            stamp_style=StaticStampStyle.from_pdf_file(str(drawing), border_width=0, background_opacity=1.0),
            new_field_spec=field,
        )
        target = _alone(lambda: pdf_signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(content))))
        signed: bytes = target.getvalue()
    return signed


def _alone(work: Callable[[], Any]) -> Any:
    """In a thread of its own: the library starts an event loop, which fails where the thread already runs one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


# --- What a file says of itself --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signed:
    """One signature: by whom, when by the signer's own clock, and whether the file still is what was signed.

    ``is_intact``: not one byte of what was signed has changed. ``is_trusted``: its certificate leads to one of the
    roots that the office trusts. ``is_last``: nothing was added behind it but further signatures. ``kind``: whose it
    is, where the field bears a name of ours. ``is_read``: false where the file could not be read to its end.
    """

    signer: str
    issuer: str
    at: datetime | None
    is_intact: bool
    is_trusted: bool
    is_last: bool
    kind: str = ""
    is_read: bool = True

    @property
    def words(self) -> str:
        """The result in a sentence."""
        if not self.is_read:
            return "Chưa kiểm tra được chữ ký số: tệp quá lớn hoặc bị hỏng. Hãy mở tệp bằng phần mềm ký số để kiểm tra."
        if not self.is_intact:
            return "Chữ ký số không còn giá trị: tệp đã bị thay đổi sau khi ký hoặc bị hỏng."
        if not self.is_last:
            return "Phần đã ký còn nguyên vẹn, nhưng tệp có nội dung thêm vào sau khi ký."
        if not self.is_trusted:
            return "Tệp còn nguyên vẹn sau khi ký; chứng thư số không thuộc nhà cung cấp mà hệ thống tin cậy."
        return "Tệp còn nguyên vẹn sau khi ký; chứng thư số hợp lệ."


class _Reader(PdfFileReader):
    """Reads the table of an object stream once.

    The library reads it anew for each object of each revision, up to the object's own line: a tagged file of twenty
    pages, with thousands of them in one stream, took minutes to be compared with what was signed.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._tables: dict[int, tuple[bytes, Mapping[int, int]]] = {}
        super().__init__(*args, **options)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        content, starts = self._table(stmnum)
        if idnum not in starts:
            return generic.NullObject()
        place = BytesIO(content)
        place.seek(starts[idnum])
        try:
            return generic.read_object(place, generic.Reference(idnum, 0, self))
        except (PdfStreamError, PdfReadError):
            return generic.NullObject()

    def _table(self, number: int) -> tuple[bytes, Mapping[int, int]]:
        """The content of an object stream, and where in it each of its objects begins."""
        if number not in self._tables:
            stream: Any = generic.Reference(number, 0, self).get_object()
            first, content = int(stream["/First"]), stream.data
            table = [int(one) for one in content[:first].split()[: 2 * int(stream["/N"])]]
            pairs = zip(table[::2], table[1::2], strict=True)
            self._tables[number] = content, {one: first + start for one, start in reversed(list(pairs))}
        return self._tables[number]


_BROKEN = Signed("", "", None, is_intact=False, is_trusted=False, is_last=False)
#: What is said of a file that asks for more than a check may cost.
UNREAD = Signed("", "", None, is_intact=False, is_trusted=False, is_last=False, is_read=False)


def validate(content: bytes, roots: Sequence[bytes] = ()) -> tuple[Signed, ...]:
    """Every signature of a file, the oldest first; none for a file that never was signed.

    ``roots`` are certificates (PEM or DER) that the office trusts. Nothing is fetched from the network.
    """
    if _COVERED not in content:
        return ()
    try:
        reader = _Reader(BytesIO(content), strict=False)
        trusted = [one for root in roots for one in load_certs_from_pemder_data(root)]
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        found = tuple(_signed(one, context) for one in reader.embedded_signatures)
    except Exception:  # a damaged file fails in a hundred ways, each of which means the same
        return (_BROKEN,)
    return found or (_BROKEN,)


def _signed(embedded: Any, context: ValidationContext) -> Signed:
    status = _alone(lambda: validate_pdf_signature(embedded, signer_validation_context=context))
    certificate = status.signing_cert
    covers_all = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return Signed(
        signer=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        at=status.signer_reported_dt,
        is_intact=bool(status.intact and status.valid and covers_all),
        is_trusted=bool(status.trusted),
        is_last=bool(status.docmdp_ok),
        kind=str(embedded.field_name).rpartition("-")[0],
    )


def _common_name(name: Any) -> str:
    """The name by which a certificate calls its holder."""
    return str(name.native.get("common_name") or name.human_friendly)
