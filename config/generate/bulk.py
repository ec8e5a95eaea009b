"""Finished rows on their way into a table past the ORM, which takes ten times as long for hundreds of thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

#: Rows that are held in memory before they are written.
AT_ONCE = 20_000
#: Hears how far the generator is, one short line at a time.
Tell = Callable[[str], None]
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Rows:
    """One table's rows: those columns change from row to row, every other one holds what it holds by default."""

    def __init__(self, model: type[models.Model], columns: Sequence[str], **same: Any) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        defaults = {name: field.get_default() for name, field in fields.items()} | same
        self.empty = {name: defaults[name] for name in columns}
        rest = [name for name, field in fields.items() if name not in self.empty and not field.primary_key]
        self.names = [str(fields[name].column) for name in (*columns, *rest)]
        self.same = tuple(_plain(defaults[name]) for name in rest)

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows, each given by what differs from the default."""
        lines = (tuple(_plain(value) for value in {**self.empty, **row}.values()) for row in rows)
        while batch := list(islice(lines, AT_ONCE)):
            if connection.vendor == "postgresql":
                self._copy(batch)
            else:
                self._insert(batch)

    def _insert(self, batch: list[tuple[Any, ...]]) -> None:
        """One prepared statement for many rows."""
        marks = ", ".join(["%s"] * len(self.names))
        statement = f"INSERT INTO {self._table} ({self._names}) VALUES ({marks})"
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(*line, *self.same) for line in batch])

    def _copy(self, batch: list[tuple[Any, ...]]) -> None:
        """PostgreSQL's own way to load rows."""
        end = "".join(f"\t{_copied(value)}" for value in self.same) + "\n"
        text = "".join("\t".join(map(_copied, line)) + end for line in batch)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self._table} ({self._names}) FROM STDIN", StringIO(text))

    @property
    def _table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def _names(self) -> str:
        return ", ".join(map(connection.ops.quote_name, self.names))


@contextmanager
def unchecked(cursor: Any) -> Iterator[None]:
    """Without foreign keys asked once for each of a hundred million references, where the account may ask for that."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if connection.vendor != "postgresql" or not cursor.fetchone()[0]:
        yield
        return
    cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    cursor.execute("SET LOCAL session_replication_role = origin")


def quiet(_: str) -> None:
    """Tells nobody how far it is."""


def keys_from(model: type[models.Model]) -> Iterator[int]:
    """The keys that are free, from the first on."""
    key = model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
    while True:
        yield (key := key + 1)


def reset_keys(*written: type[models.Model]) -> None:
    """Let the engine count on from the keys that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)


def _plain(value: Any) -> Any:
    """A value as both engines read it from text: exact numbers and moments as words, JSON as its text."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return json.dumps(value) if isinstance(value, Mapping) else str(value)


def _copied(value: Any) -> str:
    """A plain value in PostgreSQL's text of a copy."""
    if value is None:
        return "\\N"
    return value.translate(ESCAPES) if isinstance(value, str) else str(value)
