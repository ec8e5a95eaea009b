"""The door of definitions that come as a workbook: compare, show every difference, write all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Campaign
from indicators.exports.definition_workbook import Definitions, definition_workbook
from indicators.imports.definition_cells import Came, CameRow, Fault, read_definitions
from indicators.imports.definition_checking import Checking
from indicators.imports.definition_checks import check
from indicators.services.defining import CHANGED, NEW, REMOVED, RowChange, write_definitions
from indicators.tables.definition_columns import Key, SheetSpec, State, Values, value_text
from indicators.tables.definition_state import definition_sheets, read_references, read_state
from units.errors import LostRace
from units.models import User

FAULTY = "Tệp còn {count} chỗ chưa đúng nên chưa ghi gì. Chỗ đầu tiên: {first}"


@dataclass(frozen=True)
class CellChange:
    """One cell: its column, what stands now, what would stand, and where it is in the file."""

    title: str
    old: str
    new: str
    address: str = ""


@dataclass(frozen=True)
class RowDifference:
    """One row that would be added, changed or removed."""

    label: str
    action: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class SheetDifference:
    """What would change in one sheet."""

    name: str
    rows: tuple[RowDifference, ...]

    def count(self, action: str) -> int:
        """How many rows would be added, changed or removed."""
        return sum(row.action == action for row in self.rows)

    @property
    def words(self) -> str:
        """The counts in words."""
        parts = [(NEW, "thêm"), (CHANGED, "sửa"), (REMOVED, "bỏ")]
        return ", ".join(f"{word} {self.count(action)} dòng" for action, word in parts if self.count(action))


@dataclass(frozen=True)
class DefinitionPreview:
    """Everything that the workbook would change, and what stands against it."""

    sheets: tuple[SheetDifference, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    changes: tuple[RowChange, ...]
    mark: str

    @property
    def is_empty(self) -> bool:
        """Does the file say just what already stands?"""
        return not self.changes and not self.faults


def export_definitions(campaign: Campaign) -> bytes:
    """The definitions of the campaign as a workbook, filled from what stands."""
    specs, references = definition_sheets(campaign), read_references(campaign)
    return definition_workbook(
        Definitions("Bảng định nghĩa phong trào", campaign.name, specs, read_state(campaign, specs), references)
    )


def preview_definitions(campaign: Campaign, content: bytes) -> DefinitionPreview:
    """Compare a workbook with what stands; writes nothing, raises only where the file as a whole cannot be read."""
    specs, references = definition_sheets(campaign), read_references(campaign)
    came = read_definitions(content, specs, references)
    present = read_state(campaign, specs)
    if came.is_torn:
        return DefinitionPreview((), tuple(sorted(came.faults, key=lambda one: _order(specs, one))), (), (), "")
    for row in came.rows.get("targets", {}).values():
        if row.values.get("valid_from") is None:
            row.values["valid_from"] = references.valid_from
    _judge_by_the_only_ones(came.rows.get("targets", {}), present["targets"])
    final, changes, sheets = _compared(specs, came, present, references.units)
    checking = Checking(specs, final, came, present, references)
    check(checking)
    unread = {(one.sheet, _row_of(one)) for one in came.faults}
    found = [one for one in checking.faults if not one.address or (one.sheet, _row_of(one)) not in unread]
    faults = sorted([*came.faults, *found], key=lambda one: _order(specs, one))
    mark = sha256(repr(changes).encode()).hexdigest()[:16]
    return DefinitionPreview(sheets, tuple(faults), tuple(checking.remarks), changes, mark)


def _judge_by_the_only_ones(targets: Mapping[Key, CameRow], present: Mapping[Key, Values]) -> None:
    """New targets of which none is marked to judge by: the amount is, or the only percentage there is.

    Who leaves the column empty means the number to hold; without this nothing would ever be judged by it.
    """
    held: dict[tuple[str, str], list[tuple[Key, CameRow]]] = defaultdict(list)
    for key, row in targets.items():
        held[str(row.values.get("indicator")), str(row.values.get("unit"))].append((key, row))
    for rows in held.values():
        if any(row.values.get("is_main") or key in present for key, row in rows):
            continue
        chosen = min((row.values for _, row in rows), key=lambda one: bool(one.get("is_percentage")))
        for _, row in rows:
            same = all(row.values.get(name) == chosen.get(name) for name in ("base", "is_percentage"))
            row.values["is_main"] = same


@transaction.atomic
def import_definitions(campaign: Campaign, content: bytes, *, by: User, seen: str = "") -> DefinitionPreview:
    """Write everything that the workbook changes, or nothing.

    ``seen``: the mark of the preview that the person looked at; when something else would be written, nothing is.
    """
    preview = preview_definitions(campaign, content)
    if preview.faults:
        raise ValidationError(FAULTY.format(count=len(preview.faults), first=preview.faults[0].words))
    if seen and seen != preview.mark:
        raise LostRace("Định nghĩa vừa được sửa trong lúc anh/chị xem. Chưa ghi gì; nạp lại tệp để xem lại.")
    if preview.changes:
        write_definitions(campaign, preview.changes, by=by)
    return preview


def _compared(
    specs: Sequence[SheetSpec], came: Came, present: State, units: Mapping[str, str]
) -> tuple[State, tuple[RowChange, ...], tuple[SheetDifference, ...]]:
    """The rows as they would stand, the changes, and the same for the eye. A sheet that did not come stays as it is."""
    names = {"units": units, "indicators": _names_of_indicators(came, present)}
    final: State = {}
    changes: list[RowChange] = []
    sheets: list[SheetDifference] = []
    for spec in specs:
        rows = came.rows.get(spec.key)
        known = present[spec.key]
        if rows is None:
            final[spec.key] = known
            continue
        shown: list[RowDifference] = []
        final[spec.key] = {}
        for key, row in rows.items():
            before = known.get(key)
            defaults: Values = {column.key: column.default for column in spec.held}
            whole = {**(defaults if before is None else before), **row.values}
            final[spec.key][key] = whole
            differing = {name: value for name, value in whole.items() if before is None or before[name] != value}
            if differing:
                action = NEW if before is None else CHANGED
                changes.append(RowChange(spec.key, key, action, whole, tuple(differing)))
                shown.append(_shown(spec, names, action, before, whole, differing, row.addresses))
        for key, before in known.items():
            if key not in rows:
                changes.append(RowChange(spec.key, key, REMOVED, before, ()))
                shown.append(_shown(spec, names, REMOVED, before, before, {}, {}))
        if shown:
            sheets.append(SheetDifference(spec.name, tuple(shown)))
    return final, tuple(changes), tuple(sheets)


def _names_of_indicators(came: Came, present: State) -> dict[str, str]:
    """What each code stands for, in the file or on the program."""
    rows = [(key, row) for key, row in present["indicators"].items()]
    rows += [(key, row.values) for key, row in came.rows.get("indicators", {}).items()]
    return {key[0]: str(row.get("short_name") or row.get("name") or key[0]) for key, row in rows}


def _shown(
    spec: SheetSpec,
    known: Mapping[str, Mapping[str, str]],
    action: str,
    before: Values | None,
    whole: Values,
    differing: Values,
    addresses: dict[str, str],
) -> RowDifference:
    """A row for the eye: what it is called, and each cell that differs."""
    texts = [(column, value_text(column, whole.get(column.key))) for column in spec.keys]
    names = [known.get(column.refers, {}).get(text, text) for column, text in texts if column.key != "sequence"]
    called = str(whole.get("short_name") or whole.get("short_title") or whole.get("name") or "")
    label = " · ".join(part for part in [*names, called if called not in names else ""] if part)
    cells = tuple(
        CellChange(
            column.title,
            value_text(column, (before or {}).get(column.key)) or "để trống",
            value_text(column, whole[column.key]) or "để trống",
            addresses.get(column.key, ""),
        )
        for column in spec.held
        if column.key in differing and not column.is_key and (before is not None or whole[column.key] != column.default)
    )
    return RowDifference(label, action, cells)


def _order(specs: Sequence[SheetSpec], fault: Fault) -> tuple[int, int]:
    names = [spec.name for spec in specs]
    return (names.index(fault.sheet) if fault.sheet in names else -1, _row_of(fault))


def _row_of(fault: Fault) -> int:
    """The row of a fault's cell; 0 for a whole sheet."""
    return int("".join(sign for sign in fault.address.split(":")[0] if sign.isdigit()) or 0)
