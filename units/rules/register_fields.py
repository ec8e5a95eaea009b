"""The columns of the register of units, declared once: the workbook, its reader and the form of a unit share them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vietnamese.dates import format_date

UNITS, KINDS, LEVELS = "Đơn vị", "Loại đơn vị", "Cấp"


@dataclass(frozen=True)
class Field:
    """One column of the register: its key, its title, how wide it stands."""

    key: str
    title: str
    width: float = 16
    is_needed: bool = False


UNIT_FIELDS = (
    Field("key", "Khóa", 24),
    Field("name", "Tên đơn vị", 30, is_needed=True),
    Field("short_name", "Tên ngắn", 20),
    Field("official_name", "Tên trên văn bản", 36),
    Field("kind", "Loại", 16, is_needed=True),
    Field("level", "Cấp", 12, is_needed=True),
    Field("parent", "Đơn vị cấp trên", 22),
    Field("place_name", "Địa danh", 16),
    Field("document_code", "Ký hiệu", 10),
    Field("head_title", "Chức danh thủ trưởng", 16),
    Field("position", "Thứ tự", 8),
    Field("grid_column", "Cột bản đồ ô", 9),
    Field("grid_row", "Hàng bản đồ ô", 9),
    Field("population", "Dân số (người)", 10),
    Field("code", "Mã thống kê", 11),
    Field("variants", "Cách viết khác", 26),
    Field("valid_from", "Có từ ngày", 12),
    Field("valid_to", "Đến hết ngày", 12),
)
KIND_FIELDS = (
    Field("code", "Mã loại", 20, is_needed=True),
    Field("name", "Tên loại", 30, is_needed=True),
    Field("plural", "Cách gọi chung", 40),
    Field("position", "Thứ tự", 8),
    Field("is_territorial", "Là đơn vị hành chính lãnh thổ", 14),
)
LEVEL_FIELDS = (
    Field("code", "Mã cấp", 20, is_needed=True),
    Field("name", "Tên cấp", 30, is_needed=True),
    Field("rank", "Thứ bậc", 10),
)


def shown(value: object) -> str | int | None:
    """A value as its cell shows it: days and lists as people write them, codes as text; None for an empty cell."""
    match value:
        case None | "" | ():
            return None
        case bool():
            return "có" if value else "không"
        case tuple():
            return "; ".join(value)
        case date():
            return format_date(value)
        case int():
            return value
        case _:
            return str(value)
