"""A block from an office's own sheet: units as rows by their names, one column of numbers or one for each indicator.

Names are found without diacritics, in other spellings, with or without the words of their kind ("xã", "UBND"); a
line of totals is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError

from indicators.imports.reading import FileRow
from indicators.tables.prior import PriorTable
from indicators.tables.template import Template, TemplateRow
from units.models import OrgUnit
from units.rules.calling import called_together, kind_words
from vietnamese.text import nfc, search_key

MOST_TEXT, MOST_LINES = 200_000, 500
EMPTY = "Chưa dán gì. Chọn các ô trong Excel (cả cột tên đơn vị), bấm Ctrl+C rồi dán vào ô này."
TOO_LONG = f"Bảng dán vào quá dài. Mỗi lần dán không quá {MOST_LINES} dòng."
NO_UNITS = "Không thấy tên đơn vị nào của biểu này trong bảng. Dán cả cột tên {units}."
NO_NUMBERS = "Bảng chỉ có tên đơn vị, không có cột số liệu nào."
WHICH_COLUMN = (
    "Bảng có {count} cột số liệu nên không biết lấy cột nào. "
    "Chỉ dán cột tên và cột số cần lấy, hoặc dán cả dòng tiêu đề có tên chỉ tiêu."
)
WHICH_MONTH = (
    "Bảng có {count} cột số liệu, biểu có {wanted} kỳ. Dán cả dòng tiêu đề “Tháng 7”, “Tháng 8” … để biết cột nào."
)
_MONTH = re.compile(r"(?:thang |thang|t)?(1[0-2]|0?[1-9])(?: (?:19|20)[0-9]{2})?")
_TOTALS = re.compile(r"^(tong|tong so|tong cong|cong|toan|chung)\b")
_HEADS = {"don vi", "ten don vi", "dia phuong", "stt"}


class Names:
    """The units of a sheet by their names, however written."""

    def __init__(self, units: Iterable[tuple[OrgUnit, str]], spellings: Mapping[int, Iterable[str]]) -> None:
        """``units`` with the name that the sheet shows; ``spellings`` are the other names of each unit."""
        self.of_unit: dict[int, set[str]] = {}
        self.kinds: dict[int, tuple[str, bool]] = {}
        for unit, label in units:
            own = (label, unit.name, unit.short_name, unit.official_name, unit.place_name)
            self.of_unit.setdefault(unit.pk, set()).update(own, spellings.get(unit.pk, ()))
            self.kinds[unit.pk] = (unit.kind.name, unit.kind.is_territorial)
        words = kind_words(self.of_unit.values(), {kind for kind, _ in self.kinds.values()})
        longest_first = sorted(words, key=len, reverse=True)
        self._kind = re.compile(f"^(?:(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'}) )+")
        found: dict[str, set[int]] = {}
        for pk, names in self.of_unit.items():
            for name in names:
                if key := self._key(name):
                    found.setdefault(key, set()).add(pk)
        # A name of two units finds neither.
        self._by_key = {key: next(iter(pks)) for key, pks in found.items() if len(pks) == 1}

    @property
    def called(self) -> str:
        """How the units are called together."""
        return called_together(list(self.kinds.values()))

    def find(self, name: str) -> int | None:
        """The unit of that name."""
        return self._by_key.get(self._key(name))

    def is_head(self, name: str) -> bool:
        """A line that is no unit's: the head of the block, or its totals."""
        key = search_key(name)
        return bool(_TOTALS.match(key)) or key in _HEADS or not self._kind.sub("", f"{key.removeprefix('ten ')} ")

    def _key(self, name: str) -> str:
        """The words by which a unit is found: without diacritics, without its kind."""
        words = search_key(name)
        return self._kind.sub("", words) or words


class Pasted(NamedTuple):
    """The rows that were recognised, and what was left out, in sentences."""

    rows: list[FileRow]
    remarks: list[str]


def pasted_rows(text: str, template: Template, spellings: Mapping[int, Iterable[str]]) -> Pasted:
    """The numbers of a block by unit and indicator; ``spellings`` are the other names of each unit."""
    lines = _lines(text)
    names = Names([(row.figure.assignment.unit, row.label) for row in template.rows], spellings)
    of_unit: dict[int, list[TemplateRow]] = {}
    for row in template.rows:
        of_unit.setdefault(row.figure.assignment.unit_id, []).append(row)
    column = _name_column(lines, names)
    of_column = _indicator_columns(lines, template, column)
    found: dict[int, FileRow] = {}
    remarks: list[str] = []
    for one in _cells(lines, column, of_column, names, remarks):
        owed = next((row for row in of_unit[one.unit] if row.figure.assignment.indicator_id == one.key), None)
        if not one.text:
            continue
        if owed is None:
            remarks.append(f"Bỏ qua số “{one.text[:30]}” của {one.name}: đơn vị không được giao chỉ tiêu này.")
        elif owed.figure.pk in found:
            raise ValidationError(f"{owed.full_label} có hai dòng trong bảng. Bỏ dòng thừa rồi dán lại.")
        else:
            key = "amount" if "amount" in owed.cells else "state"
            found[owed.figure.pk] = FileRow(owed.figure.pk, owed.figure.version, 0, {key: one.text})
    return Pasted(list(found.values()), remarks)


class PriorCells(NamedTuple):
    """The texts by their cell, and what was left out, in sentences."""

    cells: dict[str, str]
    remarks: list[str]


def prior_cells(text: str, table: PriorTable, spellings: Mapping[int, Iterable[str]]) -> PriorCells:
    """A block of last year's figures: units as rows, months as columns, found by their heads or by their number."""
    lines = _lines(text)
    names = Names([(row.assignment.unit, row.unit_name) for row in table.rows], spellings)
    rows = {row.assignment.unit_id: row for row in table.rows}
    column = _name_column(lines, names)
    of_column = _month_columns(lines, table, column)
    cells: dict[str, str] = {}
    remarks: list[str] = []
    for one in _cells(lines, column, of_column, names, remarks):
        row = rows[one.unit]
        cell = row.cells[one.key].name
        if cell in cells:
            raise ValidationError(f"{row.unit_name} có hai dòng trong bảng. Bỏ dòng thừa rồi dán lại.")
        if one.text:
            cells[cell] = one.text
    return PriorCells(cells, remarks)


def _month_columns(lines: Sequence[Sequence[str]], table: PriorTable, names: int) -> dict[int, int]:
    """Which column holds which period of the table: by "Tháng 7", "T7", "7/2023", else one column for each in order."""
    months = {period.month: number for number, period in enumerate(table.periods)}
    for line in lines:
        heads = {
            place: months[int(found[1])]
            for place, cell in enumerate(line)
            if place > names and (found := _MONTH.fullmatch(search_key(cell))) and int(found[1]) in months
        }
        if heads and len(heads) == sum(bool(cell) for cell in line[names + 1 :]):
            return heads
    width = max(len(line) for line in lines)
    filled = [place for place in range(names + 1, width) if _holds_numbers(lines, place)]
    if len(filled) != len(table.periods):
        raise ValidationError(WHICH_MONTH.format(count=len(filled), wanted=len(table.periods)))
    return {place: number for number, place in enumerate(filled)}


class _Cell(NamedTuple):
    """One cell of a known unit's line; the key is what its column holds."""

    name: str
    unit: int
    key: int
    text: str


def _cells(
    lines: Iterable[Sequence[str]], column: int, of_column: Mapping[int, int], names: Names, remarks: list[str]
) -> Iterator[_Cell]:
    """The cells of the lines whose unit is known; the other lines are told in the remarks."""
    for line in lines:
        name = line[column] if column < len(line) else ""
        unit = names.find(name)
        if unit is None:
            remarks += _left_out(name, line, of_column, names)
            continue
        for place, key in of_column.items():
            yield _Cell(name, unit, key, line[place] if place < len(line) else "")


def _left_out(name: str, line: Sequence[str], of_column: Iterable[int], names: Names) -> list[str]:
    """A line with numbers whose unit is unknown is named; heads and totals are passed over."""
    has_numbers = any(place < len(line) and line[place] for place in of_column)
    if not name or not has_numbers or names.is_head(name):
        return []
    return [f"Bỏ qua dòng “{name[:60]}”: không có đơn vị này trong biểu."]


def _lines(text: str) -> list[list[str]]:
    """The cells of each line; tabs from a sheet, or semicolons from a text."""
    if not text.strip():
        raise ValidationError(EMPTY)
    lines = [line for line in nfc(text).replace("\r\n", "\n").split("\n") if line.strip()]
    if len(text) > MOST_TEXT or len(lines) > MOST_LINES:
        raise ValidationError(TOO_LONG)
    sign = "\t" if any("\t" in line for line in lines) else ";"
    return [[cell.strip().strip('"').strip() for cell in line.split(sign)] for line in lines]


def _name_column(lines: Sequence[Sequence[str]], names: Names) -> int:
    """The column that holds most of the names; before it there may be a running number."""
    width = max(len(line) for line in lines)
    found = [[names.find(cell) is not None for cell in line] for line in lines]
    counts = [sum(place < len(line) and line[place] for line in found) for place in range(width)]
    if not any(counts):
        raise ValidationError(NO_UNITS.format(units=names.called))
    return counts.index(max(counts))


def _indicator_columns(lines: Sequence[Sequence[str]], template: Template, names: int) -> dict[int, int]:
    """Which column holds which indicator: by the head of the block, else the one column there is."""
    indicators = {row.figure.assignment.indicator_id: row.figure.assignment.indicator for row in template.rows}
    titles = {_title(title): pk for pk, one in indicators.items() for title in (one.short_name, one.name, one.code)}
    for line in lines:
        heads = {place: titles[_title(cell)] for place, cell in enumerate(line) if _title(cell) in titles}
        if heads and names not in heads:
            return heads
    width = max(len(line) for line in lines)
    filled = [place for place in range(names + 1, width) if _holds_numbers(lines, place)]
    if not filled:
        raise ValidationError(NO_NUMBERS)
    if len(filled) > 1 or len(indicators) > 1:
        raise ValidationError(WHICH_COLUMN.format(count=len(filled)))
    return {filled[0]: next(iter(indicators))}


def _title(cell: str) -> str:
    """The head of a column without its unit of measure in brackets."""
    return search_key(re.sub(r"\([^)]*\)\s*$", "", cell))


def _holds_numbers(lines: Sequence[Sequence[str]], place: int) -> bool:
    return any(place < len(line) and re.search(r"\d", line[place]) for line in lines)
