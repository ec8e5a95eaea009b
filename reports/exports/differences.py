"""What has changed since a report was frozen: values of the same name in two documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from paper.document import Document, Table, Value


@dataclass(frozen=True)
class Difference:
    """One value then and now; "" where it was not, or is no more."""

    label: str
    before: str
    now: str


def values_of(whole: Document) -> dict[str, tuple[str, str, Value]]:
    """Every named value: of what it is, as it is printed, and the value itself; the annexes say of what."""
    found: dict[str, tuple[str, str, Value]] = {}
    for span in whole.bound:
        found.setdefault(span.key, ("", span.text, span.value))
    for block in whole.blocks:
        if isinstance(block, Table):
            found |= dict(_cells(block))
    return found


def _cells(table: Table) -> Iterator[tuple[str, tuple[str, str, Value]]]:
    for row in table.rows:
        name = row.cells[table.head_column].text if len(row.cells) > table.head_column else ""
        for column, cell in zip(table.columns, row.cells, strict=False):
            if cell.key:
                yield cell.key, (f"{name}: {column.title}", cell.text, cell.value)


#: Names of values that differ by nature: when it was made, what it is called.
NOT_COMPARED = ("report:", "period:", "issuer:", "addressee:", "campaign:", "authority:")


def differences(frozen: Document, now: Document) -> list[Difference]:
    """Values that a reader of the frozen report would see otherwise today, those of the annexes first."""
    then, today = values_of(frozen), values_of(now)
    found = []
    for key in dict.fromkeys([*then, *today]):
        before, after = then.get(key), today.get(key)
        if key.startswith(NOT_COMPARED) or (before and after and before[1] == after[1]):
            continue
        label = (after or before or ("", "", None))[0]
        if label:
            found.append(Difference(label, before[1] if before else "", after[1] if after else ""))
    return found
