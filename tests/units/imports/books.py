"""Workbooks as offices make them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook


def book(sheets: dict[str, Sequence[Sequence[object]]], *, merge: str = "") -> bytes:
    """A workbook with these rows on these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merge:
            sheet.merge_cells(merge)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()
