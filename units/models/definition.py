"""Definitions: rows that change seldom and are read by every page; a stamp tells whether any of them has changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction

from units.models.prepared import prepared

#: The stamp of all definitions together: they change seldom, and a name may stand on every page.
DEFINITIONS = "definitions"

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Stamp(models.Model):
    """A value drawn anew, in the same transaction, whenever something changes that is kept in memory between requests.

    Drawn, not counted: a number from a transaction that was rolled back could come again with another content.
    """

    key = models.CharField("của", max_length=60, unique=True)
    value = models.CharField("dấu", max_length=16)

    class Meta:
        verbose_name = "dấu phiên bản"
        verbose_name_plural = "dấu phiên bản"

    def __str__(self) -> str:
        return self.key


def renew_stamp(key: str) -> None:
    """What was kept under the stamp is no longer true once this transaction ends well."""
    row = Stamp(key=key, value=secrets.token_hex(8))
    Stamp.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=["value"])


@prepared
def _stamps(*keys: str) -> models.QuerySet[Any, Any]:
    return Stamp.objects.filter(key__in=keys).values_list("key", "value")


def read_stamps(*keys: str) -> tuple[str, ...]:
    """The present stamps: one query."""
    found = dict(_stamps.rows(*keys))
    return tuple(found.get(key, "") for key in keys)


class DefinitionQuerySet(models.QuerySet[Row]):
    """Changes of many rows at once renew the stamp as well."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """Change, and say so."""
        renew_stamp(DEFINITIONS)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Create, and say so."""
        renew_stamp(DEFINITIONS)
        return super().bulk_create(objs, *args, **options)

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove, and say so."""
        renew_stamp(DEFINITIONS)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Definition(models.Model):
    """A row of definitions; saving or removing it renews the stamp in the same transaction.

    The manager of each comes from a ``DefinitionQuerySet``, for changes of many rows at once; a test looks after it.
    """

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and say so."""
        renew_stamp(DEFINITIONS)
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove, and say so."""
        renew_stamp(DEFINITIONS)
        return super().delete(*args, **kwargs)
