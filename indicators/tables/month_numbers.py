"""Rows with numbers in a unit's month: the last period, this one, the cumulative, its rate and what is odd about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from indicators.choices import FigureState, TimeRule
from indicators.models import Figure, Indicator, Target
from indicators.rules.checks import check_figure
from indicators.rules.cumulation import (
    Accrued,
    PeriodAmount,
    effective_amount,
    in_period_and_cumulative,
)
from indicators.rules.oddities import FigureContext, FigureWarning
from indicators.rules.progress import ratio
from indicators.tables.month_hints import hints
from indicators.tables.month_rows import DenominatorCell, MonthRow
from indicators.tables.month_source import Earlier, Source
from indicators.tables.plan import Measured, context_of, given_words, main_target, measure, own_start
from indicators.tables.prior import Prior, versus
from indicators.tables.wording import NONE, amount_text, target_words
from paper.marks import band_mark
from units.choices import Origin
from vietnamese.numbers import format_number, format_percent, format_trimmed

NOTHING = "không phát sinh"


def numeric_row(source: Source, figure: Figure, common: dict[str, Any]) -> MonthRow:
    """A quantity or a ratio."""
    indicator = figure.assignment.indicator
    earlier = source.earlier.get(figure.assignment_id, [])
    target = main_target(source.plan.targets.get(indicator.pk, []))
    accrued = _accrued(source, figure, earlier)
    cumulative = _judged(accrued[-1])
    measured = _measured(source, figure, cumulative, earlier)
    context = _context(source, figure, measured, earlier)
    before = _before(source, figure, accrued)
    prior = source.priors.get(figure.assignment_id)
    return MonthRow(
        **common,
        prior=prior.text(indicator) if prior else "",
        prior_source=prior.source if prior else "",
        prior_origin=prior.origin if prior and prior.origin != Origin.OFFICE else "",
        versus=_versus(source, figure, prior, accrued[-1], measured),
        target=target_words(target, indicator),
        target_origin=target.origin if target and target.origin != Origin.OFFICE else "",
        target_note="; ".join(filter(None, (measured.base_name, given_words(target, indicator)))),
        before=amount_text(before, indicator),
        previous=_previous(earlier, indicator),
        amount=_typed(figure.amount, indicator),
        shown_amount=_entry(figure.amount, figure.state, indicator),
        cumulative=amount_text(cumulative, indicator),
        since_launch=_since_launch(accrued[-1], indicator),
        rate="" if measured.rate is None else format_number(measured.rate, 1),
        mark=SafeString() if measured.plan is None else band_mark(measured.band),
        denominators=_denominator_cells(source, figure, cumulative, earlier[-1] if earlier else None),
        is_estimate=figure.is_estimate,
        may_be_cumulative=indicator.time_rule == TimeRule.FLOW and not source.submission.period.is_flash,
        is_cumulative=figure.is_cumulative,
        year_estimate=_typed(figure.year_estimate, indicator),
        year_words=_year_words(source, figure, cumulative, target),
        warnings=tuple(check_figure(context)),
        hints=hints(context, before) if common["is_open"] else (),
    )


def numbers_beside(source: Source, figure: Figure) -> tuple[str, str, str]:
    """What stands beside a cell to fill in: the target, the cumulative before, the period before."""
    indicator = figure.assignment.indicator
    earlier = source.earlier.get(figure.assignment_id, [])
    target = main_target(source.plan.targets.get(indicator.pk, []))
    before = _before(source, figure, _accrued(source, figure, earlier))
    return target_words(target, indicator), amount_text(before, indicator), _previous(earlier, indicator)


def warnings_of_row(source: Source, figure: Figure) -> tuple[FigureWarning, ...]:
    """What is odd about the figure as it now stands in its row."""
    earlier = source.earlier.get(figure.assignment_id, [])
    cumulative = _judged(_accrued(source, figure, earlier)[-1])
    return tuple(check_figure(_context(source, figure, _measured(source, figure, cumulative, earlier), earlier)))


def _accrued(source: Source, figure: Figure, earlier: Sequence[Earlier]) -> list[Accrued]:
    """The row through the periods up to this one."""
    indicator = figure.assignment.indicator
    entries = [PeriodAmount(one.number, one.amount, one.state, one.is_cumulative) for one in earlier]
    entries.append(PeriodAmount(source.submission.period.number, figure.amount, figure.state, figure.is_cumulative))
    return in_period_and_cumulative(indicator.time_rule, source.plan.openings.get(indicator.pk), entries)


def _before(source: Source, figure: Figure, accrued: Sequence[Accrued]) -> Decimal | None:
    """The cumulative with which the period begins."""
    return _judged(accrued[-2]) if len(accrued) > 1 else source.plan.openings.get(figure.assignment.indicator_id)


def _versus(
    source: Source, figure: Figure, prior: Prior | None, accrued: Accrued, measured: Measured
) -> tuple[str, ...]:
    """How the row stands against the same period last year."""
    indicator = figure.assignment.indicator
    target = main_target(source.plan.targets.get(indicator.pk, []))
    is_rate = bool(target and target.is_percentage)
    return versus(
        indicator,
        prior,
        in_period=figure.amount if indicator.time_rule == TimeRule.LEVEL else accrued.in_period,
        cumulative=_judged(accrued),
        rate=measured.value if is_rate else None,
    )


def _judged(accrued: Accrued) -> Decimal | None:
    """Lũy kế từ đầu năm; where its opening is unknown, từ khi phát động."""
    return accrued.since_launch if accrued.since_start is None else accrued.since_start


def _year_words(source: Source, figure: Figure, cumulative: Decimal | None, target: Target | None) -> str:
    """What was done up to the last day of the period beside ước cả năm, where one was given."""
    estimate, indicator = figure.year_estimate, figure.assignment.indicator
    if estimate is None:
        return ""
    day = f"{source.submission.period.ends_on:%d/%m}"
    rate = None if target is None or target.is_percentage else ratio(estimate, target.amount)
    share = "" if rate is None else f" ({format_percent(rate)} chỉ tiêu)"
    done = f"Thực hiện đến {day}: {amount_text(cumulative, indicator)}"
    return f"{done}; ước cả năm: {amount_text(estimate, indicator)}{share}"


def _since_launch(accrued: Accrued, indicator: Indicator) -> str:
    """Trong đó từ khi phát động, where it differs from the year's."""
    if accrued.since_start is None or accrued.since_launch in (None, accrued.since_start):
        return ""
    return amount_text(accrued.since_launch, indicator)


def _measured(source: Source, figure: Figure, cumulative: Decimal | None, earlier: Sequence[Earlier]) -> Measured:
    """The cumulative against the unit's target at the end of the period; bases as last reported."""
    indicator = figure.assignment.indicator
    denominators: dict[str, str] = {}
    for one in earlier:
        denominators |= one.denominators
    return measure(
        indicator,
        source.submission.participation.campaign,
        source.plan.targets.get(indicator.pk, []),
        cumulative=cumulative,
        denominators=denominators | figure.denominators,
        opening=source.plan.openings.get(indicator.pk),
        path=source.plan.paths.get(indicator.pk, []),
        rule=source.plan.band_rule,
        on=source.submission.period.ends_on,
        since=own_start(source.submission.period),
    )


def _denominator_cells(
    source: Source, figure: Figure, cumulative: Decimal | None, last: Earlier | None
) -> tuple[DenominatorCell, ...]:
    """The reported bases, each with its percentage."""
    indicator = figure.assignment.indicator
    cells = []
    for base in source.plan.denominators.get(indicator.pk, []):
        if base.is_reported:
            amount = _decimal(figure.denominators.get(str(base.pk)))
            before = _decimal(last.denominators.get(str(base.pk))) if last else None
            rate = ratio(cumulative, amount)
            shown = "" if rate is None else format_number(rate, 1)
            cells.append(
                DenominatorCell(
                    str(base.pk), base.name, _typed(amount, indicator), amount_text(before, indicator), shown
                )
            )
    return tuple(cells)


def _context(source: Source, figure: Figure, measured: Measured, earlier: Sequence[Earlier]) -> FigureContext:
    """The figure and what it is measured by."""
    indicator = figure.assignment.indicator
    parts = tuple(
        (part.assignment.indicator.short_name, effective_amount(part.amount, part.state))
        for part in source.parts.get(indicator.pk, ())
    )
    bases = source.plan.denominators.get(indicator.pk, [])
    return context_of(
        figure,
        figure,
        measured,
        earlier,
        opening=source.plan.openings.get(indicator.pk),
        denominators=tuple(
            (base.name, _decimal(figure.denominators.get(str(base.pk)))) for base in bases if base.is_reported
        ),
        parts=parts,
        has_all_parts=source.has_all_parts(indicator),
        whole=source.whole_of(figure),
        evidence_count=len(source.evidence.get(figure.pk, ())),
    )


# --- Texts -----------------------------------------------------------------------------------------------------------


def _previous(earlier: Sequence[Earlier], indicator: Indicator) -> str:
    return _entry(earlier[-1].amount, earlier[-1].state, indicator) if earlier else NONE


def _entry(amount: Decimal | None, state: str, indicator: Indicator) -> str:
    """What was entered for a period: a number, "không phát sinh", or a dash."""
    return NOTHING if state == FigureState.NOTHING_AROSE else amount_text(amount, indicator)


def _typed(value: Decimal | None, indicator: Indicator) -> str:
    """A number as it stands in its input, without needless zeros."""
    return "" if value is None else format_trimmed(value, indicator.decimals)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
