"""A standing: the values of one indicator at one unit, each with its Vietnamese text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from indicators.choices import Band, ClaimSubject
from indicators.tables import judging
from indicators.tables import standing_texts as texts
from indicators.tables.plan import given_words
from indicators.tables.standing_values import StandingValues
from indicators.tables.standings_source import OPENING_SUBJECTS
from indicators.tables.wording import amount_text, target_words


@dataclass(frozen=True)
class Standing(StandingValues):
    """The values, and beside each its text."""

    @cached_property
    def target_text(self) -> str:
        """ "35,0", "trên 1.200.000", "100 %"; both sides where the document disputes it."""
        if self.dispute and self.dispute.is_about_target:
            sides = self.dispute.of(ClaimSubject.TARGET)
            return texts.SIDES.join(texts.claim(one, self.indicator) for one in sides)
        return target_words(self.main, self.indicator)

    @property
    def given_text(self) -> str:
        """ "giao đầu năm 50,0" where the plan was revised since."""
        return "" if self.dispute and self.dispute.is_about_target else given_words(self.main, self.indicator)

    @cached_property
    def opening_text(self) -> str:
        """The amount, the percentage with its base, or both sides of a contradiction."""
        sides = self.dispute.of(*OPENING_SUBJECTS) if self.dispute else []
        return texts.opening(self.openings, self.indicator, sides)

    @property
    def in_period_text(self) -> str:
        """Số trong kỳ in words of its unit of measure."""
        return amount_text(self.in_period, self.indicator)

    @property
    def cumulative_text(self) -> str:
        """Lũy kế từ đầu năm."""
        return amount_text(self.cumulative, self.indicator)

    @property
    def since_launch_text(self) -> str:
        """Trong đó từ khi phát động."""
        return amount_text(self.since_launch, self.indicator)

    @property
    def value_text(self) -> str:
        """What is judged: an amount, or a percentage."""
        value = self.judged.measured.value
        return texts.percent(value) if self.in_percent else amount_text(value, self.indicator)

    @property
    def rate_text(self) -> str:
        """ "46,6 %", or a dash."""
        return texts.percent(self.rate)

    @property
    def reached_text(self) -> str:
        """What was reached: in percent of the plan, or where that has no meaning (a plan of zero) the amount."""
        if self.rate is not None or self.judged.measured.value is None:
            return self.rate_text
        return f"{self.value_text} {self.indicator.unit_of_measure}"

    @property
    def reached_words(self) -> str:
        """ "đạt 46,6 %"; a limit is not reached but used: "bằng 46,6 % mức cho phép"."""
        return f"bằng {self.rate_text} mức cho phép" if self.is_limit else f"đạt {self.rate_text}"

    @property
    def due_word(self) -> str:
        """What the path tells by the day: "phải đạt", of a limit "cho phép"."""
        return "cho phép" if self.is_limit else "phải đạt"

    @property
    def expected_text(self) -> str:
        """What should be reached."""
        return texts.percent(self.expected) if self.in_percent else amount_text(self.expected, self.indicator)

    @property
    def band_word(self) -> str:
        """The band in words; where there is none, why: no figure, no plan, or a document that contradicts itself."""
        if self.band == Band.NO_DATA and self.dispute_text:
            return "văn bản mâu thuẫn"
        if self.band == Band.NO_DATA and self.target is None and self.has_figure:
            return "chưa giao kế hoạch"
        if self.lacks_base:
            return "chưa có mẫu số"
        return str(Band(self.band).label).lower()

    @cached_property
    def dispute_text(self) -> str:
        """Both sides of an unsettled contradiction, with where the year would stand under each."""
        if self.dispute is None:
            return ""
        sides = self.dispute.of(*OPENING_SUBJECTS) or self.dispute.of(ClaimSubject.TARGET)
        if not sides:
            return ""
        years = [judging.year_under(one, self.now, self.targets) for one in sides if one.subject in OPENING_SUBJECTS]
        return texts.dispute(sides, years, self.indicator)

    @property
    def completeness_text(self) -> str:
        """ "8/9 đơn vị, đã xác nhận 6/9"; of one unit how far its figure is: "đã gửi, chưa xác nhận"."""
        if self.now is None or not self.is_due:
            return "kỳ này không yêu cầu báo cáo"
        if not self.is_node:
            return texts.one_unit(self.now)
        if len(self.reporters) == 1:
            return f"{self.reporters[0].name} {texts.one_unit(self.now)}"
        return texts.completeness(self.reporters, self.now, self.basis)

    @property
    def task_text(self) -> str:
        """How many units report which status of a task."""
        return texts.statuses(self.statuses) if self.statuses else "chưa đến kỳ báo cáo"
