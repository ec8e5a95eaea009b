"""Many rows written in one statement each, as quickly as the engine takes them.

Django asks every field of every row three times over how it wants to be written; here each field is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections, models

#: Fields whose numbers, truths and texts the engine takes as they are.
_PLAIN = (models.BooleanField, models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
#: Ways of a field before saving that only read the row; the others make a value.
_TAKEN_FROM_THE_ROW = (models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save)
_AS_THEY_ARE = (type(None), bool, int, str)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """New rows of one model in one statement; their keys are not read back."""
    if not rows:
        return
    opts = rows[0]._meta
    fields = [field for field in opts.concrete_fields if not field.primary_key]
    engine = connections[connection.alias]
    written = [_writing(field, engine) for field in fields]
    quote = engine.ops.quote_name
    table = quote(opts.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    most = engine.ops.bulk_batch_size(fields, rows)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), most):
            some = rows[first : first + most]
            values = [write(row) for row in some for write in written]
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join([places] * len(some))}", values)


def _writing(field: Any, engine: Any) -> Callable[[models.Model], Any]:
    """How a row's value of the field is handed to the engine."""
    name = field.attname
    is_of_now = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if is_of_now or type(field).pre_save not in _TAKEN_FROM_THE_ROW:
        raise TypeError(f"{field} is made while it is saved")

    def plain(row: models.Model) -> Any:
        value = getattr(row, name)
        return value if isinstance(value, _AS_THEY_ARE) else field.get_db_prep_save(value, engine)

    def prepared(row: models.Model) -> Any:
        return field.get_db_prep_save(getattr(row, name), engine)

    return plain if isinstance(field, _PLAIN) else prepared


@dataclass(frozen=True)
class VersionedRows:
    """Rows whose columns are those of their last version; the versions are numbered and point to their row."""

    rows: type[models.Model]
    versions: type[models.Model]
    points_by: str
    number: str
    counter: str
    columns: tuple[str, ...]

    def take_next(self, ids: Sequence[int]) -> None:
        """Each row takes over the version numbered one higher than its own: one statement, no value travels twice.

        Django's update knows no FROM; a subquery for each of fifteen columns takes ten times as long.
        """
        name, quote = self._column, connection.ops.quote_name
        row, version = quote(self.rows._meta.db_table), quote(self.versions._meta.db_table)
        counter, number = name(self.rows, self.counter), name(self.versions, self.number)
        taken = [f"{name(self.rows, one)} = {version}.{name(self.versions, one)}" for one in self.columns]
        taken.append(f"{counter} = {version}.{number}")
        key = f"{row}.{name(self.rows, 'id')}"
        statement = (
            f"UPDATE {row} SET {', '.join(taken)} FROM {version} "
            f"WHERE {version}.{name(self.versions, self.points_by)} = {key} "
            f"AND {version}.{number} = {row}.{counter} + 1 AND {key} IN ({', '.join(['%s'] * len(ids))})"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, list(ids))

    @staticmethod
    def _column(model: type[models.Model], name: str) -> str:
        """The quoted column of a field."""
        field: Any = model._meta.get_field(name)
        return connection.ops.quote_name(field.column)
