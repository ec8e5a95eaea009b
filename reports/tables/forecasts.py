"""Where every indicator will probably end, the least likely first, with the units' own estimates beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.tables import outlooks
from indicators.tables.forecast_record import RecordTexts, kept_record, record_texts
from indicators.tables.kept import kept
from indicators.tables.outlook import Outlook
from indicators.tables.outlooks import with_outlooks
from indicators.tables.standings import Standing
from reports.tables import summary as summaries
from reports.tables.frame import Frame
from reports.tables.summary import SummaryRow, summary

QUERIES = summaries.QUERIES + outlooks.QUERIES


@dataclass(frozen=True)
class ForecastRow:
    """One indicator with its outlook."""

    row: SummaryRow
    standing: Standing
    outlook: Outlook


@dataclass(frozen=True)
class Forecasts:
    """All forecasts of a period, those for which data do not suffice yet, and how good the forecast proved."""

    frame: Frame
    rows: tuple[ForecastRow, ...]
    waiting: tuple[ForecastRow, ...]
    record: RecordTexts


def forecasts(frame: Frame, *, indicator_ids: frozenset[int] | None = None) -> Forecasts:
    """The whole of each indicator that has numbers and a plan: ``QUERIES`` queries."""
    whole = summary(frame, indicator_ids=indicator_ids)
    found = {(row.indicator.pk, row.standing.unit_id): row.standing for row in whole.rows}
    judged = kept(
        ("forecasts", whole.stamps, frame.period.pk, frame.basis, indicator_ids),
        lambda: with_outlooks(whole.definitions, found, frame.period, frame.basis),
        len,
    )
    rows = []
    for row in whole.rows:
        standing = judged[row.indicator.pk, row.standing.unit_id]
        if standing.outlook is not None:
            rows.append(ForecastRow(row, standing, standing.outlook))
    ready = sorted((row for row in rows if row.outlook.has_forecast), key=_likelihood)
    waiting = tuple(row for row in rows if not row.outlook.has_forecast)
    return Forecasts(frame, tuple(ready), waiting, record_texts(kept_record()))


def _likelihood(row: ForecastRow) -> Decimal:
    """The least likely first; of which nothing is claimed last."""
    return Decimal(2) if row.outlook.chance is None else row.outlook.chance
