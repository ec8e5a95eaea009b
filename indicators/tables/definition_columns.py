"""The sheets of the definitions workbook declared as data: which columns, what each holds, what makes a row one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.choices import Relation
from indicators.choices import (
    AssignmentRole,
    Direction,
    IndicatorKind,
    Operator,
    Schedule,
    TimeRule,
    UnitRule,
)
from units.choices import Origin
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

TEXT, NUMBER, WHOLE, DAY, FLAG, CHOICE, REF, LIST, INFO = (
    "text", "number", "whole", "day", "flag", "choice", "ref", "list", "info",
)  # fmt: skip
YES, REMOVE = "x", "Bỏ dòng"
SHARE = "share:"

#: What a cell holds once it was read: natural keys stand for rows.
Value = str | Decimal | int | date | bool | tuple[int | str, ...] | None
Key = tuple[str, ...]
Values = dict[str, Value]
State = dict[str, dict[Key, Values]]


@dataclass(frozen=True)
class SheetColumn:
    """One column: what it is called, what it holds, whether it belongs to what makes the row one row."""

    key: str
    title: str
    kind: str = TEXT
    width: float = 16
    choices: tuple[tuple[str, str], ...] = ()
    refers: str = ""
    is_key: bool = False
    is_required: bool = False
    limit: int = 300
    default: Value = ""
    hint: str = ""


@dataclass(frozen=True)
class SheetSpec:
    """One sheet of the workbook."""

    key: str
    name: str
    about: str
    columns: tuple[SheetColumn, ...]

    @property
    def keys(self) -> tuple[SheetColumn, ...]:
        """The columns that make a row one row."""
        return tuple(column for column in self.columns if column.is_key)

    @property
    def held(self) -> tuple[SheetColumn, ...]:
        """The columns that hold something; the names beside codes are only for the eye."""
        return tuple(column for column in self.columns if column.kind != INFO)


def _words(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


def _code(refers: str, title: str, **more: Any) -> SheetColumn:
    return SheetColumn(refers.rstrip("s"), title, REF, 20, refers=refers, is_key=True, is_required=True, **more)


_ORIGIN = (
    SheetColumn("origin", "Nguồn", CHOICE, 16, _words(Origin.choices), default=Origin.OFFICE.value),
    SheetColumn("source_note", "Ghi chú nguồn", TEXT, 24),
    SheetColumn("passage", "Nêu tại (mã đoạn)", REF, 14, refers="passages"),
    SheetColumn("quote", "Trích nguyên văn", TEXT, 36, limit=5000),
)
_ROW = _code("indicators", "Mã chỉ tiêu")
_ROW_NAME = SheetColumn("indicator_name", "Chỉ tiêu (để xem)", INFO, 34)
_UNIT = _code("units", "Mã đơn vị")
_UNIT_NAME = SheetColumn("unit_name", "Đơn vị (để xem)", INFO, 24)
_BASE = SheetColumn("base", "Mẫu số (khóa)", REF, 16, refers="bases", is_key=True, hint="Chỉ với phần trăm, tỷ lệ.")
_POSITION = SheetColumn("position", "Thứ tự", WHOLE, 8, default=None, hint="Để trống: xếp cuối.")

TIERS = SheetSpec(
    "tiers",
    "Nhóm hạn gửi",
    "Mỗi nhóm đơn vị có chung một hạn: ngày trong tháng, từ 1 đến 28.",
    (
        SheetColumn("name", "Tên nhóm", TEXT, 30, is_key=True, is_required=True, limit=120),
        SheetColumn("day_of_month", "Hạn: ngày trong tháng", WHOLE, 14, is_required=True, default=None),
        _POSITION,
    ),
)
CLUSTERS = SheetSpec(
    "clusters",
    "Cụm, khối",
    "Các đơn vị chỉ so với nhau trong cùng cụm, khối.",
    (SheetColumn("name", "Tên cụm, khối", TEXT, 30, is_key=True, is_required=True, limit=120), _POSITION),
)
PARTS = SheetSpec(
    "parts",
    "Đơn vị tham gia",
    "Giao: phải báo cáo. Đề nghị phối hợp: được mời. Hưởng ứng: không báo cáo. Kênh riêng: coi là đã báo cáo.",
    (
        _UNIT,
        _UNIT_NAME,
        SheetColumn("relation", "Quan hệ", CHOICE, 22, _words(Relation.choices), is_required=True),
        SheetColumn("tier", "Nhóm hạn gửi", REF, 22, refers="tiers", is_required=True),
        SheetColumn("cluster", "Cụm, khối", REF, 22, refers="clusters"),
    ),
)
AREAS = SheetSpec(
    "areas",
    "Nội dung",
    "Cây nội dung thi đua, đánh số như văn bản. Mã không đổi được sau khi đã có; cột “Thuộc” ghi mã nội dung cấp trên.",
    (
        SheetColumn("key", "Mã nội dung", TEXT, 16, is_key=True, is_required=True, limit=60),
        SheetColumn("parent", "Thuộc (mã)", REF, 16, refers="areas"),
        SheetColumn("numbering", "Số mục", TEXT, 10, limit=20),
        SheetColumn("title", "Tên nội dung", TEXT, 50, is_required=True),
        SheetColumn("short_title", "Tên ngắn", TEXT, 28, limit=80),
        SheetColumn("passage", "Nêu tại (mã đoạn)", REF, 14, refers="passages"),
        _POSITION,
    ),
)
INDICATORS = SheetSpec(
    "indicators",
    "Chỉ tiêu, nhiệm vụ",
    "Mỗi chỉ tiêu, nhiệm vụ một dòng. Nhiệm vụ không cần đơn vị tính. “Trong đó của”: mã chỉ tiêu mà nó là một phần.",
    (
        SheetColumn("code", "Mã chỉ tiêu", TEXT, 20, is_key=True, is_required=True, limit=80),
        SheetColumn("area", "Nội dung (mã)", REF, 16, refers="areas", is_required=True),
        SheetColumn("name", "Tên chỉ tiêu, nhiệm vụ", TEXT, 50, is_required=True, limit=500),
        SheetColumn("short_name", "Tên ngắn", TEXT, 28, limit=160),
        SheetColumn("kind", "Loại", CHOICE, 18, _words(IndicatorKind.choices), is_required=True),
        SheetColumn("unit_of_measure", "Đơn vị tính", TEXT, 12, limit=40),
        SheetColumn(
            "decimals", "Số chữ số thập phân", WHOLE, 10, default=0, hint="0: số nguyên (hộ, cây); 1: như 12,5 ha."
        ),
        SheetColumn(
            "time_rule",
            "Theo thời gian",
            CHOICE,
            16,
            _words(TimeRule.choices),
            default=TimeRule.FLOW.value,
            hint="Đơn vị nhập số làm được trong kỳ, số cộng dồn, hay số tại một ngày.",
        ),
        SheetColumn(
            "unit_rule",
            "Theo đơn vị",
            CHOICE,
            20,
            _words(UnitRule.choices),
            default=UnitRule.SUM.value,
            hint="Số chung tính từ số các đơn vị thế nào.",
        ),
        SheetColumn(
            "direction",
            "Chiều",
            CHOICE,
            20,
            _words(Direction.choices),
            default=Direction.MORE.value,
            hint="Nhiều hơn hay ít hơn mới là tốt.",
        ),
        SheetColumn(
            "operator",
            "Dấu",
            CHOICE,
            12,
            _words(Operator.choices),
            default=Operator.AT_LEAST.value,
            hint="Chữ đi trước số giao: ít nhất, trên, khoảng…",
        ),
        SheetColumn(
            "schedule", "Kỳ phải báo cáo", CHOICE, 20, _words(Schedule.choices), default=Schedule.MONTHLY.value
        ),
        SheetColumn("listed_months", "Các tháng đã nêu", LIST, 16, default=(), hint="Ví dụ: 9; 12; 31/01/2025."),
        SheetColumn(
            "parent",
            "Trong đó của (mã)",
            REF,
            20,
            refers="indicators",
            hint="Chỉ tiêu lớn mà chỉ tiêu này là một phần.",
        ),
        SheetColumn(
            "parts_are_complete",
            "Các phần cộng đủ toàn bộ",
            FLAG,
            12,
            default=False,
            hint="Các phần “trong đó” cộng lại phải bằng chỉ tiêu này.",
        ),
        SheetColumn("data_source", "Nguồn số liệu", TEXT, 24, limit=200),
        SheetColumn(
            "asks_source_date",
            "Hỏi số liệu đến ngày",
            FLAG,
            12,
            default=False,
            hint="Khi nguồn không khóa sổ vào ngày cắt kỳ, như Kho bạc, Thuế.",
        ),
        SheetColumn("evidence_required", "Phải có minh chứng", FLAG, 12, default=False),
        SheetColumn(
            "is_confidential",
            "Chỉ báo trạng thái",
            FLAG,
            12,
            default=False,
            hint="Quốc phòng, an ninh: không nhập số.",
        ),
        SheetColumn(
            "due_on", "Thời hạn (ngoài đợt)", DAY, 14, default=None, hint="Khi hạn hoàn thành ở sau ngày hết đợt."
        ),
        SheetColumn("definition", "Giải thích", TEXT, 36, limit=5000),
        SheetColumn(
            "previous", "Mã chỉ tiêu đợt trước", REF, 20, refers="previous", hint="Để lấy số cùng kỳ và số năm trước."
        ),
        *_ORIGIN,
        _POSITION,
    ),
)
BASES = SheetSpec(
    "bases",
    "Mẫu số",
    "Mẫu số có tên của chỉ tiêu tỷ lệ: dự toán giao, thực nguồn, kế hoạch… Phần trăm nào cũng phải nêu là của gì.",
    (
        _ROW,
        _ROW_NAME,
        SheetColumn("key", "Khóa mẫu số", TEXT, 18, is_key=True, is_required=True, limit=40),
        SheetColumn("name", "Tên mẫu số", TEXT, 36, is_required=True, limit=160),
        SheetColumn(
            "is_reported",
            "Đơn vị báo cáo hằng kỳ",
            FLAG,
            14,
            default=False,
            hint="Mẫu số thay đổi theo kỳ, như thực nguồn; không thì lấy theo số giao.",
        ),
        _POSITION,
    ),
)
STEPS = SheetSpec(
    "steps",
    "Bước của mốc",
    "Các bước, theo thứ tự, của chỉ tiêu loại mốc công việc.",
    (
        _ROW,
        _ROW_NAME,
        SheetColumn("position", "Bước số", WHOLE, 10, is_key=True, is_required=True, default=None),
        SheetColumn("name", "Nội dung bước", TEXT, 50, is_required=True),
        SheetColumn("due_on", "Hạn", DAY, 14, default=None),
    ),
)
ASSIGNMENTS = SheetSpec(
    "assignments",
    "Phân giao",
    "Ai báo cáo, ai chủ trì (xác nhận), ai phối hợp. “Không giao”: đơn vị đứng ngoài chỉ tiêu này.",
    (
        _ROW,
        _ROW_NAME,
        _UNIT,
        _UNIT_NAME,
        SheetColumn("role", "Vai trò", CHOICE, 14, _words(AssignmentRole.choices), is_key=True, is_required=True),
        SheetColumn("is_not_applicable", "Không giao", FLAG, 10, default=False),
        SheetColumn("person", "Người phụ trách (tên đăng nhập)", REF, 20, refers="people"),
        SheetColumn("origin", "Nguồn", CHOICE, 16, _words(Origin.choices), default=Origin.OFFICE.value),
    ),
)
TARGETS = SheetSpec(
    "targets",
    "Chỉ tiêu giao",
    "Số giao chung (ghi mã cơ quan phát động) và số giao từng đơn vị. Mỗi đơn vị chỉ có một số dùng để đánh giá.",
    (
        _ROW,
        _ROW_NAME,
        _UNIT,
        _UNIT_NAME,
        _BASE,
        SheetColumn(
            "is_percentage",
            "Là phần trăm của mẫu số",
            FLAG,
            12,
            is_key=True,
            default=False,
            hint="Ví dụ 95 % số trẻ trong diện tiêm: số giao ghi 95.",
        ),
        SheetColumn(
            "sequence", "Lần giao", WHOLE, 8, is_key=True, default=1, hint="1: giao đầu; 2 trở đi: điều chỉnh."
        ),
        SheetColumn("amount", "Số giao", NUMBER, 14, is_required=True, default=None),
        SheetColumn(
            "is_main",
            "Dùng để đánh giá",
            FLAG,
            10,
            default=False,
            hint="Một đơn vị có nhiều số giao thì tiến độ tính theo số này.",
        ),
        SheetColumn("set_by", "Cơ quan giao", TEXT, 24, limit=200),
        SheetColumn("decision_number", "Số quyết định", TEXT, 18, limit=80),
        SheetColumn("decided_on", "Ngày quyết định", DAY, 14, default=None),
        SheetColumn("valid_from", "Áp dụng từ ngày", DAY, 14, default=None, hint="Để trống: từ đầu năm tính lũy kế."),
        SheetColumn("reason", "Lý do điều chỉnh", TEXT, 24),
        *_ORIGIN,
    ),
)
OPENINGS = SheetSpec(
    "openings",
    "Thực hiện đầu kỳ",
    "Đã thực hiện trước khi phát động: số lượng, hoặc tỷ lệ kèm mẫu số. Tỷ lệ giữ là tỷ lệ, không đổi thành số lượng.",
    (
        _ROW,
        _ROW_NAME,
        _UNIT,
        _UNIT_NAME,
        _BASE,
        SheetColumn("operator", "Dấu", CHOICE, 12, _words(Operator.choices), default=Operator.EQUAL.value),
        SheetColumn("amount", "Số lượng", NUMBER, 14, default=None),
        SheetColumn("rate", "Tỷ lệ (%)", NUMBER, 12, default=None),
        SheetColumn("as_of_on", "Số liệu đến ngày", DAY, 14, default=None),
        *_ORIGIN,
    ),
)


def sheets(periods: Sequence[str]) -> tuple[SheetSpec, ...]:
    """Every sheet, in the order in which a campaign is built; a path has one column for each period."""
    shares = tuple(
        SheetColumn(f"{SHARE}{name}", name, NUMBER, 12, default=None, hint="Lũy kế phải đạt đến cuối kỳ, % số giao.")
        for name in periods
    )
    unit = SheetColumn("unit", "Mã đơn vị", REF, 20, refers="units", is_key=True, hint="Để trống: chung mọi đơn vị.")
    paths = SheetSpec(
        "paths",
        "Lộ trình",
        "Lũy kế phải đạt đến cuối mỗi kỳ, tính bằng phần trăm số giao. Không có dòng: chia đều theo thời gian.",
        (_ROW, _ROW_NAME, unit, _UNIT_NAME, *shares),
    )
    return (TIERS, CLUSTERS, PARTS, AREAS, INDICATORS, BASES, STEPS, ASSIGNMENTS, TARGETS, paths, OPENINGS)


def key_of(spec: SheetSpec, values: Values) -> Key:
    """What makes the row one row, as texts."""
    return tuple(value_text(column, values.get(column.key, column.default)) for column in spec.keys)


def value_text(column: SheetColumn, value: Value) -> str:
    """A value as people read it in the preview and in the cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, Decimal):
        return format_trimmed(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return "; ".join(format_date(date.fromisoformat(one)) if isinstance(one, str) else str(one) for one in value)
    if column.kind == CHOICE:
        return dict(column.choices).get(str(value), str(value))
    return str(value)
