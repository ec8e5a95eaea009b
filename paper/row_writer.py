"""Writing the rows of a sheet cell by cell: text that stays text, numbers as shown, formulas with their values."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from paper.columns import DATE_FORMAT, MOMENT_FORMAT, CellValue, Column, shown_decimals, shown_number
from paper.formulas import Cells
from paper.looks import Looks

# Text that a spreadsheet would take for a formula, should someone edit the cell or save the sheet as CSV.
_FORMULA_STARTS = frozenset("=+-@\t\r")
_NUMBERS = (Decimal, float, int)
COMMENT = {"font_name": "Times New Roman", "font_size": 10, "x_scale": 2.2, "y_scale": 1.2}


class RowWriter:
    """Writes one row after another; `names` gathers the cells that got a name."""

    def __init__(self, worksheet: Worksheet, columns: Sequence[Column[Any]], looks: Looks) -> None:
        self.worksheet, self.columns, self.looks = worksheet, columns, looks
        self.places = {column.key: place for place, column in enumerate(columns) if column.key}
        self.names: dict[str, tuple[int, int]] = {}

    def write(self, number: int, row: Any, values: Sequence[CellValue], look: str, children: Sequence[int]) -> None:
        """One row with the values of its columns; the rows below it in the outline are its `children`."""
        for place, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            if column.is_plain:
                form = column.number_format
                self._plain(number, place, value, form if isinstance(form, str) else form(row), column.align, look)
            else:
                self._rich(number, place, column, row, value, look, children)

    def _rich(
        self,
        number: int,
        place: int,
        column: Column[Any],
        row: Any,
        value: CellValue,
        look: str,
        children: Sequence[int],
    ) -> None:
        """A cell whose format, formula, comment or name depends on the row."""
        form = column.number_format
        number_format = form if isinstance(form, str) else form(row)
        align = column.align if column.indent is None else f"indent {column.indent(row)}"
        formula = None
        if column.formula is not None:
            cells = Cells(self.places, number, children, shown_decimals(number_format) or 0)
            formula = column.formula(cells, row)
        if formula:
            shown = shown_number(value, number_format) if isinstance(value, _NUMBERS) else str(value or "")
            self.worksheet.write_formula(number, place, formula, self.looks.get(look, number_format, align), shown)
        else:
            self._plain(number, place, value, number_format, align, look)
        if column.comment is not None and (comment := column.comment(row)):
            self.worksheet.write_comment(number, place, comment, COMMENT)
        if column.name is not None and (name := column.name(row)):
            self.names[name] = (number, place)

    def _plain(self, row: int, place: int, value: CellValue, number_format: str, align: str, look: str) -> None:
        """A value as it is: nothing, text that stays text, a number as it shows, a day or a moment."""
        sheet, looks = self.worksheet, self.looks
        if isinstance(value, _NUMBERS):
            sheet.write_number(row, place, shown_number(value, number_format), looks.get(look, number_format, align))
        elif not value:
            sheet.write_blank(row, place, None, looks.get(look, number_format, align))
        elif isinstance(value, str):
            quoted = value[0] in _FORMULA_STARTS
            beside_numbers = "center" if number_format and not align else align
            sheet.write_string(row, place, value, looks.get(look, "", beside_numbers, quoted))
        else:
            usual = MOMENT_FORMAT if isinstance(value, datetime) else DATE_FORMAT
            sheet.write_datetime(row, place, value, looks.get(look, number_format or usual, align or "center"))
