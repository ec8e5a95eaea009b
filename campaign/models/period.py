"""Periods (kỳ báo cáo), their deadlines, and days that are not worked or worked instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Max, Q

from campaign.choices import DayOffKind, PeriodKind, Relation
from campaign.models.campaign import Campaign, DeadlineTier
from campaign.rules.calendar import short_name
from units.models import Definition, DefinitionQuerySet, OrgUnit
from vietnamese.dates import format_date, window_phrase

#: Quick reports are numbered from here on, apart from the periods that are summed.
FIRST_FLASH = 1001


class DayOff(models.Model):
    """A holiday or a swapped working day: data, of one authority or of all."""

    authority = models.ForeignKey(
        OrgUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="days_off", verbose_name="riêng của"
    )
    on = models.DateField("ngày")
    kind = models.CharField("loại", max_length=10, choices=DayOffKind.choices)
    name = models.CharField("tên", max_length=120)
    source = models.CharField("nguồn", max_length=255, blank=True)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["on"],
                condition=Q(authority=None),
                name="day_off_once_everywhere",
                violation_error_message="Ngày này đã khai chung cho mọi nơi.",
            ),
            models.UniqueConstraint(
                fields=["authority", "on"],
                condition=Q(authority__isnull=False),
                name="day_off_once_an_authority",
                violation_error_message="Ngày này đã khai cho cơ quan đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"


class PeriodQuerySet(DefinitionQuerySet["Period"]):
    """Questions about periods that chain."""

    def up_to(self, period: Period) -> PeriodQuerySet:
        """Periods of the same campaign that count towards the cumulative of the period."""
        return self.filter(campaign=period.campaign_id, number__lte=period.number)

    def summed(self) -> PeriodQuerySet:
        """Periods whose figures enter the cumulative; a quick report never does."""
        return self.exclude(kind=PeriodKind.FLASH)

    def flash(self) -> PeriodQuerySet:
        """Quick reports (báo cáo nhanh)."""
        return self.filter(kind=PeriodKind.FLASH)

    def over_before(self, period: Period) -> PeriodQuerySet:
        """Summed periods of the same campaign that were over before the period's last day."""
        return self.summed().filter(campaign=period.campaign_id, ends_on__lt=period.ends_on)

    def before(self, period: Period) -> Period | None:
        """The last period before another whose figures enter the cumulative."""
        return self.over_before(period).order_by("number").last()

    def monthly(self) -> PeriodQuerySet:
        """The months since the launch, without what was asked for before it or in between."""
        return self.filter(kind=PeriodKind.MONTH, is_before_launch=False)

    def with_units_due(self) -> PeriodQuerySet:
        """With ``units_due_on``: the last day on which a unit that must report, the standing body apart, is in time."""
        member = "deadlines__tier__members"
        owing = Q(**{f"{member}__relation": Relation.ASSIGNED})
        owing &= ~Q(**{f"{member}__unit": F("campaign__standing_body")})
        return self.annotate(units_due_on=Max("deadlines__due_on", filter=owing))

    def of_campaigns(self, campaigns: models.QuerySet[Campaign]) -> PeriodQuerySet:
        """All periods of some campaigns to choose from, the latest campaign first."""
        return self.filter(campaign__in=campaigns).order_by("-campaign", "number")

    def gathered(self, on: date, of_campaign: str) -> Period | None:
        """Of several campaigns' periods the summed one whose window has closed last, else the first to come.

        ``of_campaign``: only of this campaign, as an address names it, where it has a period among these.
        """
        ordered = self.summed().order_by("ends_on", "campaign__starts_on", "number")
        if of_campaign.isdigit() and self.filter(campaign=int(of_campaign)).exists():
            ordered = ordered.filter(campaign=int(of_campaign))
        return ordered.ended_by(on).last() or ordered.first()

    def last_ended(self, on: date) -> Period | None:
        """The last summed period whose window has closed on the day."""
        return self.summed().ended_by(on).order_by("number").last()

    def ended_by(self, on: date) -> PeriodQuerySet:
        """Periods whose window has closed on the day."""
        return self.filter(ends_on__lt=on)


class Period(Definition):
    """One reporting period with its window; the name is always shown with the window."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="periods", verbose_name="phong trào")
    kind = models.CharField("loại kỳ", max_length=15, choices=PeriodKind.choices, default=PeriodKind.MONTH)
    number = models.PositiveSmallIntegerField("thứ tự kỳ")
    name = models.CharField("tên kỳ", max_length=60, help_text="Ví dụ: Tháng 8/2024.")
    month = models.PositiveSmallIntegerField("tháng", help_text="Tháng mà kỳ mang tên, để biết chỉ tiêu nào đến kỳ.")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    is_before_launch = models.BooleanField(
        "trước khi phát động", default=False, help_text="Có trước ngày phát động: được hỏi số liệu, không tính chậm."
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="period_number_once", violation_error_message="Thứ tự kỳ bị trùng."
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="period_dates_in_order",
                violation_error_message="Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1) & Q(month__lte=12),
                name="period_month_in_year",
                violation_error_message="Tháng phải từ 1 đến 12.",
            ),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.FLASH, number__gte=FIRST_FLASH)
                | (~Q(kind=PeriodKind.FLASH) & Q(number__lt=FIRST_FLASH)),
                name="period_flash_numbered_apart",
                violation_error_message="Báo cáo nhanh đánh số riêng, không xen vào các kỳ được cộng dồn.",
            ),
            models.UniqueConstraint(
                fields=["campaign", "name"],
                condition=~Q(kind=PeriodKind.MONTH),
                name="period_extra_name_once",
                violation_error_message="Đã có kỳ bổ sung hoặc báo cáo nhanh mang tên này.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_flash(self) -> bool:
        """A quick report: running totals at a day, never summed."""
        return self.kind == PeriodKind.FLASH

    @property
    def short_name(self) -> str:
        """The name where there is little room: "T7", "31/12"."""
        return short_name(self.name)

    @property
    def window(self) -> str:
        """The days of the figures: "15/7–14/8/2024"; of a quick report "lũy kế", with the day if its name has none."""
        if self.is_flash:
            day = format_date(self.ends_on)
            return "lũy kế" if day in self.name else f"lũy kế đến {day}"
        return window_phrase(self.starts_on, self.ends_on)


class Deadline(models.Model):
    """The due day of a period for one group of units."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="deadlines", verbose_name="kỳ báo cáo")
    tier = models.ForeignKey(DeadlineTier, on_delete=models.CASCADE, related_name="deadlines", verbose_name="nhóm")
    due_on = models.DateField("hạn gửi")

    class Meta:
        verbose_name = "hạn gửi"
        verbose_name_plural = "hạn gửi"
        ordering = ["period", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "tier"], name="deadline_once", violation_error_message="Nhóm này đã có hạn cho kỳ đó."
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.tier}: {self.due_on:%d/%m/%Y}"


def last_ended(periods: Iterable[Period], on: date) -> Period | None:
    """The last whose window has closed on the day, of periods that are at hand."""
    return max((one for one in periods if one.ends_on < on), key=lambda one: one.ends_on, default=None)
