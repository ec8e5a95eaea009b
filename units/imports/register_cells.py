"""Cells of the register of units: each read as what its column holds, each doubt kept with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from units.imports.sheets import Fault, Line
from units.rules.register import UnitLine
from units.rules.register_fields import UNIT_FIELDS
from vietnamese.dates import read_date
from vietnamese.numbers import format_number
from vietnamese.text import search_key

_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LENGTHS = {"key": 80, "name": 200, "short_name": 80, "official_name": 255, "place_name": 80, "document_code": 30,
            "head_title": 80, "code": 20}  # fmt: skip
#: What is counted in persons is larger than what is counted in places.
_MOST = {"population": 200_000_000}
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
TITLES = {one.key: one.title for one in UNIT_FIELDS}


class Cells:
    """Reads cells; what cannot be read is added to the faults."""

    faults: list[Fault]

    def code(self, line: Line, key: str) -> str:
        """A code of small letters without marks."""
        text = self.needed(line, key, 40)
        if text and not _KEY.fullmatch(text):
            self.wrong(line, key, f"“{text}” không dùng làm khóa được. Ghi chữ thường không dấu, số, gạch nối.")
        return text

    def needed(self, line: Line, key: str, most: int) -> str:
        """A text that must be there."""
        text = line.text(key)
        if not text:
            self.wrong(line, key, "Ô này phải có nội dung.")
        elif len(text) > most:
            self.wrong(line, key, f"Nội dung dài {len(text)} ký tự, tối đa {most}.")
        return text

    def kept_text(self, line: Line, key: str, old: UnitLine | None) -> str:
        """A text that may be empty; without its column what is there stays."""
        if key not in line.texts:
            return getattr(old, key, "") if old else ""
        text, most = line.text(key), _LENGTHS[key]
        if len(text) > most:
            self.wrong(line, key, f"Nội dung dài {len(text)} ký tự, tối đa {most}.")
        return text

    def number(self, line: Line, key: str) -> int | None:
        """A whole number, with the dots of thousands or without, or nothing."""
        text, most = line.text(key), _MOST.get(key, 32_000)
        if not text:
            return None
        digits = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
        if not digits.isascii() or not digits.isdigit() or int(digits) > most:
            self.wrong(line, key, f"“{text}” không phải số nguyên từ 0 đến {format_number(most)}.")
            return None
        return int(digits)

    def day(self, line: Line, key: str) -> date | None:
        """A day as people write it, or nothing."""
        reading = read_date(line.text(key))
        if reading.error:
            self.wrong(line, key, reading.error)
        return reading.value

    def one_of(self, line: Line, key: str, known: Mapping[str, str], advice: str) -> str:
        """One of what is known, by its code or its name."""
        text = line.text(key)
        found = known.get(text) or known.get(search_key(text), "")
        if not text:
            self.wrong(line, key, "Ô này phải có nội dung.")
        elif not found:
            self.wrong(line, key, f"Không có {TITLES[key].lower()} “{text}”. {advice}")
        return found

    def wrong(self, line: Line, key: str, sentence: str) -> None:
        """Keep a doubt about a cell."""
        self.faults.append(line.fault(key, sentence))
