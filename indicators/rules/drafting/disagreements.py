"""Where a document contradicts itself: one thing with two values, parts against the whole, counts against shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.rules.drafting.claims import Said, Subject
from vietnamese.numbers import format_trimmed, round_half_up
from vietnamese.text import search_key


class Disagreement(StrEnum):
    """How two places fall apart."""

    TWO_VALUES = "two_values"
    PARTS = "parts"
    COUNTS = "counts"


@dataclass(frozen=True)
class Finding:
    """One contradiction: its kind, the question to settle, and the values on its sides (places in the list)."""

    kind: Disagreement
    question: str
    sides: tuple[int, ...]


#: Words that say nothing of which thing is meant.
_EMPTY_WORDS = frozenset(
    ("cong", "tac", "tinh", "hinh", "trien", "khai", "thuc", "hien", "ket", "qua", "tren", "dia", "ban", "huyen", "xa")
    + ("thu", "ke", "hoach", "moi", "dat", "cac", "so")
)
_SAME_SHARE = Decimal("0.7")
#: A share of 25,6 % of a count of whole things: the total it comes from is known to half a thing.
_ROUNDED_SHARE = Decimal("0.05")


def merge_repeats(said: Sequence[Said]) -> list[list[int]]:
    """Places that say the same of the same thing, each group in reading order."""
    groups: list[list[int]] = []
    for at, one in enumerate(said):
        for group in groups:
            first = said[group[0]]
            if first.value == one.value and first.unit == one.unit and is_same_thing(first, one):
                group.append(at)
                break
        else:
            groups.append([at])
    return groups


def findings_in(said: Sequence[Said]) -> list[Finding]:
    """Every contradiction of the document, in reading order of its first side."""
    found = [*_two_values(said), *_parts(said), *_counts(said)]
    return sorted(found, key=lambda finding: finding.sides[0])


def is_same_thing(one: Said, other: Said) -> bool:
    """Do both speak of one indicator? Most words that mean something are the same, and nobody counts the rest apart."""
    if one.subject is not other.subject or one.is_rate != other.is_rate:
        return False
    if one.base and other.base and not (one.base.startswith(other.base) or other.base.startswith(one.base)):
        return False
    mine, theirs = _words(one.name), _words(other.name)
    if not mine or not theirs:
        return False
    return Decimal(len(mine & theirs)) / Decimal(len(mine | theirs)) >= _SAME_SHARE


def _words(name: str) -> frozenset[str]:
    return frozenset(search_key(name).split()) - _EMPTY_WORDS


def _two_values(said: Sequence[Said]) -> list[Finding]:
    """The same thing, on the same base, with different values."""
    found, taken = [], set[int]()
    for first, one in enumerate(said):
        if first in taken or one.rate_of is not None or one.subject is Subject.UNCLEAR:
            continue
        same = [
            at
            for at in range(first + 1, len(said))
            if said[at].rate_of is None and _names_agree(one, said[at]) and is_same_thing(one, said[at])
        ]
        others = [at for at in same if said[at].value != one.value and said[at].place != one.place]
        if others:
            taken.update(others)
            values = " hay ".join(_shown(said[at]) for at in (first, *others))
            found.append(Finding(Disagreement.TWO_VALUES, f"{one.name}: {values}?", (first, *others)))
    return found


def _names_agree(one: Said, other: Said) -> bool:
    """For a contradiction the words must be the same: what only resembles is another thing."""
    return _words(one.name) == _words(other.name)


def _parts(said: Sequence[Said]) -> list[Finding]:
    """A whole outside the range of its parts: possible only where the list of parts is not complete."""
    found = []
    for at, whole in enumerate(said):
        parts = [place for place, one in enumerate(said) if one.part_of == at and one.is_rate == whole.is_rate]
        if not whole.is_rate or not parts:
            continue
        rates = [said[place].value for place in parts]
        if min(rates) <= whole.value <= max(rates):
            continue
        listed = "; ".join(_shown(said[place]) for place in parts)
        question = (
            f"{whole.name} {_shown(whole)}, nhưng phần trong đó chỉ nêu {listed}: phần trong đó chưa đủ, khác mẫu số, "
            "hay một số sai?"
        )
        found.append(Finding(Disagreement.PARTS, question, (at, *parts)))
    return found


def _counts(said: Sequence[Said]) -> list[Finding]:
    """Counts of one thing with shares of it: every share leads to a total, and so does the sum of the counts."""
    found = []
    shared = [(said[at].rate_of, at) for at in range(len(said)) if said[at].rate_of is not None]
    for place in {said[at].place: None for _, at in shared}:
        pairs = [(count, rate) for count, rate in shared if count is not None and said[rate].place == place]
        pairs = [(count, rate) for count, rate in pairs if said[rate].value > 0]
        units = {said[count].unit for count, _ in pairs}
        counts = [at for at, one in enumerate(said) if one.place == place and one.unit in units]
        total = sum((said[at].value for at in counts), Decimal(0))
        implied = [said[count].value * 100 / said[rate].value for count, rate in pairs]
        if all(_is_near(one, total) for one in implied):
            continue
        added = " + ".join(format_trimmed(said[at].value) for at in counts)
        shares = "; ".join(
            f"{_shown(said[count])} là {_shown(said[rate])}, suy ra {format_trimmed(round_half_up(one, 0))}"
            for (count, rate), one in zip(pairs, implied, strict=True)
        )
        question = f"Tổng số {said[counts[0]].unit}: cộng lại {added} = {format_trimmed(total)}; nhưng {shares}?"
        sides = tuple(sorted({*counts, *(rate for _, rate in pairs)}))
        found.append(Finding(Disagreement.COUNTS, question, sides))
    return found


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Equal but for the rounding of the share."""
    return abs(one - other) <= max(Decimal("0.5"), other * _ROUNDED_SHARE / 10)


def _shown(one: Said) -> str:
    return f"{format_trimmed(one.value)} {one.unit}"
