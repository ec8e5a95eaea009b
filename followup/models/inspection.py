"""Inspections (kiểm tra) with their papers: kế hoạch, quyết định đoàn, biên bản, thông báo kết quả."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaign.models import Campaign, ContentArea
from followup.choices import PaperKind
from followup.models.sight import of_leader, of_own_unit, of_standing_body
from units.choices import Origin
from units.models import OrgUnit, StoredFile
from vietnamese.dates import format_date

if TYPE_CHECKING:
    from units.models import User


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Questions about inspections that chain."""

    def visible_to(self, user: User) -> InspectionQuerySet:
        """Inspected units see theirs; standing body and leaders all."""
        own = self.model.objects.filter(of_own_unit(user, "units")).values("pk")
        return self.filter(Q(pk__in=own) | of_standing_body(user) | of_leader(user))

    def in_full(self) -> InspectionQuerySet:
        """With all that the page of one shows."""
        return self.select_related("campaign").prefetch_related("units", "areas", "papers__file", "papers__unit")


class Inspection(models.Model):
    """One inspection of some units: what, by whom, from when to when, and what was found."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="inspections", verbose_name="phong trào"
    )
    name = models.CharField("nội dung kiểm tra", max_length=300)
    units: models.ManyToManyField[OrgUnit, models.Model] = models.ManyToManyField(
        OrgUnit, related_name="inspections", verbose_name="đơn vị được kiểm tra"
    )
    areas: models.ManyToManyField[ContentArea, models.Model] = models.ManyToManyField(
        ContentArea, blank=True, related_name="inspections", verbose_name="nội dung thi đua"
    )
    led_by = models.CharField("trưởng đoàn", max_length=160, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    strengths = models.TextField("ưu điểm", blank=True)
    shortcomings = models.TextField("tồn tại, hạn chế", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "cuộc kiểm tra"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="inspection_days_in_order",
                violation_error_message="Ngày kết thúc kiểm tra phải từ ngày bắt đầu trở đi.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class InspectionPaper(models.Model):
    """One paper of an inspection with number, day and file."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="papers", verbose_name="cuộc kiểm tra"
    )
    kind = models.CharField("loại văn bản", max_length=10, choices=PaperKind.choices)
    number = models.CharField("số, ký hiệu", max_length=60)
    dated = models.DateField("ngày")
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lập tại đơn vị"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thêm"
    )
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "văn bản kiểm tra"
        verbose_name_plural = "văn bản kiểm tra"
        ordering = ["inspection", "dated", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "kind", "number"],
                name="inspection_paper_once",
                violation_error_message="Văn bản này của cuộc kiểm tra đã có.",
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="inspection_paper_has_number",
                violation_error_message="Văn bản phải có số, ký hiệu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.number} ngày {format_date(self.dated)}"
