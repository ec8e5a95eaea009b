"""Every number of a paragraph with its part: a value with its unit, or a year, a date, a document's number …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from campaign.rules.drafting.citations import DAY, citations_of


class Part(StrEnum):
    """What a number is in its sentence."""

    VALUE = "value"
    HORIZON = "horizon"
    YEAR = "year"
    PERIOD = "period"
    DOCUMENT = "document"
    DAY = "day"
    LISTING = "listing"
    NAME = "name"
    SLOGAN = "slogan"
    OCCASION = "occasion"
    UNREAD = "unread"


@dataclass(frozen=True)
class Number:
    """A number as written, where it stands, its part, and for a value: how much of what, with which word before it."""

    text: str
    start: int
    end: int
    part: Part
    value: Decimal | None = None
    unit: str = ""
    operator: str = ""


#: "14, 17" is one number that the extraction tore apart; a point groups thousands.
NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:, \d+(?=\s?(?:%|ha|m2|m²|km|tấn|tỷ|triệu)\b))?")
_SPANS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.LISTING, re.compile(r"\(\d{1,2}\)|(?<![\w,.])\d{1,2}\)(?=\s)")),
    (Part.DAY, re.compile(r"\bngày\s+\d{1,2}\b")),
    (Part.NAME, re.compile(r"\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s+tuổi\b", re.I)),
    (Part.SLOGAN, re.compile(r"[“\"]\s*\d{1,2}\s[^”\"]{1,40}[”\"]")),
    (
        Part.PERIOD,
        re.compile(
            r"\b\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?"
            r"|\b(?:quý|tháng)\s+\d{1,2}(?:[/-]\d{4}|\s+năm\s+\d{4})?",
            re.I,
        ),
    ),
    (Part.HORIZON, re.compile(r"\b(?:đến|trước|vào|trong)\s+(?:hết\s+|cuối\s+)*năm\s+\d{4}", re.I)),
    (Part.YEAR, re.compile(r"\b(?:năm học\s+)?(?:giai đoạn\s+)?(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b", re.I)),
    (Part.YEAR, re.compile(r"\b(?:năm|hè|xuân|đông|vụ)\s+(?:19|20)\d\d\b", re.I)),
    (Part.OCCASION, re.compile(r"\b(?:kỷ niệm|lần thứ|khóa|khoá|nhiệm kỳ|lần)\s+(?:thứ\s+)?\d{1,4}(?:\s+năm)?", re.I)),
    (
        Part.NAME,
        re.compile(
            r"\b(?:Quốc lộ|Tỉnh lộ|Đường|Cụm thi đua|Khối thi đua|Điều|khoản|điểm|Mục|Phụ lục|Khu|Tổ|Thôn|Đội|Vùng|Cụm)"
            r"\s+(?:số\s+)?\d{1,4}[a-z]?\b"
        ),
    ),
)
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_OPERATORS = (
    ("ge", r"ít nhất|tối thiểu|không dưới|không thấp hơn|từ"),
    ("gt", r"trên|hơn|vượt"),
    ("le", r"không quá|tối đa|dưới|không vượt quá"),
    ("approx", r"khoảng|gần|xấp xỉ|chừng"),
)
_OPERATOR = tuple((name, re.compile(rf"(?:{words})\s*$", re.I)) for name, words in _OPERATORS)
_SCALES = {"nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9}
_MONEY = r"đồng|VNĐ|đ\b"
_MEASURE = re.compile(
    rf"\s?(?P<percent>%)|\s?(?P<scaled>nghìn|ngàn|triệu|tỷ|tỉ|vạn)\s+(?P<money>{_MONEY})"
    r"|\s?(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ|vạn)\s+(?P<noun>[^\W\d_]+)"
    r"|\s?(?P<measure>ha|m2|m²|km2|km²|km|m|kg|tạ|tấn|lít|kWh|MW)\b"
    r"|\s+(?P<thing>[^\W\d_]+)"
)
#: Words that follow a number without being what is counted.
_NOT_A_THING = frozenset(
    ("và", "hoặc", "của", "là", "trong", "tại", "ở", "để", "từ", "đến", "có", "được", "năm", "tháng", "ngày", "theo")
    + ("do", "với", "đoạn", "các", "khi")
)


def numbers_of(text: str) -> list[Number]:
    """All numbers of a paragraph in reading order; footnote marks have been taken out before."""
    spans = list(_spans(text))
    found = []
    for match in NUMBER.finditer(text):
        part = next((part for start, end, part in spans if start <= match.start() < end), None)
        found.append(
            Number(match.group(), match.start(), match.end(), part) if part is not None else _value(text, match)
        )
    return found


def as_decimal(text: str) -> Decimal:
    """A Vietnamese number of an official document: 2.293 is two thousand, 40,8 and "14, 17" are decimal."""
    return Decimal(text.replace(" ", "").replace(".", "").replace(",", "."))


def _spans(text: str) -> Iterator[tuple[int, int, Part]]:
    """Stretches of the text whose numbers are no values, the surest first."""
    for citation in citations_of(text):
        yield citation.start, citation.end, Part.DOCUMENT
    for match in DAY.finditer(text):
        yield match.start(), match.end(), Part.DAY
    for part, pattern in _SPANS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), part


def _value(text: str, match: re.Match[str]) -> Number:
    """A number outside all of them: a value with its unit, a name with a number, or one that nobody can read."""
    written, before, after = match.group(), text[: match.start()], text[match.end() :]
    start, end = match.span()
    measure = _MEASURE.match(after)
    if re.fullmatch(r"(?:19|20)\d\d", written) and not (measure and measure["percent"]):
        return Number(written, start, end, Part.YEAR)
    noun = (measure["thing"] or measure["noun"] or "").lower() if measure else ""
    is_thing = bool(noun) and noun not in _NOT_A_THING
    word = _WORD_BEFORE.search(before)
    if word and word[1][0].isupper() and not (measure and (measure["percent"] or measure["measure"] or is_thing)):
        return Number(written, start, end, Part.NAME)
    operator = next((name for name, pattern in _OPERATOR if pattern.search(before)), "")
    if measure is None or (measure["thing"] and not is_thing):
        return Number(written, start, end, Part.UNREAD)
    try:
        amount = as_decimal(written)
    except ArithmeticError:
        return Number(written, start, end, Part.UNREAD)
    stop = end + measure.end()
    if measure["scaled"]:
        unit = f"{measure['scaled']} đồng"
    elif measure["scale"]:
        amount, unit = amount.scaleb(_SCALES[measure["scale"].lower()]), measure["noun"]
    elif measure["thing"]:
        unit = _thing(after)
        stop = end + measure.start("thing") + len(unit)
    else:
        unit = measure["percent"] or measure["measure"]
    return Number(written, start, stop, Part.VALUE, amount, unit.replace("m2", "m²"), operator)


#: What is counted is called by more than one word where the first alone says nothing.
_LONGER = re.compile(
    r"đơn vị|dự án|học sinh|lao động|giáo viên|cán bộ|công trình|công chức|đảng viên|hội viên|sản phẩm|mô hình|"
    r"hợp tác xã|tổ hợp tác|cơ sở|di tích|doanh nghiệp|cụm công nghiệp|điểm du lịch|trạm y tế|"
    r"lượt khách|khu dân cư|thôn|văn bản",
    re.I,
)


def _thing(after: str) -> str:
    """The word or the set phrase for what is counted."""
    words = after.strip()
    longer = _LONGER.match(words)
    return longer.group() if longer else re.findall(r"[^\W\d_]+", words)[0]
