"""What an indicator could be, by the words of its sentence: kind, measure, base, direction, sums; a person decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.choices import Direction, IndicatorKind, Operator, TimeRule, UnitRule
from indicators.rules.drafting.claims import Said, Subject
from indicators.rules.drafting.wording import COMPARED, PERCENT

#: By the first of these words in a name: in what it is counted, and all of what a share of it is.
_COUNTED = (
    (r"giải ngân|vốn|thu ngân sách|thu nội địa|kinh phí|chi thường xuyên|số tiền|nợ đọng|nợ thuế", "triệu đồng", ""),
    (r"che phủ", "ha", "diện tích tự nhiên"),
    (r"diện tích|trồng(?!\s+trọt)|rừng|tưới tiêu", "ha", ""),
    (r"đường|kênh", "km", "tổng chiều dài"),
    (r"tổng đàn|gia súc|gia cầm|bò|lợn|trâu", "con", "tổng đàn"),
    (r"hộ(?!i)", "hộ", "tổng số hộ"),
    (r"học sinh", "học sinh", "tổng số học sinh"),
    (r"trẻ(?: em)?", "trẻ", "tổng số trẻ"),
    (r"lao động", "lao động", "tổng số lao động"),
    (r"bảo hiểm y tế|bảo hiểm xã hội|dân số|người dân|người", "người", "dân số"),
    (r"đảng viên", "đảng viên", "tổng số đảng viên"),
    (r"đoàn viên", "đoàn viên", "tổng số đoàn viên"),
    (r"hội viên", "hội viên", "tổng số hội viên"),
    (r"cán bộ|công chức|viên chức", "người", "tổng số cán bộ, công chức"),
    (r"hồ sơ|thủ tục", "hồ sơ", "tổng số hồ sơ"),
    (r"đơn thư|khiếu nại|tố cáo|kiến nghị", "đơn", "tổng số đơn"),
    (r"văn bản", "văn bản", "tổng số văn bản"),
    (r"dự án", "dự án", "tổng số dự án"),
    (r"công trình", "công trình", "tổng số công trình"),
    (r"doanh nghiệp", "doanh nghiệp", "tổng số doanh nghiệp"),
    (r"cơ sở", "cơ sở", "tổng số cơ sở"),
    (r"trường", "trường", "tổng số trường"),
    (r"chi bộ", "chi bộ", "tổng số chi bộ"),
    (r"chi hội", "chi hội", "tổng số chi hội"),
    (r"thôn", "thôn", "tổng số thôn"),
    (r"bản", "bản", "tổng số bản"),
    (r"xã|phường", "xã", "tổng số xã"),
    (r"cơ quan|đơn vị", "đơn vị", "tổng số đơn vị"),
    (r"vụ", "vụ", "tổng số vụ"),
)  # fmt: skip
_NOUN = tuple((re.compile(rf"\b(?:{words})\b", re.I), measure, base) for words, measure, base in _COUNTED)
#: A base that is itself a target given to the unit; anything else is reported with the figure.
_PLAN = re.compile(r"(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết)\b", re.I)
_FEWER = re.compile(
    r"nghèo|suy dinh dưỡng|tảo hôn|tai nạn|vi phạm|sinh con thứ ba|thất nghiệp|tội phạm|tồn đọng|tử vong|bỏ học|"
    r"nợ đọng|quá hạn|tái mù chữ|dịch bệnh|nhà tạm(?!.*xóa)|cháy|phá rừng|hao hụt|thất thoát|thất thu",
    re.I,
)
_DOWN = re.compile(r"\bgiảm\b[^.;]{0,80}\bxuống\b|\bxuống\s+(?:còn|dưới)|\bcòn\s+(?:dưới|không quá)", re.I)
_CHANGE = re.compile(r"^(?:mức\s+)?(?:giảm|tăng)\b|tốc độ tăng|tăng trưởng", re.I)
_LEVEL = re.compile(
    r"^(?:tỷ lệ|tỉ lệ|độ|mật độ|tổng đàn|dân số|số .*hiện có)\b|bình quân|năng suất|tuổi thọ|che phủ|tồn đọng|hiện có",
    re.I,
)
_RUNNING = re.compile(r"giải ngân|thu ngân sách|thu nội địa|lũy kế|nợ đọng", re.I)
_MEAN = re.compile(r"bình quân|năng suất|tuổi thọ|mật độ|tốc độ|chỉ số|xếp hạng", re.I)


@dataclass(frozen=True)
class Proposal:
    """How an indicator could be defined; nothing of it stands in the document word for word."""

    kind: str
    unit_of_measure: str
    base: str
    direction: str
    time_rule: str
    unit_rule: str


def proposal_of(one: Said, said: Sequence[Said] = ()) -> Proposal:
    """What the sentence and the values beside it suggest; "" where they suggest nothing and a person must say it."""
    base = one.base or (_base_before(one, said) if one.is_rate else "")
    measure, whole = _counted(one.name) if _counted(one.name)[0] else _counted(base)
    kind = _kind(one, base, said)
    is_share = kind == IndicatorKind.RATIO
    if one.is_rate and kind == IndicatorKind.QUANTITY and _is_change(one, base):
        measure = PERCENT
    return Proposal(
        kind=kind,
        unit_of_measure=measure if one.is_rate else one.unit,
        base=base or (whole if is_share else ""),
        direction=_direction(one),
        time_rule=_time_rule(one, is_share, base),
        unit_rule=_unit_rule(one, is_share, measure),
    )


def is_plan(base: str) -> bool:
    """Is the base a number that was given (kế hoạch, dự toán), and not one that moves with the figures?"""
    return _PLAN.match(base) is not None


def operator_by(direction: str) -> str:
    """The operator of a target that names none: what is to grow is at least this, what is to fall at most."""
    return {Direction.FEWER: Operator.AT_MOST, Direction.EXACTLY: Operator.EQUAL}.get(
        Direction(direction), Operator.AT_LEAST
    ).value


def _counted(name: str) -> tuple[str, str]:
    found = [(match.start(), measure, base) for noun, measure, base in _NOUN if (match := noun.search(name))]
    _, measure, base = min(found, key=lambda row: row[0], default=(0, "", ""))
    return measure, base


def _base_before(one: Said, said: Sequence[Said]) -> str:
    """ "11,1% so với kế hoạch; diện tích trồng cây lâu năm đạt 82,6%": the base named before it in the same place."""
    if one.rate_of is not None or one.subject is not Subject.OPENING:
        return ""
    before = [each for each in said if each.place == one.place and each.number.start < one.number.start and each.base]
    return before[-1].base if before and is_plan(before[-1].base) else ""


def _is_change(one: Said, base: str) -> bool:
    return _CHANGE.search(one.name) is not None or COMPARED.match(base) is not None


def _kind(one: Said, base: str, said: Sequence[Said]) -> str:
    """A share is a ratio; what was done of a plan is an amount, unless the plan is wanted in percent elsewhere."""
    if not one.is_rate or _is_change(one, base):
        return IndicatorKind.QUANTITY.value
    is_wanted = one.subject is Subject.TARGET or any(
        each.is_rate and each.subject is Subject.TARGET and each.name == one.name for each in said
    )
    if is_plan(base) and not is_wanted:
        return IndicatorKind.QUANTITY.value
    return IndicatorKind.RATIO.value


def _direction(one: Said) -> str:
    near = one.quote[: one.quote.find(one.number.text) + len(one.number.text)]
    clause = re.split(r"[;.](?:\s|$)", near)[-1]
    if _CHANGE.search(one.name):
        return Direction.MORE.value
    if one.operator == Operator.AT_MOST or _DOWN.search(clause) or _FEWER.search(one.name):
        return Direction.FEWER.value
    return Direction.MORE.value


def _time_rule(one: Said, is_share: bool, base: str) -> str:
    if _RUNNING.search(one.name) or _RUNNING.search(base):
        return TimeRule.RUNNING.value
    if _LEVEL.search(one.name) or _is_change(one, base) or re.search(r"duy trì|giữ vững", one.quote, re.I):
        return TimeRule.LEVEL.value
    return (TimeRule.RUNNING if is_share else TimeRule.FLOW).value


def _unit_rule(one: Said, is_share: bool, measure: str) -> str:
    if is_share:
        return UnitRule.RATIO_OF_SUMS.value
    return (UnitRule.LEAD if measure == PERCENT or _MEAN.search(one.name) else UnitRule.SUM).value
