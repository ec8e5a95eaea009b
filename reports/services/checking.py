"""Checking a copy of a report by its code, its hash and its signatures; strangers hear no more than they must."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from reports.choices import FileKind
from reports.models import FrozenReport
from vietnamese.dates import format_moment
from vietnamese.text import nfc

#: What every signed PDF holds: the stretch of bytes that its signature covers.
SIGNED = b"/ByteRange"


@dataclass(frozen=True)
class SignatureLine:
    """One digital signature in the copy itself: whose, when, and what it is worth, in words."""

    signer: str
    issuer: str
    at: str
    words: str
    is_good: bool


@dataclass(frozen=True)
class Checked:
    """Title, issuer, and what the uploaded copy is; ``kind`` "" where no copy of ours."""

    title: str
    issuer_name: str
    has_copy: bool = False
    kind: str = ""
    signatures: tuple[SignatureLine, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Is the copy, byte for byte, one of the files kept?"""
        return bool(self.kind)


def check_copy(code: str, chunks: Iterable[bytes] | None = None) -> Checked | None:
    """What a code stands for, which kept file the bytes are, what their signatures say; None for an unknown code."""
    wanted = "".join(letter for letter in nfc(code).upper() if letter.isalnum())
    frozen = FrozenReport.objects.filter(code=wanted).first()
    if frozen is None:
        return None
    if chunks is None:
        return Checked(frozen.title, frozen.issuer_name)
    copy = b"".join(chunks)
    kept = frozen.files.filter(sha256=hashlib.sha256(copy).hexdigest()).first()
    kind = str(FileKind(kept.kind).label) if kept else ""
    return Checked(frozen.title, frozen.issuer_name, True, kind, _signatures(copy))


def _signatures(copy: bytes) -> tuple[SignatureLine, ...]:
    """What the copy's own signatures say; nothing is read of a file that claims none."""
    if SIGNED not in copy:
        return ()
    # The library takes most of a second to load: only who checks a signed file pays for it.
    from paper.signature_apart import validate_apart

    roots = Path(settings.SIGN_ROOTS_FILE) if settings.SIGN_ROOTS_FILE else None
    trusted = [roots.read_bytes()] if roots is not None and roots.exists() else []
    return tuple(
        SignatureLine(
            one.signer,
            one.issuer,
            format_moment(one.at) if one.at else "",
            one.words,
            one.is_intact and one.is_trusted and one.is_last,
        )
        for one in validate_apart(copy, trusted)
    )
