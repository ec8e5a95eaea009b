"""The database of the tests is migrated by one process of a session; the others copy what it has made."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_databases, teardown_databases


def make_database(folder: Path) -> Any:
    """An empty database of this process's own, ready to be written to; the folder is that of all processes."""
    with _alone(folder):
        kept = folder / "migrated"
        if kept.exists():
            _copy(kept)
            return _made(keepdb=True)
        made = _made()
        _keep(kept)
        return made


def drop_database(made: Any, folder: Path) -> None:
    """Leave nothing behind; who comes after all migrates anew."""
    with _alone(folder):
        kept = folder / "migrated"
        if connection.vendor != "sqlite" and kept.exists():
            _execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(kept.read_text())}")
        kept.unlink(missing_ok=True)
    teardown_databases(made, verbosity=0)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(**choices: Any) -> Any:
    return setup_databases(verbosity=0, interactive=False, serialized_aliases=(), **choices)


def _keep(kept: Path) -> None:
    """Lay the migrated database by: a file beside ours, or a database that no process ever opens."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(kept)])
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()  # a database is copied while nobody is in it
    _clone(name, f"{name}_kept")
    kept.write_text(f"{name}_kept")


def _copy(kept: Path) -> None:
    """Put the copy where this process will look for its database."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copy(kept, name)
    else:
        _clone(kept.read_text(), name)


def _clone(source: str, target: str) -> None:
    """A copy inside the server; one that an earlier session left behind goes."""
    source, target = connection.ops.quote_name(source), connection.ops.quote_name(target)
    _execute(f"DROP DATABASE IF EXISTS {target}")
    _execute(f"CREATE DATABASE {target} TEMPLATE {source}")


def _execute(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
