"""Which statements changed a row: where there was none, everything stands as before and need not be read again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from config.middleware import READS, WRITES_INSIDE


@contextmanager
def writes_noted() -> Iterator[list[str]]:
    """The statements that may change a row, as they come; the session keeps its own stamps."""
    written: list[str] = []

    def look(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        statement = str(sql)
        if (not READS.match(statement) or WRITES_INSIDE.search(statement)) and "django_session" not in statement:
            written.append(statement)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written
