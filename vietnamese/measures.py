"""Units of measure as people write them after a number: ha and m², triệu and tỷ đồng, hộ, lượt khách."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vietnamese.text import nfc, same_words

COUNT, PERCENT = "count", "percent"

# Powers of ten, so that a conversion only moves the decimal comma.
_MULTIPLIERS = {
    "trăm": 2,
    "tram": 2,
    "nghìn": 3,
    "ngàn": 3,
    "nghin": 3,
    "ngan": 3,
    "k": 3,
    "vạn": 4,
    "triệu": 6,
    "trieu": 6,
    "tr": 6,
    "tỷ": 9,
    "tỉ": 9,
    "ty": 9,
    "ti": 9,
}
_MEASURES = {
    "đồng": ("money", 0),
    "dong": ("money", 0),
    "đ": ("money", 0),
    "d": ("money", 0),
    "vnđ": ("money", 0),
    "vnd": ("money", 0),
    "m²": ("area", 0),
    "mét vuông": ("area", 0),
    "met vuong": ("area", 0),
    "m vuông": ("area", 0),
    "ha": ("area", 4),
    "héc ta": ("area", 4),
    "hec ta": ("area", 4),
    "hecta": ("area", 4),
    "hécta": ("area", 4),
    "km²": ("area", 6),
    "g": ("mass", 0),
    "gam": ("mass", 0),
    "kg": ("mass", 3),
    "yến": ("mass", 4),
    "tạ": ("mass", 5),
    "tấn": ("mass", 6),
    "cm": ("length", 0),
    "m": ("length", 2),
    "mét": ("length", 2),
    "km": ("length", 5),
    "%": (PERCENT, 0),
    "phần trăm": (PERCENT, 0),
    "phan tram": (PERCENT, 0),
    "điểm %": (PERCENT, 0),
}
# Nouns that count the same thing.
_SAME_THINGS = (
    ("lượt", "lượt khách", "khách", "du khách", "khách du lịch"),
    ("căn", "căn nhà", "nhà"),
    ("người", "ng", "đ/c"),
    ("trẻ", "trẻ em", "cháu", "em"),
    ("dự án", "da", "d án"),
)
#: Thousand in its short form is only said of money: "ng" alone is người.
_THOUSAND_MONEY = re.compile(r"ng\s?(đồng|dong|đ|d|vnđ|vnd)")
_MULTIPLIED = re.compile(rf"({'|'.join(_MULTIPLIERS)})(?:\s+(.+)|(đồng|dong|đ|d|vnđ|vnd))?")


@dataclass(frozen=True)
class Measure:
    """What a unit of measure says: the kind of thing, its size as a power of ten, a multiplying word, the noun."""

    kind: str
    size: int
    multiplier: int
    noun: str


@dataclass(frozen=True)
class Conversion:
    """How a number written in one unit becomes one in another: move the comma by ``shift``; is it beyond doubt?"""

    shift: int
    is_sure: bool


def parse_measure(text: str) -> Measure:
    """The measure that a text names; what is no known measure is a noun that is counted."""
    name = re.sub(r"[\s.-]+", " ", nfc(text).lower()).strip(" ,;:()")
    if _THOUSAND_MONEY.fullmatch(name):
        return Measure("money", 0, 3, "đồng")
    if name in _MEASURES:
        kind, size = _MEASURES[name]
        return Measure(kind, size, 0, name)
    multiplied = _MULTIPLIED.fullmatch(name)
    if multiplied is None:
        return Measure(COUNT, 0, 0, name)
    noun = multiplied[2] or multiplied[3] or ""
    kind, size = _MEASURES.get(noun, (COUNT, 0))
    return Measure(kind, size, _MULTIPLIERS[multiplied[1]], noun)


def convert(written: str, unit: str | None) -> Conversion | None:
    """From the words written after a number to the unit that is asked for; None where they do not agree.

    Without words the number is in the unit asked for. Words that name the very unit, or only multiply a count
    ("1,2 triệu" of lượt), are sure; another size of the same thing (tỷ for triệu đồng, m² for ha) and a noun that is
    merely similar (khách for lượt khách) are not. Without a unit nothing can be compared: a bare measure is kept.
    """
    if not written:
        return Conversion(0, is_sure=True)
    given = parse_measure(written)
    if unit is None:
        is_measure = given.kind != COUNT and given.multiplier == 0
        return Conversion(given.multiplier, is_sure=is_measure or not (given.noun or _is_short(written)))
    if same_words(written, unit) and ("%" in written) == ("%" in unit) and ("²" in written) == ("²" in unit):
        return Conversion(0, is_sure=True)
    wanted = parse_measure(unit)
    if given.kind == COUNT and not given.noun and wanted.kind != PERCENT:
        only_counts = wanted.kind == COUNT and wanted.multiplier == 0 and not _is_short(written)
        shift = given.multiplier - wanted.multiplier
        return Conversion(shift, is_sure=only_counts or shift == 0)
    if given.kind != wanted.kind:
        return None
    shift = given.multiplier + given.size - wanted.multiplier - wanted.size
    if given.kind != COUNT:
        return Conversion(shift, is_sure=shift == 0)
    if same_words(given.noun, wanted.noun):
        return Conversion(shift, is_sure=(wanted.multiplier == 0 and not _is_short(written)) or shift == 0)
    return Conversion(shift, is_sure=False) if _similar(given.noun, wanted.noun) else None


def _is_short(written: str) -> bool:
    """Thousands by a letter ("50k") are proposed, never taken for sure."""
    return re.split(r"[\s.]", written.lower())[0] == "k"


def _similar(one: str, other: str) -> bool:
    """Do two nouns name the same thing, or is one the beginning or the end of the other (hộ, hộ gia đình)?"""
    if any(one in group and other in group for group in _SAME_THINGS):
        return True
    shorter, longer = sorted((one.split(), other.split()), key=len)
    ends = (longer[: len(shorter)], longer[-len(shorter) :])
    return bool(shorter) and any(same_words(" ".join(shorter), " ".join(end)) for end in ends)
