"""Duties without a number: each sentence of the content that carries none, with the units that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.rules.drafting.outline import Node, Section
from indicators.rules.drafting.claims import Place, Said
from vietnamese.text import fold

_SENTENCE_ENDS = re.compile(r"[.;…]+(?=\s+\S|\s*$)")
_MIN_TASK_WORDS = 4


@dataclass(frozen=True)
class Task:
    """A duty without a number, word for word, with the units that it names."""

    name: str
    place: Place
    units: tuple[str, ...]


def tasks_in(nodes: Sequence[Node], said: Sequence[Said], names: Mapping[str, str]) -> list[Task]:
    """The sentences of the content that carry no value: each a duty to report on in words."""
    taken = {(each.place.paragraph, each.quote) for each in said}
    found = []
    for node in nodes:
        if node.section is not Section.CONTENT or (not node.is_listed and node.parent is None):
            continue
        if has_branches(node, nodes) and is_heading(node, nodes):
            continue
        for words in sentences_of(_own_text(node, nodes)):
            is_value = any(at == node.position and (words in quote or quote in words) for at, quote in taken)
            if len(words.split()) >= _MIN_TASK_WORDS and not is_value:
                found.append(Task(words, Place(paragraph=node.position), units_named(words, names)))
    return found


def _own_text(node: Node, nodes: Sequence[Node]) -> str:
    """The text of a branch without its heading and without the sentence that only leads to the branches below."""
    head, colon, body = node.text.partition(":")
    text = body if colon and head.strip() == node.title and node.is_listed else node.text
    if text.strip().endswith(":") and (has_branches(node, nodes) or not node.is_listed):
        text = text[: max(text.rfind(". "), 0)]
    return text


def is_heading(node: Node, nodes: Sequence[Node]) -> bool:
    """A branch of which the text is but its heading: "III. TỔ CHỨC THỰC HIỆN"; a short sentence below it is none."""
    is_short = node.is_listed and node.text.strip(" .:;") == node.title
    is_sentence = node.text.endswith((".", ";"))
    return is_short and (node.parent is None or (has_branches(node, nodes) and not is_sentence))


def has_branches(node: Node, nodes: Sequence[Node]) -> bool:
    """Does anything stand below it in the tree?"""
    return any(each.parent == node.position for each in nodes)


def units_named(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the units that a text names, the longest names first: "xã Hòa, Bình" names two.

    Diacritics and spelling do not count, capitals do: "hòa thuận" does not name xã Hòa.
    """
    words = [(fold(word), word[:1].isupper()) for word in _WORD.findall(text)]
    taken: set[int] = set()
    found: dict[str, int] = {}
    for name in sorted(names, key=len, reverse=True):
        wanted = [(fold(word), word[:1].isupper()) for word in _WORD.findall(name)]
        for at in range(len(words) - len(wanted) + 1 if wanted else 0):
            span = range(at, at + len(wanted))
            if taken.isdisjoint(span) and _is_called(words[at : at + len(wanted)], wanted):
                found.setdefault(names[name], at)
                taken.update(span)
    return tuple(sorted(found, key=lambda each: found[each]))


_WORD = re.compile(r"\w+")


def _is_called(words: Sequence[tuple[str, bool]], wanted: Sequence[tuple[str, bool]]) -> bool:
    """The same words, with capitals where the name has them."""
    return all(
        word == name and (is_capital or not needs_capital)
        for (word, is_capital), (name, needs_capital) in zip(words, wanted, strict=True)
    )


def sentences_of(text: str) -> list[str]:
    """A text cut where a sentence ends and the next begins with a capital; dots inside numbers and "..." stay."""
    found, start = [], 0
    for match in _SENTENCE_ENDS.finditer(text):
        rest = text[match.end() :].lstrip(' “"(')
        if not rest or rest[0].isupper():
            found.append(text[start : match.end()].strip(" ;."))
            start = match.end()
    found.append(text[start:].strip(" ;."))
    return [sentence for sentence in found if sentence]
