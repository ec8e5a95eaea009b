"""A definitions workbook that came back, read cell by cell: each value with its address, each fault in a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from xlsxwriter.utility import xl_col_to_name

from indicators.exports.definition_workbook import GUIDE_SHEET, HEAD_ROW, LISTS_SHEET
from indicators.imports.package import BROKEN, check_package
from indicators.tables.definition_columns import (
    CHOICE,
    DAY,
    FLAG,
    LIST,
    NUMBER,
    REMOVE,
    WHOLE,
    Key,
    SheetColumn,
    SheetSpec,
    Value,
    Values,
    key_of,
)
from indicators.tables.definition_state import References
from indicators.tables.template import text_of
from vietnamese.dates import format_date, read_date
from vietnamese.numbers import format_trimmed, read_number
from vietnamese.text import fold

MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 20_000, 80, 32_000
NOT_OURS = "Tệp không có trang nào của bảng định nghĩa. Tải bảng ở trang này, nhập vào tệp đó rồi nạp lại."
YES_WORDS, NO_WORDS = {"x", "co", "1", "true", "v"}, {"", "khong", "0", "false"}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the sheet and the cell."""

    sheet: str
    address: str
    sentence: str

    @property
    def words(self) -> str:
        """The sentence with its place."""
        place = f"Trang “{self.sheet}”" + (f", ô {self.address}" if self.address else "")
        return f"{place}: {self.sentence}"


@dataclass
class CameRow:
    """One row of the file: what its cells hold, and where each stands."""

    number: int
    values: Values
    addresses: dict[str, str]


@dataclass
class Came:
    """Everything that was read: rows by sheet and key, and what could not be read.

    ``is_torn``: the head of a sheet is not what it was; what other sheets say of its rows cannot be looked up.
    """

    rows: dict[str, dict[Key, CameRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_torn: bool = False


def read_definitions(content: bytes, specs: Sequence[SheetSpec], references: References) -> Came:
    """Read the workbook; raises only where the file as a whole cannot be taken."""
    check_package(content)
    from openpyxl import load_workbook  # a tenth of the program's start, and few processes ever read a workbook

    try:
        workbook = load_workbook(BytesIO(content), keep_links=False)
        sheets = list(workbook.worksheets)
    except Exception as error:  # the library raises almost anything for a file that was written by hand
        raise ValidationError(BROKEN) from error
    by_name = {fold(spec.name): spec for spec in specs}
    came = Came()
    for sheet in sheets:
        name = fold(sheet.title)
        if sheet.sheet_state != "visible":
            came.faults.append(Fault(sheet.title, "", "trang tính bị ẩn. Hiện ra hoặc xóa trang ấy rồi nạp lại."))
        elif name in by_name:
            reader = _SheetReader(sheet, by_name[name], references, came.faults)
            came.rows[by_name[name].key] = reader.read()
            came.is_torn |= reader.is_torn
        elif name not in (fold(GUIDE_SHEET), fold(LISTS_SHEET)):
            came.faults.append(Fault(sheet.title, "", "không có trang này trong bảng định nghĩa. Xóa trang ấy."))
    if not came.rows:
        raise ValidationError(NOT_OURS)
    return came


class UnreadableError(Exception):
    """Why a cell cannot be taken."""


class _SheetReader:
    """Reads one sheet: its head first, then row after row."""

    def __init__(self, sheet: Any, spec: SheetSpec, references: References, faults: list[Fault]) -> None:
        self.sheet, self.spec, self.cells, self.faults = sheet, spec, CellReader(references), faults
        self.is_torn = False

    def fault(self, address: str, sentence: str) -> None:
        """Keep what is wrong in this sheet."""
        self.faults.append(Fault(self.spec.name, address, sentence))

    def read(self) -> dict[Key, CameRow]:
        """The rows by key; a key that comes twice is a fault of the later row."""
        merged = [str(area) for area in self.sheet.merged_cells.ranges if area.max_row > HEAD_ROW]
        for area in merged:
            self.fault(area, "ô bị gộp. Bỏ gộp ô (Unmerge Cells), ghi đủ từng dòng rồi nạp lại.")
        if self.sheet.max_row > MOST_ROWS:
            self.fault("", f"trang có quá {format_trimmed(Decimal(MOST_ROWS))} dòng. Xóa các dòng thừa rồi nạp lại.")
            self.is_torn = True
            return {}
        head, columns = self._head()
        found: dict[Key, CameRow] = {}
        if columns is None:
            return found
        for row in self._rows(head, columns):
            key = key_of(self.spec, row.values)
            address = row.addresses.get(self.spec.keys[0].key, f"A{row.number}")
            if key in found:
                self.fault(address, f"trùng với dòng {found[key].number}. Mỗi {self._what()} chỉ ghi một dòng.")
            elif all(
                row.values.get(one.key, one.default) not in ("", None) for one in self.spec.keys if one.is_required
            ):
                found[key] = row
        return found

    def _what(self) -> str:
        *others, last = (column.title.lower() for column in self.spec.keys)
        return f"{', '.join(others)} và {last}" if others else last

    def _head(self) -> tuple[int, dict[int, SheetColumn | None] | None]:
        """Where the head stands, and which column each place is (None: the mark of removal)."""
        titles = {fold(column.title): column for column in self.spec.columns}
        for number, cells in enumerate(self.sheet.iter_rows(max_row=10, max_col=MOST_COLUMNS), start=1):
            names = {place: fold(_plain(cell).rstrip(" *")) for place, cell in enumerate(cells)}
            if fold(self.spec.columns[0].title) not in names.values():
                continue
            columns: dict[int, SheetColumn | None] = {}
            for place, name in names.items():
                if name == fold(REMOVE):
                    columns[place] = None
                elif name in titles:
                    columns[place] = titles[name]
                elif name:
                    self.fault(
                        f"{xl_col_to_name(place)}{number}",
                        f"không có cột “{_plain(cells[place])}” ở trang này. Xóa cột ấy.",
                    )
            present = [one.key for one in columns.values() if one]
            for column in self.spec.columns:
                if column.is_required and column.key not in present:
                    self.fault("", f"thiếu cột “{column.title}”. Tải bảng mới, chép các dòng vào đúng cột rồi nạp lại.")
                    self.is_torn = True
            return number, columns
        wanted = self.spec.columns[0].title
        self.fault("", f"không thấy dòng tiêu đề có cột “{wanted}”. Ghi lại đúng tên cột như ở bảng đã tải về.")
        self.is_torn = True
        return 0, None

    def _rows(self, head: int, columns: Mapping[int, SheetColumn | None]) -> Iterator[CameRow]:
        for number, cells in enumerate(self.sheet.iter_rows(min_row=head + 1, max_col=MOST_COLUMNS), start=head + 1):
            held = [place for place, column in columns.items() if column and column in self.spec.held]
            if not any(_plain(cells[place]) for place in held if place < len(cells)):
                continue
            marks = [place for place, column in columns.items() if column is None]
            if any(fold(_plain(cells[place])) in YES_WORDS for place in marks if place < len(cells)):
                continue
            row = CameRow(number, {}, {})
            for place in held:
                column = columns[place]
                assert column is not None
                self._read_cell(row, column, cells[place], f"{xl_col_to_name(place)}{number}")
            yield row

    def _read_cell(self, row: CameRow, column: SheetColumn, cell: Any, address: str) -> None:
        row.addresses[column.key] = address
        try:
            row.values[column.key] = self.cells.read(column, cell)
        except UnreadableError as error:
            row.values[column.key] = column.default
            self.fault(address, str(error))


class CellReader:
    """Reads single cells: of a sheet, or typed on a page."""

    def __init__(self, references: References) -> None:
        self.references, self.units = references, _units_by_name(references)

    def read(self, column: SheetColumn, cell: Any) -> Value:
        """One cell in the kind of its column; raises ``UnreadableError``."""
        text = _plain(cell)
        if getattr(cell, "data_type", "") == "f":
            raise UnreadableError("là công thức. Ghi kết quả bằng số hoặc chữ, không để công thức.")
        if len(text) > MOST_TEXT:
            raise UnreadableError("có quá nhiều chữ.")
        value = column.default if not text else self._value(column, cell, text)
        if column.is_required and value in ("", None):
            raise UnreadableError(f"để trống. Cột “{column.title}” phải có.")
        return value

    def _value(self, column: SheetColumn, cell: Any, text: str) -> Value:
        if column.kind in (NUMBER, WHOLE):
            return _number(cell, text, is_whole=column.kind == WHOLE)
        readers: dict[str, Callable[[], Value]] = {
            DAY: lambda: _day(cell, text),
            FLAG: lambda: _flag(text),
            CHOICE: lambda: _choice(column, text),
            LIST: lambda: _months(text),
        }
        if column.kind in readers:
            return readers[column.kind]()
        if column.refers == "units":
            return self._unit(text)
        if len(text) > column.limit:
            raise UnreadableError(f"dài {len(text)} ký tự, nhiều nhất {column.limit}.")
        return text

    def _unit(self, text: str) -> str:
        """A unit by its code, or by a name that only one unit bears."""
        if text in self.references.units:
            return text
        found = self.units.get(fold(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise UnreadableError(f"“{text}” là tên của {len(found)} đơn vị. Ghi mã đơn vị ở trang “{LISTS_SHEET}”.")
        raise UnreadableError(f"không có đơn vị “{text}”. Xem mã và tên đơn vị ở trang “{LISTS_SHEET}”.")


def _units_by_name(references: References) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, names in references.spellings.items():
        for name in {fold(one) for one in names}:
            found.setdefault(name, []).append(key)
    return found


def _plain(cell: Any) -> str:
    """The text of a cell, whatever its kind."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return format_date(value)
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | float):
        return format_trimmed(Decimal(f"{value:.15g}")) if math.isfinite(value) else "#NUM!"
    return text_of(str(value))


def _number(cell: Any, text: str, *, is_whole: bool) -> Decimal | int:
    value = getattr(cell, "value", None)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        if "%" in str(cell.number_format):
            raise UnreadableError(f"đang ở dạng phần trăm, giá trị trong tệp là {text}. Đổi ô về dạng số thường.")
        exact = Decimal(f"{value:.15g}")
    else:
        reading = read_number(text, decimals=0 if is_whole else 4)
        if reading.value is None or reading.is_ambiguous:
            raise UnreadableError(reading.error or f"“{text}” có thể hiểu hai cách ({reading.echo}) Ghi lại cho rõ.")
        exact = reading.value
    if abs(exact) >= Decimal(10) ** 11:
        raise UnreadableError(f"số {text} quá lớn. Đổi sang đơn vị tính lớn hơn.")
    if exact != exact.quantize(Decimal("0.0001")):
        raise UnreadableError(f"số {text} có quá 4 chữ số thập phân.")
    if not is_whole:
        return exact
    if exact != int(exact) or not 0 <= exact <= 32_000:
        raise UnreadableError(f"“{text}” phải là số nguyên từ 0.")
    return int(exact)


def _day(cell: Any, text: str) -> date:
    value = getattr(cell, "value", None)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    reading = read_date(text)
    if reading.value is None:
        raise UnreadableError(reading.error or "ghi ngày/tháng/năm, ví dụ 05/06/2024.")
    return reading.value


def _flag(text: str) -> bool:
    word = fold(text)
    if word in YES_WORDS:
        return True
    if word in NO_WORDS:
        return False
    raise UnreadableError(f"“{text}” không rõ có hay không. Ghi “x” là có, để trống là không.")


def _choice(column: SheetColumn, text: str) -> str:
    for value, label in column.choices:
        if text == value or fold(text) == fold(label):
            return value
    raise UnreadableError(f"không nhận “{text}”. Chọn: {', '.join(label for _, label in column.choices)}.")


def _months(text: str) -> tuple[int | str, ...]:
    """Months by number, and last days of supplementary periods."""
    found: list[int | str] = []
    for part in (one.strip() for one in text.replace(",", ";").split(";")):
        if part.isdigit() and 1 <= int(part) <= 12:
            found.append(int(part))
        elif part:
            reading = read_date(part)
            if reading.value is None:
                raise UnreadableError(f"“{part}” không phải tháng (1 đến 12) hay ngày cuối của kỳ bổ sung.")
            found.append(reading.value.isoformat())
    return tuple(found)
