"""A report before it takes a form: paragraphs of spans, tables, charts and the letter around them, as frozen data.

PDF and Word are printed from the same document, and a frozen report keeps it as JSON (`paper/document_json.py`). Every
number in a sentence is a `Span` bound to the value that it prints, so that no face and no later reader has to guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from paper.letter import Annex, Letter

#: What a span or a cell may be bound to: a number, a day, or the words of a name that may hold digits itself.
Value = Decimal | int | date | datetime | str | None

#: How a paragraph stands: with its first line set in, as one of a list, as a small italic remark, or as basis of law.
BODY, ITEM, NOTE, BASIS = "body", "item", "note", "basis"
#: How a row of a table stands: a head over what follows, a whole, a part of the row above ("trong đó"), or plain.
SECTION, TOTAL, PART, PLAIN = "section", "total", "part", "plain"
LEFT, CENTRE, RIGHT = "left", "centre", "right"


@dataclass(frozen=True)
class Span:
    """A piece of a sentence. With a ``key`` it prints a value: ``text`` is ``value`` rounded half up to ``decimals``.

    The key says which value it is ("rate:12", "count:late"); equal keys of one document are bound to equal values.
    """

    text: str
    key: str = ""
    value: Value = None
    decimals: int | None = None
    is_bold: bool = False
    is_italic: bool = False

    @property
    def is_bound(self) -> bool:
        """Does it print a value?"""
        return bool(self.key)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text. ``key`` names the sentence that it is, or "" where a person wrote it."""

    spans: tuple[Span, ...]
    kind: str = BODY
    key: str = ""

    @property
    def text(self) -> str:
        """The paragraph without its bindings."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Heading:
    """The head of a part: level 1 "I. …" in capitals, level 2 "1. …", level 3 "a) …"; it may begin a new page."""

    text: str
    level: int = 1
    key: str = ""
    is_on_new_page: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table. ``width`` is in millimetres, 0 shares what is left over; ``group`` stands above several."""

    title: str
    width: int = 0
    align: str = LEFT
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and where it is one value that value; ``note`` is a small line below, ``mark`` a band."""

    text: str = ""
    value: Value = None
    number_format: str = ""
    key: str = ""
    note: str = ""
    mark: str = ""
    align: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells. Where there are fewer cells than columns, the last one spans the rest."""

    cells: tuple[Cell, ...]
    look: str = PLAIN
    level: int = 0


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page. ``head_column`` is the column that names each row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    source: str = ""
    key: str = ""
    head_column: int = 1
    has_column_numbers: bool = False
    is_dense: bool = False

    @property
    def has_groups(self) -> bool:
        """Does the head have a line above, whose cells span several columns?"""
        return any(column.group for column in self.columns)

    @property
    def head(self) -> list[tuple[str, tuple[Column, ...]]]:
        """The head from left to right: a group with its columns, or "" with the one column that stands alone."""
        found: list[tuple[str, tuple[Column, ...]]] = []
        for column in self.columns:
            if column.group and found and found[-1][0] == column.group:
                found[-1] = (column.group, (*found[-1][1], column))
            else:
                found.append((column.group, (column,)))
        return found


@dataclass(frozen=True)
class Chart:
    """A drawing with the words that stand for it; ``data`` holds the same values for a face that cannot draw.

    ``legend`` tells how the drawing is read: such a face leaves it out.
    """

    svg: str
    alternative: str
    caption: str = ""
    width: int = 120
    data: Table | None = None
    legend: str = ""


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True)
class AnnexPart:
    """An annex: its head and what stands in it; ``is_wide`` sets it on landscape pages."""

    head: Annex
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True)
class CheckCode:
    """The address where anybody may check a copy, and the short code; printed on annexes, on the text only if asked."""

    address: str
    code: str
    on_text: bool = False
    on_annexes: bool = True

    @property
    def is_reachable(self) -> bool:
        """Is it known at which address the program is reached? Without one a square code would lead nowhere."""
        return "://" in self.address

    @property
    def words(self) -> str:
        """What stands beside the square code, or alone."""
        if self.is_reachable:
            return f"Kiểm tra bản này tại {self.address}, mã {self.code}"
        return f"Mã tra cứu: {self.code}"


@dataclass(frozen=True)
class Document:
    """The whole report: the letter around it, its text, its annexes; ``made_at`` is up to when it knows."""

    letter: Letter
    body: tuple[Block, ...]
    made_at: datetime
    annexes: tuple[AnnexPart, ...] = ()
    check: CheckCode | None = None
    language: str = "vi"

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block, the annexes after the text."""
        yield from self.body
        for annex in self.annexes:
            yield from annex.blocks

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def bound(self) -> Iterator[Span]:
        """Every span that prints a value."""
        return (span for paragraph in self.paragraphs for span in paragraph.spans if span.is_bound)
