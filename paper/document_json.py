"""A document as JSON and back: what a frozen report keeps beside its bytes. Nothing is rounded, nothing is lost."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from paper import document, letter

_KIND, _DECIMAL, _DAY, _MOMENT = "@", "@decimal", "@day", "@moment"
_CLASSES = {
    kind.__name__: kind
    for kind in (
        document.Document,
        document.AnnexPart,
        document.Chart,
        document.CheckCode,
        document.Table,
        document.Column,
        document.Row,
        document.Cell,
        document.Heading,
        document.Paragraph,
        document.Span,
        letter.Letter,
        letter.Letterhead,
        letter.Title,
        letter.SignatureBlock,
        letter.Recipients,
        letter.Annex,
    )
}


def to_json(whole: document.Document) -> str:
    """The document as JSON text; equal documents give equal text."""
    return json.dumps(_plain(whole), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> document.Document:
    """The document that ``to_json`` wrote."""
    found = _whole(json.loads(text))
    if not isinstance(found, document.Document):
        raise ValueError("the text holds no document")
    return found


def _plain(value: Any) -> Any:
    """Data that JSON knows; fields that hold their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: getattr(value, one.name) for one in fields(value)}
        defaults = {one.name: one.default for one in fields(value)}
        written = {name: _plain(held) for name, held in kept.items() if not _same(held, defaults[name])}
        return {_KIND: type(value).__name__, **written}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    return str(value) if isinstance(value, str) else value


def _same(held: Any, default: Any) -> bool:
    return type(held) is type(default) and held == default


def _whole(data: Any) -> Any:
    """The frozen parts again."""
    if isinstance(data, list):
        return tuple(_whole(one) for one in data)
    if not isinstance(data, dict):
        return data
    if _DECIMAL in data:
        return Decimal(data[_DECIMAL])
    if _MOMENT in data:
        return datetime.fromisoformat(data[_MOMENT])
    if _DAY in data:
        return date.fromisoformat(data[_DAY])
    kind = _CLASSES[data[_KIND]]
    return kind(**{name: _whole(held) for name, held in data.items() if name != _KIND})
