"""Pieces of a Word file as XML: runs, paragraphs with a style, cells and tables. Text in, markup out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TWIPS_A_MM = 1440 / 25.4
# Signs that no XML file may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NO_BREAK_SPACE = "\u00a0"


def twips(mm: float) -> int:
    """Millimetres in Word's own measure."""
    return round(mm * TWIPS_A_MM)


def clean(text: str) -> str:
    """Composed letters, nothing that a file may not hold, and a number on one line with its percent sign."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text)).replace(" %", f"{NO_BREAK_SPACE}%")


def run(text: str, *, bold: bool = False, italic: bool = False, half_points: int = 0) -> str:
    """A run; a new line in the text is a line break."""
    looks = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    looks += f'<w:sz w:val="{half_points}"/>' if half_points else ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n")]
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """A paragraph in a style, with what only this one has; `properties` in the order that Word asks for."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def rule(room: float, width: float, *, style: str) -> str:
    """A thin line of a width in the middle of a room, both in millimetres: a paragraph with nothing but its border."""
    side = twips(max((room - width) / 2, 0))
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    indent = f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    return paragraph(style, properties=f"{border}{indent}")


@dataclass(frozen=True)
class CellXml:
    """A cell: its paragraphs, how many columns it spans, whether it begins or continues an upright merge."""

    content: str
    span: int = 1
    merge: str = ""
    shade: str = ""
    align: str = "center"


def table_row(cells: Iterable[tuple[CellXml, float]], *, is_head: bool = False, points: float = 0) -> str:
    """A row that no page break cuts; a head is repeated on every page. Each cell comes with its width in mm.

    `points` is the least height: LibreOffice forgets the room of upright merges when it repeats a head.
    """
    height = f'<w:trHeight w:val="{round(points * 20)}" w:hRule="atLeast"/>' if points else ""
    marks = f"<w:cantSplit/>{height}" + ("<w:tblHeader/>" if is_head else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(_cell(cell, width) for cell, width in cells)}</w:tr>"


def _cell(cell: CellXml, width: float) -> str:
    parts = [f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>']
    if cell.span > 1:
        parts.append(f'<w:gridSpan w:val="{cell.span}"/>')
    if cell.merge:
        parts.append(f'<w:vMerge w:val="{cell.merge}"/>')
    if cell.shade:
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>')
    parts.append(f'<w:vAlign w:val="{cell.align}"/>')
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{cell.content}</w:tc>"


def table(widths: Sequence[float], rows: Sequence[str], *, style: str, words: str = "") -> str:
    """A table of fixed columns in a style; `words` tell what it is to whom does not see it."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    told = f"<w:tblCaption w:val={quoteattr(clean(words))}/>" if words else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def elements(markup: str) -> list[object]:
    """The markup as elements that python-docx understands."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>"))
