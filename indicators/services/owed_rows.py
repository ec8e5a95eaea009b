"""What is summed: owed figures as plain rows, as they are officially and as sent; reads figures, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from indicators.choices import FigureState
from indicators.models import Figure
from indicators.tables.columns import NO_DENOMINATORS, amount_of, bases_of, plain
from units.choices import Origin

#: Official first, then tạm tính: the prefix of the columns and of the versions that they read.
BASES = ("official", "sent")
VERSION_COLUMNS = ("state", "amount", "is_cumulative", "denominators", "origin")


class Reported(NamedTuple):
    """One figure as one basis sees it: its numbers, or nothing."""

    state: str = FigureState.NOT_REPORTED
    amount: Decimal | None = None
    is_cumulative: bool = False
    denominators: Mapping[str, str] = NO_DENOMINATORS
    origin: str = Origin.OFFICE


class Row(NamedTuple):
    """One owed figure, seen officially and as sent, with what is counted of it."""

    indicator_id: int
    unit_id: int
    period_id: int
    number: int
    official: Reported
    sent: Reported
    is_sent: bool
    is_received: bool
    is_confirmed: bool


NOTHING = Reported()


def owed_rows(indicator_ids: set[int], unit_ids: set[int] | None, periods: dict[int, int]) -> list[Row]:
    """Every owed figure of the indicators and units: one query of plain columns."""
    figures = Figure.objects.filter(assignment__indicator__in=indicator_ids, period__in=periods)
    figures = figures.filter(assignment__is_not_applicable=False)
    if unit_ids is not None:
        figures = figures.filter(assignment__unit__in=unit_ids)
    columns = ["assignment__indicator_id", "assignment__unit_id", "period_id"]
    columns += ["sent_version_id", "received_version_id", "confirmed_version_id", "reconciled_version_id"]
    for side in ("received", "sent", "reconciled"):
        columns += [f"{side}_version__{name}" for name in VERSION_COLUMNS]
    return [_row(values, periods) for values in figures.order_by("pk").values_list(*plain(columns))]


def _row(values: Sequence[Any], periods: dict[int, int]) -> Row:
    """One owed figure from its columns, in the order in which ``owed_rows`` asked for them."""
    indicator_id, unit_id, period_id, sent_id, received_id, confirmed_id, reconciled_id = values[:7]
    width = len(VERSION_COLUMNS)
    received, sent, beside = (values[7 + width * i : 7 + width * (i + 1)] for i in range(3))
    if reconciled_id is None:
        beside = ()
    return Row(
        indicator_id,
        unit_id,
        period_id,
        number=periods[period_id],
        official=_reported(beside or received) if received_id is not None else NOTHING,
        sent=_reported(beside or sent) if sent_id is not None else NOTHING,
        is_sent=sent_id is not None and sent[0] != FigureState.NOT_REPORTED,
        is_received=received_id is not None and received[0] != FigureState.NOT_REPORTED,
        is_confirmed=confirmed_id is not None and confirmed_id in (sent_id, reconciled_id),
    )


def _reported(columns: Sequence[Any]) -> Reported:
    """One version from its columns."""
    state, amount, is_cumulative, denominators, origin = columns
    return Reported(state, amount_of(amount), is_cumulative, bases_of(denominators), origin)
