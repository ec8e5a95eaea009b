"""Signing a frozen report digitally, with the office's key in a file or on a token. Never a precondition.

The password or PIN comes with each act and is kept nowhere. The signed file is a further file of the same report.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from paper.document_json import from_json
from reports.choices import FileKind, SignedAs
from reports.models import FrozenFile, FrozenReport, Report
from reports.permissions import why_not_sign
from reports.services.freezing import keep_of_frozen, locked_report
from units import clock
from units.errors import refuse
from units.models import User
from units.services import record_act

NOT_SET_UP = "Máy chủ chưa có chứng thư số. Ký ở hệ thống văn bản điện tử như thường lệ, rồi đính kèm bản đã ký."
OUT_OF_ORDER = "Người có thẩm quyền ký trước, cơ quan đóng dấu sau."


def has_key() -> bool:
    """Has the office set up a key in a file, or a token?"""
    return bool(settings.SIGN_PKCS11_MODULE) or (bool(settings.SIGN_KEY_FILE) and Path(settings.SIGN_KEY_FILE).exists())


def next_signature(frozen: FrozenReport) -> str:
    """Whose signature comes next: the person's, then the body's; "" when both are there."""
    count = frozen.files.filter(kind=FileKind.DIGITAL).count()
    order = [SignedAs.PERSON, SignedAs.BODY]
    return str(order[count]) if count < len(order) else ""


@transaction.atomic
def sign_report(report: Report, signed_as: str, secret: str, *, by: User, key_file: str = "") -> FrozenFile:
    """Sign the frozen PDF, or what was signed of it before; ``key_file`` in place of the configured key."""
    locked = locked_report(report)
    refuse(why_not_sign(locked, by) or ("" if key_file or has_key() else NOT_SET_UP))
    frozen = locked.frozen
    if signed_as != next_signature(frozen):
        raise ValidationError(OUT_OF_ORDER if next_signature(frozen) else "Bản này đã đủ chữ ký số.")
    last = frozen.files.filter(kind=FileKind.DIGITAL).order_by("pk").last()
    base = last or frozen.files.get(kind=FileKind.FROZEN_PDF)
    with base.file.content.open("rb") as stored:
        content = stored.read()
    signed, signer = _signed(content, frozen, signed_as, secret, key_file)
    name = base.file.name.removesuffix(".pdf").removesuffix("-ky-so")
    kept = keep_of_frozen(frozen, FileKind.DIGITAL, SimpleUploadedFile(f"{name}-ky-so.pdf", signed), by=by)
    detail = {"as": signed_as, "signer": signer, "sha256": kept.sha256}
    record_act("report.signed", by=by, subject=frozen, unit=locked.issuer, detail=detail)
    return kept


def _signed(content: bytes, frozen: FrozenReport, signed_as: str, secret: str, key_file: str) -> tuple[bytes, str]:
    """The signed bytes, and the name on the certificate."""
    # The library takes most of a second to load: only who signs pays for it.
    from paper.signature import SigningError, sign_pdf, signer_name
    from paper.stamp import Stamp

    letter = from_json(frozen.document).letter
    picture, name = {
        SignedAs.PERSON.value: (settings.SIGN_PERSON_PICTURE, letter.signature.name),
        SignedAs.BODY.value: (settings.SIGN_BODY_PICTURE, frozen.issuer_name),
    }[signed_as]
    try:
        with _signer(secret, key_file) as signer:
            found = signer_name(signer) or name
            shown = Path(picture).read_bytes() if picture else b""
            stamp = Stamp(signed_as, found, clock.now().astimezone(clock.ZONE), picture=shown)
            return sign_pdf(content, signer, stamp), found
    except (SigningError, OSError) as error:
        raise ValidationError(str(error)) from error


@contextmanager
def _signer(secret: str, key_file: str) -> Iterator[Any]:
    """The key that was named, the office's token, or its key in a file."""
    from paper.signature import HardwareToken, hardware_token, soft_token

    if settings.SIGN_PKCS11_MODULE and not key_file:
        place = HardwareToken(settings.SIGN_PKCS11_MODULE, settings.SIGN_PKCS11_TOKEN, settings.SIGN_PKCS11_CERTIFICATE)
        with hardware_token(place, secret) as signer:
            yield signer
    else:
        yield soft_token(Path(key_file or settings.SIGN_KEY_FILE).read_bytes(), secret)
