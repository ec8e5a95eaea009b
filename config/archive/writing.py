"""Writing an archive: rows as they stand at one moment, then the files."""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from config.archive.parts import (
    CHUNK,
    FORMAT,
    MANIFEST,
    ArchiveError,
    Contents,
    Part,
    applied_migrations,
    kept_models,
    stored_fields,
    table_part,
)


def write_archive(path: Path) -> Contents:
    """Write rows and files as they stand at one moment; the archive appears whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    try:
        # The archive holds what the database holds: nobody but its owner may read it.
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as raw:
            contents = _write_parts(raw)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise ArchiveError(f"Không ghi được “{path}”: {error.strerror or error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def _write_parts(raw: IO[bytes]) -> Contents:
    tables: dict[str, Part] = {}
    files: dict[str, Part] = {}
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with _snapshot():
            migrations = applied_migrations()
            for model in kept_models():
                lines = (_as_line(row) for row in _rows(model))
                tables[model._meta.label] = _write_part(archive, table_part(model._meta.label), lines)
        # Files are kept before the row that names them and never change: taken after the rows, none is missing.
        for file in sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()):
            name = file.relative_to(settings.MEDIA_ROOT).as_posix()
            files[name] = _write_part(archive, f"files/{name}", _chunks_of(file))
        manifest = {"format": FORMAT, "migrations": migrations, "tables": tables, "files": files}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Contents(sum(part.rows for part in tables.values()), len(files))


@contextmanager
def _snapshot() -> Iterator[None]:
    """Let all reads see one moment, without making anybody wait."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.reads_only = True  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.reads_only = False  # type: ignore[attr-defined]


def _write_part(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> Part:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            digest.update(piece)
            count += 1
    return Part(count, digest.hexdigest())


def _chunks_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


def _rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    columns = [field.attname for field in stored_fields(model)]
    return model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=2000)


def _as_line(row: tuple[Any, ...]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_as_text, separators=(",", ":")).encode() + b"\n"


def _as_text(value: Any) -> str | float:
    """What JSON cannot say, as a text that the field reads back without loss."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no text for {type(value)}")
