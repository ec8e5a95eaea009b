"""What of a document the reading took into no part of the draft: nothing of it may vanish without a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.rules.drafting.citations import citations_of, laws_of
from campaign.rules.drafting.numbers import Part, numbers_of
from campaign.rules.drafting.outline import Node, Section
from campaign.rules.drafting.paragraphs import Footnote
from indicators.rules.drafting.areas import areas_in
from indicators.rules.drafting.claims import Place, Said
from indicators.rules.drafting.duties import Task, is_heading, sentences_of
from vietnamese.text import fold


@dataclass(frozen=True)
class Unread:
    """A number or a piece of text (``is_text``) that has no part in the reading; a person looks at it."""

    text: str
    place: Place
    quote: str
    is_text: bool = False


#: Lines of a head that are longer than a title.
_HEAD = re.compile(r"(?:so\b|ve viec|v/v|.{0,60}ngay\s.{0,8}thang\s.{0,8}nam|[\W_]*$)")
_SENT_TO = re.compile(r"kinh gui\b")
_SIGNED = re.compile(r"(?:tm|kt|tl|tuq|q|t/m|k/t)\W|\(")
#: A title and the name below a signature have not more words.
_TITLE_WORDS, _NAME_WORDS = 40, 6
#: It only leads to what follows: "Các chỉ tiêu thi đua:", "… ban hành Kế hoạch như sau:".
_LEADS = re.compile(r"^(?:\S+\s+){0,12}\S+:$|như sau:$")


def leftovers_in(
    nodes: Sequence[Node],
    footnotes: Mapping[int, Footnote],
    said: Sequence[Said],
    tasks: Sequence[Task],
    period: Place | None,
) -> list[Unread]:
    """Every passage or sentence that became neither area, basis, duty, recipient, value nor task, in reading order.

    ``period``: where the time of the campaign was read.
    """
    whole = {node.position for node in areas_in(nodes, said)}  # an area keeps its passage word for word
    whole |= {period.paragraph} if period and period.paragraph is not None else set()
    taken: dict[int | None, list[str]] = defaultdict(list)
    for place, words in [*((one.place, one.quote) for one in said), *((one.place, one.name) for one in tasks)]:
        if place.footnote is None:
            taken[place.paragraph].append(words)
    found = [
        Unread(text, Place(node.position), text, is_text=True)
        for node in nodes
        if node.position not in whole
        for text in _left_of(node, nodes, taken[node.position])
    ]
    called = {one.place.footnote for one in said}
    found += [
        Unread(note.text, Place(footnote=number), note.text, is_text=True)
        for number, note in footnotes.items()
        if number not in called and not citations_of(note.text)
    ]
    return found


def numbers_unread(texts: Sequence[tuple[Place, str]]) -> list[Unread]:
    """Numbers without a part; the places of cited documents and days are known and not among them."""
    return [
        Unread(number.text, place, text[max(0, number.start - 60) : number.end + 60].strip())
        for place, text in texts
        for number in numbers_of(text)
        if number.part is Part.UNREAD
    ]


def _left_of(node: Node, nodes: Sequence[Node], taken: Sequence[str]) -> list[str]:
    """What of a passage nothing was taken of: single sentences of the content, whole paragraphs elsewhere."""
    text = node.text
    if not node.is_listed and (_LEADS.search(text) or text.startswith("(Kèm theo") or text.upper() == text):
        return []
    if node.section is Section.CONTENT:
        sentences = sentences_of(text)
        return [one for one in sentences if not any(one in words or words in one for words in taken)]
    is_silent = {
        Section.HEAD: _is_head(node),
        Section.BASIS: bool(citations_of(text) or laws_of(text)),
        Section.INTRODUCTION: bool(taken or citations_of(text)),
        Section.PERIOD: is_heading(node, nodes),
        Section.TERMS: is_heading(node, nodes),
        Section.SIGNATURE: _is_signature(text),
    }
    return [] if is_silent.get(node.section, True) else [text]


def _is_head(node: Node) -> bool:
    """Name of the office, motto, number, day, and the title with the lines below it."""
    if _SENT_TO.match(fold(node.text).strip()):
        return False
    is_short = len(node.text.split()) <= _TITLE_WORDS and not node.text.endswith((":", "."))
    return is_short or node.text.upper() == node.text or _HEAD.match(fold(node.text).strip()) is not None


def _is_signature(text: str) -> bool:
    return len(text.split()) <= _NAME_WORDS or text.upper() == text or _SIGNED.match(fold(text).strip()) is not None
