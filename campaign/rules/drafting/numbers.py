"""Every number of a paragraph with its part: a value with its unit, or a year, a date, a document's number …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    BOUND = "bound"
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


#: "14, 17ha" is one number that the extraction tore apart; a point groups thousands.
NUMBER = re.compile(r"(?<![\d.,-])\d{1,3}, \d{1,2}(?=\s?(?:%|(?:ha|m2|m²|km|tấn|tỷ|triệu)\b))|\d+(?:[.,]\d+)*")
#: "8/9 thôn": eight of nine; "85% đến 90%", "1,5 - 2%": the first is what is reached at least.
_OF_ALL = re.compile(r"(?<![\d/.,])(?P<first>\d{1,4})/(?P<bound>\d{1,4})(?=\s+[^\W\d_])")
_RANGE = re.compile(
    r"(?P<first>\d+(?:[.,]\d+)*)(?P<unit>\s?%)?\s?(?:[-–]|đến)\s?(?P<bound>\d+(?:[.,]\d+)*)(?=\s?%)"
    r"|(?P<low>\d+(?:[.,]\d+)*)\s?[-–]\s?(?P<high>\d+(?:[.,]\d+)*)(?=\s+[^\W\d_])"
)
_DAY_BEFORE = re.compile(r"(?:ngày|trước|đến|từ|số)\s+$", re.I)
_SPANS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.LISTING, re.compile(r"\(\d{1,2}\)|(?<![\w,.])\d{1,2}\)(?=\s)")),
    (Part.DAY, re.compile(r"\bngày\s+\d{1,2}(?:/\d{1,2})?\b")),
    (Part.DAY, re.compile(r"\b(?:trước|đến|từ|sau)\s+\d{1,2}/\d{1,2}(?=\s+h[ằà]ng\s|\s*[.,;)]|$)")),
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
#: "58,5 tạ/ha", "62 triệu đồng/người/năm": of each hectare, of each person; of each year says nothing of the measure.
_PER = re.compile(r"/(?:ha|người|hộ|lao động|vụ)\b(?:/(?:ha|người|hộ|vụ)\b)?")
#: Words that follow a number without being what is counted.
_NOT_A_THING = frozenset(
    ("và", "hoặc", "của", "là", "trong", "tại", "ở", "để", "từ", "đến", "có", "được", "năm", "tháng", "ngày", "theo")
    + ("do", "với", "đoạn", "các", "khi")
)


def numbers_of(text: str) -> list[Number]:
    """All numbers of a paragraph in reading order; footnote marks have been taken out before."""
    spans = list(_spans(text))
    bounds = _bounds(text, spans)
    found = []
    for match in NUMBER.finditer(text):
        part = next((part for start, end, part in spans if start <= match.start() < end), None)
        if part is not None:
            found.append(Number(match.group(), match.start(), match.end(), part))
        elif match.start() in bounds.values():
            found.append(Number(match.group(), match.start(), match.end(), Part.BOUND))
        else:
            found.append(_value(text, match, bounds.get(match.start())))
    return found


def _bounds(text: str, spans: Sequence[tuple[int, int, Part]]) -> dict[int, int]:
    """Where a number begins that another one bounds ("8/9 thôn", "1,5 - 2%"), and where that one begins."""
    found = {}
    for match in _OF_ALL.finditer(text):
        if int(match["first"]) <= int(match["bound"]) and not _DAY_BEFORE.search(text[: match.start()]):
            found[match.start("first")] = match.start("bound")
    for match in _RANGE.finditer(text):
        low, high = ("first", "bound") if match["first"] else ("low", "high")
        found[match.start(low)] = match.start(high)
    taken = [(start, end) for start, end, _ in spans]
    return {at: bound for at, bound in found.items() if not any(start <= at < end for start, end in taken)}


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


def _value(text: str, match: re.Match[str], bound: int | None = None) -> Number:
    """A number outside all of them: a value with its unit, a name with a number, or one that nobody can read.

    ``bound``: where the number begins that bounds it; the unit stands behind that one.
    """
    written, before = match.group(), text[: match.start()]
    behind = match.end() if bound is None else NUMBER.match(text, bound).end()  # type: ignore[union-attr]
    after = text[behind:]
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
    stop = behind + measure.end()
    if measure["scaled"]:
        unit = f"{measure['scaled']} đồng"
    elif measure["scale"]:
        amount, unit = amount.scaleb(_SCALES[measure["scale"].lower()]), measure["noun"]
    elif measure["thing"]:
        unit = _thing(after)
        stop = behind + measure.start("thing") + len(unit)
    else:
        unit = measure["percent"] or measure["measure"]
    per = _PER.match(text, stop)
    stop, unit = (per.end(), f"{unit}{per.group()}") if per else (stop, unit)
    if bound is not None and measure["percent"]:
        operator = operator or "ge"
    return Number(written, start, stop, Part.VALUE, amount, unit.replace("m2", "m²"), operator)


#: What is counted is called by more than one word where the first alone says nothing.
_LONGER = re.compile(
    r"đơn vị máu|đơn vị|dự án|học sinh|lao động|giáo viên|cán bộ|công trình|công chức|đảng viên|hội viên|"
    r"sản phẩm|mô hình|hợp tác xã|tổ hợp tác|cơ sở|di tích|doanh nghiệp|cụm công nghiệp|điểm du lịch|trạm y tế|"
    r"chỉ tiêu|lượt khách|khu dân cư|thôn|văn bản|đoàn viên|thanh niên|câu lạc bộ|chuyên mục|tập thể|"
    r"cá nhân|chi đoàn|chi hội|chi bộ|gia đình|phụ nữ|nông dân|học viên|vận động viên|phương tiện|thủ tục|tổ chức|"
    r"tuyến đường",
    re.I,
)


def _thing(after: str) -> str:
    """The word or the set phrase for what is counted."""
    words = after.strip()
    longer = _LONGER.match(words)
    return longer.group() if longer else re.findall(r"[^\W\d_]+", words)[0]
