"""What a browser needs to check a row before the server answers, or without line: the row's own measures, in brief."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from indicators.rules.oddities import FigureContext


def hints(context: FigureContext, before: Decimal | None) -> tuple[Any, ...]:
    """The measures in the order in which static/js/hints.js takes them apart.

    Rule, direction and kind by their first letters; the cumulative before this period, the plan, the opening; whether a
    proof is still wanted; the earlier periods. A ratio's plan depends on bases that move: the server alone holds it.
    """
    letters = f"{context.time_rule[0]}{context.direction[0]}{context.kind[0]}"
    wants_proof = context.evidence_required and not context.evidence_count
    measures = [_brief(value) for value in (before, context.plan_amount, context.opening)]
    return (letters, *measures, int(wants_proof), _all_brief(context.previous))


def _all_brief(values: Sequence[Decimal | None]) -> list[int | float | None]:
    return [_brief(value) for value in values]


def _brief(value: Decimal | None) -> int | float | None:
    """A number as JSON writes it: fifteen digits are exact."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
