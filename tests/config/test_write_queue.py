"""Writers on SQLite: they stand in one line over threads and processes, and nothing is lost."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from config.settings import BASE_DIR
from config.sqlite.base import DatabaseWrapper
from config.sqlite.queue import QueueTimeout, WriteQueue

WRITERS = 8
WRITES_EACH = 25


def database(path: Path, *, timeout: float = 20) -> DatabaseWrapper:
    """A connection as the house opens it."""
    return DatabaseWrapper(
        {
            "ENGINE": "config.sqlite",
            "NAME": str(path),
            "OPTIONS": {
                "timeout": timeout,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
            "AUTOCOMMIT": True,
            "ATOMIC_REQUESTS": False,
            "TIME_ZONE": None,
        },
        alias="scratch",
    )


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def add_one(connection: DatabaseWrapper) -> None:
    """Read and write in one transaction: an update is lost when two read the same number."""
    begin(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE counter SET number = %s", [number + 1])
    end(connection)


@pytest.fixture
def counter(tmp_path: Path, django_db_blocker) -> Iterator[Path]:
    """A file of its own with one number, whatever engine the rest of the suite stands on."""
    path = tmp_path / "counter.sqlite3"
    with django_db_blocker.unblock():
        connection = database(path)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE counter (number integer NOT NULL)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        connection.close()
        yield path


def counted(path: Path) -> int:
    connection = database(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        (number,) = cursor.fetchone()
    connection.close()
    return int(number)


def test_eight_threads_lose_no_write_and_none_waits_long(counter):
    waits: list[float] = []

    def write() -> None:
        connection = database(counter)
        for _ in range(WRITES_EACH):
            begun = time.monotonic()
            add_one(connection)
            waits.append(time.monotonic() - begun)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted(counter) == WRITERS * WRITES_EACH
    # Fair: the slowest waits for about its seven neighbours, not for seconds, as with SQLite's own busy handler.
    assert max(waits) < 30 * sum(waits) / len(waits)


def test_eight_processes_lose_no_write(counter):
    program = (
        "import os, pathlib, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup()\n"
        "from tests.config.test_write_queue import WRITES_EACH, add_one, database\n"
        f"connection = database(pathlib.Path({str(counter)!r}))\n"
        "for _ in range(WRITES_EACH): add_one(connection)\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program], cwd=BASE_DIR) for _ in range(WRITERS)]

    assert [process.wait(timeout=120) for process in processes] == [0] * WRITERS
    assert counted(counter) == WRITERS * WRITES_EACH


def test_a_write_outside_a_transaction_waits_for_its_turn_too(counter):
    holder, other = database(counter), database(counter, timeout=0.05)
    begin(holder)

    with pytest.raises(OperationalError, match="database is locked"), other.cursor() as cursor:
        cursor.execute("UPDATE counter SET number = number + 1")

    end(holder)
    with other.cursor() as cursor:
        cursor.execute("UPDATE counter SET number = number + 1")
    assert counted(counter) == 1


def test_a_write_that_returns_rows_keeps_its_turn_until_the_cursor_closes(counter):
    connection, other = database(counter), database(counter, timeout=0.05)

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO counter VALUES (7) RETURNING number")
        with pytest.raises(OperationalError, match="database is locked"):
            begin(other)
        assert cursor.fetchone() == (7,)

    begin(other)
    end(other)


def test_reading_does_not_stand_in_line(counter):
    holder, reader = database(counter), database(counter, timeout=0.05)
    begin(holder)
    reader.reads_only = True

    begin(reader)
    with reader.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        assert cursor.fetchone() == (0,)
    end(reader)
    end(holder)


def test_the_turn_ends_with_a_rollback_and_with_a_closed_connection(counter):
    first, second = database(counter, timeout=0.05), database(counter, timeout=0.05)
    begin(first)
    first.rollback()
    first.set_autocommit(True)
    begin(second)
    second.close()

    begin(first)
    end(first)


def test_whoever_waits_too_long_leaves_the_line_for_the_next(tmp_path):
    queue = WriteQueue(tmp_path / "db")
    queue.acquire(timeout=1)
    with pytest.raises(QueueTimeout):
        queue.acquire(timeout=0.02)

    queue.release()
    queue.acquire(timeout=1)
    queue.release()


def test_threads_are_served_in_the_order_they_asked(tmp_path):
    queue = WriteQueue(tmp_path / "db")
    served: list[int] = []

    def wait(number: int) -> None:
        queue.acquire(timeout=10)
        served.append(number)
        queue.release()

    queue.acquire(timeout=1)
    threads = [threading.Thread(target=wait, args=[number]) for number in range(WRITERS)]
    for number, thread in enumerate(threads, start=2):
        thread.start()
        while len(queue.line) < number:
            time.sleep(0.001)
    queue.release()
    for thread in threads:
        thread.join()

    assert served == list(range(WRITERS))


def test_the_database_keeps_a_log_waits_for_the_disk_and_minds_foreign_keys(counter):
    connection = database(counter)
    with connection.cursor() as cursor:
        answers = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert answers == ["wal", 2, 1]
