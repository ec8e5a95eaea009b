"""The paragraphs of a Word document with the numbers that Word draws itself, tables row by row, and footnotes."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from campaign.rules.drafting.paragraphs import Line
from vietnamese.text import fold, nfc

DAMAGED = "Tệp Word hỏng, không mở được. Mở thử bằng Word, lưu thành tệp mới rồi chọn lại."
TRACKED = (
    "Văn bản còn {count} chỗ đang theo dõi thay đổi (Track Changes), gần “{near}”. "
    "Chấp nhận hoặc từ chối hết các thay đổi, lưu lại rồi chọn lại."
)
#: Below this line stand the footnotes, as they do on a page.
RULE = "_" * 20


def lines_of_word(content: bytes) -> Iterator[Line]:
    """Whole paragraphs in reading order; footnotes follow behind a rule, their marks in square brackets."""
    try:
        document = Document(io.BytesIO(content))
    except Exception:  # python-docx answers a broken package with whatever its parser raises
        raise ValidationError(DAMAGED) from None
    _refuse_tracked(document)
    counters = _Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield Line(nfc(counters.mark_of(block) + _text(block)), 1, is_whole=True)
    footnotes = list(_footnotes(document))
    if footnotes:
        yield Line(RULE, 2)
        for number, text in footnotes:
            yield Line(nfc(f"{number} {text}"), 2, is_whole=True)


def _refuse_tracked(document: Any) -> None:
    """A text with two versions in it has no numbers that one could vouch for."""
    body = document.element.body
    changes = [*body.iter(qn("w:ins")), *body.iter(qn("w:del"))]
    changes = [each for each in changes if any(True for _ in each.iter(qn("w:t"), qn("w:delText")))]
    if changes:
        near = "".join(node.text or "" for node in changes[0].iter(qn("w:t"), qn("w:delText")))[:40]
        raise ValidationError(TRACKED.format(count=len(changes), near=near.strip()))


def _text(paragraph: Paragraph) -> str:
    """The text of a paragraph; a footnote's mark is written [3] so that it is never taken for a number."""
    pieces = []
    for node in paragraph._p.iter():
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.tag in (qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
            pieces.append("-" if node.tag == qn("w:noBreakHyphen") else " ")
        elif node.tag == qn("w:footnoteReference"):
            pieces.append(f"[{_number_of_footnote(paragraph, node.get(qn('w:id')))}]")
    return "".join(pieces)


def _footnote_root(part: Any) -> Any:
    """The XML of the footnotes, or nothing where the document has none."""
    for relation in part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            return parse_xml(relation.target_part.blob)
    return None


def _own_footnotes(part: Any) -> list[Any]:
    root = _footnote_root(part)
    if root is None:
        return []
    return [note for note in root.iter(qn("w:footnote")) if note.get(qn("w:type")) is None]


def _number_of_footnote(paragraph: Paragraph, key: str | None) -> int:
    """Word numbers footnotes in the order of the text; their keys are in that order too."""
    keys = [note.get(qn("w:id")) for note in _own_footnotes(paragraph.part)]
    return keys.index(key) + 1 if key in keys else 0


def _footnotes(document: Any) -> Iterator[tuple[int, str]]:
    for number, note in enumerate(_own_footnotes(document.part), 1):
        yield number, "".join(node.text or "" for node in note.iter(qn("w:t"))).strip()


# --- Tables ----------------------------------------------------------------------------------------------------------

_NAME, _MEASURE, _AMOUNT, _ORDER = "name", "measure", "amount", "order"
_HEADS = (
    (_ORDER, ("stt", "tt", "so tt")),
    (_MEASURE, ("dvt", "don vi tinh", "don vi")),
    (_AMOUNT, ("ke hoach", "chi tieu giao", "muc tieu", "so luong", "chi tieu nam", "giao")),
    (_NAME, ("chi tieu", "noi dung", "ten chi tieu", "nhiem vu", "noi dung thi dua")),
)


def _rows(table: Table) -> Iterator[Line]:
    """A table of targets is read as "1. Tên: 35.000 triệu đồng"; any other row as its cells, one after the other.

    A table that only sets paragraphs beside each other (the head, Nơi nhận and the signature) is read as they stand.
    """
    spans = [_spans(row) for row in table.rows]
    rows = [[text for text, width in row for text in (text, *[""] * (width - 1))] for row in spans]
    heads = _heads_of(spans[0]) if rows else {}
    is_of_targets = _NAME in heads and _AMOUNT in heads
    if not is_of_targets and _is_layout(table):
        for cell in _cells_once(table):
            yield from (Line(nfc(text), 1, is_whole=True) for text in _texts(cell))
        return
    for number, cells in enumerate(rows):
        if is_of_targets and number == 0:
            continue
        if is_of_targets and max(heads.values()) < len(cells) and cells[heads[_AMOUNT]]:
            order = cells[heads[_ORDER]].rstrip(".") if _ORDER in heads else "-"
            mark = f"{order}. " if order.isdigit() else "- "
            unit = cells[heads[_MEASURE]] if _MEASURE in heads else ""
            text = f"{mark}{cells[heads[_NAME]]}: {cells[heads[_AMOUNT]]} {unit}".strip()
        else:
            text = " ".join(cell for cell in cells if cell)
        yield Line(nfc(text), 1, is_whole=True)


def _is_layout(table: Table) -> bool:
    """Two or three cells beside each other, of which one holds several paragraphs."""
    is_small = len(table.rows) <= 3 and len(table.columns) <= 3
    return is_small and any(len(_texts(cell)) > 1 for cell in _cells_once(table))


def _cells_once(table: Table) -> list[Any]:
    """Every cell of a table in reading order, one that spans several places once."""
    return list({cell._tc: cell for row in table.rows for cell in row.cells}.values())


def _texts(cell: Any) -> list[str]:
    """The paragraphs of a cell; a line broken by hand ends one too."""
    lines = (" ".join(line.split()) for paragraph in cell.paragraphs for line in paragraph.text.split("\n"))
    return [line for line in lines if line]


def _spans(row: Any) -> list[tuple[str, int]]:
    """The texts of a row, each with how many columns it spans; one merged downwards stands in each of its rows."""
    found: list[tuple[str, int]] = []
    last: Any = None
    for cell in row.cells:
        if found and last is cell._tc:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((" ".join(cell.text.split()), 1))
        last = cell._tc
    return found


def _heads_of(spans: list[tuple[str, int]]) -> dict[str, int]:
    """Which column is which, by the words of the head.

    A head over several columns stands for the last of them ("Chỉ tiêu" over the number and the name); one of amounts
    stands for none, for nobody knows which of its columns is meant.
    """
    found: dict[str, int] = {}
    end = -1
    for text, width in spans:
        end += width
        words = " ".join(fold(text).split())
        for role, names in _HEADS:
            if role not in found and any(words == name or words.startswith(f"{name} ") for name in names):
                if role != _AMOUNT or width == 1:
                    found[role] = end
                break
    return found


# --- Numbers that Word draws -----------------------------------------------------------------------------------------


class _Numbering:
    """Counts Word's automatic numbering along the document."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.styles = document.styles
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            source = abstract.get(link.get(qn("w:val"))) if link is not None else None
            if source is not None:
                self.levels[number.get(qn("w:numId"))] = dict(_level(each) for each in source.iter(qn("w:lvl")))

    def mark_of(self, paragraph: Paragraph) -> str:
        """ "2.1. ", "a) ", "- " … or nothing."""
        place = self._place(paragraph)
        if place is None or place[0] not in self.levels:
            return ""
        key, depth = place
        levels, counts = self.levels[key], self.counts[key]
        if depth not in levels:
            return ""
        form, pattern, start = levels[depth]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if form == "bullet":
            return "- "
        text = pattern
        for level in range(depth + 1):
            text = text.replace(f"%{level + 1}", _written(counts.get(level, levels[level][2]), levels[level][0]))
        return f"{text} "

    def _place(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        holders = [paragraph._p.pPr]
        style: Any = paragraph.style
        while style is not None:
            holders.append(style.element.pPr)
            style = style.base_style
        for holder in holders:
            numbering: Any = holder.numPr if holder is not None else None
            if numbering is not None and numbering.numId is not None:
                level = numbering.ilvl.val if numbering.ilvl is not None else 0
                return str(numbering.numId.val), int(level)
        return None


def _level(node: Any) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, default: str) -> str:
        child = node.find(qn(name))
        return str(child.get(qn("w:val"))) if child is not None else default

    return int(node.get(qn("w:ilvl"))), (
        value("w:numFmt", "decimal"),
        value("w:lvlText", "%1."),
        int(value("w:start", "1")),
    )


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for size, sign in _ROMAN:
            while number >= size:
                text, number = text + sign, number - size
        return text if form == "upperRoman" else text.lower()
    return str(number)
