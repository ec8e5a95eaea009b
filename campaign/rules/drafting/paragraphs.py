"""From lines as they stand on the pages to whole paragraphs and the footnotes below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vietnamese.text import nfc

#: How a paragraph that is numbered or listed begins: 2.1. · 1. · 1/ · IV. · A. · a) · - · * · Điều 3.
MARKER = re.compile(
    r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)/]|[IVX]{1,5}\.|[A-HĐ]\.|[a-zđ][)/]|[-–+•*]|"
    r"(?:Điều|Mục|Phần|Chương)\s+\w{1,4}[.:])"
    r"\s+(?=\S)"
)
_OPENERS = re.compile(
    r"(Căn cứ|Nơi nhận|Kính gửi|Thực hiện (?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Chương trình|Công văn|Văn bản))\b"
)
_RULE_OF_FOOTNOTES = re.compile(r"[\s_]{20,}|_{3,}")
_DRAWN_RULE = re.compile(r"[-_=*\s]{3,}")
_FOOTNOTE = re.compile(r"\s*(?P<number>\d{1,3})[.)]?\s+(?=\S)")
_ENDS = (".", ":", ";", "…", "./.", ")", "?", "!")
#: A line shorter than this share of the page's width ends its paragraph when a sentence ends with it.
_SHORT = 0.8
#: And below this share of it a heading ends without any mark, where the next line begins with a capital.
_HEADING = 0.6


@dataclass(frozen=True)
class Line:
    """One line of the file. ``is_whole``: a whole paragraph, as the file says; ``is_new``: below a drawn rule."""

    text: str
    page: int = 1
    is_whole: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, without its mark: ``mark`` is "2.1.", "-", "a)" or nothing."""

    mark: str
    text: str
    page: int


@dataclass(frozen=True)
class Footnote:
    """What stands at the foot of a page under its number."""

    number: int
    text: str
    page: int


@dataclass
class Pages:
    """A document taken apart: paragraphs in reading order, and footnotes by number."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    footnotes: dict[int, Footnote] = field(default_factory=dict)


def lines_of_text(text: str) -> list[Line]:
    """The lines of a plain text; a form feed begins a page, as does the single leading space of a page's first line."""
    rows: list[Line] = []
    page = 1
    has_feeds = "\f" in text
    for raw in nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if "\f" in raw:
            page += raw.count("\f")
        elif not has_feeds and rows and re.match(r" [^\s]", raw) and not raw.startswith("  "):
            page += 1
        rows.append(Line(raw.replace("\f", ""), page))
    return rows


def paragraphs_of(lines: Sequence[Line]) -> Pages:
    """Join what the page broke; set the footnotes apart."""
    body, feet = _split_feet(lines)
    pages = Pages(footnotes={row.number: row for row in _footnotes(feet)})
    width = _width(body)
    held: list[Line] = []
    for line in body:
        if held and _begins(line, held, width):
            pages.paragraphs.append(_paragraph(held))
            held = []
        held.append(line)
    if held:
        pages.paragraphs.append(_paragraph(held))
    return pages


def joined(pieces: Iterable[str]) -> str:
    """Pieces of a broken text as one: a number of a document broken behind its hyphen grows together again."""
    text = ""
    for piece in (" ".join(each.split()) for each in pieces):
        torn = text.endswith("-") and not text.endswith(" -") and piece[:1].isupper()
        text = f"{text}{piece}" if torn or not text else f"{text} {piece}"
    return text.strip()


def _split_feet(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The body, and what stands below the rule at the foot of each page; empty lines and drawn rules are dropped."""
    body: list[Line] = []
    feet: list[Line] = []
    page_of_feet, is_below_rule = 0, False
    for line in lines:
        if _RULE_OF_FOOTNOTES.fullmatch(line.text):
            page_of_feet = line.page
        elif line.text.strip() and _DRAWN_RULE.fullmatch(line.text):
            is_below_rule = True
        elif line.text.strip() and line.page == page_of_feet:
            feet.append(line)
        elif line.text.strip():
            body.append(replace(line, is_new=True) if is_below_rule else line)
            is_below_rule = False
    return body, feet


def _footnotes(feet: Sequence[Line]) -> list[Footnote]:
    """Footnotes begin with their number, one after the other."""
    found: list[tuple[int, int, list[str]]] = []
    for line in feet:
        match = _FOOTNOTE.match(line.text)
        expected = found[-1][0] + 1 if found else None
        if match and (expected is None or int(match["number"]) == expected):
            found.append((int(match["number"]), line.page, [line.text[match.end() :]]))
        elif found:
            found[-1][2].append(line.text)
    return [Footnote(number, joined(pieces), page) for number, page, pieces in found]


def _width(lines: Sequence[Line]) -> int:
    """How long a full line is: nine of ten are no longer."""
    lengths = sorted(len(line.text.strip()) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _begins(line: Line, held: Sequence[Line], width: int) -> bool:
    """Does this line begin a paragraph?"""
    last, text = held[-1].text.strip(), line.text.strip()
    if line.is_new or line.is_whole or held[-1].is_whole or MARKER.match(text) or _OPENERS.match(text):
        return True
    if _is_shouted(last) != _is_shouted(text):
        return True
    is_heading = len(last) < width * _HEADING and text[:1].isupper()
    return is_heading or (last.endswith(_ENDS) and len(last) < width * _SHORT)


def _is_shouted(text: str) -> bool:
    """A heading in capitals."""
    letters = [one for one in text if one.isalpha()]
    return len(letters) > 3 and all(one.isupper() for one in letters)


def _paragraph(held: Sequence[Line]) -> Paragraph:
    text = joined(line.text for line in held)
    match = MARKER.match(text)
    mark = match["mark"] if match else ""
    return Paragraph(mark=mark, text=text[match.end() :] if match else text, page=held[0].page)
