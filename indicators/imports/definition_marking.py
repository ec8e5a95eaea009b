"""A definitions workbook given back: the very file that came, its faulty cells coloured and explained."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from indicators.imports.definition_cells import Fault

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "Chương trình"
#: The grounds of a cell that is wrong, of one that a person should look at, and of one that is as it was.
WRONG, ODD, OPEN = "FFFFC9C2", "FFFFE0A3", "FFFFFBE0"


def marked_workbook(content: bytes, faults: Sequence[Fault], remarks: Sequence[Fault] = ()) -> bytes:
    """The very workbook that came, its faulty cells coloured and explained."""
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = load_workbook(BytesIO(content), keep_links=False)
    for sheet in workbook.worksheets:
        _clear(sheet)
        _print_all(sheet)
    by_name = {sheet.title.lower(): sheet for sheet in workbook.worksheets}
    sentences: dict[tuple[str, str], list[str]] = {}
    wrong = set()
    for fault in [*faults, *remarks]:
        place = (fault.sheet.lower(), _marked_cell(by_name.get(fault.sheet.lower()), fault.address))
        sentences.setdefault(place, []).append(fault.sentence)
        if fault in faults:
            wrong.add(place)
    for place, texts in sentences.items():
        name, address = place
        if name not in by_name:
            continue
        cell = by_name[name][address]
        cell.comment = Comment(" ".join(_told(text) for text in dict.fromkeys(texts)), MARK, height=120, width=320)
        cell.fill = PatternFill("solid", fgColor=WRONG if place in wrong else ODD)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def _clear(sheet: Worksheet) -> None:
    """Take away what an earlier import marked."""
    from openpyxl.styles import PatternFill

    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.comment is not None and cell.comment.author == MARK:
                cell.comment = None
                cell.fill = PatternFill("solid", fgColor=OPEN)


def _told(sentence: str) -> str:
    """A sentence by itself begins with a capital; beside its place in a list it goes on from it."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _print_all(sheet: Worksheet) -> None:
    """The rows that were added are printed too."""
    from openpyxl.utils.cell import coordinate_from_string

    if not sheet.print_area:
        return
    filled = [int(row[0].row or 0) for row in sheet.iter_rows() if any(cell.value not in (None, "") for cell in row)]
    first, last = str(sheet.print_area).rpartition("!")[2].replace("$", "").split(":")
    column, row = coordinate_from_string(last)
    sheet.print_area = f"{first}:{column}{max([int(row), *filled])}"


def _marked_cell(sheet: Worksheet | None, address: str) -> str:
    """Where a fault is marked; of merged cells only the first can bear a colour and a note."""
    first = address.split(":")[0] or "A1"
    merged = next((area for area in sheet.merged_cells.ranges if first in area), None) if sheet else None
    return str(merged.start_cell.coordinate) if merged else first
