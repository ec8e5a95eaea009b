"""Keeping uploaded files, and those that the program makes: under their own hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import filetype
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from units import clock
from units.models import StoredFile, User
from units.rules import macros
from vietnamese.text import nfc

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
#: What may be uploaded: photo, scan, PDF, Office. The bytes decide, never the name.
ALLOWED_TYPES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


def store_file(upload: UploadedFile[Any], *, by: User, owner: models.Model | None = None, name: str = "") -> StoredFile:
    """Keep an uploaded file: its kind is read from its bytes, its size is limited, it lies under its own hash."""
    file_name = nfc(name or upload.name or "tệp").replace("/", "-").replace("\\", "-")[-200:]
    if not upload.size:
        raise ValidationError(f"Tệp “{file_name}” rỗng. Chọn lại tệp có nội dung.")
    if upload.size > MAX_UPLOAD_BYTES:
        limit = MAX_UPLOAD_BYTES // (1024 * 1024)
        raise ValidationError(f"Tệp “{file_name}” lớn hơn {limit} MB. Giảm dung lượng rồi tải lại.")
    content = upload.read()
    content_type = sniff(content)
    if content_type not in ALLOWED_TYPES:
        raise ValidationError(
            f"Tệp “{file_name}” không phải ảnh, PDF, Word (.docx) hay Excel (.xlsx). Chuyển sang một trong các dạng ấy."
        )
    if macros.is_named_so(file_name) or macros.are_in_bytes(content):
        raise ValidationError(f"Tệp “{file_name}” có macro. Lưu dạng .docx, .xlsx không macro hoặc PDF rồi tải lại.")
    stored = StoredFile(
        name=file_name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    if owner is not None:
        stored.owner = owner
    stored.content.save(stored.sha256, ContentFile(content), save=False)
    stored.save()
    return stored


def held_file(pk: int | None, *, by: User, owner: models.Model) -> StoredFile | None:
    """A file that the same person sent for the same thing a moment ago; None where there is none such."""
    if pk is None:
        return None
    kind = ContentType.objects.get_for_model(owner)
    return StoredFile.objects.filter(pk=pk, uploaded_by=by, owner_type=kind, owner_id=owner.pk).first()


def keep_file(path: Path, *, name: str, by: User, owner: models.Model) -> StoredFile:
    """Keep a file that the program itself made: of any size, read piece by piece, belonging to its owner."""
    with path.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    stored = StoredFile(
        name=name,
        content_type="application/octet-stream",
        size=path.stat().st_size,
        sha256=digest,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    stored.owner = owner
    with path.open("rb") as made:
        stored.content.save(digest, File(made), save=False)
    stored.save()
    return stored


def sniff(content: bytes) -> str:
    """The media type that the bytes themselves show; "" when unknown."""
    kind = filetype.guess(content)
    return kind.mime if kind else ""
