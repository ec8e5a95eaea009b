"""What an archive consists of, as the writer and the reader both know it."""

from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


class ArchiveError(Exception):
    """The archive cannot be written, read or restored; the message is for the person at the command line."""


class Contents(NamedTuple):
    """What an archive holds."""

    rows: int
    files: int


class Part(NamedTuple):
    """One part of the archive: how many rows (files: 1), and its hash."""

    rows: int
    sha256: str


def kept_models() -> list[type[models.Model]]:
    """Every table of the installation; sessions stay out."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model is not Session
    ]


def stored_fields(model: type[models.Model]) -> list[Any]:
    """The columns of a table, in the order of an archive's lines."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def table_part(label: str) -> str:
    """Where a table lies in the archive."""
    return f"tables/{label}.jsonl"


def applied_migrations() -> list[str]:
    """The version of the tables."""
    known = {config.label for config in apps.get_app_configs()}
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in known)
