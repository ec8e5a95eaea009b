"""Writing the rows of a sheet cell by cell: text that stays text, numbers as shown, formulas with their values."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import CellBlankTuple, CellDatetimeTuple, CellFormulaTuple, CellNumberTuple

from paper.columns import DATE_FORMAT, MOMENT_FORMAT, CellValue, Column, shown_decimals, shown_number
from paper.formulas import Cells
from paper.looks import Looks
from paper.quick_sheet import QuickSheet, day_number

# Text that a spreadsheet would take for a formula, should someone edit the cell or save the sheet as CSV.
_FORMULA_STARTS = frozenset("=+-@\t\r")
_NUMBERS = (Decimal, float, int)
COMMENT = {"font_name": "Times New Roman", "font_size": 10, "x_scale": 2.2, "y_scale": 1.2}


class RowWriter:
    """Writes one row after another; `names` gathers the cells that got a name."""

    def __init__(self, worksheet: QuickSheet, columns: Sequence[Column[Any]], looks: Looks) -> None:
        self.worksheet, self.columns, self.looks = worksheet, columns, looks
        self.places = {column.key: place for place, column in enumerate(columns) if column.key}
        self.names: dict[str, tuple[int, int]] = {}

    def write(self, number: int, row: Any, values: Sequence[CellValue], look: str, children: Sequence[int]) -> None:
        """One row with the values of its columns; the rows below it in the outline are its `children`."""
        cells = []
        for place, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            form = column.number_format
            number_format = form if isinstance(form, str) else form(row)
            if column.is_plain:
                cells.append(self._plain(value, number_format, column.align, look))
            else:
                cells.append(self._rich((number, place), column, row, value, number_format, look, children))
        self.worksheet.put_row(number, cells)

    def _rich(
        self,
        at: tuple[int, int],
        column: Column[Any],
        row: Any,
        value: CellValue,
        number_format: str,
        look: str,
        children: Sequence[int],
    ) -> Any:
        """A cell whose alignment, formula, comment or name depends on the row."""
        align = column.align if column.indent is None else f"indent {column.indent(row)}"
        if column.comment is not None and (comment := column.comment(row)):
            self.worksheet.write_comment(*at, comment, COMMENT)
        if column.name is not None and (name := column.name(row)):
            self.names[name] = at
        if column.formula is not None:
            cells = Cells(self.places, at[0], children, shown_decimals(number_format) or 0)
            if formula := column.formula(cells, row):
                shown = shown_number(value, number_format) if isinstance(value, _NUMBERS) else str(value or "")
                return CellFormulaTuple(formula.removeprefix("="), self.looks.get(look, number_format, align), shown)
        return self._plain(value, number_format, align, look)

    def _plain(self, value: CellValue, number_format: str, align: str, look: str) -> Any:
        """A value as it is: nothing, text that stays text, a number as it shows, a day or a moment."""
        looks = self.looks
        if value is None or value == "":
            return CellBlankTuple(looks.get(look, number_format, align))
        if isinstance(value, str):
            quoted = value[0] in _FORMULA_STARTS
            beside_numbers = "center" if number_format and not align else align
            return self.worksheet.text_cell(value, looks.get(look, "", beside_numbers, quoted))
        if isinstance(value, _NUMBERS):
            return CellNumberTuple(shown_number(value, number_format), looks.get(look, number_format, align))
        usual = MOMENT_FORMAT if isinstance(value, datetime) else DATE_FORMAT
        return CellDatetimeTuple(day_number(value), looks.get(look, number_format or usual, align or "center"))
