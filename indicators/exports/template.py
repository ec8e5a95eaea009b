"""A workbook to fill in: locked but for its cells, each cell with what may stand in it, ready to print on A4.

No password: the lock keeps a hand from slipping; what was changed all the same is found when the file comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.exports.layout import (
    ABOUT_ROW,
    FIRST_ROW,
    GUIDE_ROW,
    HEAD_ROW,
    ID,
    LABEL,
    SHEET_NAME,
    TITLE_ROW,
    VERSION,
    shown_texts,
    shown_titles,
    signature_of,
    signed,
)
from indicators.tables.template import (
    CHOICE,
    DATE,
    NUMBER,
    TICK,
    TICKED,
    InputCell,
    InputColumn,
    Template,
    TemplateRow,
    Value,
    text_of,
)
from paper.lines import lines_of, row_points
from paper.styles import StyledWorkbook

LARGEST = 99_999_999_999.9999
GUIDE = (
    "Chỉ nhập vào ô nền vàng; ô để trống là chưa báo cáo, số 0 là số thật. Không nhập công thức.",
    "Không thêm, xóa hay chuyển dòng, cột. Nhập xong, lưu dạng .xlsx rồi nạp lại ở trang đã tải tệp này.",
)
CLOSED_GUIDE = "Hiện chưa nhập được: "
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_BORDER = {"border": 1, "border_color": "#9aa1ab", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 14, "bold": True},
    "about": {"font_size": 12, "italic": True},
    "guide": {"italic": True, "font_color": "#565c66"},
    "head": {"bold": True, "align": "center", "bg_color": "#e8edf4", **_BORDER},
    "group": {"bold": True, "bg_color": "#f3f5f8", **_BORDER},
    "label": _BORDER,
    "shown": {"align": "right", "font_color": "#565c66", **_BORDER},
    "none": {"bg_color": "#eef0f3", **_BORDER},
    "shut": {"font_color": "#565c66", "bg_color": "#f3f5f8", **_BORDER},
    "open": {"locked": False, "bg_color": "#fffbe0", **_BORDER},
    "wrong": {"locked": False, "bg_color": "#ffc9c2", **_BORDER},
    "asked": {"locked": False, "bg_color": "#ffe0a3", **_BORDER},
}


@dataclass(frozen=True)
class Remark:
    """Why a cell is coloured; ``is_question`` where it only wants a look."""

    text: str
    is_question: bool = False


#: A row is not made higher than so many lines.
MOST_LINES = 8


@dataclass(frozen=True)
class Refill:
    """What to write back into one row of a workbook that came with faults."""

    texts: Mapping[str, str] = field(default_factory=dict)
    exact: Mapping[str, Decimal] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)


NO_REFILL = Refill()


def template_workbook(template: Template, *, made_at: str, refills: Mapping[int, Refill] | None = None) -> bytes:
    """The workbook; ``refills`` by figure bring back what was typed, coloured and explained where it was refused."""
    target = BytesIO()
    workbook = StyledWorkbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": f"{template.title}. {template.about}"})
    writer = _Writer(workbook, template)
    writer.write_head(signed(signature_of(template, made_at)))
    for number, (label, row) in enumerate(template.lines(), start=FIRST_ROW):
        writer.write_line(number, label, row, (refills or {}).get(row.figure.pk, NO_REFILL) if row else NO_REFILL)
    writer.finish(FIRST_ROW + sum(1 for _ in template.lines()) - 1)
    workbook.close()
    return target.getvalue()


class _Writer:
    """Writes the one sheet of the workbook."""

    def __init__(self, workbook: StyledWorkbook, template: Template) -> None:
        self.workbook, self.template = workbook, template
        self.sheet: Worksheet = workbook.add_worksheet(SHEET_NAME)
        self.titles = shown_titles(template)
        self.first_input = LABEL + len(self.titles)
        self.last = self.first_input + len(template.columns) - 1
        self.formats: dict[tuple[str, str, bool], Format] = {}

    def look(self, name: str, number_format: str = "", *, quoted: bool = False) -> Format:
        """A format, made once."""
        key = (name, number_format, quoted)
        if key not in self.formats:
            properties = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", **_LOOKS[name]}
            if number_format:
                properties["num_format"] = number_format
            if quoted:
                properties["quote_prefix"] = True
            self.formats[key] = self.workbook.add_format(properties)
        return self.formats[key]

    def write_head(self, signature: str) -> None:
        """Title, guidance, and the head of the table; the signature stands in the hidden column."""
        sheet, template = self.sheet, self.template
        sheet.set_column(ID, VERSION, 8, None, {"hidden": True})
        widths = [width for _, width in self.titles] + [column.width for column in template.columns]
        for place, width in enumerate(widths, start=LABEL):
            sheet.set_column(place, place, width)
        sheet.write_string(TITLE_ROW, ID, signature)
        sheet.write_string(TITLE_ROW, LABEL, template.title, self.look("title"))
        sheet.write_string(ABOUT_ROW, LABEL, f"{template.about} ({template.window})", self.look("about"))
        guide = (CLOSED_GUIDE + template.refusal, "") if template.refusal and not template.on_behalf else GUIDE
        for line, text in enumerate(guide):
            sheet.write_string(GUIDE_ROW + line, LABEL, text, self.look("guide"))
        heads = [title for title, _ in self.titles] + [column.title for column in template.columns]
        sheet.set_row(HEAD_ROW, 46)
        for place, title in enumerate(heads, start=LABEL):
            sheet.write_string(HEAD_ROW, place, title, self.look("head"))

    def write_line(self, number: int, label: str, row: TemplateRow | None, refill: Refill) -> None:
        """A heading over the whole width, or a row with its cells."""
        sheet = self.sheet
        if row is None:
            sheet.write_string(number, LABEL, label, self.look("group"))
            for place in range(LABEL + 1, self.last + 1):
                sheet.write_blank(number, place, None, self.look("group"))
            return
        sheet.write_number(number, ID, row.figure.pk)
        sheet.write_number(number, VERSION, row.figure.version)
        shown = shown_texts(self.template, row)
        sheet.set_row(number, row_points(self._lines_needed(shown, row, refill)))
        for place, text in enumerate(shown, start=LABEL):
            look = "shown" if place > LABEL and len(text) <= 20 else "label"
            sheet.write_string(number, place, text, self.look(look, quoted=text.startswith(_FORMULA_STARTS)))
        if row.refusal:
            _comment(sheet, number, LABEL, row.refusal)
        for place, column in enumerate(self.template.columns, start=self.first_input):
            cell = row.cells.get(column.key)
            if cell is None:
                sheet.write_blank(number, place, None, self.look("none"))
            else:
                self._write_cell(number, place, column, cell, refill, is_open=not row.refusal)

    def _lines_needed(self, shown: Sequence[str], row: TemplateRow, refill: Refill) -> int:
        """Of the longest text that is wrapped; one longer than a screen is read in its cell."""
        texts = [(text, width) for text, (_, width) in zip(shown, self.titles, strict=True)]
        for column in self.template.columns:
            cell = row.cells.get(column.key)
            value = refill.texts.get(column.key, cell.value if cell else None)
            if isinstance(value, str):
                texts.append((value, column.width))
        return min(max(lines_of(text, width) for text, width in texts), MOST_LINES)

    def _write_cell(
        self, number: int, place: int, column: InputColumn, cell: InputCell, refill: Refill, *, is_open: bool
    ) -> None:
        """One cell to fill in: its value or what was typed, its colour, what it accepts."""
        remark = refill.remarks.get(column.key)
        look = ("asked" if remark.is_question else "wrong") if remark else ("open" if is_open else "shut")
        value: Value = cell.value
        if column.key in refill.texts:
            value = refill.exact.get(column.key, refill.texts[column.key])
        number_format = {NUMBER: _number_format(cell.decimals), DATE: "dd/mm/yyyy"}.get(column.kind, "")
        self._write_value(number, place, value, look, number_format)
        if remark:
            _comment(self.sheet, number, place, remark.text)
        self.sheet.data_validation(number, place, number, place, _validation(column, cell))

    def _write_value(self, number: int, place: int, value: Value, look: str, number_format: str) -> None:
        if value is None or value == "":
            self.sheet.write_blank(number, place, None, self.look(look, number_format))
        elif isinstance(value, Decimal):
            self.sheet.write_number(number, place, float(value), self.look(look, number_format))
        elif isinstance(value, date):
            self.sheet.write_datetime(number, place, value, self.look(look, number_format))
        else:
            text = text_of(value)  # a file keeps no carriage return, so none is written
            quoted = text.startswith(_FORMULA_STARTS)
            self.sheet.write_string(number, place, text, self.look(look, number_format, quoted=quoted))

    def finish(self, last_row: int) -> None:
        """The lock, the view and the paper."""
        sheet = self.sheet
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.freeze_panes(FIRST_ROW, LABEL + 1)
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": f"C1:AZ{last_row + 1}"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.59, right=0.59, top=0.79, bottom=0.79)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(TITLE_ROW, LABEL, max(last_row, HEAD_ROW), self.last)
        sheet.set_footer('&L&"Times New Roman,Italic"&10&A&R&"Times New Roman,Regular"&10Trang &P/&N')


def _number_format(decimals: int) -> str:
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def _comment(sheet: Worksheet, row: int, place: int, text: str) -> None:
    sheet.write_comment(row, place, text, {"x_scale": 2.2, "font_name": "Times New Roman", "font_size": 10})


def _validation(column: InputColumn, cell: InputCell) -> dict[str, Any]:
    """What the cell accepts, and the sentence where it does not."""
    rule: dict[str, Any] = {"error_title": "Chưa đúng", "ignore_blank": True}
    if cell.prompt:
        rule |= {"input_title": column.title[:32], "input_message": cell.prompt[:255]}
    if column.kind == NUMBER:
        places = f"tối đa {cell.decimals} chữ số thập phân" if cell.decimals else "số nguyên"
        return rule | {
            "validate": "decimal" if cell.decimals else "integer",
            "criteria": "between",
            "minimum": -LARGEST if cell.decimals else int(-LARGEST),
            "maximum": LARGEST if cell.decimals else int(LARGEST),
            "error_message": f"Ô này nhập số, {places}. Không phát sinh thì chọn ở cột “Tình hình”.",
        }
    if column.kind in (CHOICE, TICK):
        choices = list(cell.choices) if column.kind == CHOICE else [TICKED]
        sentence = f"Chọn trong danh sách: {', '.join(choices)}."[:255]
        return rule | {"validate": "list", "source": choices, "error_message": sentence}
    if column.kind == DATE:
        return rule | {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 1, 1),
            "maximum": date(2100, 12, 31),
            "error_message": "Ô này nhập ngày/tháng/năm, ví dụ 05/06/2024.",
        }
    return rule | {
        "validate": "length",
        "criteria": "<=",
        "value": column.limit,
        "error_message": f"Ô này nhập không quá {column.limit} ký tự.",
    }
