"""Why the targets of the units do not add up to the whole (chênh lệch khi giao chỉ tiêu)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.models.indicator import Denominator, Indicator
from units.models import Definition, DefinitionQuerySet


class AllocationNote(Definition):
    """The explanation of the difference between a whole and its units, for one indicator on one base."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="allocation_notes", verbose_name="chỉ tiêu"
    )
    base = models.ForeignKey(
        Denominator, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="mẫu số"
    )
    explanation = models.CharField("lý do chênh lệch", max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("lúc")

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "lý do chênh lệch khi giao chỉ tiêu"
        verbose_name_plural = "lý do chênh lệch khi giao chỉ tiêu"
        ordering = ["indicator", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(base=None),
                name="allocation_note_once",
                violation_error_message="Chỉ tiêu đã ghi lý do chênh lệch.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "base"],
                condition=Q(base__isnull=False),
                name="allocation_note_once_a_base",
                violation_error_message="Chỉ tiêu đã ghi lý do chênh lệch trên mẫu số này.",
            ),
        ]

    def __str__(self) -> str:
        return self.explanation
