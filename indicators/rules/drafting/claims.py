"""What the values of a sentence say: of which indicator, target or done so far, on which base, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaign.rules.drafting.numbers import Number, Part, numbers_of
from indicators.rules.drafting.wording import (
    ANEW,
    BARE,
    BASE,
    BASE_BEHIND,
    BREAKS,
    CHANGE,
    COMPARED,
    DONE,
    DONE_ABOVE,
    ENDS,
    HERDS,
    LEADS,
    MEASURED,
    NO_THING,
    PERIODS,
    TARGET_OF,
    THING_ENDS,
    UNITS_MEASURED,
    VERBS,
    WANTED,
    WEAK,
    YEARS,
    ZERO,
)
from vietnamese.text import fold

_THING_WORDS = 8


class Subject(StrEnum):
    """What a value is said to be."""

    TARGET = "target"
    OPENING = "opening"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: a paragraph of the outline by position, or a footnote by number."""

    paragraph: int | None = None
    footnote: int | None = None


@dataclass(frozen=True)
class Said:
    """One value that the document states, with the words it was read from.

    ``part_of`` and ``rate_of`` are places in the same list: the whole of which this is a part (trong đó), the count of
    which this is the share ("10 dự án … (mới đạt 25,6% so với kế hoạch)").
    """

    name: str
    subject: Subject
    value: Decimal
    unit: str
    operator: str
    base: str
    due_on: date | None
    quote: str
    place: Place
    number: Number
    part_of: int | None = None
    rate_of: int | None = None
    also: tuple[Place, ...] = field(default=())

    @property
    def is_rate(self) -> bool:
        """A percentage stays a percentage of its named base."""
        return self.unit == "%"


def said_in(text: str, place: Place, *, looks_back: bool = False, holds_targets: bool = False) -> list[Said]:
    """What the values of one paragraph or footnote say, in reading order.

    ``looks_back``: a footnote or the introduction, which tell what was reached. ``holds_targets``: the heading above
    says that targets follow (Các chỉ tiêu thi đua), so that a bare number is one.
    """
    numbers = numbers_of(text)
    found: list[Said] = []
    starts: list[tuple[int, int]] = []
    for number in numbers:
        if number.part is not Part.VALUE or number.value is None:
            continue
        start = _clause_start(text, number.start)
        before = text[start : number.start]
        said = Said(
            name="",
            subject=Subject.UNCLEAR,
            value=number.value,
            unit=number.unit,
            operator=number.operator or _implied_operator(text, number),
            base=_base(text, number),
            due_on=_horizon(numbers, number, text),
            quote=_sentence(text, number.start),
            place=place,
            number=number,
        )
        said = _with_whole(said, text, found, starts, start)
        said = _named(said, text, before, found, starts)
        said = replace(said, subject=_subject(said, text, before, looks_back, holds_targets, found))
        found.append(said)
        starts.append((start, number.end))
    return found


def _clause_start(text: str, at: int) -> int:
    """Where the clause of a number begins: behind the last mark that ends one; a colon right before it does not."""
    start = 0
    for match in BREAKS.finditer(text, 0, at):
        between = text[match.end() : at]
        if match.group() == ":" and not VERBS.sub("", between).strip():
            continue
        start = match.end()
    return start


def _sentence(text: str, at: int) -> str:
    """The sentence of a number, word for word."""
    ends = [match.end() for match in re.finditer(r"(?<=[^\s.])\.(?=\s|$)|…|\.{2,}", text)]
    start = max((end for end in ends if end <= at), default=0)
    stop = min((end for end in ends if end > at), default=len(text))
    return text[start:stop].strip()


def _base(text: str, number: Number) -> str:
    """The named base of a percentage, as worded behind it."""
    if number.unit != "%":
        return ""
    match = BASE.match(text, number.end) or BASE_BEHIND.match(text, number.end)
    if match and match.re is BASE_BEHIND:
        return str(match["base"])
    return re.sub(r"\s+năm\s+\d{4}$", "", match["base"].strip()) if match else ""


def _implied_operator(text: str, number: Number) -> str:
    """A rate that is to fall "xuống còn 12%" must not be exceeded."""
    return "le" if re.search(r"xuống\s+(?:còn|dưới)\s*$", text[: number.start], re.I) else ""


def _horizon(numbers: Sequence[Number], number: Number, text: str) -> date | None:
    """ "đến cuối năm 2024", "đến năm 2025" in the same sentence before the number: the last day of that year."""
    start = number.start - len(text[: number.start]) + (text.rfind(". ", 0, number.start) + 1)
    years = [each for each in numbers if each.part is Part.HORIZON and start <= each.start < number.start]
    return date(int(years[-1].text), 12, 31) if years else None


def _with_whole(said: Said, text: str, found: list[Said], starts: list[tuple[int, int]], start: int) -> Said:
    """Inside "(trong đó: …)" a value is a part of the one before the bracket."""
    opened = text.rfind("(", 0, said.number.start)
    if opened < 0 or ")" in text[opened : said.number.start]:
        between = text[starts[-1][1] : said.number.start] if starts else ""
        is_part = re.search(r"\btrong đó\b[^.;]*$", between, re.I) is not None
        return replace(said, part_of=len(starts) - 1) if is_part else said
    before = [at for at, (_, end) in enumerate(starts) if end <= opened]
    if not before:
        return said
    if re.match(r"\(\s*trong đó", text[opened:], re.I):
        return replace(said, part_of=before[-1])
    own = VERBS.sub("", text[opened + 1 : said.number.start]).strip()
    rate_of = before[-1] if said.is_rate else None
    return said if own else replace(said, rate_of=rate_of, name=found[before[-1]].name)


def _named(said: Said, text: str, before: str, found: list[Said], starts: list[tuple[int, int]]) -> Said:
    """Find what the value is of: the words before a rate or an area, the thing behind a count."""
    if said.name:
        return said
    target_of = TARGET_OF.match(text[starts[-1][1] : said.number.start]) if found else None
    if target_of and said.number.start - starts[-1][1] < 40:
        base = target_of["base"].lower() if found[-1].is_rate else ""  # "đạt 0%, kế hoạch là 183,5ha": 0 % of this
        return replace(said, name=found[-1].name, part_of=found[-1].part_of, base=said.base or base)
    inside = max((end for _, end in starts if end <= said.number.start), default=0)
    own = before if inside <= said.number.start - len(before) else text[inside : said.number.start]
    head, colon, rest = own.rpartition(":")
    if colon and not VERBS.sub("", rest).strip():
        return replace(said, name=_tidy(head))
    for lead in ("phấn đấu", "trong đó"):
        own = own[own.lower().rfind(lead) + len(lead) :] if lead in own.lower() else own
    name = _as_before(said, _called(said, own, _thing(text, said.number)), found)
    if BARE.match(name) and found:
        name = f"{name} {_lowered(without_change(found[-1].name))}"
    return replace(said, name=_with_change(name, said, text[: said.number.start], own))


def _lowered(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def without_change(name: str) -> str:
    """ "Giảm hộ nghèo" is about "Hộ nghèo"."""
    rest = re.sub(r"^(?:giảm|tăng)\s+", "", name, flags=re.I)
    return f"{rest[:1].upper()}{rest[1:]}"


def _with_change(name: str, said: Said, before: str, own: str) -> str:
    """ "giảm 120 hộ nghèo" counts by how much they became fewer, not the poor households themselves.

    So does "giảm số vụ vi phạm ít nhất 10% so với năm 2025": compared is what became of it.
    """
    change = CHANGE.search(before)
    if change is None and COMPARED.match(said.base):
        change = re.search(r"\b(?P<change>giảm|tăng)\b", own, re.I)
    if change is None or not name or fold(name).startswith(fold(change["change"])):
        return name
    return f"{change['change'].capitalize()} {_lowered(name)}"


def _as_before(said: Said, name: str, found: Sequence[Said]) -> str:
    """ "đến nay mới trồng được 60 ha" after "trồng 120 ha rừng": a shorter name means what was named in full."""
    if not _is_measured(said.unit) or not name:
        return name
    longer = (one.name for one in reversed(found) if one.unit == said.unit and one.name.startswith(f"{name} "))
    return next(longer, name)


def _called(said: Said, own: str, behind: str) -> str:
    """The name out of the words before the number and the thing behind it; nothing where neither says one."""
    shortened = VERBS.sub("", own)
    ahead, is_led = _tidy(shortened), re.search(r"(?:đạt|là|có|bằng|lên)\W*\w*\W*\w*\W*$", own[len(shortened) :], re.I)
    is_bare = behind.lower() == said.unit.lower()
    if _is_measured(said.unit):
        measured = MEASURED.search(shortened)
        return _tidy(measured.group()) if measured else _worked_on(said, own, shortened, behind)
    if said.is_rate:
        return f"{ahead} {said.base}" if fold(ahead) in WEAK and said.base else ahead or behind
    if is_bare and re.search(r"\b(?:đang|đã|chưa|còn|được)\b", shortened, re.I):
        return f"{behind} {ahead[:1].lower()}{ahead[1:]}"
    if is_bare and " " in ahead and (is_led or HERDS.match(ahead) or CHANGE.search(own)):
        return _tidy(ahead.rsplit(", ", 1)[-1])
    return f"{ahead} {_lowered(behind)}" if is_bare and ahead and said.part_of is not None else behind or ahead


def _is_measured(unit: str) -> bool:
    """An amount by measure or money, of each hectare or person too."""
    return unit.split("/")[0] in UNITS_MEASURED or "đồng" in unit


def _worked_on(said: Said, own: str, shortened: str, behind: str) -> str:
    """What is done with what is measured: "trồng mới ít nhất 120 ha rừng" is "Trồng mới rừng"."""
    work = _tidy(shortened.rsplit(", ", 1)[-1])
    if not work:
        return _tidy(shortened) or behind
    anew = " mới" if ANEW.match(own[len(shortened) :]) else ""
    thing = behind[len(said.unit) :].strip() if said.unit in UNITS_MEASURED else ""
    is_thing = thing and len(thing.split()) <= _THING_WORDS and not NO_THING.match(thing)
    return f"{work}{anew} {thing}".rstrip()[:160] if is_thing else f"{work}{anew}"


def _tidy(words: str) -> str:
    """A name without the words that only lead to it."""
    words = PERIODS.sub("", words.strip(' ,:;–-“”"')) if not LEADS.match(words) else words
    words = LEADS.sub("", words)
    words = ENDS.sub("", YEARS.sub("", PERIODS.sub("", words))).strip(" ,:;–-")
    words = words.rsplit(", ", 1)[-1] if len(words) > 90 else words
    if words.count("“") > words.count("”"):
        words = f"{words}”"
    return (words[:1].upper() + words[1:])[:160].strip()


def _thing(text: str, number: Number) -> str:
    """What is counted: the words behind the number up to where its description ends."""
    rest = text[number.end :] if number.unit == "%" else text[number.end - len(number.unit) :]
    end = THING_ENDS.search(rest, 0 if number.unit == "%" else len(number.unit))
    return "" if BASE.match(rest) or end is None else _tidy(rest[: end.start()])


def _subject(
    said: Said, text: str, before: str, looks_back: bool, holds_targets: bool, found: Sequence[Said]
) -> Subject:
    """A target to reach, or what was done before the campaign; unclear where no word says it."""
    if said.rate_of is not None:
        return found[said.rate_of].subject
    if re.search(r"(?:kế hoạch|chỉ tiêu|dự toán)(?:\s+(?:giao|năm))?\s+là\s*$", before, re.I):
        return Subject.TARGET
    near = before[-90:]
    if DONE.search(near):
        return Subject.OPENING
    if WANTED.search(near) or said.operator in ("ge", "gt", "le"):
        return Subject.TARGET
    sentence = said.quote[: said.quote.find(said.number.text) + 1]
    if DONE_ABOVE.search(sentence) or (looks_back and re.search(r"\b(?:đạt|bằng|còn)\s*$", before, re.I)):
        return Subject.OPENING
    if WANTED.search(sentence) or holds_targets:
        return Subject.TARGET
    return Subject.UNCLEAR


def zeros_in(text: str, place: Place) -> list[Said]:
    """Targets of zero told in words: "không để đơn thư tồn đọng"."""
    found = []
    for match in ZERO.finditer(text):
        if not match["verb"]:
            continue
        number = Number(match.group(), match.start(), match.end(), Part.VALUE, Decimal(0), "vụ", "le")
        name = f"{match['name']} {match['verb']}".strip()
        found.append(
            Said(
                name=name[:1].upper() + name[1:],
                subject=Subject.TARGET,
                value=Decimal(0),
                unit=_zero_unit(match["name"]),
                operator="le",
                base="",
                due_on=None,
                quote=_sentence(text, match.start()),
                place=place,
                number=number,
            )
        )
    return found


def _zero_unit(name: str) -> str:
    """ "đơn thư" are counted by the đơn; what has no such word by the vụ."""
    first = fold(name).split()[0]
    return {"don": "đơn", "vu": "vụ", "ho": "hộ", "dich": "ổ dịch"}.get(first, "vụ")
