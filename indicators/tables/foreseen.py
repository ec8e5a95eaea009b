"""What would be odd about figures if they were written so: told before anything is, from what was read already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from indicators.models import VALUE_FIELDS, Figure, FigureVersion, Total
from indicators.rules.cumulation import PeriodAmount, effective_amount, in_period_and_cumulative
from indicators.rules.oddities import FigureWarning
from indicators.tables.month_numbers import warnings_of_row
from indicators.tables.month_source import Source
from indicators.tables.sent import Key, SentSource, flash_totals, key_of, sent_amounts, warnings_of

Oddities = Mapping[int, tuple[FigureWarning, ...]]
#: An office does not see what a unit has attached and not sent, so it cannot say that a proof is missing.
UNSEEN_BY_OFFICES = "evidence"


def oddities_of_month(source: Source, changed: Sequence[Figure]) -> Oddities:
    """The unit's own rows, each beside the others as they would stand."""
    by_pk = {figure.pk: figure for figure in changed}
    would_be = replace(source, figures=[by_pk.get(figure.pk, figure) for figure in source.figures])
    return {one.pk: warnings_of_row(would_be, one) for one in changed if one.assignment.indicator.is_numeric}


def oddities_of_sent(source: SentSource, changed: Sequence[Figure]) -> Oddities:
    """Rows that an office would enter for units, beside what was sent."""
    for figure in changed:
        figure.sent_version = FigureVersion(**{name: getattr(figure, name) for name in VALUE_FIELDS})
    numbers = [figure for figure in changed if figure.assignment.indicator.is_numeric]
    by_pk = {figure.pk: figure for figure in changed}
    totals = flash_totals(numbers) if source.period.is_flash else {key_of(one): _total(source, one) for one in numbers}
    would_be = replace(
        source,
        totals=source.totals | totals,
        amounts=sent_amounts(by_pk.get(figure.pk, figure) for figure in source.figures),
        parts=_parts(source, numbers),
    )
    return {
        figure.pk: tuple(one for one in warnings_of(would_be, figure) if one.code != UNSEEN_BY_OFFICES)
        for figure in numbers
    }


def _total(source: SentSource, figure: Figure) -> Total:
    """The cumulatives after what the unit sent before and this figure."""
    entries = [
        PeriodAmount(one.number, one.amount, one.state, one.is_cumulative)
        for one in source.earlier.get(figure.assignment_id, ())
    ]
    entries.append(PeriodAmount(source.period.number, figure.amount, figure.state, figure.is_cumulative))
    opening = source.openings.get(key_of(figure))
    accrued = in_period_and_cumulative(figure.assignment.indicator.time_rule, opening, entries)[-1]
    return Total(
        sent_amount=accrued.in_period,
        sent_cumulative=accrued.since_start,
        sent_since_launch=accrued.since_launch,
        sent_denominators=figure.denominators,
    )


def _parts(source: SentSource, numbers: Sequence[Figure]) -> dict[Key, list[tuple[str, Decimal | None]]]:
    """The parts of each whole ("trong đó"), those of the same workbook as they would stand."""
    found = dict(source.parts)
    for figure in numbers:
        indicator = figure.assignment.indicator
        whole = Key(indicator.parent_id or 0, figure.assignment.unit_id)
        if whole in found:
            mine = (indicator.short_name, effective_amount(figure.amount, figure.state))
            found[whole] = [mine if name == mine[0] else (name, value) for name, value in found[whole]]
    return found
