"""Restoring an archive: everything is checked before anything changes."""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction

from config.archive.parts import (
    CHUNK,
    FORMAT,
    MANIFEST,
    ArchiveError,
    Contents,
    applied_migrations,
    kept_models,
    stored_fields,
    table_part,
)
from units.services import record_act

BATCH = 500


def restore_archive(path: Path, *, over_existing: bool = False) -> Contents:
    """Put an installation back: everything is checked first, and the rows change in one transaction or not at all."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _read_manifest(archive)
            _check(archive, manifest)
            if not over_existing and any(_holds_rows()):
                raise ArchiveError("Cơ sở dữ liệu đang có dữ liệu. Thêm --yes nếu muốn thay bằng bản sao lưu.")
            for name in manifest["files"]:
                _restore_file(archive, name)
            _restore_rows(archive, manifest["tables"])
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, json.JSONDecodeError, EOFError) as error:
        raise ArchiveError(f"“{path}” không phải bản sao lưu của phần mềm này, hoặc đã hỏng.") from error
    except IntegrityError as error:
        raise ArchiveError(f"Bản sao lưu có dòng trái ràng buộc dữ liệu, chưa khôi phục gì: {error}") from error
    except OSError as error:
        raise ArchiveError(f"Không đọc được “{path}”: {error.strerror or error}.") from error
    return Contents(sum(rows for rows, _ in manifest["tables"].values()), len(manifest["files"]))


def _read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise ArchiveError(f"Bản sao lưu theo khuôn dạng {manifest['format']}; phần mềm này đọc khuôn dạng {FORMAT}.")
    ours, theirs = set(applied_migrations()), set(manifest["migrations"])
    if ours != theirs:
        different = ", ".join(sorted(ours ^ theirs)[:3])
        raise ArchiveError(
            f"Bản sao lưu thuộc phiên bản khác của phần mềm (khác ở {different}). "
            "Khôi phục bằng đúng phiên bản đã sao lưu rồi mới nâng cấp."
        )
    return manifest


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Every part is there, unchanged, and stays inside the folder of files."""
    expected = {table_part(label): sha256 for label, (_, sha256) in manifest["tables"].items()}
    expected |= {f"files/{name}": sha256 for name, (_, sha256) in manifest["files"].items()}
    for part, sha256 in expected.items():
        if PurePosixPath(part).is_absolute() or ".." in PurePosixPath(part).parts:
            raise ArchiveError(f"Bản sao lưu có tên tệp không an toàn: {part}.")
        digest = hashlib.sha256()
        with archive.open(part) as opened:
            while chunk := opened.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise ArchiveError(f"Phần “{part}” của bản sao lưu đã bị thay đổi hoặc hỏng; chưa khôi phục gì.")
    unknown = set(manifest["tables"]) - {model._meta.label for model in kept_models()}
    if unknown:
        raise ArchiveError(f"Bản sao lưu có bảng mà phần mềm này không biết: {', '.join(sorted(unknown))}.")


def _holds_rows() -> Iterator[bool]:
    """Whether people have already worked here; what `migrate` itself lays does not count."""
    laid_by_migrate = {"contenttypes", "auth"}
    for model in kept_models():
        if model._meta.app_label not in laid_by_migrate:
            yield model._base_manager.exists()


def _restore_file(archive: zipfile.ZipFile, name: str) -> None:
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    with archive.open(f"files/{name}") as source, unfinished.open("wb") as copy:
        while chunk := source.read(CHUNK):
            copy.write(chunk)
    unfinished.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    unfinished.replace(target)


def _restore_rows(archive: zipfile.ZipFile, tables: dict[str, list[Any]]) -> None:
    """Empty every table and fill it again; foreign keys are checked at the end, on both engines."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in [Session._meta.db_table, *(model._meta.db_table for model in kept_models())]:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            for label in tables:
                model = apps.get_model(label)
                with archive.open(table_part(label)) as lines:
                    _insert(cursor, model, lines)
            for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
                cursor.execute(statement)
        connection.check_constraints()
        ContentType.objects.clear_cache()
        record_act("backup_restored", by=None, detail={"tables": len(tables)})


def _insert(cursor: Any, model: type[models.Model], lines: IO[bytes]) -> None:
    fields = stored_fields(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    batch: list[list[Any]] = []
    for line in lines:
        values = json.loads(line)
        batch.append([_as_stored(field, value) for field, value in zip(fields, values, strict=True)])
        if len(batch) == BATCH:
            cursor.executemany(statement, batch)
            batch.clear()
    if batch:
        cursor.executemany(statement, batch)


def _as_stored(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.DurationField):
        value = timedelta(seconds=value)
    elif isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    return field.get_db_prep_save(field.to_python(value), connection)
