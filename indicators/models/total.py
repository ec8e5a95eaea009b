"""Totals (tổng hợp): stored sums of an indicator at a unit or a node above, by period; never rates, never bands."""

from __future__ import annotations

from django.db import models

from campaign.models import Period
from indicators.models.indicator import Indicator
from units.models import OrgUnit


class Total(models.Model):
    """Sums, parts of ratios and counts of one indicator, at one unit, in one period.

    ``official_*`` counts received figures (or the lead department's reconciled value where set); ``sent_*`` (tạm
    tính) adds what was sent. Cumulatives run from the start of the year; ``*_since_launch`` from the launch.
    ``None`` means unknown, never zero. ``*_denominators`` maps a denominator id to its sum as a decimal string.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="totals", verbose_name="chỉ tiêu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", verbose_name="kỳ báo cáo")
    is_node = models.BooleanField("là cấp trên", default=False)
    official_amount = models.DecimalField("trong kỳ", max_digits=15, decimal_places=4, null=True)
    official_cumulative = models.DecimalField("lũy kế từ đầu năm", max_digits=15, decimal_places=4, null=True)
    official_since_launch = models.DecimalField("từ khi phát động", max_digits=15, decimal_places=4, null=True)
    official_denominators = models.JSONField("mẫu số", default=dict)
    sent_amount = models.DecimalField("trong kỳ (tạm tính)", max_digits=15, decimal_places=4, null=True)
    sent_cumulative = models.DecimalField("lũy kế từ đầu năm (tạm tính)", max_digits=15, decimal_places=4, null=True)
    sent_since_launch = models.DecimalField("từ khi phát động (tạm tính)", max_digits=15, decimal_places=4, null=True)
    sent_denominators = models.JSONField("mẫu số (tạm tính)", default=dict)
    owed = models.PositiveIntegerField("số đơn vị phải báo cáo", default=0)
    sent = models.PositiveIntegerField("số đơn vị đã gửi", default=0)
    received = models.PositiveIntegerField("số đơn vị đã tiếp nhận", default=0)
    confirmed = models.PositiveIntegerField("số đơn vị đã xác nhận", default=0)
    is_illustrative = models.BooleanField("có số liệu minh họa", default=False)

    class Meta:
        verbose_name = "tổng hợp"
        verbose_name_plural = "tổng hợp"
        ordering = ["indicator", "unit", "period"]
        indexes = [models.Index(fields=["unit", "period"], name="total_unit_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period"],
                name="total_once",
                violation_error_message="Tổng hợp của chỉ tiêu, đơn vị, kỳ này đã có.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.unit}, {self.period}"
