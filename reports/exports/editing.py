"""What a person wrote in place of a suggestion: its paragraphs, with the numbers bound that the suggestion knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paper.document import Paragraph, Span
from reports.exports.parts import Part, SectionText

#: What a number of the text stands for: a value, or two with the stroke between them.
Bound = tuple[Span, ...]
#: A number as a report writes it: "1.234,5", "46,6 %", "8/9", "15/7/2024".
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?(?:/\d+)*(?: ?%)?")


def bound_spans(sections: Iterable[SectionText]) -> list[Span]:
    """Every span that prints a value, in the order of the text."""
    parts = (part for section in sections for part in section.parts)
    return [span for part in parts for paragraph in part.paragraphs for span in paragraph.spans if span.is_bound]


def written_paragraphs(key: str, text: str, known: Iterable[Bound]) -> tuple[Paragraph, ...]:
    """One paragraph for each written line; a number (or name) that a suggestion prints stays bound to its value."""
    by_text: dict[str, Bound] = {}
    for spans in known:
        by_text.setdefault("".join(span.text for span in spans), spans)
    pattern = _pattern(by_text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(
        Paragraph(tuple(_spans(line, pattern, by_text)), key=f"{key}:{place}") for place, line in enumerate(lines, 1)
    )


def unbound_numbers(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Numbers that a person wrote and no value of the report stands behind, each once."""
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        for span in paragraph.spans:
            if not span.is_bound:
                found |= dict.fromkeys(NUMBER.findall(span.text))
    return list(found)


def with_written(sections: Iterable[SectionText], written: dict[str, str]) -> tuple[SectionText, ...]:
    """The sections with the written parts in place of the suggested ones."""
    kept = tuple(sections)
    if not written:
        return kept
    known = _by_part(kept)
    every = [bound for found in known.values() for bound in found]

    def part_of(part: Part) -> Part:
        if part.key not in written:
            return part
        paragraphs = written_paragraphs(part.key, written[part.key], [*known[part.key], *every])
        return replace(part, paragraphs=paragraphs)

    return tuple(replace(one, parts=tuple(part_of(part) for part in one.parts)) for one in kept)


def _by_part(sections: Iterable[SectionText]) -> dict[str, list[Bound]]:
    found: dict[str, list[Bound]] = defaultdict(list)
    for section in sections:
        for part in section.parts:
            found[part.key] += [bound for one in part.paragraphs for bound in _bound(one.spans)]
    return found


def _bound(spans: Sequence[Span]) -> Iterator[Bound]:
    """Each value, and two with a stroke between as the one number that a reader sees: "31/33"."""
    for place, span in enumerate(spans):
        if not span.is_bound:
            continue
        yield (span,)
        pair = tuple(spans[place : place + 3])
        if len(pair) == 3 and pair[1].text == "/" and pair[2].is_bound:
            yield pair


def _pattern(by_text: dict[str, Bound]) -> re.Pattern[str] | None:
    """Any of the bound texts, the longest first, never within a longer number or word."""
    texts = sorted((text for text in by_text if any(letter.isdigit() for letter in text)), key=len, reverse=True)
    if not texts:
        return None
    return re.compile(r"(?<![\w.,/])(?:" + "|".join(map(re.escape, texts)) + r")(?![\w/]|[.,]\d)")


def _spans(line: str, pattern: re.Pattern[str] | None, by_text: dict[str, Bound]) -> Iterator[Span]:
    at = 0
    for match in pattern.finditer(line) if pattern else ():
        if match.start() > at:
            yield Span(line[at : match.start()])
        yield from by_text[match.group()]
        at = match.end()
    if at < len(line):
        yield Span(line[at:])
