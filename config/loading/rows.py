"""Keeping rows by natural key: what is new is added, what differs is changed, what is the same is left alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, QuerySet

from config.loading.files import Node

M = TypeVar("M", bound=Model)


@dataclass
class Tally:
    """How many rows of each kind were read, added and changed."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, model: type[Model], read: int, added: int, changed: int) -> None:
        """Count rows of a kind."""
        row = self.counts.setdefault(str(model._meta.verbose_name_plural), [0, 0, 0])
        for place, number in enumerate((read, added, changed)):
            row[place] += number

    @property
    def is_unchanged(self) -> bool:
        """True when the load found everything in place."""
        return all(added == changed == 0 for _, added, changed in self.counts.values())

    def lines(self) -> list[str]:
        """One line for each kind of row."""
        return [
            f"{name}: {read} dòng, thêm {added}, sửa {changed}" for name, (read, added, changed) in self.counts.items()
        ]


def keep(
    existing: QuerySet[M],
    rows: Iterable[tuple[Node, M]],
    key: Callable[[M], Hashable],
    tally: Tally,
    leave: Collection[str] = (),
) -> dict[Any, M]:
    """Store the rows and give them back by key; each stands beside its place in the file, for complaints.

    Columns named in ``leave`` are not touched in rows that are already there.
    """
    model = existing.model
    fields = [f for f in model._meta.concrete_fields if not f.primary_key and f.editable and f.name not in leave]
    known = {key(row): row for row in existing}
    found: dict[Any, M] = {}
    new: list[tuple[Node, M]] = []
    changed: list[tuple[Node, M]] = []
    for node, row in rows:
        name = key(row)
        if name in found:
            raise node.wrong(f"{model._meta.verbose_name} này đã khai ở trên.")
        _check(node, row)
        old = known.get(name)
        found[name] = row if old is None else old
        if old is None:
            new.append((node, row))
        elif _take_over(old, row, [f.attname for f in fields]):
            changed.append((node, old))
    _write(model, new, changed, [f.name for f in fields])
    tally.add(model, len(found), len(new), len(changed))
    return found


def _check(node: Node, row: Model) -> None:
    """Field by field, without a query: relations were resolved by the loader."""
    relations = [f.name for f in row._meta.concrete_fields if isinstance(f, ForeignKey)]
    derived = [f.name for f in row._meta.concrete_fields if not f.editable]
    try:
        row.clean_fields(exclude={*relations, *derived})
    except ValidationError as fault:
        name, sentences = next(iter(fault.message_dict.items()))
        raise node.wrong(f"mục “{name}”: {' '.join(sentences)}") from None


def _take_over(old: Model, new: Model, names: list[str]) -> bool:
    """Copy what differs; tell whether anything did."""
    differing = [name for name in names if getattr(old, name) != getattr(new, name)]
    for name in differing:
        setattr(old, name, getattr(new, name))
    return bool(differing)


def _store(model: type[M], new: list[M], changed: list[M], names: list[str]) -> None:
    """In bulk, but for models that derive columns when they are saved."""
    manager: Any = model._default_manager
    if model.save is not Model.save:
        for row in [*new, *changed]:
            row.save()
        return
    manager.bulk_create(new, batch_size=500)
    if changed:
        manager.bulk_update(changed, names, batch_size=200)


def _write(model: type[M], new: list[tuple[Node, M]], changed: list[tuple[Node, M]], names: list[str]) -> None:
    """Store; when the database refuses, say the sentence of the constraint with the place of the row."""
    try:
        with transaction.atomic():
            _store(model, [row for _, row in new], [row for _, row in changed], names)
    except IntegrityError:
        for node, row in [*new, *changed]:
            try:
                row.validate_constraints()
            except ValidationError as fault:
                raise node.wrong(" ".join(fault.messages)) from None
        raise
