"""The library's sheet with an inner loop of our own: the same XML, byte for byte, with a third of the work.

XlsxWriter builds the tag of a cell attribute by attribute and searches every formula for thirty functions that ours
do not use; a month has ninety thousand cells, all figures of a district half a million. What is rare is left to it.
`tests/paper/test_quick_sheet.py` compares each kind of cell with what the library writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import (
    _datetime_to_excel_datetime,
    _preserve_whitespace,
    _utf16_truncate,
    xl_col_to_name,
    xl_rowcol_to_cell_fast,
)
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)
from xlsxwriter.xmlwriter import XMLwriter, xml_escapes

#: Excel takes no longer text, counted in units of UTF-16.
MOST_UNITS = 32767
#: Names of units, indicators and periods come again and again.
KEPT_TEXTS = 2048


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes whole rows of finished cells."""

    fh: Any
    previous_row: int

    def put_row(self, number: int, cells: Sequence[Any]) -> None:
        """The cells of one row, from the first column on; a sheet that streams writes them at once."""
        self._check_dimensions(number, 0)
        self._check_dimensions(number, len(cells) - 1)
        if not self.constant_memory:
            self.table[number] = dict(enumerate(cells))
            return
        if number > self.previous_row:
            self._write_single_row(number)
        self._write_row(number, None, self.row_info.get(number))
        tag, line = self._tag, number + 1
        self.fh.write("".join([tag(cell, f"{_letters(place)}{line}") for place, cell in enumerate(cells)]) + "</row>")
        self.previous_row = number + 1
        # How high a written row is need not be known any more, and there may be hundreds of thousands.
        self.row_info.pop(number, None)
        self.row_sizes.pop(number, None)

    def text_cell(self, text: str, look: Format) -> Any:
        """A cell of text: a number of the shared texts, or in a sheet that streams the text itself."""
        if len(text) > MOST_UNITS // 2:
            text = _utf16_truncate(text, MOST_UNITS)
        return CellStringTuple(text if self.constant_memory else self.str_table._get_shared_string_index(text), look)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__ in _QUICK and cell.format:
            self.fh.write(self._tag(cell, xl_rowcol_to_cell_fast(row, col)))
        else:
            super()._write_cell(row, col, cell)

    def _tag(self, cell: Any, address: str) -> str:
        """The tag of one cell at its address."""
        kind = cell.__class__
        begin = f'<c r="{address}" s="{cell.format._get_xf_index()}"'
        if kind is CellBlankTuple:
            return f"{begin}/>"
        if kind is CellStringTuple:
            if self.constant_memory:
                return f'{begin} t="inlineStr"><is>{text_tag(cell.string)}</is></c>'
            return f'{begin} t="s"><v>{cell.string}</v></c>'
        if kind is CellFormulaTuple:
            return f"{begin}{_formula(cell.formula, cell.value)}</c>"
        return f"{begin}><v>{cell.number:.16G}</v></c>"


_letters = cache(xl_col_to_name)
_QUICK = frozenset({CellBlankTuple, CellDatetimeTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple})


@lru_cache(KEPT_TEXTS)
def text_tag(text: str) -> str:
    """The tag of a text: nothing that a person typed is taken for markup, as the library takes a text in <r>…</r>."""
    space = ' xml:space="preserve"' if _preserve_whitespace(text) else ""
    return f"<t{space}>{_escaped(XMLwriter._escape_control_characters(text))}</t>"


def day_number(day: date) -> float:
    """The number that stands for a day or a moment by the office's clock."""
    return _kept_day(day) if day.__class__ is date else _day(day)  # equal moments may be told by different clocks


def _day(day: date) -> float:
    number: float = _datetime_to_excel_datetime(day, date_1904=False, remove_timezone=True)
    return number


_kept_day = lru_cache(KEPT_TEXTS)(_day)


def _formula(formula: str, value: Any) -> str:
    kind = ' t="str"' if isinstance(value, str) and value else ""
    return f"{kind}><f>{_escaped(formula)}</f><v>{_escaped(value) if kind else value}</v>"


def _escaped(text: str) -> str:
    if not xml_escapes.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
