"""Queries that every request asks: put into SQL once for each engine, and run again with other values.

Django builds and compiles a query anew each time; for the roles of a person that takes ten times as long as the
database. The shape of such a query never depends on its values, so a value may stand for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Value = int | date | str


@dataclass(frozen=True)
class _Place:
    """Which value stands at a parameter, whether as the beginning of a text (LIKE); or a constant of the query."""

    value: int | None
    is_start: bool = False
    constant: Any = None

    def filled(self, values: Sequence[Value]) -> Any:
        """What the engine is given here."""
        if self.value is None:
            return self.constant
        return _as_start(values[self.value]) if self.is_start else _adapted(values[self.value])


@dataclass(frozen=True)
class _Models:
    """How the columns of a row become a model, and those that were selected beside it."""

    model: type[models.Model]
    columns: slice
    names: list[str]
    beside: list[Any]

    def made_of(self, row: tuple[Any, ...]) -> models.Model:
        """One row, by Django's own hand (``ModelIterable``)."""
        one = self.model.from_db(connection.alias, self.names, row[self.columns])
        for related in self.beside:
            related.populate(row, one)
        return one


@dataclass(frozen=True)
class _Statement:
    """The SQL, what stands at its parameters, how columns become Python's, and how rows become models, if they do."""

    sql: str
    places: tuple[_Place, ...]
    converters: tuple[tuple[int, tuple[tuple[Callable[..., Any], ...], Any]], ...]
    models: _Models | None
    locks: bool


class Prepared:
    """One query, written as a function of whole numbers, days and texts; as many of them as it is given.

    Of ``values_list`` come ``rows`` of columns; of a plain queryset, ``objects`` with what it selects beside them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._statements: dict[tuple[str, tuple[type, ...]], _Statement | None] = {}

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows for these values: one query."""
        statement = self._statement(values)
        return [] if statement is None else _fetched(statement, values)

    def objects(self, *values: Value) -> list[Any]:
        """The model rows for these values: one query."""
        statement = self._statement(values)
        if statement is None:
            return []
        if statement.models is None:
            raise ValueError("a prepared query of models selects whole models and nothing else")
        return [statement.models.made_of(row) for row in _fetched(statement, values)]

    def first(self, *values: Value) -> Any | None:
        """The first of the model rows, or none."""
        return next(iter(self.objects(*values)), None)

    def _statement(self, values: Sequence[Value]) -> _Statement | None:
        """The statement for so many values of these kinds; none where the query can have no row at all."""
        key = (connection.vendor, tuple(map(type, values)))
        if key not in self._statements:
            self._statements[key] = _compiled(self.build, values)
        return self._statements[key]


def prepared(build: Callable[..., models.QuerySet[Any, Any]]) -> Prepared:
    """As a decorator of the function that builds the query."""
    return Prepared(build)


def _compiled(build: Callable[..., models.QuerySet[Any, Any]], values: Sequence[Value]) -> _Statement | None:
    """Built and compiled once, with values of the same kinds that can be found again."""
    standing_for = [_stand_in(value, n) for n, value in enumerate(values)]
    compiler = build(*standing_for).query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    known = {_adapted(one): _Place(n) for n, one in enumerate(standing_for)}
    known |= {_as_start(one): _Place(n, is_start=True) for n, one in enumerate(standing_for) if isinstance(one, str)}
    places = tuple(known.get(one) or _Place(None, constant=one) for one in parameters)
    if {place.value for place in places} - {None} != set(range(len(values))):
        raise ValueError("a value of a prepared query is not found again in its SQL")
    fields = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = ((place, (tuple(ways), field)) for place, (ways, field) in compiler.get_converters(fields).items())
    return _Statement(sql, places, tuple(converters), _models_of(compiler), compiler.query.select_for_update)


def _models_of(compiler: SQLCompiler) -> _Models | None:
    """What the columns are columns of; none for a query of columns alone."""
    klass: Any = compiler.klass_info
    if klass is None or compiler.annotation_col_map:
        return None
    columns = slice(klass["select_fields"][0], klass["select_fields"][-1] + 1)
    names = [column[0].target.attname for column in compiler.select[columns]]
    populators: Any = get_related_populators  # known to the type checker as a later Django has it
    beside = populators(klass, compiler.select, connection.alias)
    return _Models(klass["model"], columns, names, beside)


def _stand_in(value: Value, n: int) -> Value:
    """What stands for the n-th value while the SQL is found: no row has it, and no two are alike."""
    if isinstance(value, date):
        return date(9001, 1, 1) + timedelta(days=n)
    return f"thay-cho-{n}-." if isinstance(value, str) else 900_000_000_000_001 + n


def _adapted(value: Value) -> Any:
    """The value as the engine takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _as_start(value: Value) -> str:
    """The text as the engine takes it where a column begins with it."""
    return f"{connection.ops.prep_for_like_query(str(value))}%"


def _fetched(statement: _Statement, values: Sequence[Value]) -> list[tuple[Any, ...]]:
    """The statement run with the values, its columns as Django would give them."""
    if statement.locks and connection.get_autocommit():
        raise TransactionManagementError("rows are locked within a transaction only")
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [place.filled(values) for place in statement.places])
        return [_converted(row, statement) for row in cursor.fetchall()]


def _converted(row: Sequence[Any], statement: _Statement) -> tuple[Any, ...]:
    """A row of the engine as Django would give it."""
    found = list(row)
    for place, (ways, field) in statement.converters:
        for convert in ways:
            found[place] = convert(found[place], field, connection)
    return tuple(found)
