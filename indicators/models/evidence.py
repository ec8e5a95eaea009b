"""What stands beside a figure: the files that prove it, and the figure of the same period last year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Period
from indicators.models.assignment import Assignment
from indicators.models.figure import Figure
from units.choices import Origin
from units.models import StoredFile


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Questions about evidence that chain."""

    def kept(self) -> EvidenceQuerySet:
        """What was not taken off its figure."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A file that proves a figure (minh chứng)."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="evidence", verbose_name="số liệu")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    title = models.CharField("tên minh chứng", max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thêm"
    )
    added_at = models.DateTimeField("thêm lúc")
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["figure", "added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "file"], name="evidence_once", violation_error_message="Tệp này đã đính kèm."
            )
        ]

    def __str__(self) -> str:
        return self.title


class PriorFigure(models.Model):
    """Cùng kỳ: the figure of the same period last year, entered or loaded, with its source."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="prior_figures", verbose_name="phân giao"
    )
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+", verbose_name="kỳ so sánh")
    amount = models.DecimalField("số cùng kỳ", max_digits=15, decimal_places=4, null=True, blank=True)
    cumulative = models.DecimalField("lũy kế cùng kỳ", max_digits=15, decimal_places=4, null=True, blank=True)
    rate = models.DecimalField("tỷ lệ cùng kỳ (%)", max_digits=9, decimal_places=4, null=True, blank=True)
    source = models.CharField("nguồn", max_length=200)
    origin = models.CharField("loại nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    class Meta:
        verbose_name = "số cùng kỳ"
        verbose_name_plural = "số cùng kỳ"
        ordering = ["period", "assignment"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "period"], name="prior_figure_once", violation_error_message="Đã có số cùng kỳ."
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(cumulative__isnull=False) | Q(rate__isnull=False),
                name="prior_figure_says_something",
                violation_error_message="Số cùng kỳ phải có số trong kỳ, lũy kế hoặc tỷ lệ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, cùng kỳ {self.period}"
