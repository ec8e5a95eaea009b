"""What a check reads and says: a figure with what it is measured by, and one thing that is odd about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.choices import IndicatorKind, TimeRule
from indicators.rules.progress import ZERO
from vietnamese.numbers import format_number


class Severity(StrEnum):
    """What a warning asks of the person: to look, to give a reason that the receiver sees, or to change the figure."""

    NOTE = "note"
    NEEDS_REASON = "needs_reason"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class FigureWarning:
    """One thing that is odd about a figure, in words with its values."""

    code: str
    sentence: str
    severity: Severity


@dataclass(frozen=True)
class Sister:
    """Another unit of the cluster in the same period: what it entered, the entry before, its plan as an amount."""

    amount: Decimal
    before: Decimal | None
    target: Decimal | None
    is_cumulative: bool


@dataclass(frozen=True)
class Whole:
    """What a figure is a part of ("trong đó"), and what the other parts come to; are these all the parts there are?"""

    name: str
    amount: Decimal
    other_parts: Decimal
    has_all_parts: bool


@dataclass(frozen=True)
class FigureContext:
    """A figure and what it is measured by. All values are plain; what is not known is left out.

    `amount` is as entered (the numerator of a ratio), `previous` are the same unit's earlier entries, oldest first,
    None where there was none; `opening` is what was done before the first of them. `cumulative` and `target` are
    comparable: amounts, or (`in_percent`) two percentages of the same base; `due` is what the plan's path asks up to
    the end of the period in that measure, `due_before` up to its beginning. `others` are the other units' entries of
    the same period, where the person may see them, `sisters` those of the same cluster with what they are compared by.
    `parts` are parts of this figure, `has_all_parts` says that nothing else belongs to it; `whole` is given only where
    the whole and all its other parts that are asked for were reported.
    `sum_of_units` is given only where every unit has reported; `issued` is the same figure as a report stated it.
    """

    kind: str
    time_rule: str
    direction: str
    state: str
    amount: Decimal | None
    is_cumulative: bool = False
    decimals: int = 0
    unit_of_measure: str = ""
    cumulative: Decimal | None = None
    target: Decimal | None = None
    in_percent: bool = False
    due: Decimal | None = None
    due_before: Decimal | None = None
    previous: tuple[Decimal | None, ...] = ()
    opening: Decimal | None = None
    denominators: tuple[tuple[str, Decimal | None], ...] = ()
    parts: tuple[tuple[str, Decimal | None], ...] = ()
    has_all_parts: bool = False
    whole: Whole | None = None
    others: tuple[Decimal, ...] = ()
    sisters: tuple[Sister, ...] = ()
    sum_of_units: Decimal | None = None
    issued: Decimal | None = None
    issued_in: str = ""
    evidence_required: bool = False
    evidence_count: int = 0

    @property
    def is_bare_rate(self) -> bool:
        """A percentage entered without its parts; it may fall without error, because its base moves."""
        return self.kind == IndicatorKind.RATIO and not self.denominators

    @property
    def is_held_by_base(self) -> bool:
        """A ratio, or an amount whose plan is a percentage: only beside its base does it say how far it is."""
        return self.kind == IndicatorKind.RATIO or self.in_percent

    @property
    def plan_amount(self) -> Decimal | None:
        """The plan in the figure's own unit; a plan in percent says nothing about amounts."""
        return None if self.is_held_by_base else self.target

    @property
    def is_reduction(self) -> bool:
        """A negative plan: negative figures are what was asked for."""
        return self.target is not None and self.target < ZERO

    def reached(self, amount: Decimal) -> Decimal | None:
        """What is held against the plan: the cumulative, or the amount itself; no amount against a percentage."""
        if self.cumulative is None and (self.is_bare_rate or not self.in_percent):
            return amount
        return self.cumulative

    @property
    def history(self) -> tuple[Decimal, ...]:
        """Earlier entries that can be compared with this one."""
        if self.time_rule == TimeRule.FLOW and self.is_cumulative:
            return ()
        return tuple(amount for amount in self.previous if amount is not None)

    @property
    def levels(self) -> tuple[Decimal, ...]:
        """A running total or a level through time, from the opening on."""
        return self.history if self.opening is None else (self.opening, *self.history)

    def say(self, value: Decimal) -> str:
        """A value as the indicator shows it, with all the decimals that it really has, and its unit."""
        exponent = value.normalize().as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return f"{format_number(value, max(self.decimals, places))} {self.unit_of_measure}".strip()

    def round(self, value: Decimal) -> str:
        """A value that was reckoned, in the decimals that the indicator shows."""
        return f"{format_number(value, self.decimals)} {self.unit_of_measure}".strip()


Check = Callable[[FigureContext, Decimal], FigureWarning | None]
CHECK_AGAIN = "Kiểm tra lại; nếu đúng, ghi lý do."


def asks_reason(code: str, sentence: str) -> FigureWarning:
    """A figure that may be right, but wants a reason; the sentence ends with what to do."""
    return FigureWarning(code, f"{sentence} {CHECK_AGAIN}", Severity.NEEDS_REASON)


def note(code: str, sentence: str) -> FigureWarning:
    """A figure to be looked at once more."""
    return FigureWarning(code, sentence, Severity.NOTE)
