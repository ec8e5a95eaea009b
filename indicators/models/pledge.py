"""Pledges (đăng ký thi đua): the level of an indicator that a unit sets itself; it may lie above the plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from indicators.models.indicator import Indicator
from units.choices import Origin
from units.models import OrgUnit
from vietnamese.numbers import format_trimmed


class Pledge(models.Model):
    """What one unit pledged to reach of one indicator; shown beside its plan, never judged by."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="pledges", verbose_name="chỉ tiêu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="pledges", verbose_name="đơn vị")
    amount = models.DecimalField("mức phấn đấu", max_digits=15, decimal_places=4)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    class Meta:
        verbose_name = "mức đăng ký thi đua"
        verbose_name_plural = "mức đăng ký thi đua"
        ordering = ["unit", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit"],
                name="pledge_once",
                violation_error_message="Đơn vị đã đăng ký mức phấn đấu của chỉ tiêu này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.indicator}: {format_trimmed(self.amount)}"
