"""The values of a standing: target, opening, figures, progress and completeness of one indicator at one unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from campaign.models import Period
from indicators.choices import Band, Direction, TimeRule
from indicators.models import Indicator, Opening, Target
from indicators.rules import gap as gaps
from indicators.rules import progress
from indicators.tables.judging import BaseRate, Judged
from indicators.tables.outlook import Outlook
from indicators.tables.plan import main_target
from indicators.tables.standings_source import OFFICIAL, Dispute, Reporter, Sums
from units.choices import Origin


@dataclass(frozen=True)
class StandingValues:
    """One indicator at one unit, or at the authority as the whole of its units (``is_node``).

    ``rate`` is what was reached of the main target and ``expected_rate`` what should be by then, both in percent of
    the target; ``is_year`` tells whether the year's cumulative is judged, or what came since the launch because
    nothing is known of the time before. ``statuses`` counts units by task status, "" those that have not reported.
    ``outlook`` is there where it was asked for (``with_outlooks``).
    """

    indicator: Indicator
    unit_id: int
    is_node: bool
    period: Period
    basis: str
    judged: Judged
    sums: tuple[Sums, ...]
    targets: tuple[Target, ...]
    openings: tuple[Opening, ...]
    rates: tuple[BaseRate, ...]
    gap: gaps.Gap
    reporters: tuple[Reporter, ...]
    dispute: Dispute | None = None
    statuses: Counter[str] = field(default_factory=Counter)
    outlook: Outlook | None = None

    @property
    def now(self) -> Sums | None:
        """The last stored total up to the period."""
        return self.sums[-1] if self.sums else None

    @property
    def is_due(self) -> bool:
        """Was the row asked for in this very period?"""
        return self.now is not None and self.now.number == self.period.number

    @property
    def on(self) -> date:
        """Up to which day the figures count."""
        return self.now.ends_on if self.now else self.period.ends_on

    @property
    def is_numeric(self) -> bool:
        """True for what carries numbers."""
        return self.indicator.is_numeric

    @cached_property
    def main(self) -> Target | None:
        """The target that is judged."""
        return main_target(self.targets)

    @property
    def target(self) -> Decimal | None:
        """Its amount, or its percentage."""
        return self.main.amount if self.main else None

    @property
    def base_name(self) -> str:
        """Of what the plan, or its percentage, is counted (dự toán giao, thực nguồn)."""
        return self.main.base.name if self.main and self.main.base else ""

    @property
    def opening(self) -> Decimal | None:
        """What was done before the campaign, as an amount."""
        return next((one.amount for one in self.openings if one.amount is not None), None)

    @property
    def opening_rate(self) -> Decimal | None:
        """What was done before the campaign, as a percentage that stays one."""
        return next((one.rate for one in self.openings if one.rate is not None), None)

    @property
    def opening_base(self) -> str:
        """Of what the opening percentage is counted."""
        return next((one.base.name for one in self.openings if one.rate is not None and one.base), "")

    @property
    def in_period(self) -> Decimal | None:
        """Số trong kỳ."""
        return self.now.amount if self.now and self.is_due else None

    @property
    def cumulative(self) -> Decimal | None:
        """Lũy kế từ đầu năm; None where the time before the launch is unknown or disputed."""
        return self.now.cumulative if self.now else None

    @property
    def since_launch(self) -> Decimal | None:
        """Trong đó từ khi phát động; a level at a date has no such part."""
        is_level = self.indicator.time_rule == TimeRule.LEVEL
        return self.now.since_launch if self.now and not is_level else None

    @property
    def is_launch_unknown(self) -> bool:
        """Is the year's cumulative known, but not its part since the launch (a percentage is all that was told)?"""
        is_level = self.indicator.time_rule == TimeRule.LEVEL
        return self.cumulative is not None and self.since_launch is None and not is_level

    @property
    def is_year(self) -> bool:
        """Is the year's cumulative judged (else: what came since the launch)?"""
        return self.judged.is_year

    @property
    def in_percent(self) -> bool:
        """Is the value judged a percentage, so that a gap is told in points?"""
        return self.judged.in_percent

    @property
    def rate(self) -> Decimal | None:
        """What was reached of the main target, in percent of it, unrounded."""
        return self.judged.measured.rate

    @property
    def is_limit(self) -> bool:
        """Is the target a limit that must not be passed?"""
        return self.indicator.direction == Direction.FEWER and (self.target or progress.ZERO) >= progress.ZERO

    @property
    def share(self) -> Decimal | None:
        """The share of the target due by the day. The limit of a level is no sum that is used up: it holds all along,
        or more is allowed where the path says so."""
        share = self.judged.measured.share
        if share is None or not self.is_limit or self.indicator.time_rule != TimeRule.LEVEL:
            return share
        return max(share, progress.ONE)

    @property
    def expected(self) -> Decimal | None:
        """What should be reached (of a limit: is allowed) by the end of the period, in the measure of the value."""
        return progress.expected_to_date(self.judged.measured.plan, self.share)

    @property
    def expected_rate(self) -> Decimal | None:
        """The same in percent of the target: the tick of a bullet bar."""
        return None if self.share is None else self.share * progress.HUNDRED

    @property
    def band(self) -> Band:
        """How it stands against its plan."""
        return self.judged.measured.band

    @property
    def has_figure(self) -> bool:
        """Is any cumulative known?"""
        return self.cumulative is not None or (self.now is not None and self.now.since_launch is not None)

    @property
    def lacks_base(self) -> bool:
        """Is there a figure and a plan in percent, but not the amount that the percentage is counted of?"""
        return self.in_percent and self.has_figure and self.judged.measured.value is None and self.dispute is None

    @property
    def owed(self) -> int:
        """How many units owe the row in this period."""
        return self.now.owed if self.now and self.is_due else 0

    @property
    def sent(self) -> int:
        """How many have sent it."""
        return self.now.sent if self.now and self.is_due else 0

    @property
    def received(self) -> int:
        """Of how many the standing body has received it."""
        return self.now.received if self.now and self.is_due else 0

    @property
    def confirmed(self) -> int:
        """Of how many the lead department has confirmed it."""
        return self.now.confirmed if self.now and self.is_due else 0

    @property
    def counted(self) -> int:
        """How many enter the number on this basis."""
        return self.received if self.basis == OFFICIAL else self.sent

    @property
    def is_illustrative(self) -> bool:
        """Does anything that it is computed from bear the label số liệu minh họa?"""
        origins = {one.origin for one in (*self.openings, *([self.main] if self.main else []))}
        return bool(self.now and self.now.is_illustrative) or Origin.ILLUSTRATIVE in origins
