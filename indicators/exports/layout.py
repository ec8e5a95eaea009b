"""Where everything stands in a workbook to fill in, and the signed cell by which it is known again.

The signature lists every row with its version, so a row that was moved, added, deleted or renamed shows at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from zlib import crc32

from django.core import signing

from indicators.tables.template import Template, TemplateRow, text_of

#: Rows of the sheet, counted from 0: title, what it is about, two lines of guidance, the head of the table.
TITLE_ROW, ABOUT_ROW, GUIDE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 4, 5
#: Columns: two hidden ones with figure and version (the signature stands above them), then what is shown.
ID, VERSION, LABEL = 0, 1, 2
SHEET_NAME = "Nhập số liệu"
SALT = "indicators.workbook"


@dataclass(frozen=True)
class SignedRow:
    """One line of the table: the figure (0 for a heading), its version, marks of its name and of its cells."""

    figure_id: int
    version: int
    label: int
    cells: int


@dataclass(frozen=True)
class Signature:
    """What the hidden cell says: about what, when made, which columns, which rows."""

    subject: str
    about: str
    made_at: str
    keys: tuple[str, ...]
    head: tuple[int, ...]
    rows: tuple[SignedRow, ...]
    holders: Mapping[str, int] = field(default_factory=dict)


def mark_of(text: str) -> int:
    """A short mark by which an unchanged text is known again."""
    return crc32(text_of(text).encode())


def mark_of_cells(texts: Mapping[str, str], keys: Iterable[str]) -> int:
    """One mark for all cells of a row, in the order of the columns."""
    return crc32("\x1f".join(f"{key}={texts.get(key, '')}" for key in keys).encode())


def shown_titles(template: Template) -> list[tuple[str, float]]:
    """The columns before the cells to fill in, with their widths."""
    titles = [(template.label_title, 34.0)]
    if not template.on_behalf:
        titles.append(("Đơn vị tính", 9.0))
    return [*titles, ("Chỉ tiêu giao", 11.0), (template.before_title, 11.0), ("Kỳ trước", 13.0)]


def shown_texts(template: Template, row: TemplateRow) -> list[str]:
    """What stands in them."""
    texts = [row.label] if template.on_behalf else [row.label, row.unit_of_measure]
    return [*texts, row.beside.target, row.beside.before, row.beside.previous]


def head_titles(template: Template) -> list[str]:
    """Every title of the table, from the first shown column on."""
    return [title for title, _ in shown_titles(template)] + [column.title for column in template.columns]


def signature_of(template: Template, made_at: str) -> Signature:
    """The signature of a workbook made now."""
    keys = tuple(column.key for column in template.columns)
    rows = [
        SignedRow(row.figure.pk, row.figure.version, mark_of(label), mark_of_cells(row.texts, keys))
        if row
        else SignedRow(0, 0, mark_of(label), 0)
        for label, row in template.lines()
    ]
    head = tuple(mark_of(title) for title in head_titles(template))
    return Signature(template.subject, template.about, made_at, keys, head, tuple(rows), dict(template.holders))


def signed(signature: Signature) -> str:
    """The text of the hidden cell."""
    data = asdict(signature) | {"rows": [list(asdict(row).values()) for row in signature.rows]}
    return signing.dumps(data, salt=SALT, compress=True)


def read_signature(text: str) -> Signature | None:
    """The signature in a text, or None where the text is none of ours."""
    try:
        data: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    rows: Sequence[Sequence[int]] = data.pop("rows")
    keys, head = tuple(data.pop("keys")), tuple(data.pop("head"))
    return Signature(**data, keys=keys, head=head, rows=tuple(SignedRow(*row) for row in rows))
