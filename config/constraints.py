"""The sentence a constraint carries, found again from the database's error."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint, Model, UniqueConstraint

CHECK_OF_SQLITE = re.compile(r"CHECK constraint failed: (\w+)")
INDEX_OF_SQLITE = re.compile(r"UNIQUE constraint failed: index '(\w+)'")
COLUMNS_OF_SQLITE = re.compile(r"UNIQUE constraint failed: (.+)")


def sentence_of(error: IntegrityError) -> str:
    """The Vietnamese sentence of the constraint that refused the row, or "" where it carries none."""
    name, columns = _broken(error)
    for model, constraint in _constraints():
        if constraint.name == name or (columns and _columns(model, constraint) == columns):
            has_own = constraint.violation_error_message != BaseConstraint.default_violation_error_message
            return str(constraint.violation_error_message) if has_own else ""
    return ""


def _broken(error: IntegrityError) -> tuple[str, set[str]]:
    """The name of the broken constraint, or the columns where the engine names only them."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or "", set()
    for pattern in (CHECK_OF_SQLITE, INDEX_OF_SQLITE):
        if found := pattern.search(str(error)):
            return found[1], set()
    if found := COLUMNS_OF_SQLITE.search(str(error)):
        return "", set(found[1].split(", "))
    return "", set()


def _constraints() -> Iterator[tuple[type[Model], BaseConstraint]]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            yield model, constraint


def _columns(model: type[Model], constraint: BaseConstraint) -> set[str]:
    if not isinstance(constraint, UniqueConstraint):
        return set()
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    return {f"{model._meta.db_table}.{columns[name]}" for name in constraint.fields}
