"""The register of units as a workbook: filled in, with the very columns that are read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from paper.columns import CellValue, Column
from paper.workbook import Head, Sheet, workbook_bytes
from units.rules.register import KindLine, LevelLine, UnitLine
from units.rules.register_fields import KIND_FIELDS, KINDS, LEVEL_FIELDS, LEVELS, UNIT_FIELDS, UNITS, Field, shown

GUIDE = (
    "Mỗi dòng một đơn vị. Khóa: chữ thường không dấu, số và gạch nối, giữ nguyên suốt đời đơn vị; bỏ trống ở đơn vị "
    "mới thì hệ thống tự đặt.",
    "Loại, Cấp, Đơn vị cấp trên ghi khóa hoặc tên. Cách viết khác ngăn nhau bằng dấu chấm phẩy. Ngày ghi dd/mm/yyyy.",
    "Đơn vị không có trong tệp được giữ nguyên. Đổi tên, hợp nhất, chia tách theo quyết định thì ghi ở trang Sắp xếp "
    "đơn vị, không sửa ở đây.",
)


def register_workbook(
    units: Sequence[UnitLine], kinds: Sequence[KindLine], levels: Sequence[LevelLine], *, made_at: datetime
) -> bytes:
    """The three sheets as a file."""
    sheets: list[Sheet[Any]] = [
        Sheet(UNITS, Head("Danh sách đơn vị", labels=GUIDE), _columns(UNIT_FIELDS), units, fit_rows=True),
        Sheet(KINDS, Head("Loại đơn vị"), _columns(KIND_FIELDS), kinds, landscape=False),
        Sheet(LEVELS, Head("Cấp hành chính"), _columns(LEVEL_FIELDS), levels, landscape=False),
    ]
    return workbook_bytes(sheets, title="Danh sách đơn vị", created=made_at.replace(tzinfo=None))


def _columns(fields: Sequence[Field]) -> list[Column[Any]]:
    return [Column(one.title, partial(_shown_of, one.key), width=one.width) for one in fields]


def _shown_of(key: str, row: Any) -> CellValue:
    return shown(getattr(row, key))
