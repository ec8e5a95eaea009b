"""Every look of a workbook's cells, declared once: the block above the table, its head, and the kinds of rows."""

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format

from paper.styles import StyledWorkbook

_BORDER = {"border": 1, "border_color": "#9aa1ab"}

LOOKS: dict[str, dict[str, Any]] = {
    "authority": {"font_size": 12, "align": "left"},
    "issuer": {"font_size": 12, "bold": True, "align": "left"},
    "title": {"font_size": 14, "bold": True, "align": "center", "text_wrap": True},
    "subtitle": {"font_size": 12, "italic": True, "align": "center", "text_wrap": True},
    "note": {"font_size": 11, "italic": True, "align": "left"},
    "head": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#e8edf4", **_BORDER},
    "head_top": {"bold": True, "bg_color": "#e8edf4", **_BORDER, "bottom": 0},
    "head_bottom": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#e8edf4", **_BORDER, "top": 0},
    "row": {"text_wrap": True, **_BORDER},
    "section": {"text_wrap": True, "bold": True, "bg_color": "#f3f5f8", **_BORDER},
    "total": {"text_wrap": True, "bold": True, "bg_color": "#e8edf4", **_BORDER, "top": 2},
    "quiet": {"text_wrap": True, "italic": True, "font_color": "#565c66", **_BORDER},
}
#: The names under which an office finds them among Excel's cell styles.
STYLE_NAMES = {
    "authority": "Cơ quan chủ quản",
    "issuer": "Cơ quan lập biểu",
    "title": "Tên biểu",
    "subtitle": "Kỳ báo cáo",
    "note": "Ghi chú dưới biểu",
    "head": "Đầu cột",
    "head_top": "Đầu cột, ô trên",
    "head_bottom": "Đầu cột, ô dưới",
    "row": "Dòng số liệu",
    "section": "Dòng nội dung",
    "total": "Dòng tổng cộng",
    "quiet": "Dòng phụ",
}
ROW_LOOKS = frozenset({"row", "section", "total", "quiet"})


Key = tuple[str, str, str, bool]


@dataclass
class Looks:
    """The cell formats of one workbook, each made once and belonging to the named style of its look."""

    workbook: StyledWorkbook
    styles: dict[str, int] = field(default_factory=dict)
    made: dict[Key, Format] = field(default_factory=dict)

    def get(self, look: str, number_format: str = "", align: str = "", quoted: bool = False) -> Format:
        """The format of a look, with a number format, an alignment, or the mark that keeps text as text."""
        key = (look, number_format, align, quoted)
        found = self.made.get(key)
        if found is None:
            if look not in self.styles:
                base = self._make((look, "", "", False))
                self.styles[look] = base.xf_id = self.workbook.add_style(STYLE_NAMES[look], base)
            found = self.made.get(key) or self._make(key)
        return found

    def _make(self, key: Key) -> Format:
        look, number_format, align, quoted = key
        properties = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", **LOOKS[look]}
        if number_format:
            properties["num_format"] = number_format
        if align.startswith("indent "):
            properties |= {"align": "left", "indent": int(align.removeprefix("indent "))}
        elif align:
            properties["align"] = align
        if quoted:
            properties["quote_prefix"] = True
        made = self.made[key] = self.workbook.add_format(properties)
        made.xf_id = self.styles.get(look, 0)
        return made
