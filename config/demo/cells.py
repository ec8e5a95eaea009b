"""How one reported value is written in fixtures/demo/figures.csv."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from indicators.choices import FigureState

NOTHING_AROSE = "kps"
ESTIMATE = "~"
CUMULATIVE = "="


class DemoError(Exception):
    """The demo cannot be loaded; the sentence says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """A value as written: "12.5", "0", "kps" (không phát sinh), "=60" (lũy kế), "140310~" (ước), "318/612" (tử/mẫu)."""

    amount: Decimal | None
    denominator: Decimal | None = None
    is_cumulative: bool = False
    is_estimate: bool = False

    def values(self, denominator_id: int | None) -> dict[str, Any]:
        """The columns of a figure that the cell fills."""
        if self.amount is None:
            return {"state": FigureState.NOTHING_AROSE}
        values: dict[str, Any] = {
            "amount": self.amount,
            "is_cumulative": self.is_cumulative,
            "is_estimate": self.is_estimate,
        }
        if self.denominator is not None:
            values["denominators"] = {str(denominator_id): str(self.denominator)}
        return values


def read_cell(text: str) -> Cell:
    """A cell out of its text; raises DemoError with the text when it cannot be read."""
    bare = text.strip()
    if bare == NOTHING_AROSE:
        return Cell(None)
    is_cumulative, is_estimate = bare.startswith(CUMULATIVE), bare.endswith(ESTIMATE)
    numerator, _, denominator = bare.removeprefix(CUMULATIVE).removesuffix(ESTIMATE).partition("/")
    try:
        return Cell(Decimal(numerator), Decimal(denominator) if denominator else None, is_cumulative, is_estimate)
    except InvalidOperation:
        raise DemoError(f"figures.csv: không đọc được “{text}”.") from None
