"""Reading a JSON file with a sense of place: every complaint names the file and the row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from vietnamese.text import nfc

T = TypeVar("T")


class LoadError(Exception):
    """What is wrong in a file, in Vietnamese, with its place; nothing of the load is kept."""


class Node:
    """One object of a file, read by key; unknown keys, wrong kinds and unknown names are refused with their place."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise LoadError(f"{place}: phải là một nhóm khóa và giá trị ({{…}}).")
        self.data: dict[str, Any] = data
        self.place = place

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def wrong(self, sentence: str) -> LoadError:
        """A complaint at this place."""
        return LoadError(f"{self.place}: {sentence}")

    def allow(self, *keys: str) -> Node:
        """Refuse keys that nobody reads: a slip of the pen would otherwise be lost silently."""
        unknown = sorted(set(self.data) - set(keys) - {"about", "notes", "note"})
        if unknown:
            raise self.wrong(f"không có mục “{unknown[0]}” trong khuôn dạng tệp này.")
        return self

    def value(self, key: str) -> Any:
        """The raw value, which must be there."""
        if self.data.get(key) is None:
            raise self.wrong(f"thiếu mục “{key}”.")
        return self.data[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text in NFC; required when no default is given."""
        value = self.value(key) if default is None else self.data.get(key)
        if value is None:
            return str(default)
        if not isinstance(value, str):
            raise self.wrong(f"mục “{key}” phải là chữ, đang là {value!r}.")
        return nfc(value)

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.value(key) if default is None else self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(f"mục “{key}” phải là số nguyên, đang là {value!r}.")
        return value

    def some_number(self, key: str) -> int | None:
        """A whole number, or nothing."""
        return None if self.data.get(key) is None else self.number(key)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"mục “{key}” phải là true hoặc false, đang là {value!r}.")
        return value

    def day(self, key: str) -> date | None:
        """A day written 2024-07-31, or none."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(f"mục “{key}” phải là ngày dạng 2024-07-31, đang là {value!r}.") from None

    def required_day(self, key: str) -> date:
        """A day that must be there."""
        self.value(key)
        day = self.day(key)
        assert day is not None
        return day

    def amount(self, key: str) -> Decimal | None:
        """A decimal number written as text with a point ("183.5"), or none."""
        value = self.data.get(key)
        return None if value is None else self.as_amount(value, key)

    def as_amount(self, value: Any, key: str) -> Decimal:
        """A decimal number out of a text or a whole number; a float has already lost digits and is refused."""
        try:
            if isinstance(value, str | int) and not isinstance(value, bool):
                return Decimal(value)
        except InvalidOperation:
            pass
        raise self.wrong(f"mục “{key}” phải là số viết trong dấu nháy, dấu chấm thập phân, đang là {value!r}.")

    def texts(self, key: str) -> list[str]:
        """A list of texts; one text stands for a list of one."""
        value = self.data.get(key) or []
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise self.wrong(f"mục “{key}” phải là danh sách chữ.")
        return [nfc(item) for item in values]

    def nodes(self, key: str, name: str = "") -> Iterator[Node]:
        """The objects of a list; ``name`` is the key by which a row is called in complaints."""
        rows = self.data.get(key) or []
        if not isinstance(rows, list):
            raise self.wrong(f"mục “{key}” phải là một danh sách.")
        for index, row in enumerate(rows, 1):
            called = row.get(name) if name and isinstance(row, dict) else None
            yield Node(row, f"{self.place}, {key} {called or index}")

    def one_of(self, key: str, known: Mapping[str, T], what: str, default: str | None = None) -> T:
        """What the name at ``key`` stands for among the known ones."""
        return self.known(self.text(key, default), known, what)

    def known(self, name: str, known: Mapping[str, T], what: str) -> T:
        """What a name stands for, or a complaint that names it."""
        if name not in known:
            raise self.wrong(f"không có {what} “{name}”.")
        return known[name]

    def optional(self, key: str, known: Mapping[str, T], what: str) -> T | None:
        """As ``one_of``, or none."""
        return self.one_of(key, known, what) if key in self else None


def read_file(path: Path) -> Any:
    """The content of a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LoadError(f"Không tìm thấy tệp {path}.") from None
    except UnicodeDecodeError:
        raise LoadError(f"{path.name}: tệp không phải UTF-8.") from None
    except json.JSONDecodeError as fault:
        raise LoadError(
            f"{path.name}: sai khuôn dạng JSON ở dòng {fault.lineno}, cột {fault.colno}. Sửa chỗ đó rồi nạp lại."
        ) from None


def open_node(path: Path) -> Node:
    """A file whose content is one object."""
    return Node(read_file(path), path.name)


def choice(node: Node, key: str, words: Callable[[str], Any], default: str | None = None) -> str:
    """One of the program's fixed words (a TextChoices), or a complaint that lists nothing but the wrong one."""
    value = node.text(key, default)
    try:
        return str(words(value).value)
    except ValueError:
        raise node.wrong(f"mục “{key}” không nhận giá trị “{value}”.") from None
