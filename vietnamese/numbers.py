"""Vietnamese numbers: reading what people type, rounding once, writing with dots and a decimal comma.

The cases in ``number_cases.json`` say how every form is read; whatever else reads numbers follows the same file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from vietnamese.measures import convert
from vietnamese.text import fold, nfc

#: The first amount that no longer fits a stored figure (15 digits, 4 of them decimals).
TOO_LARGE = Decimal(10) ** 11
NO_BREAK_SPACE = "\u00a0"

# Wide enough for whatever can be typed: only the wanted place rounds.
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Reading:
    """How a text was read.

    ``value`` is None where nothing was written or nothing could be read. ``echo`` is the question to confirm ("hiểu là
    2.293 hộ?") before an ambiguous value may be kept; ``error`` is the sentence to show where there is no number.
    """

    value: Decimal | None = None
    echo: str = ""
    error: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Must a person confirm the value first?"""
        return bool(self.echo)


def read_number(text: str, *, decimals: int, unit: str | None = None) -> Reading:
    """Read a number as people in Vietnamese offices write it, for a field with so many decimals and this unit.

    The dot groups thousands, the comma is decimal. Where another reading fits the field as well (2.293 with three
    decimals), or only a foreign one fits (2.29; 1,234.5), the value is proposed with an echo. Approximations (khoảng),
    converted units, brackets for a negative and rounding are echoed too. Nothing is guessed silently.
    """
    cleaned = _clean(text)
    if not cleaned:
        return Reading()
    try:
        return _read(cleaned, decimals, _clean(unit) if unit else None)
    except _UnreadableError as error:
        return Reading(error=str(error))


def plain_characters(text: str) -> str:
    """The text with one kind of digit, space, minus and bracket; what cannot be seen is dropped."""
    return nfc(text).translate(_SAME_CHARACTER).strip()


def round_half_up(value: Decimal | int, places: int) -> Decimal:
    """The one rounding of the program: half away from zero, as Excel's ROUND does; never minus zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return rounded.copy_abs() if rounded == 0 else rounded


def format_number(value: Decimal | int, decimals: int = 0) -> str:
    """1234.5 → "1.234,5", rounded half up to the decimals and always showing all of them."""
    return f"{round_half_up(value, decimals):,f}".translate(_SWAPPED)


def format_trimmed(value: Decimal | int, decimals: int | None = None) -> str:
    """Like format_number without trailing zeros: 20.00 → "20", 35.50 → "35,5". Without decimals: as exact as given."""
    if decimals is None:
        decimals = _places(Decimal(value))
    written = format_number(value, decimals)
    return written.rstrip("0").rstrip(",") if "," in written else written


def format_percent(value: Decimal | int, decimals: int = 1) -> str:
    """A number of percent with its sign and a space that does not break: 46.6 → "46,6 %"."""
    return f"{format_number(value, decimals)}{NO_BREAK_SPACE}%"


def leading_zero(number: int) -> str:
    """Numbers below ten as official documents write them: 5 → "05"; 0 and 12 stay."""
    return f"0{number}" if 0 < number < 10 else format_number(number)


def count_phrase(number: int, noun: str) -> str:
    """A count in an official document: "05 chuỗi", "1.234 hộ"."""
    return f"{leading_zero(number)} {noun}"


# --- Reading ----------------------------------------------------------------------------------------------------------

_SWAPPED = str.maketrans(",.", ".,")
_MINUS_SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_SAME_CHARACTER: dict[int, str | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms
    **{ord(one): "-" for one in _MINUS_SIGNS},
    **{ord(one): " " for one in _SPACES},
    **{ord(one): None for one in _INVISIBLE},
    ord("’"): "'",
}
_SQUARE_METRES = re.compile(r"(?<![^\W\d_])(k?m)\s?\^?2(?![0-9.,])", re.IGNORECASE)

# What is certainly not one number: how it looks, and what to tell. "{}" is the text.
_REFUSALS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), sentence)
    for pattern, sentence in (
        (r".{61,}", "“{}” quá dài để là một số: mỗi ô chỉ nhập một số."),
        (r".*[\t\r\n].*", "“{}” có nhiều ô hoặc nhiều dòng: mỗi ô chỉ nhập một số."),
        (
            r"[0-9.,]*[oil][0-9oil.,]*[0-9][0-9oil.,]*|[0-9][0-9.,]*o+|o",
            "“{}” có chữ O hoặc chữ l thay cho số: gõ lại bằng chữ số.",
        ),
        (
            r"((lũy|luỹ|luy) ?(kế|ke)|lk)\b.*|.*[0-9].*\b((lũy|luỹ|luy) ?(kế|ke)|lk)\b.*",
            "“{}” ghi là lũy kế: nhập riêng số; số lũy kế ở dòng nhập số trong kỳ thì đánh dấu ở Chi tiết.",
        ),
        (r"=.*", "“{}” là công thức: nhập kết quả bằng số."),
        (r"#.*", "“{}” là ô báo lỗi hoặc ô quá hẹp của Excel: sửa ở Excel rồi nhập lại."),
        (
            r"[-.,…/]+|(không|khong|ko|kps|chưa|chua|n/a|k/c)\b[^0-9]*|0 (có|co|phát sinh|phat sinh|ps)",
            "“{}” không phải là số: nhập 0 nếu số liệu bằng không, hoặc chọn “Không phát sinh”.",
        ),
        (r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{4}", "“{}” là ngày tháng: ô này nhập số."),
        (r"(.*[0-9] ?[/⁄] ?[0-9].*)|(.*[¼½¾].*)", "“{}” là phân số: nhập số thập phân, ví dụ 0,5."),
        (r"[+-]?[0-9.,]+e[+-]?[0-9]+", "“{}” là số Excel đã viết tắt: nhập đủ các chữ số."),
        (r".*[0-9] ?(-|~|đến|tới) ?[0-9].*", "“{}” là một khoảng: nhập một số."),
        (r".*[0-9] ?[+*x×:] ?[0-9].*", "“{}” là phép tính: nhập kết quả."),
        (r".*[0-9.,][⁰¹²³⁴⁵⁶⁷⁸⁹].*", "“{}” có số chú thích đi kèm: bỏ số chú thích rồi nhập lại."),
    )
)
_NOT_A_NUMBER = "“{}” không phải là số: nhập bằng chữ số, ví dụ 1.234,5."
_SEVERAL_NUMBERS = "“{}” có hơn một số: mỗi ô chỉ nhập một số."
_WRONG_MARKS = "Dấu chấm, dấu phẩy trong “{}” không đúng chỗ: viết như 1.234,5."

_SHAPE = re.compile(
    r"(?P<before>[^0-9+\-(.,]*)(?P<open>\(?)\s*(?P<sign>[+-]?)\s*"
    r"(?P<digits>[0-9.,][0-9., ]*)(?P<close>\)?)\s*(?P<after>[^0-9]*)"
)
_APPROXIMATELY = frozenset(
    (
        "khoang",
        "chung",
        "xap xi",
        "uoc",
        "uoc dat",
        "uoc tinh",
        "uth",
        "gan",
        "tren",
        "hon",
        "duoi",
        "it nhat",
        "toi thieu",
        "toi da",
    )
    + ("khong qua", "khong duoi", "dat", "~", "≈", ">", "<", "≥", "≤", ">=", "<=")
)
_VIETNAMESE = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)?(?:,(?P<part>[0-9]+))?"
)
_ENGLISH = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)?(?:\.(?P<part>[0-9]+))?"
)


#: From one word of size to the next: tỷ, triệu, nghìn.
THOUSAND = 3
# "1tr2" is said for 1,2 triệu, "4 tỷ 700 triệu" for 4,7 tỷ: proposed as one number.
_SAID = re.compile(
    r"(?P<whole>[0-9]{1,3}) ?(?P<unit>tỷ|tỉ|ty|triệu|trieu|tr|nghìn|nghin|ngàn) ?(?P<part>[0-9]{1,3})"
    r"(?: ?(?P<less>triệu|trieu|tr|nghìn|nghin|ngàn))?(?P<after>[^0-9]*)",
    re.IGNORECASE,
)


class _UnreadableError(Exception):
    """There is no number in the text; the message is for the person who typed it."""


@dataclass(frozen=True)
class _Parts:
    """A text taken apart: the digits with their marks, the sign, the words after; is anything about it doubtful?"""

    digits: str
    is_negative: bool
    suffix: str
    is_doubtful: bool


def _read(cleaned: str, decimals: int, unit: str | None) -> Reading:
    said = _as_one_number(cleaned)
    parts = _take_apart(said or cleaned)
    conversion = convert(parts.suffix, unit)
    if conversion is None:
        raise _UnreadableError(
            f"Chỉ tiêu này tính bằng {unit}, không phải “{parts.suffix}”: đổi sang {unit} rồi nhập lại."
        )
    vietnamese, english = (_parse(pattern, parts, conversion.shift) for pattern in (_VIETNAMESE, _ENGLISH))
    english = None if said else english
    if vietnamese is None and english is None:
        several = re.search(r"[0-9] +[0-9]", parts.digits)
        raise _UnreadableError((_SEVERAL_NUMBERS if several else _WRONG_MARKS).format(cleaned))
    chosen, other = _choose(vietnamese, english, decimals)
    value = round_half_up(chosen, decimals)
    if value != chosen and decimals == 0:
        raise _UnreadableError(f"Chỉ tiêu này nhập số nguyên, không nhập số lẻ như {format_trimmed(chosen)}.")
    if abs(value) >= TOO_LARGE:
        raise _UnreadableError(f"{format_trimmed(value)} quá lớn: kiểm tra lại số và đơn vị tính.")
    is_sure = (
        conversion.is_sure
        and not (said or parts.is_doubtful)
        and chosen is vietnamese
        and other is None
        and value == chosen
    )
    if is_sure:
        return Reading(value=value)
    noun = f" {unit or parts.suffix}".rstrip() if unit or not conversion.shift else ""
    return Reading(value=value, echo=_echo(value, chosen, other, decimals, noun))


def _clean(text: str) -> str:
    """One kind of space, minus, digit and bracket; m2 as m²."""
    same = plain_characters(text)
    return _SQUARE_METRES.sub(r"\1²", re.sub(r" +", " ", same))


def _as_one_number(cleaned: str) -> str:
    """ "1tr2" → "1,2 tr", "4 tỷ 700 triệu" → "4,700 tỷ", "4 tỷ 50 triệu" → "4,050 tỷ"; "" for whatever else."""
    found = _SAID.fullmatch(cleaned)
    if found is None:
        return ""
    part, less = found["part"], found["less"]
    if less:
        steps = convert(found["unit"], less)
        if steps is None or steps.shift != THOUSAND:
            return ""
        part = part.zfill(THOUSAND)
    return f"{found['whole']},{part} {found['unit']}{found['after']}"


def _take_apart(cleaned: str) -> _Parts:
    shown = cleaned if len(cleaned) <= 60 else f"{cleaned[:40]}…"
    for pattern, sentence in _REFUSALS:
        if pattern.fullmatch(cleaned):
            raise _UnreadableError(sentence.format(" ".join(shown.split())))
    shape = _SHAPE.fullmatch(cleaned)
    if shape is None:
        numbers = len(re.findall(r"[0-9][0-9.,]*", cleaned))
        raise _UnreadableError((_SEVERAL_NUMBERS if numbers > 1 else _NOT_A_NUMBER).format(shown))
    before, after = fold(shape["before"]).strip(" :'"), shape["after"].strip()
    is_bracketed = bool(shape["open"])
    if is_bracketed and not shape["close"]:
        if not after.endswith(")"):
            raise _UnreadableError(_NOT_A_NUMBER.format(shown))
        after = after[:-1]
    elif shape["close"] and not is_bracketed:
        raise _UnreadableError(_NOT_A_NUMBER.format(shown))
    suffix = after.strip(" .,;:()")
    is_estimate = fold(suffix) in _APPROXIMATELY
    suffix = "" if is_estimate else suffix
    is_unit = not suffix or "%" in suffix or any(character.isalpha() for character in suffix)
    if (before and before not in _APPROXIMATELY) or (is_bracketed and shape["sign"]) or not is_unit:
        raise _UnreadableError(_NOT_A_NUMBER.format(shown))
    written = shape["digits"].strip()
    digits = re.sub(r" ?([.,]) ?", r"\1", written)
    digits = digits[:-1] if digits[-1] in ".," else digits
    return _Parts(
        digits=digits,
        is_negative=is_bracketed or shape["sign"] == "-",
        suffix=suffix,
        is_doubtful=bool(before) or is_estimate or is_bracketed or digits != written,
    )


def _parse(pattern: re.Pattern[str], parts: _Parts, shift: int) -> Decimal | None:
    """The digits read with one meaning of dot and comma; the comma moved by the unit. None where they do not fit it."""
    match = pattern.fullmatch(parts.digits)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole = re.sub(r"[., ]", "", match["whole"] or "0")
    number = Decimal(f"{whole}.{match['part']}" if match["part"] else whole).scaleb(shift, _EXACT)
    return number.copy_negate() if parts.is_negative and number else number


def _places(value: Decimal) -> int:
    """How many decimals are written, zeros included."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _choose(vietnamese: Decimal | None, english: Decimal | None, decimals: int) -> tuple[Decimal, Decimal | None]:
    """The reading to propose, and the other one where it is a rival worth naming.

    First a reading written with no more decimals than the field has, the Vietnamese before the foreign one; then one
    that fits because its last decimals are zeros; then one to be rounded.
    """
    readings = [one for one in (vietnamese, english) if one is not None]
    written = [one for one in readings if _places(one) <= decimals]
    fitting = [one for one in readings if round_half_up(one, decimals) == one]
    chosen = (written or fitting or readings)[0]
    rivals = readings if chosen is english else written
    other = next((one for one in rivals if one != chosen), None)
    return chosen, other


def _echo(value: Decimal, chosen: Decimal, other: Decimal | None, decimals: int, noun: str) -> str:
    said = f"hiểu là {format_trimmed(value)}{noun}"
    if value != chosen:
        return f"{said} (làm tròn từ {format_trimmed(chosen)})?"
    if other is not None and (decimals > 0 or other == round_half_up(other, 0)):
        return f"{said}, không phải {format_trimmed(other)}{noun}?"
    return f"{said}?"
