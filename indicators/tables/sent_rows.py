"""Rows of sent figures: each value with its text, for the page of one report and the page of one indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.choices import Band, FigureState, IndicatorKind, TaskStatus, VersionKind
from indicators.models import Figure, FigureValues, FigureVersion, Indicator
from indicators.rules.cumulation import effective_amount
from indicators.rules.oddities import FigureWarning
from indicators.rules.progress import HUNDRED, ratio
from indicators.tables.plan import Measured, main_target
from indicators.tables.sent import (
    Proof,
    SentBefore,
    SentSource,
    cumulative_of,
    key_of,
    measured,
    versus_of,
    warnings_of,
)
from indicators.tables.wording import NONE, Texts, amount_text, target_words
from paper.marks import bullet_bar, sparkline
from vietnamese.dates import format_date, format_moment
from vietnamese.numbers import format_number

NOTHING_AROSE = "không phát sinh"
NOT_SENT = "chưa gửi"
NOT_REPORTED = "chưa báo cáo"
#: So many earlier periods stand beside a figure; all of them are on the page of the indicator.
SHOWN_BEFORE = 12


@dataclass(frozen=True)
class BaseLine:
    """One reported base of a ratio: its name, its amount and the percentage on it."""

    name: str
    amount: str
    rate: str


@dataclass(frozen=True)
class Reconciled:
    """The lead department's value beside the unit's: who, when, on what ground."""

    text: str
    by: str
    at: str
    ground: str


@dataclass(frozen=True)
class SentRow(Texts):
    """One figure as it was sent, with what it is judged by."""

    figure_id: int
    indicator_id: int
    name: str
    unit_of_measure: str
    is_numeric: bool
    is_marked: bool
    request_reason: str
    sent_version_id: int | None
    is_sent: bool
    target: str
    target_note: str
    previous: str
    entered: str
    text: str
    cumulative: str
    since_launch: str
    rate: str
    band: str
    bar: SafeString
    spark: SafeString
    bases: tuple[BaseLine, ...]
    is_estimate: bool
    is_copied: bool
    is_cumulative: bool
    year_estimate: str
    note: str
    data_source: str
    as_of: str
    origin: str
    entered_by: str
    on_behalf: str
    proofs: tuple[Proof, ...]
    warnings: tuple[FigureWarning, ...]
    prior: str
    versus: tuple[str, ...]
    reconciled: Reconciled | None
    confirmation: str
    was_before: str = ""
    is_changed: bool = True
    history: tuple[str, ...] = field(default_factory=tuple)

    @property
    def is_confirmed(self) -> bool:
        """True when the lead department vouches for the value that now stands."""
        return self.confirmation == "confirmed"


def sent_row(source: SentSource, figure: Figure) -> SentRow:
    """One row from what was read for many."""
    indicator, sent = figure.assignment.indicator, figure.sent_version
    against = measured(source, figure)
    total = source.totals.get(key_of(figure))
    earlier = _shown_before(source, figure)
    last = earlier[-1] if earlier else None
    prior = source.priors.get(figure.assignment_id)
    return SentRow(
        figure_id=figure.pk,
        indicator_id=indicator.pk,
        name=indicator.short_name,
        unit_of_measure=indicator.unit_of_measure,
        is_numeric=indicator.is_numeric,
        is_marked=figure.is_asked,
        request_reason=figure.request_reason,
        sent_version_id=figure.sent_version_id,
        is_sent=sent is not None,
        target=target_text(source, figure),
        target_note=against.base_name,
        previous=entry_text(last.amount, last.state, last.task_status, indicator) if last else NONE,
        entered=version_text(sent, indicator) if sent else NOT_SENT,
        text=_task_text(source, sent, indicator),
        cumulative=amount_text(cumulative_of(total), indicator) if indicator.is_numeric else "",
        since_launch=_since_launch(total.sent_cumulative, total.sent_since_launch, indicator) if total else "",
        rate="" if against.rate is None else format_number(against.rate, 1),
        band=against.band if against.plan is not None else "",
        bar=_bar(against),
        spark=_spark(source, figure),
        bases=_bases(source, figure),
        is_estimate=bool(sent and sent.is_estimate),
        is_copied=bool(sent and sent.is_copied),
        is_cumulative=bool(sent and sent.is_cumulative),
        year_estimate=amount_text(sent.year_estimate, indicator) if sent and sent.year_estimate is not None else "",
        note=sent.note if sent else "",
        data_source=sent.data_source if sent else "",
        as_of=format_date(sent.as_of_on) if sent and sent.as_of_on else "",
        origin=sent.origin if sent else "",
        entered_by=_entered_by(sent),
        on_behalf=on_behalf_words(sent),
        proofs=tuple(source.proofs.get(figure.pk, ())),
        warnings=warnings_of(source, figure, against),
        prior=prior.text(indicator) if prior else "",
        versus=versus_of(source, figure, against),
        reconciled=_reconciled(figure, indicator),
        confirmation=confirmation_of(figure),
        history=tuple(
            f"{one.period_name}: {entry_text(one.amount, one.state, one.task_status, indicator)}" for one in earlier
        ),
    )


def common_origin(rows: Iterable[SentRow]) -> str:
    """The origin that all sent rows share, to be said once for the table; "" where they differ."""
    origins = {row.origin for row in rows if row.is_sent}
    return origins.pop() if len(origins) == 1 else ""


def confirmation_of(figure: Figure) -> str:
    """ "confirmed", "outdated" where the unit has sent another value since, or "" for not yet."""
    if figure.confirmed_version_id is None:
        return ""
    stands = (figure.sent_version_id, figure.reconciled_version_id)
    return "confirmed" if figure.confirmed_version_id in stands else "outdated"


# --- Texts -----------------------------------------------------------------------------------------------------------


def entry_text(amount: Decimal | None, state: str, task_status: str, indicator: Indicator) -> str:
    """What was reported for a period: a number, a status, "không phát sinh", or that there is nothing."""
    if state == FigureState.NOTHING_AROSE:
        return NOTHING_AROSE
    if state != FigureState.REPORTED:
        return NOT_REPORTED if state else NONE
    if indicator.is_numeric:
        return amount_text(amount, indicator)
    return str(TaskStatus(task_status).label) if task_status else "đã báo cáo"


def version_text(version: FigureValues, indicator: Indicator) -> str:
    """The value of one version in words."""
    return entry_text(version.amount, version.state, version.task_status, indicator)


def target_text(source: SentSource, figure: Figure) -> str:
    """The unit's main target in words."""
    return target_words(main_target(source.targets.get(key_of(figure), [])), figure.assignment.indicator)


def on_behalf_words(version: FigureVersion | None) -> str:
    """Nhập thay: for whom, by which way, from whom, with which document; "" when the unit entered it itself."""
    if version is None or version.kind != VersionKind.ON_BEHALF:
        return ""
    words = f"Nhập thay qua {version.get_channel_display().lower()}"
    if version.informant:
        words += f", theo {version.informant}"
    if version.document:
        words += f", {version.document}"
    if version.document_on:
        words += f" ngày {format_date(version.document_on)}"
    return words


def _entered_by(version: FigureVersion | None) -> str:
    return f"{version.by}, {format_moment(version.at)}" if version else ""


def moment_text(moment: datetime | None) -> str:
    """A moment with its time of day, or nothing."""
    return format_moment(moment) if moment else ""


def _since_launch(since_start: Decimal | None, since_launch: Decimal | None, indicator: Indicator) -> str:
    """Trong đó từ khi phát động, where it differs from the year's."""
    if since_start is None or since_launch is None or since_launch == since_start:
        return ""
    return amount_text(since_launch, indicator)


def _task_text(source: SentSource, version: FigureVersion | None, indicator: Indicator) -> str:
    """What was done, and the step reached."""
    if version is None:
        return ""
    steps = source.steps.get(indicator.pk, [])
    reached = next((f"Đã xong bước {step}." for step in steps if step.position == version.step), "")
    return f"{reached} {version.text}".strip()


def _bases(source: SentSource, figure: Figure) -> tuple[BaseLine, ...]:
    """The reported bases of a ratio, each with the percentage of the cumulative on it."""
    indicator, sent = figure.assignment.indicator, figure.sent_version
    total = source.totals.get(key_of(figure))
    if indicator.kind != IndicatorKind.RATIO or sent is None:
        return ()
    lines = []
    for base in source.denominators.get(indicator.pk, []):
        written = sent.denominators.get(str(base.pk))
        if base.is_reported and written is not None:
            rate = ratio(cumulative_of(total), Decimal(written))
            percent = NONE if rate is None else f"{format_number(rate, 1)} %"
            lines.append(BaseLine(base.name, amount_text(Decimal(written), indicator), percent))
    return tuple(lines)


def _bar(against: Measured) -> SafeString:
    """The bullet bar of the cumulative against the plan, where there is a plan."""
    if against.plan is None:
        return SafeString()
    expected = None if against.share is None else against.share * HUNDRED
    words = "chưa có số liệu" if against.rate is None else f"đạt {format_number(against.rate, 1)} %"
    if expected is not None:
        words += f", đến nay cần {format_number(expected, 1)} %"
    return bullet_bar(against.rate, expected, band=against.band or Band.NO_DATA, label=words)


def _shown_before(source: SentSource, figure: Figure) -> Sequence[SentBefore]:
    """The last periods before this one: of three years nobody reads more beside a figure, and the page stays light."""
    return source.earlier.get(figure.assignment_id, [])[-SHOWN_BEFORE:]


def _spark(source: SentSource, figure: Figure) -> SafeString:
    """The course of what was sent, where there are at least three periods to compare."""
    indicator, sent = figure.assignment.indicator, figure.sent_version
    if not indicator.is_numeric or sent is None:
        return SafeString()
    values = [effective_amount(one.amount, one.state) for one in _shown_before(source, figure)]
    values.append(effective_amount(sent.amount, sent.state))
    if sum(value is not None for value in values) < 3:
        return SafeString()
    words = "; ".join(amount_text(value, indicator) for value in values)
    return sparkline(values, label=f"các kỳ: {words}")


def _reconciled(figure: Figure, indicator: Indicator) -> Reconciled | None:
    """The lead department's value, where it has set one."""
    version = figure.reconciled_version
    if version is None:
        return None
    return Reconciled(version_text(version, indicator), str(version.by), format_moment(version.at), version.reason)
