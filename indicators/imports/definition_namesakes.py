"""Rows of one name under several codes: one indicator written twice, or two that nobody can tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from indicators.imports.definition_checking import NUMERIC, Checking, amount_words
from indicators.tables.definition_columns import Values
from vietnamese.text import search_key

ONE_OR_TWO = "Nếu là một chỉ tiêu thì bỏ bớt dòng; nếu là hai thì đặt tên khác nhau."


def namesakes(checking: Checking) -> None:
    """A remark on every name that stands twice, at the numbers that contradict each other where there are any."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for (code, *_), row in checking.rows("indicators").items():
        if row["kind"] in NUMERIC:
            by_name[search_key(str(row["name"]))].append(str(code))
    for codes in (codes for codes in by_name.values() if len(codes) > 1):
        called = checking.rows("indicators")[(codes[0],)]["name"]
        told = f"“{called}” đứng ở {len(codes)} dòng: mã {', '.join(codes)}."
        found = [_contradicting(checking, sheet, codes, told) for sheet in ("targets", "openings")]
        if not any(found):
            checking.remark("indicators", (codes[-1],), "name", f"{told} {ONE_OR_TWO}")


def _contradicting(checking: Checking, sheet: str, codes: Sequence[str], told: str) -> int:
    """How many numbers of the namesakes differ from that of the first, for the same unit on the same base."""
    first: dict[tuple[str, ...], tuple[str, Values]] = {}
    count = 0
    for key, row in checking.rows(sheet).items():
        code, place = str(row["indicator"]), (str(row["unit"]), str(row.get("is_percentage", "")), str(row["base"]))
        if code not in codes or row.get("is_main") is False:
            continue
        other, held = first.setdefault(place, (code, row))
        if other != code and amount_words(held) != amount_words(row):
            unit = checking.references.units.get(place[0], place[0])
            differ = f"Số của {unit} khác nhau: {amount_words(held)} ({other}) và {amount_words(row)} ({code})."
            checking.remark(sheet, key, "amount", f"{told} {differ} {ONE_OR_TWO}")
            count += 1
    return count
