"""A number and a target in words, the same on every page and paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from indicators.choices import IndicatorKind, Operator
from indicators.models import Indicator, Target
from vietnamese.numbers import format_number, format_trimmed

NONE = "–"
#: Operators that the words of a number repeat; "at least" is what a target is.
SAID_OPERATORS = {Operator.MORE_THAN: "trên", Operator.AT_MOST: "không quá", Operator.ABOUT: "khoảng"}


class Texts:
    """A frozen row of texts, numbers and rows of such, without a model: its content says all that it shows."""

    def __getitem__(self, name: str) -> Any:
        """A template looks for an item before it looks for an attribute; not to find one is an eighth of a drawing."""
        return getattr(self, name)


def amount_text(value: Decimal | None, indicator: Indicator) -> str:
    """A number in the indicator's decimals, or a dash."""
    return NONE if value is None else format_number(value, indicator.decimals)


def with_operator(operator: str, text: str) -> str:
    """A number with the word that the document puts before it: "trên 1.200.000"."""
    return f"{SAID_OPERATORS.get(Operator(operator), '')} {text}".strip()


def target_words(target: Target | None, indicator: Indicator) -> str:
    """A target as the document words it: "35,0", "trên 1.200.000", "100 %"; of what should be gone, 0."""
    if target is None:
        return NONE
    if target.is_percentage:
        return f"{format_trimmed(target.amount)} %"
    text = amount_text(target.amount, indicator)
    if indicator.kind != IndicatorKind.QUANTITY or (indicator.operator == Operator.AT_MOST and not target.amount):
        return text
    return with_operator(indicator.operator, text)
