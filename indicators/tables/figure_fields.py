"""The fields of one figure as a form shows them: present or typed text, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import FigureState, IndicatorKind, TaskStatus, TimeRule
from indicators.models import Denominator, Figure, FigureValues
from indicators.tables.month_rows import Choice
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed


@dataclass(frozen=True)
class Field:
    """One text field: its name, label, text, and the sentence or question beside it."""

    name: str
    label: str
    text: str
    error: str = ""
    question: str = ""


@dataclass(frozen=True)
class FigureFields:
    """All that is typed of one figure."""

    numbers: tuple[Field, ...]
    texts: tuple[Field, ...]
    statuses: tuple[Choice, ...]
    steps: tuple[Choice, ...]
    status_error: str
    nothing_arose: bool
    is_estimate: bool
    may_be_cumulative: bool
    is_cumulative: bool


def bases_of(figure: Figure) -> list[Denominator]:
    """The bases that the unit reports with a ratio; none for other kinds."""
    if figure.kind != IndicatorKind.RATIO:
        return []
    return list(figure.assignment.indicator.denominators.filter(is_reported=True))


def figure_fields(
    figure: Figure,
    initial: FigureValues | None,
    *,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
    questions: Mapping[str, str],
) -> FigureFields:
    """The fields with what was typed, else with the values of a version, else empty."""
    indicator = figure.assignment.indicator

    def ticked(name: str, held: bool) -> bool:
        return bool(typed.get(name)) if typed is not None else held

    def field(name: str, label: str, held: str) -> Field:
        text = typed.get(name, "") if typed is not None else held
        return Field(name, label, text, errors.get(name, ""), questions.get(name, ""))

    numbers = _numbers(figure, initial) if indicator.is_numeric else ()
    status = typed.get("task_status", "") if typed is not None else (initial.task_status if initial else "")
    step = typed.get("step", "") if typed is not None else str((initial.step if initial else "") or "")
    return FigureFields(
        numbers=tuple(field(*one) for one in numbers),
        texts=tuple(field(*one) for one in _texts(figure, initial)),
        statuses=()
        if indicator.is_numeric
        else tuple(Choice(value, label, value == status) for value, label in TaskStatus.choices),
        steps=tuple(
            Choice(str(one.position), str(one), str(one.position) == step)
            for one in (indicator.steps.all() if indicator.kind == IndicatorKind.MILESTONE else ())
        ),
        status_error=errors.get("task_status", ""),
        nothing_arose=ticked("nothing_arose", bool(initial and initial.state == FigureState.NOTHING_AROSE)),
        is_estimate=ticked("is_estimate", bool(initial and initial.is_estimate)),
        may_be_cumulative=indicator.is_numeric and indicator.time_rule == TimeRule.FLOW,
        is_cumulative=ticked("is_cumulative", bool(initial and initial.is_cumulative)),
    )


def _numbers(figure: Figure, initial: FigureValues | None) -> tuple[tuple[str, str, str], ...]:
    """Name, label and present text of every number: the amount and the reported bases."""
    indicator = figure.assignment.indicator
    amount = format_trimmed(initial.amount, indicator.decimals) if initial and initial.amount is not None else ""
    word = "Số thực hiện (tử số)" if figure.kind == IndicatorKind.RATIO else "Số liệu"
    rows = [("amount", f"{word}, {indicator.unit_of_measure}", amount)]
    held = initial.denominators if initial else {}
    for base in bases_of(figure):
        written = held.get(str(base.pk))
        rows.append((f"denominator-{base.pk}", base.name, format_trimmed(Decimal(written)) if written else ""))
    return tuple(rows)


def _texts(figure: Figure, initial: FigureValues | None) -> tuple[tuple[str, str, str], ...]:
    """Name, label and present text of what is told in words."""
    rows = []
    if not figure.assignment.indicator.is_numeric:
        rows.append(("text", "Nội dung đã làm", initial.text if initial else ""))
    rows.append(("data_source", "Nguồn số liệu", initial.data_source if initial else ""))
    if figure.assignment.indicator.asks_source_date:
        day = format_date(initial.as_of_on) if initial and initial.as_of_on else ""
        rows.append(("as_of_on", "Số liệu đến ngày", day))
    rows.append(("note", "Ghi chú, lý do", initial.note if initial else ""))
    return tuple(rows)
