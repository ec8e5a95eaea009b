"""The outermost middleware of the measured program: tells how many queries a request made, when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ASKED, ALL, OWN = "X-Bench-Count", "X-Bench-Queries", "X-Bench-Own-Queries"
#: Tables that are read and written to know who asks: session, account, roles.
LOG_IN_TABLES = ('"django_session"', 'FROM "units_user"', 'FROM "units_rolegrant"')


class Counter:
    """Counts the statements of one request; with and without those of the log-in."""

    def __init__(self) -> None:
        self.all = 0
        self.own = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Count one statement and run it."""
        self.all += 1
        self.own += not any(table in sql for table in LOG_IN_TABLES)
        return execute(sql, params, many, context)


def count_queries(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Only requests that ask are counted, so that timed ones carry no weight."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if ASKED not in request.headers:
            return get_response(request)
        counter = Counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counter))
            response = get_response(request)
        response.headers[ALL], response.headers[OWN] = str(counter.all), str(counter.own)
        return response

    return middleware
