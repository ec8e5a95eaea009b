"""What a report's text is made of: parts that the office may edit or leave out, each a few bound sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from paper.document import Block, Chart, Heading, Paragraph, Table
from paper.letter import roman
from paper.measure import width_in_mm

#: How much is told of each indicator: a paragraph with every comparison, pace and gap, what is missing, how far it
#: lags, what is missing of those that may be lost and the rate of others, or its rate alone. In the last two the tasks
#: of all areas are told together.
RICH, FULL, SHORT, NAMES, LEAN, BRIEF = 3, 2, 1, 0, -1, -2
DETAILS = (FULL, SHORT, NAMES, LEAN, BRIEF)
#: The text on paper: the width of a line and what its first one is set in, the size of the letters, in lines the space
#: above a paragraph; spaces stretched to both edges make a paragraph a little longer than its letters.
LINE_MM, INDENT_MM, POINTS, SPACE_ABOVE, STRETCH = 165.0, 12.7, 13, 0.4, 1.01


@dataclass(frozen=True)
class Part:
    """A few paragraphs under one small head, or without one. ``key`` is its name in every report of the kind."""

    key: str
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Is there nothing to print?"""
        return not (self.paragraphs or self.tables or self.charts)

    @property
    def text(self) -> str:
        """As a person edits it: one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class SectionText:
    """A section with its parts; ``title`` "" stands for what comes before or after the numbered sections.

    ``is_short``: of a short letter, whose sections are numbered in Arabic and stand in small letters.
    """

    key: str
    title: str
    parts: tuple[Part, ...]
    is_short: bool = False

    @property
    def is_numbered(self) -> bool:
        """Does it bear a numeral?"""
        return bool(self.title)


def blocks_of(sections: Iterable[SectionText]) -> tuple[Block, ...]:
    """Heads and paragraphs in order: sections numbered in Roman, parts with a title in Arabic; empty ones left out.

    What stands alone bears no number.
    """
    blocks: list[Block] = []
    printed = [section for section in sections if not all(part.is_empty for part in section.parts)]
    is_alone = sum(section.is_numbered for section in printed) == 1
    place = 0
    for section in printed:
        if section.is_numbered:
            place += 1
            blocks.append(Heading(_head(section, "" if is_alone else str(place)), 1, section.key))
        titled = [part.key for part in section.parts if part.title and not part.is_empty]
        for part in section.parts:
            if part.key in titled:
                number = f"{titled.index(part.key) + 1}. " if len(titled) > 1 else ""
                blocks.append(Heading(f"{number}{part.title}", 2, part.key))
            blocks += [*part.paragraphs, *part.tables, *part.charts]
    return tuple(blocks)


def _head(section: SectionText, place: str) -> str:
    """The head of a section with its numeral; one that stands alone has none."""
    if section.is_short:
        return f"{place}. {section.title}" if place else section.title
    return f"{roman(int(place))}. {section.title.upper()}" if place else section.title.upper()


def lines_of(sections: Sequence[SectionText]) -> float:
    """How many lines the text takes on paper, the space above each paragraph counted."""
    texts = [block for block in blocks_of(sections) if isinstance(block, (Heading, Paragraph))]
    return sum(_lines(block.text, bold=isinstance(block, Heading)) for block in texts)


def _lines(text: str, *, bold: bool) -> float:
    return ceil((width_in_mm(text, POINTS, bold=bold) * STRETCH + INDENT_MM) / LINE_MM) + SPACE_ABOVE
