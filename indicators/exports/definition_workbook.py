"""The definitions workbook: a sheet of guidance, one sheet for each kind of row, and the lists that its cells offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from indicators.tables.definition_columns import (
    CHOICE,
    DAY,
    FLAG,
    INFO,
    NUMBER,
    REF,
    REMOVE,
    WHOLE,
    YES,
    SheetColumn,
    SheetSpec,
    State,
    Values,
    value_text,
)
from indicators.tables.definition_state import References
from paper.styles import StyledWorkbook

GUIDE_SHEET, LISTS_SHEET = "Hướng dẫn", "Danh mục"
#: Rows counted from 0: title, what the sheet is for, the head of the table.
TITLE_ROW, ABOUT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 3, 4
#: Coloured lines below what is there (all lines further down are open as well), and how far the lists reach.
OPEN_ROWS, LAST_LISTED = 30, 4000
#: How many letters stand in one unit of a width, how high a line is, and how many lines a row may take.
LETTERS_A_WIDTH, LINE_POINTS, MOST_LINES = 1.05, 15.0, 8
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
BORDER = {"border": 1, "border_color": "#9aa1ab", "text_wrap": True}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "about": {"italic": True, "font_color": "#565c66"},
    "text": {"text_wrap": True},
    "step": {"bold": True},
    "head": {"bold": True, "align": "center", "bg_color": "#e8edf4", "valign": "vcenter", **BORDER},
    "head_key": {"bold": True, "align": "center", "bg_color": "#cfdcec", "valign": "vcenter", **BORDER},
    "below": {"locked": False, "text_wrap": True},
    "code": {"bg_color": "#f3f5f8", "font_color": "#565c66", **BORDER},
    "open": {"locked": False, "bg_color": "#fffbe0", **BORDER},
}
GUIDE = (
    ("Làm gì với tệp này", ""),
    ("1.", "Mỗi trang là một phần định nghĩa của phong trào; đã có gì thì tệp ghi sẵn, chưa có thì để trống."),
    ("2.", "Chỉ nhập vào ô nền vàng. Ô nền xám là mã đã có, không sửa: muốn đổi mã thì bỏ dòng cũ, thêm dòng mới."),
    ("3.", "Thêm dòng: ghi vào các dòng trống ở cuối trang. Mã đặt bằng chữ thường không dấu, ví dụ trong-che-moi."),
    ("4.", "Bỏ một dòng: chọn “x” ở cột cuối “Bỏ dòng”. Dòng không còn trong tệp cũng được coi là bỏ."),
    ("5.", "Trang nào bị xóa khỏi tệp thì phần ấy giữ nguyên như trên chương trình."),
    ("6.", "Ô có danh sách thì chọn trong danh sách. Đơn vị ghi bằng mã ở trang “Danh mục”; ghi đúng tên cũng nhận."),
    ("7.", "Số viết 1.234,5; ngày viết 05/06/2024; ô có/không ghi “x” hoặc để trống. Không nhập công thức."),
    ("8.", "Lưu dạng .xlsx rồi nạp lại ở trang đã tải. Chương trình cho xem từng thay đổi trước; có ô sai thì không "
     "ghi gì, tệp được trả lại với ô sai tô đỏ và lý do."),
    ("Nguồn của số", "Theo văn bản: ghi mã đoạn và trích nguyên văn. Theo nguồn công khai: ghi nguồn. Không bịa số."),
)  # fmt: skip


@dataclass(frozen=True)
class Definitions:
    """What the workbook is made of."""

    title: str
    about: str
    specs: Sequence[SheetSpec]
    state: State
    references: References


def definition_workbook(definitions: Definitions) -> bytes:
    """The whole workbook, filled from what is there."""
    target = BytesIO()
    workbook = StyledWorkbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": f"{definitions.title}. {definitions.about}"})
    looks = {name: workbook.add_format({**FONT, **look}) for name, look in LOOKS.items()}
    looks["open_day"] = workbook.add_format({**FONT, **LOOKS["open"], "num_format": "dd/mm/yyyy"})
    looks["open_number"] = workbook.add_format({**FONT, **LOOKS["open"], "num_format": "#,##0.####", "align": "right"})
    _write_guide(workbook.add_worksheet(GUIDE_SHEET), definitions, looks)
    for spec in definitions.specs:
        _SheetWriter(workbook.add_worksheet(spec.name), spec, definitions, looks).write()
    _write_lists(workbook.add_worksheet(LISTS_SHEET), definitions.references, looks)
    workbook.close()
    return target.getvalue()


def _write_guide(sheet: Worksheet, definitions: Definitions, looks: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, definitions.title, looks["title"])
    sheet.write_string(1, 0, definitions.about, looks["about"])
    for row, (mark, text) in enumerate(GUIDE, start=3):
        sheet.write_string(row, 0, mark, looks["step"])
        sheet.write_string(row, 1, text, looks["text"])
    row = 4 + len(GUIDE)
    sheet.write_string(row, 0, "Các trang", looks["step"])
    for place, spec in enumerate(definitions.specs, start=row + 1):
        sheet.write_url(place, 0, f"internal:{quote_sheetname(spec.name)}!A1", looks["text"], spec.name)
        sheet.write_string(place, 1, spec.about, looks["text"])
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_lists(sheet: Worksheet, references: References, looks: dict[str, Format]) -> None:
    """Units and passages that cells may name."""
    heads = [("Mã đơn vị", 24), ("Tên đơn vị", 36), ("Loại", 28), ("", 3), ("Mã đoạn", 16), ("Chỗ trong văn bản", 24)]
    for place, (title, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        if title:
            sheet.write_string(HEAD_ROW, place, title, looks["head"])
    sheet.write_string(TITLE_ROW, 0, "Danh mục để chọn, không nhập ở trang này", looks["title"])
    for row, (key, name) in enumerate(references.units.items(), start=FIRST_ROW):
        for place, text in enumerate((key, name, references.kinds[key])):
            sheet.write_string(row, place, text, looks["code"])
    for row, (key, place_words) in enumerate(references.places.items(), start=FIRST_ROW):
        sheet.write_string(row, 4, key, looks["code"])
        sheet.write_string(row, 5, place_words, looks["code"])
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


class _SheetWriter:
    """Writes one sheet."""

    def __init__(self, sheet: Worksheet, spec: SheetSpec, definitions: Definitions, looks: dict[str, Format]) -> None:
        self.sheet, self.spec, self.looks = sheet, spec, looks
        self.references, self.state, self.specs = definitions.references, definitions.state, definitions.specs
        self.rows = list(definitions.state.get(spec.key, {}).values())

    def write(self) -> None:
        """Head, rows, open lines, lists and the lock."""
        sheet, spec, looks = self.sheet, self.spec, self.looks
        sheet.write_string(TITLE_ROW, 0, spec.name, looks["title"])
        sheet.write_string(ABOUT_ROW, 0, spec.about, looks["about"])
        sheet.set_row(HEAD_ROW, 46)
        last = len(spec.columns)
        for place, column in enumerate(spec.columns):
            sheet.set_column(place, place, column.width, looks["below"])
            title = f"{column.title} *" if column.is_required else column.title
            sheet.write_string(HEAD_ROW, place, title, looks["head_key" if column.is_key else "head"])
        sheet.set_column(last, last, 9, looks["below"])
        sheet.write_string(HEAD_ROW, last, REMOVE, looks["head"])
        end = FIRST_ROW + len(self.rows) + OPEN_ROWS
        for number in range(FIRST_ROW, end):
            index = number - FIRST_ROW
            self._write_row(number, self.rows[index] if index < len(self.rows) else None)
        self._validate(LAST_LISTED - 1)
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "select_locked_cells": True, "autofilter": True}
        )
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.autofilter(HEAD_ROW, 0, end - 1, last)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, max(FIRST_ROW, end - 1 - OPEN_ROWS), last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{end}"})

    def _write_row(self, number: int, values: Values | None) -> None:
        if values is not None:
            self.sheet.set_row(number, self._height(values))
        for place, column in enumerate(self.spec.columns):
            if column.kind == INFO:
                self.sheet.write_string(number, place, self._name(column, values), self.looks["code"])
                continue
            look = "code" if values is not None and column.is_key else "open"
            self._write_cell(number, place, column, None if values is None else values.get(column.key), look)
        self.sheet.write_blank(number, len(self.spec.columns), None, self.looks["open"])

    def _height(self, values: Values) -> float:
        """Points for the longest text of the row: not every program reckons them when it opens the file."""
        texts = [
            (column, self._name(column, values) if column.kind == INFO else value_text(column, values.get(column.key)))
            for column in self.spec.columns
        ]
        lines = max(-(-len(text) // int(column.width * LETTERS_A_WIDTH)) for column, text in texts)
        return LINE_POINTS * min(max(lines, 1), MOST_LINES)

    def _write_cell(self, number: int, place: int, column: SheetColumn, value: Any, look: str) -> None:
        if isinstance(value, bool) or value is None or value == "" or value == ():
            text = value_text(column, value)
            kind = {DAY: "open_day", NUMBER: "open_number", WHOLE: "open_number"}.get(column.kind, look)
            chosen = self.looks[kind if look == "open" else look]
            if text:
                self.sheet.write_string(number, place, text, chosen)
            else:
                self.sheet.write_blank(number, place, None, chosen)
        elif isinstance(value, Decimal | int):
            self.sheet.write_number(number, place, float(value), self.looks["open_number" if look == "open" else look])
        elif isinstance(value, date):
            self.sheet.write_datetime(number, place, value, self.looks["open_day"])
        else:
            self.sheet.write_string(number, place, value_text(column, value), self.looks[look])

    def _name(self, column: SheetColumn, values: Values | None) -> str:
        """The name beside a code."""
        if values is None:
            return ""
        if column.key == "unit_name":
            return self.references.units.get(str(values["unit"]), "")
        row = self.state["indicators"].get((str(values["indicator"]),), {})
        return str(row.get("short_name") or "")

    def _validate(self, last_row: int) -> None:
        """What the cells of each column offer."""
        removed = len(self.spec.columns)
        self._offer(removed, last_row, [YES])
        for place, column in enumerate(self.spec.columns):
            if column.kind == CHOICE:
                self._offer(place, last_row, [label for _, label in column.choices])
            elif column.kind == FLAG:
                self._offer(place, last_row, [YES])
            elif column.kind == REF and (source := self._source(column.refers)):
                self._offer(place, last_row, source, is_strict=column.refers != "units")

    def _offer(self, place: int, last_row: int, source: Any, *, is_strict: bool = True) -> None:
        rule = {
            "validate": "list",
            "source": source,
            "ignore_blank": True,
            "error_title": "Chưa đúng",
            "error_message": "Chọn trong danh sách.",
            "show_error": is_strict,
        }
        self.sheet.data_validation(FIRST_ROW, place, last_row, place, rule)

    def _source(self, refers: str) -> str:
        """Where the list of a reference stands; codes added to this very file are offered as well."""
        if refers in ("units", "passages"):
            count = len(self.references.units if refers == "units" else self.references.places)
            column = "A" if refers == "units" else "E"
            return f"={quote_sheetname(LISTS_SHEET)}!${column}${FIRST_ROW + 1}:${column}${FIRST_ROW + max(count, 1)}"
        spec = next((one for one in self.specs if one.key == refers), None)
        if spec is None:
            return ""
        return f"={quote_sheetname(spec.name)}!$A${FIRST_ROW + 1}:$A${LAST_LISTED}"
