"""Which branches of a document head something, and which are but one value: "3. Trồng rừng: 350 ha"."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.rules.drafting.numbers import Part, numbers_of
from campaign.rules.drafting.outline import Node, Section
from indicators.rules.drafting.claims import Said
from indicators.rules.drafting.duties import sentences_of

#: A longer text is a content area even where it carries a value.
MAX_VALUE = 160
#: "Tỷ lệ hộ nghèo: giảm xuống còn 8,7 %" has so few words between its name and its number.
_WORDS_BEFORE = 3


def areas_in(nodes: Sequence[Node], said: Sequence[Said]) -> list[Node]:
    """The content areas: numbered and listed branches of the content, but for those that are one value."""
    of_values = {one.place.paragraph for one in said if one.place.footnote is None}
    with_branches = {node.parent for node in nodes if node.is_listed}
    return [
        node
        for node in nodes
        if node.section is Section.CONTENT
        and node.is_listed
        and not (node.position in of_values and node.position not in with_branches and _is_one_value(node))
    ]


def _is_one_value(node: Node) -> bool:
    """The whole branch is a sentence with its value, or a name, a colon and the value."""
    if len(node.text) >= MAX_VALUE:
        return False
    head, colon, rest = node.text.partition(":")
    if not colon or head.strip() != node.title:
        return node.title == node.text.rstrip(" .;:")
    first = next((one for one in numbers_of(rest) if one.part is Part.VALUE), None)
    is_near = first is not None and len(rest[: first.start].split()) <= _WORDS_BEFORE
    return is_near and len(sentences_of(rest)) == 1
