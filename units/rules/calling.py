"""How units are called: together by their kinds, and which words before a name only tell the kind of unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from vietnamese.text import search_key

UNITS = "đơn vị"


def called_together(kinds: Sequence[tuple[str, bool]]) -> str:
    """How to call units together, from the name of each one's kind and whether it is a territory.

    "xã, phường", "thôn, tổ dân phố", the more frequent first; "đơn vị" for none and where offices are among them.
    """
    counts = Counter(kind for kind, _ in kinds)
    if not counts or (len(counts) > 1 and not all(is_territorial for _, is_territorial in kinds)):
        return UNITS
    words = [kind for kind, _ in counts.most_common()]
    return ", ".join(word[:1].lower() + word[1:] for word in words)


def kind_words(units: Iterable[Collection[str]], kinds: Iterable[str]) -> set[str]:
    """The words that stand before the units' own names, folded, with their initials.

    Read off all names of each unit and the names of their kinds: "Ủy ban nhân dân xã A", "xã A" and "A" give "uy ban
    nhan dan xa", "uy ban nhan dan", "xa" and "ubndx", "ubnd", "x". People write a unit with or without them.
    """
    found = {search_key(part) for kind in kinds for part in kind.split(",")} - {""}
    found |= {"".join(word[0] for word in words.split()) for words in found}
    for names in units:
        keys = {search_key(name) for name in names} - {""}
        before = {one.removesuffix(f" {other}") for one in keys for other in keys if one.endswith(f" {other}")}
        found |= before | {"".join(word[0] for word in words.split()) for words in before}
    return found
