"""Conclusions (kết luận) of meetings: the paper with number, day and file; what it asks for stands in action items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign
from followup.models.sight import of_leader, of_own_unit, of_standing_body
from units.choices import Origin
from units.models import StoredFile
from vietnamese.dates import format_date

if TYPE_CHECKING:
    from units.models import User


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    """Questions about conclusions that chain."""

    def visible_to(self, user: User) -> ConclusionQuerySet:
        """Units that were given something by it; standing body and leaders all."""
        own = self.model.objects.filter(of_own_unit(user, "items__owner_unit")).values("pk")
        return self.filter(Q(pk__in=own) | of_standing_body(user) | of_leader(user))

    def in_full(self) -> ConclusionQuerySet:
        """With all that the page of one shows."""
        return self.select_related("campaign", "file")


class Conclusion(models.Model):
    """What a meeting concluded: which meeting, who chaired, number and day of the notice."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="conclusions", verbose_name="phong trào"
    )
    meeting = models.CharField("cuộc họp", max_length=300)
    chaired_by = models.CharField("chủ trì", max_length=160, blank=True)
    number = models.CharField("số, ký hiệu thông báo kết luận", max_length=60, blank=True)
    dated = models.DateField("ngày")
    text = models.TextField("nội dung chính", blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận cuộc họp"
        verbose_name_plural = "kết luận cuộc họp"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number", "dated"],
                condition=~Q(number=""),
                name="conclusion_number_once",
                violation_error_message="Thông báo kết luận này đã được ghi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({format_date(self.dated)})"
