"""One row of the definitions typed on a page: read and checked by the very rules of the workbook, then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Campaign
from indicators.imports.definition_cells import Came, CameRow, CellReader, Fault, UnreadableError
from indicators.imports.definition_checking import Checking
from indicators.imports.definition_checks import check
from indicators.services.defining import CHANGED, NEW, REMOVED, RowChange, write_definitions
from indicators.tables.definition_columns import REF, Key, SheetSpec, State, Values, key_of, value_text
from indicators.tables.definition_state import References, definition_sheets, read_references, read_state
from units.models import User
from vietnamese.text import slug

EXISTS = "Dòng này đã có. Mở dòng ấy để sửa."
GONE = "Dòng này không còn nữa. Tải lại trang."


@dataclass(frozen=True)
class TypedCell:
    """A text from a page in the place of a cell."""

    value: str


class RowFaults(ValidationError):
    """What is wrong with the row: sentences by column; those of other rows stand under ""."""

    def __init__(self, by_column: dict[str, list[str]]) -> None:
        super().__init__([sentence for sentences in by_column.values() for sentence in sentences])
        self.by_column = by_column


def read_texts(spec: SheetSpec, texts: Mapping[str, str], references: References) -> Values:
    """The values of one row as typed; raises the sentences beside their columns."""
    reader = CellReader(references)
    values: Values = {}
    faults: dict[str, list[str]] = {}
    for column in spec.held:
        try:
            values[column.key] = reader.read(column, TypedCell(texts.get(column.key, "")))
        except UnreadableError as error:
            faults[column.key] = [f"{column.title}: {error}"]
    if faults:
        raise RowFaults(faults)
    return values


@transaction.atomic
def keep_row(campaign: Campaign, sheet: str, key: Key | None, texts: Mapping[str, str], *, by: User) -> Key:
    """Add a row (``key`` None) or change one; all that holds for the workbook holds for it."""
    specs, references = definition_sheets(campaign), read_references(campaign)
    spec = next(one for one in specs if one.key == sheet)
    present = read_state(campaign, specs)
    before = None if key is None else present[sheet].get(key)
    if key is not None and before is None:
        raise RowFaults({"": [GONE]})
    typed = dict(texts)
    if sheet in ("areas", "indicators", "bases") and key is None:
        code = spec.keys[-1].key
        typed[code] = typed.get(code, "").strip() or slug(typed.get("name") or typed.get("title") or "")[:60]
    if before is not None:
        typed |= {column.key: value_text(column, before[column.key]) for column in spec.keys}
    values = read_texts(spec, typed, references)
    if sheet == "targets" and values["valid_from"] is None:
        values["valid_from"] = references.valid_from
    new_key = key_of(spec, values)
    if before is None and new_key in present[sheet]:
        raise RowFaults({"": [EXISTS]})
    differing = {name for name, value in values.items() if before is None or before[name] != value}
    if differing:
        row = CameRow(0, values, {column.key: column.key for column in spec.held})
        final = {**present, sheet: {**present[sheet], new_key: values}}
        _check(specs, present, final, Came({sheet: {new_key: row}}), references)
        change = RowChange(sheet, new_key, NEW if before is None else CHANGED, values, tuple(differing))
        write_definitions(campaign, [change], by=by)
    return new_key


@transaction.atomic
def remove_row(campaign: Campaign, sheet: str, key: Key, *, by: User) -> None:
    """Remove a row to which no other row points."""
    specs = definition_sheets(campaign)
    present = read_state(campaign, specs)
    before = present[sheet].get(key)
    if before is None:
        raise RowFaults({"": [GONE]})
    users = _users(specs, present, sheet, key)
    if users:
        raise RowFaults({"": [f"Còn {', '.join(users)} dùng dòng này. Gỡ các chỗ ấy trước, rồi bỏ."]})
    write_definitions(campaign, [RowChange(sheet, key, REMOVED, before, ())], by=by)


def _check(specs: tuple[SheetSpec, ...], present: State, final: State, came: Came, references: References) -> None:
    """Raise what is wrong with this row, and what it would newly make wrong elsewhere."""
    known = Checking(specs, present, Came(), present, references)
    check(known)
    old = {(fault.sheet, fault.sentence) for fault in known.faults}
    checking = Checking(specs, final, came, present, references)
    check(checking)
    found = [one for one in checking.faults if one.address or (one.sheet, one.sentence) not in old]
    if found:
        raise RowFaults(_by_column(found))


def _by_column(faults: list[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in faults:
        sentence = fault.sentence[:1].upper() + fault.sentence[1:]
        found.setdefault(fault.address, []).append(sentence if fault.address else fault.words)
    return found


def _users(specs: tuple[SheetSpec, ...], present: State, sheet: str, key: Key) -> list[str]:
    """How many rows of which sheets name the row."""
    refers = {"parts": "units"}.get(sheet, sheet)
    found = []
    for spec in specs:
        columns = [column for column in spec.columns if column.kind == REF and column.refers == refers]
        if spec.key == sheet == "parts":
            continue
        count = sum(
            any(str(row.get(column.key) or "") == key[-1] for column in columns)
            and (sheet != "bases" or row.get("indicator") == key[0])
            for row in present[spec.key].values()
        )
        if columns and count:
            found.append(f"{count} dòng ở “{spec.name}”")
    return found
