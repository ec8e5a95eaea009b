"""The database wrapper: it joins the queue before BEGIN IMMEDIATE and leaves it at commit, rollback or close."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.sqlite3 import base, features
from django.db.utils import OperationalError

from config.sqlite.queue import QueueTimeout, WriteQueue, queue_for

WRITES = re.compile(
    r"\s*(?:WITH\b.*\b)?(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|REINDEX|VACUUM)\b", re.I | re.S
)
BUSY = "database is locked: the queue of writers did not move"


class QueueingCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction take a turn of their own."""

    wrapper: "DatabaseWrapper"
    has_turn = False

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        self._begin_turn(query)
        try:
            return super().execute(query, params)
        finally:
            # A statement that returns rows is committed when its cursor closes, not before.
            if "RETURNING" not in query:
                self._end_turn()

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for many rows."""
        self._begin_turn(query)
        try:
            return super().executemany(query, param_list)
        finally:
            self._end_turn()

    def close(self) -> None:
        """Finish the statement, then let the next writer go on."""
        try:
            super().close()
        finally:
            self._end_turn()

    def __del__(self) -> None:
        if self.has_turn:
            self.close()

    def _begin_turn(self, query: str) -> None:
        self._end_turn()
        if self.wrapper.turn is None and WRITES.match(query):
            self.wrapper.take_turn()
            self.has_turn = True

    def _end_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.wrapper.end_turn()


class DatabaseFeatures(features.DatabaseFeatures):
    """Django writes 999 values a statement, the limit of old SQLite; since 3.32 it is 32.766, one grid of a unit."""

    max_query_params = 32_766


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with one writer at a time, in the order of asking."""

    features_class = DatabaseFeatures

    # True while a page is read: a transaction then takes a snapshot and does not stand in line.
    reads_only = False
    turn: WriteQueue | None = None

    def take_turn(self) -> None:
        """Wait until this connection may write."""
        queue = queue_for(str(self.settings_dict["NAME"]), in_memory=self.is_in_memory_db())
        try:
            queue.acquire(timeout=float(self.settings_dict["OPTIONS"].get("timeout", 5)))
        except QueueTimeout as error:
            raise OperationalError(BUSY) from error
        self.turn = queue

    def end_turn(self) -> None:
        """Let the next one write."""
        if self.turn is not None:
            queue, self.turn = self.turn, None
            queue.release()

    def create_cursor(self, name: str | None = None) -> QueueingCursor:
        """A cursor that knows its connection."""
        cursor: QueueingCursor = self.connection.cursor(factory=QueueingCursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self.reads_only:
            self.cursor().execute("BEGIN")
            return
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self.end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self.end_turn()
