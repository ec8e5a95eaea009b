"""The replayed demo for tests: built once in a test session by the real replay, then copied in where it is wanted."""

from __future__ import annotations

import fcntl
import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

from config.demo.replay import replay
from tests.builders import at
from tests.stored import tables
from units import clock
from units.models import StoredFile

DAY = date(2024, 11, 15)


@dataclass
class Snapshot:
    """Every row of every table, and every file, as the demo left them."""

    tables: dict[str, Any] = field(default_factory=dict)
    content_types: dict[int, tuple[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@contextmanager
def in_demo(day: date = DAY, hour: int = 17) -> Iterator[None]:
    """A demo installation on the assumed day, in the afternoon."""
    with override_settings(DEMO=True, ASSUMED_DATE=day), clock.set_to(at(day.isoformat(), hour)):
        yield


def shared_snapshot(path: Path) -> Snapshot:
    """The snapshot of this test session; the first process that asks builds it, the others wait."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_bytes(pickle.dumps(_build()))
        snapshot: Snapshot = pickle.loads(path.read_bytes())
        return snapshot


def _build() -> Snapshot:
    """Load and replay inside a transaction that is taken back."""
    with in_demo(), transaction.atomic():
        call_command("load_campaign", verbosity=0)
        replay(DAY)
        snapshot = _taken()
        transaction.set_rollback(True)
    return snapshot


def _taken() -> Snapshot:
    snapshot = Snapshot(content_types={one.pk: (one.app_label, one.model) for one in ContentType.objects.all()})
    with connection.cursor() as cursor:
        for table in tables():
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                lines = io.StringIO()
                cursor.copy_expert(f"COPY {name} TO STDOUT", lines)
                snapshot.tables[table] = lines.getvalue()
            else:
                cursor.execute(f"SELECT * FROM {name}")
                snapshot.tables[table] = cursor.fetchall()
    for stored in StoredFile.objects.all():
        snapshot.files[stored.content.name] = Path(stored.content.path).read_bytes()
    return snapshot


def copy_in(snapshot: Snapshot) -> None:
    """Put the snapshot's rows into the empty tables, and its files where they belong."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in snapshot.tables.items():
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                cursor.copy_expert(f"COPY {name} FROM STDIN", io.StringIO(rows))
            elif rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
        _point_at_own_types(snapshot)
    for file_name, content in snapshot.files.items():
        path = Path(settings.MEDIA_ROOT) / file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _point_at_own_types(snapshot: Snapshot) -> None:
    """Content types may have other numbers in this database."""
    own = {(one.app_label, one.model): one.pk for one in ContentType.objects.all()}
    for stored in StoredFile.objects.exclude(owner_type=None):
        label = snapshot.content_types[stored.owner_type_id or 0]
        if own[label] != stored.owner_type_id:
            StoredFile.objects.filter(pk=stored.pk).update(owner_type=own[label])
