"""What a check of a definitions workbook works on: the rows as they would stand, their cells, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.choices import IndicatorKind
from indicators.imports.definition_cells import Came, Fault
from indicators.tables.definition_columns import Key, SheetSpec, State, Values
from indicators.tables.definition_state import References
from vietnamese.numbers import format_trimmed

NUMERIC = (IndicatorKind.QUANTITY, IndicatorKind.RATIO)


@dataclass
class Checking:
    """The rows as they would stand, where each cell of the file is, and what was found so far."""

    specs: Sequence[SheetSpec]
    final: State
    came: Came
    present: State
    references: References
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def place(self, sheet: str, key: Key, column: str) -> tuple[str, str]:
        """The sheet's name and the address of a cell; no address where the row is not of the file."""
        spec = next(one for one in self.specs if one.key == sheet)
        row = self.came.rows.get(sheet, {}).get(key)
        if row is None:
            return spec.name, ""
        return spec.name, row.addresses.get(column) or next(iter(row.addresses.values()), "")

    def fault(self, sheet: str, key: Key, column: str, sentence: str) -> None:
        """What forbids the import."""
        self.faults.append(Fault(*self.place(sheet, key, column), sentence))

    def remark(self, sheet: str, key: Key, column: str, sentence: str) -> None:
        """What a person should look at; it forbids nothing."""
        self.remarks.append(Fault(*self.place(sheet, key, column), sentence))

    def rows(self, sheet: str) -> Mapping[Key, Values]:
        """The rows of a sheet as they would stand."""
        return self.final.get(sheet, {})


def amount_words(row: Values) -> str:
    """The number of a target or an opening, a percentage as such."""
    rate = row.get("rate")
    amount = rate if row["amount"] is None else row["amount"]
    text = format_trimmed(amount) if isinstance(amount, Decimal) else "–"
    return f"{text} %" if row.get("is_percentage") or row["amount"] is None else text
