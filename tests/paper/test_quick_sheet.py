"""Our inner loop writes what the library itself would write, byte for byte, and no typed text becomes markup."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    Worksheet,
)

from paper.quick_sheet import QuickSheet, day_number
from paper.styles import StyledWorkbook

TEXTS = ["Trồng chè mới", " a & b < c > d ", 'nói "được"', "dòng\nhai", "_x0041_ và \x01", "=1+1", "x" * 40_000]
NUMBERS = [0, -48.0, 1234.5, 0.1 + 0.2, 910000000000.25]
DAYS = [date(2024, 11, 14), datetime(2024, 11, 15, 7, 30)]
FORMULAS = [('=IF(A1<2,"a & b",B1)', "a < b"), ("=SUM(A1:A3)", 85.5), ('=IF(A1=0,"",1)', "")]


def by_the_library(sheet: Worksheet, look: Format) -> None:
    """Cell by cell through its public door."""
    for row, text in enumerate(TEXTS):
        sheet.write_string(row, 0, text, look)
        sheet.write_blank(row, 1, None, look)
    for row, number in enumerate(NUMBERS, start=len(TEXTS)):
        sheet.write_number(row, 0, number, look)
    for row, day in enumerate(DAYS, start=len(TEXTS) + len(NUMBERS)):
        sheet.write_datetime(row, 0, day, look)
    for row, (formula, value) in enumerate(FORMULAS, start=len(TEXTS) + len(NUMBERS) + len(DAYS)):
        sheet.write_formula(row, 0, formula, look, value)


def by_rows(sheet: QuickSheet, look: Format) -> None:
    """The same cells as rows."""
    rows: list[list[Any]] = [[sheet.text_cell(text, look), CellBlankTuple(look)] for text in TEXTS]
    rows += [[CellNumberTuple(number, look)] for number in NUMBERS]
    rows += [[CellDatetimeTuple(day_number(day), look)] for day in DAYS]
    rows += [[CellFormulaTuple(formula.removeprefix("="), look, value)] for formula, value in FORMULAS]
    for number, cells in enumerate(rows):
        sheet.put_row(number, cells)


def parts(target: Path, book: Workbook, write: Callable[[Any, Format], None]) -> tuple[bytes, bytes]:
    """The XML of the sheet and of the shared texts."""
    write(book.add_worksheet(), book.add_format({"num_format": "0.0"}))
    book.close()
    with ZipFile(target) as archive:
        names = archive.namelist()
        texts = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else b""
        return archive.read("xl/worksheets/sheet1.xml"), texts


@pytest.mark.parametrize("streams", [False, True])
def test_rows_give_the_very_xml_of_the_library(tmp_path: Path, streams: bool) -> None:
    theirs, ours = tmp_path / "theirs.xlsx", tmp_path / "ours.xlsx"
    options = {"constant_memory": streams, "strings_to_urls": False}
    expected = parts(theirs, Workbook(str(theirs), options), by_the_library)
    assert parts(ours, StyledWorkbook(str(ours), options), by_rows) == expected


@pytest.mark.parametrize("streams", [False, True])
def test_a_text_that_looks_like_the_librarys_own_markup_stays_text(tmp_path: Path, streams: bool) -> None:
    typed = "<r><t>sửa & </r>"
    target = tmp_path / "typed.xlsx"
    book = StyledWorkbook(str(target), {"constant_memory": streams})
    sheet = book.add_worksheet()
    sheet.put_row(0, [sheet.text_cell(typed, book.add_format({"bold": True}))])
    book.close()
    assert openpyxl.load_workbook(BytesIO(target.read_bytes())).active["A1"].value == typed
