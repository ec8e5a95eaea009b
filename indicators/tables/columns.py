"""Numbers and denominators of many rows as plain columns: asked for as text, read without a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import TextField
from django.db.models.functions import Cast

#: How the names of columns end that come as text.
AS_TEXT = ("denominators", "amount", "official_cumulative", "sent_cumulative", "since_launch")
NO_DENOMINATORS: Mapping[str, str] = {}


def plain(columns: Iterable[str]) -> list[str | Cast]:
    """Columns as they are, amounts and denominators as text.

    Nearly all denominators are empty, and those need not be parsed. A number that comes as text is exact on either
    engine (fifteen digits), and read by ``amount_of`` in a fifth of the time that Django takes for SQLite's floats.
    """
    return [Cast(name, TextField()) if name.endswith(AS_TEXT) else name for name in columns]


def amount_of(text: str | None) -> Decimal | None:
    """A number from the text that ``plain`` asked for."""
    return None if text is None else Decimal(text)


def bases_of(text: str | None) -> Mapping[str, str]:
    """Denominators from the text that ``plain`` asked for."""
    return NO_DENOMINATORS if text is None or text == "{}" else json.loads(text)
