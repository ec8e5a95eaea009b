"""An outlook: the forecast of one standing at the end with its words, and the unit's own ước cả năm beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.choices import Direction
from indicators.models import Indicator
from indicators.rules.forecast import Forecast, Wording, chance, forecast_sentence, interval_text, verdict
from indicators.tables.wording import NONE
from vietnamese.dates import format_date
from vietnamese.numbers import format_percent


@dataclass(frozen=True)
class Outlook:
    """Where one indicator at one unit will be on its due day, in the measure that is judged.

    ``as_of`` is the end of the last period used: a whole leaves out periods in which units are still missing, where
    enough complete ones stand before them. ``estimate`` is ước cả năm as the unit gave it, of a whole the sum of its
    units; None until all of them gave one (``estimating`` of ``owing``).
    """

    indicator: Indicator
    found: Forecast
    plan: Decimal | None
    in_percent: bool
    as_of: date
    ends_on: date
    lacking: int = 0
    estimate: Decimal | None = None
    estimating: int = 0
    owing: int = 0

    @property
    def has_forecast(self) -> bool:
        """Are there enough periods?"""
        return self.found.expected is not None

    @property
    def chance(self) -> Decimal | None:
        """How likely the plan is met, 0 to 1."""
        row = self.indicator
        return chance(self.found, self.plan, direction=row.direction, operator=row.operator)

    @property
    def chance_text(self) -> str:
        """ "92 %"; a forecast is never surer than "trên 99 %" of what is still open."""
        likely = self.chance
        if likely is None or likely in (0, 1):
            return NONE if likely is None else format_percent(likely * 100, 0)
        if likely < Decimal("0.01"):
            return "dưới 1\xa0%"
        return "trên 99\xa0%" if likely > Decimal("0.99") else format_percent(likely * 100, 0)

    @property
    def verdict(self) -> str:
        """ "nhiều khả năng không đạt kế hoạch"."""
        return verdict(self.chance, direction=self.indicator.direction)

    @property
    def wording(self) -> Wording:
        """Percentages with one decimal, amounts as the indicator writes them."""
        row = self.indicator
        return Wording("%", 1) if self.in_percent else Wording(row.unit_of_measure, row.decimals)

    @property
    def expected_text(self) -> str:
        """ "168,3", of a percentage "92,6 %"; without a forecast "chưa đủ dữ liệu"."""
        if self.found.expected is None:
            return self.found.reason
        return f"{self.wording.number(self.found.expected)}{self._sign}"

    @property
    def interval_text(self) -> str:
        """ "150,2–186,4"."""
        found = interval_text(self.found, self.wording)
        return f"{found}{self._sign}" if found else ""

    @property
    def _sign(self) -> str:
        """The sign of a percentage where the indicator itself is counted in something else."""
        return "\xa0%" if self.in_percent else ""

    @property
    def sentence(self) -> str:
        """Value, interval and reasons in one sentence; then the verdict, and what is left out."""
        is_limit = self.indicator.direction == Direction.FEWER
        told = forecast_sentence(self.found, self.plan, self.wording, ends_on=self.ends_on, is_limit=is_limit)
        parts = [told, self.verdict]
        if self.has_forecast:
            parts.append(f"tính theo số liệu đến {format_date(self.as_of)}")
            parts.append(f"chưa gồm {self.lacking} đơn vị chưa có số liệu" if self.lacking else "")
        return "; ".join(part for part in parts if part)

    @property
    def reason_text(self) -> str:
        """Why, in short, where the numbers stand beside it: "nhịp của 5 kỳ, lộ trình còn 35 %, số liệu đến 14/10"."""
        if not self.has_forecast:
            return self.found.reason
        rest = format_percent(self.found.rest * 100, 0)
        lacking = f", chưa gồm {self.lacking} đơn vị" if self.lacking else ""
        return f"nhịp của {self.found.periods} kỳ, lộ trình còn {rest}, số liệu đến {format_date(self.as_of)}{lacking}"

    @property
    def estimate_text(self) -> str:
        """Ước cả năm: a number, or of a whole how many units gave one."""
        if self.estimate is not None:
            return self.wording.number(self.estimate)
        return f"mới {self.estimating}/{self.owing} đơn vị có ước cả năm" if self.estimating else NONE
