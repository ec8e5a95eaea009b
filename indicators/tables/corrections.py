"""The rows of a received or closed month that may be corrected: what stands now, what is official."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Submission
from indicators.choices import IndicatorKind
from indicators.models import Denominator, Figure, FigureVersion
from indicators.tables.sent_rows import version_text
from indicators.tables.unit_plan import denominators_of
from indicators.tables.wording import NONE
from vietnamese.numbers import format_trimmed

#: Figures, and the bases of ratios.
QUERIES = 2


@dataclass(frozen=True)
class BaseCell:
    """One reported base of a ratio and its present amount."""

    key: str
    name: str
    now: str


@dataclass(frozen=True)
class CorrectionRow:
    """One figure as text."""

    key: str
    version: str
    name: str
    unit_of_measure: str
    now: str
    official: str
    bases: tuple[BaseCell, ...]


def correction_table(submission: Submission, *, is_own: bool) -> tuple[CorrectionRow, ...]:
    """Rows with numbers in the document's order: ``QUERIES`` queries. The office reads what was sent."""
    figures = Figure.objects.filter(submission=submission, kind__in=[IndicatorKind.QUANTITY, IndicatorKind.RATIO])
    ordered = figures.select_related("assignment__indicator", "sent_version", "received_version").order_by(
        "assignment__indicator__area__position", "assignment__indicator__position", "pk"
    )
    rows = [figure for figure in ordered if is_own or figure.sent_version is not None]
    bases = denominators_of([figure.assignment.indicator_id for figure in rows])
    return tuple(_row(figure, bases.get(figure.assignment.indicator_id, [])) for figure in rows)


def _row(figure: Figure, bases: list[Denominator]) -> CorrectionRow:
    """One figure."""
    indicator = figure.assignment.indicator
    held = figure.sent_version
    return CorrectionRow(
        key=str(figure.pk),
        version=str(figure.version),
        name=indicator.short_name,
        unit_of_measure=indicator.unit_of_measure,
        now=version_text(held, indicator) if held else NONE,
        official=version_text(figure.received_version, indicator) if figure.received_version else NONE,
        bases=tuple(
            BaseCell(str(base.pk), base.name, _amount(held, str(base.pk))) for base in bases if base.is_reported
        ),
    )


def _amount(version: FigureVersion | None, key: str) -> str:
    """A base as it was sent."""
    text = version.denominators.get(key) if version else None
    return NONE if text is None else format_trimmed(text)
