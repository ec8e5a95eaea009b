"""The lead department's tables: its indicators with what waits, and one indicator over all units of a period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from campaign.models import Campaign, Period, Submission
from indicators.choices import AssignmentRole, VersionKind
from indicators.models import Assignment, Figure, FigureVersion, Indicator, Target, Total
from indicators.permissions import led_indicator_ids, why_not_confirm
from indicators.tables.plan import last_by_base, main_target
from indicators.tables.sent import QUERIES as SENT_QUERIES
from indicators.tables.sent import cumulative_of, read_sent
from indicators.tables.sent_rows import (
    SentRow,
    common_origin,
    on_behalf_words,
    sent_row,
    version_text,
)
from indicators.tables.wording import NONE, amount_text, target_words
from units.models import User

#: At most so many queries asks ``confirm_table``, however many units there are.
QUERIES = SENT_QUERIES + 7


@dataclass(frozen=True)
class LedRow:
    """One indicator of a lead department in one period."""

    indicator: Indicator
    owed: int
    sent: int
    confirmed: int

    @property
    def unconfirmed(self) -> int:
        """Figures sent that wait for this department."""
        return self.sent - self.confirmed


@dataclass(frozen=True)
class ConfirmRow:
    """One unit in the table of one indicator."""

    unit_name: str
    figure: Figure
    row: SentRow
    why_not_confirm: str
    waiting: str
    entered_for_unit: str

    @property
    def may_confirm(self) -> bool:
        """True when the figure was sent, is not yet confirmed, and this person may."""
        return not self.why_not_confirm and not self.row.is_confirmed

    @property
    def is_clean(self) -> bool:
        """May it be confirmed together with others: nothing about it asks for a look of its own."""
        return self.may_confirm and not self.row.warnings and not self.row.is_marked


@dataclass(frozen=True)
class ConfirmTable:
    """All units of one indicator and period, with the whole."""

    rows: tuple[ConfirmRow, ...]
    not_assigned: tuple[str, ...]
    is_numeric: bool
    has_bases: bool
    completeness: str
    confirmed: str
    total_amount: str
    total_cumulative: str
    total_since_launch: str
    total_target: str
    open_count: int
    common_origin: str
    common_note: str

    @property
    def clean_count(self) -> int:
        """How many figures wait and show nothing odd."""
        return sum(row.is_clean for row in self.rows)

    @property
    def open_rows(self) -> tuple[ConfirmRow, ...]:
        """What is not confirmed: open, before the eyes."""
        return tuple(row for row in self.rows if not row.row.is_confirmed)

    @property
    def folded_rows(self) -> tuple[ConfirmRow, ...]:
        """What stands confirmed: folded."""
        return tuple(row for row in self.rows if row.row.is_confirmed)


def led_campaigns(indicator_ids: Collection[int]) -> QuerySet[Campaign]:
    """The launched campaigns to which some indicators belong."""
    return Campaign.objects.launched().filter(indicators__in=indicator_ids).distinct()


def periods_of(indicator: Indicator) -> QuerySet[Period]:
    """The periods in which the indicator is asked for."""
    return indicator.campaign.periods.filter(figures__assignment__indicator=indicator).distinct()


def sent_figures(indicator: Indicator, period: Period, figure_ids: Collection[int]) -> list[Figure]:
    """Of some figures those of this indicator and period that were sent: one query."""
    rows = Figure.objects.of(indicator).filter(period=period, pk__in=figure_ids, sent_version__isnull=False)
    return list(rows.select_related("assignment__indicator__campaign", "submission"))


def led_table(indicator_ids: Collection[int], period: Period) -> tuple[LedRow, ...]:
    """The indicators with what was sent and confirmed; those with something waiting first. Two queries."""
    rows = Indicator.objects.filter(pk__in=indicator_ids, campaign=period.campaign_id).select_related("area")
    nodes = Total.objects.filter(
        indicator__in=indicator_ids, unit=period.campaign.authority_id, period=period, is_node=True
    )
    totals = {total.indicator_id: total for total in nodes.order_by()}
    found = [
        LedRow(row, total.owed, total.sent, total.confirmed)
        for row in rows.order_by("area__position", "position")
        if (total := totals.get(row.pk))
    ]
    return tuple(sorted(found, key=lambda row: row.unconfirmed == 0))


def confirm_table(indicator: Indicator, period: Period, user: User, led: set[int] | None = None) -> ConfirmTable:
    """One indicator over all units that report it in the period; ``led`` where the indicators led are known."""
    campaign = indicator.campaign
    figures = Figure.objects.filter(
        assignment__indicator=indicator, assignment__is_not_applicable=False, period=period
    ).select_related("assignment__unit", "submission__participation")
    ordered = figures.order_by(
        "assignment__unit__kind__position", "assignment__unit__position", "assignment__unit__sort_key"
    )
    source = read_sent(ordered, campaign, period, compares=True)
    led = led_indicator_ids(user) if led is None else led
    behalf = _entered_on_behalf([figure for figure in source.figures if figure.sent_version_id is None])
    rows = tuple(
        ConfirmRow(
            unit_name=figure.submission.participation.unit_name,
            figure=figure,
            row=sent_row(source, figure),
            why_not_confirm=why_not_confirm(figure, user, led=led),
            waiting=_waiting_words(figure.submission),
            entered_for_unit=behalf.get(figure.pk, ""),
        )
        for figure in source.figures
    )
    nodes = Total.objects.filter(indicator=indicator, unit=campaign.authority_id, period=period, is_node=True)
    node = nodes.order_by("pk").first()
    numeric = indicator.is_numeric
    notes = {row.row.target_note for row in rows}
    return ConfirmTable(
        rows=rows,
        not_assigned=_not_assigned(indicator),
        is_numeric=numeric,
        has_bases=any(row.row.bases for row in rows),
        completeness=f"{node.sent}/{node.owed}" if node else f"0/{len(rows)}",
        confirmed=f"{node.confirmed}/{node.owed}" if node else f"0/{len(rows)}",
        total_amount=amount_text(node.sent_amount, indicator) if node and numeric else NONE,
        total_cumulative=amount_text(cumulative_of(node), indicator) if numeric else NONE,
        total_since_launch=amount_text(node.sent_since_launch, indicator) if node and numeric else NONE,
        total_target=target_words(_authority_target(campaign, indicator, period), indicator),
        open_count=sum(row.may_confirm for row in rows),
        common_origin=common_origin([row.row for row in rows]),
        common_note=notes.pop() if len(notes) == 1 else "",
    )


def _waiting_words(submission: Submission) -> str:
    """The state of the report that holds the figure."""
    return submission.get_status_display()


def _authority_target(campaign: Campaign, indicator: Indicator, period: Period) -> Target | None:
    """The target of the whole, in force at the end of the period."""
    rows = Target.objects.filter(indicator=indicator, unit=campaign.authority_id).in_force(period.ends_on)
    return main_target(last_by_base(rows.select_related("base").order_by("sequence")))


def _not_assigned(indicator: Indicator) -> tuple[str, ...]:
    """Units to which the indicator is not given (không giao)."""
    rows = Assignment.objects.filter(
        indicator=indicator, role=AssignmentRole.REPORTS, is_not_applicable=True, valid_to=None
    )
    return tuple(rows.order_by("unit__position").values_list("unit__name", flat=True))


def _entered_on_behalf(figures: Collection[Figure]) -> dict[int, str]:
    """What an office has itself entered for units whose report is not sent yet, in words."""
    rows = FigureVersion.objects.filter(figure__in=[figure.pk for figure in figures])
    last = {row.figure_id: row for row in rows.order_by("figure_id", "sequence")}
    indicators = {figure.pk: figure.assignment.indicator for figure in figures}
    return {
        pk: f"{version_text(version, indicators[pk])}. {on_behalf_words(version)}"
        for pk, version in last.items()
        if version.kind == VersionKind.ON_BEHALF
    }
