"""Queries that every request asks: put into SQL once for each engine, and run again with other values.

Django builds and compiles a query anew each time; for the roles of a person that takes ten times as long as the
database. The shape of such a query never depends on its values, so a value may stand for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models

#: Values that stand for the real ones while the SQL is found; no row has them, and no two are alike.
_NUMBERS = (900_000_000_000_001, 900_000_000_000_002)
_DAYS = (date(9001, 1, 1), date(9002, 2, 2))


@dataclass(frozen=True)
class _Statement:
    """The SQL, at which place which value stands (or a constant), and how columns become Python's."""

    sql: str
    places: tuple[tuple[int | None, Any], ...]
    converters: tuple[tuple[int, tuple[tuple[Callable[..., Any], ...], Any]], ...]


class Prepared:
    """One query of rows as tuples, written as a function of whole numbers and days."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._statements: dict[tuple[str, tuple[type, ...]], _Statement] = {}

    def rows(self, *values: int | date) -> list[tuple[Any, ...]]:
        """The rows for these values: one query."""
        key = (connection.vendor, tuple(map(type, values)))
        statement = self._statements.get(key)
        if statement is None:
            statement = self._statements[key] = _compiled(self.build, values)
        adapted = [_adapted(value) for value in values]
        parameters = [constant if place is None else adapted[place] for place, constant in statement.places]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            return [_converted(row, statement) for row in cursor.fetchall()]


def prepared(build: Callable[..., models.QuerySet[Any, Any]]) -> Prepared:
    """As a decorator of the function that builds the query."""
    return Prepared(build)


def _compiled(build: Callable[..., models.QuerySet[Any, Any]], values: Sequence[int | date]) -> _Statement:
    """Built and compiled once, with values of the same kinds that can be found again."""
    standing_for = [_DAYS[n] if isinstance(value, date) else _NUMBERS[n] for n, value in enumerate(values)]
    compiler = build(*standing_for).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    known = [_adapted(one) for one in standing_for]
    places = tuple((known.index(one), None) if one in known else (None, one) for one in parameters)
    if {place for place, _ in places} - {None} != set(range(len(values))):
        raise ValueError("a value of a prepared query is not found again in its SQL")
    fields = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = ((place, (tuple(ways), field)) for place, (ways, field) in compiler.get_converters(fields).items())
    return _Statement(sql, places, tuple(converters))


def _adapted(value: int | date) -> Any:
    """The value as the engine takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(row: Sequence[Any], statement: _Statement) -> tuple[Any, ...]:
    """A row of the engine as Django would give it."""
    found = list(row)
    for place, (ways, field) in statement.converters:
        for convert in ways:
            found[place] = convert(found[place], field, connection)
    return tuple(found)
