"""Records (ghi nhận): điển hình, mô hình; tin, bài; đề xuất biểu dương, each under its content area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, ContentArea
from followup.choices import RecordKind
from followup.models.sight import of_leader, of_own_unit, of_standing_body
from units.choices import Origin
from units.models import OrgUnit, StoredFile

if TYPE_CHECKING:
    from units.models import User


class RecordQuerySet(models.QuerySet["Record"]):
    """Questions about records that chain."""

    def visible_to(self, user: User) -> RecordQuerySet:
        """Good examples are for everyone in the campaign; a proposal of praise for the unit and the office."""
        campaigns = Campaign.objects.visible_to(user)
        office = of_own_unit(user) | of_standing_body(user) | of_leader(user)
        return self.filter(office | (Q(campaign__in=campaigns.values("pk")) & ~Q(kind=RecordKind.PRAISE)))


class Record(models.Model):
    """One good example, model, piece of news, or proposal of praise."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="records", verbose_name="phong trào")
    area = models.ForeignKey(
        ContentArea, on_delete=models.PROTECT, related_name="records", verbose_name="nội dung thi đua"
    )
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="records", verbose_name="của đơn vị"
    )
    kind = models.CharField("loại", max_length=10, choices=RecordKind.choices)
    title = models.CharField("tên tập thể, cá nhân, mô hình hoặc đầu đề", max_length=300)
    text = models.TextField("thành tích, cách làm", blank=True)
    happened_on = models.DateField("ngày")
    outlet = models.CharField("đăng, phát ở", max_length=200, blank=True)
    link = models.URLField("địa chỉ trang", max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, blank=True, editable=False)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "điển hình, tin bài, đề xuất biểu dương"
        verbose_name_plural = "điển hình, tin bài, đề xuất biểu dương"
        ordering = ["area__position", "-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RecordKind.values),
                name="record_known_kind",
                violation_error_message="Loại ghi nhận không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RecordKind.PRAISE) | Q(unit__isnull=False),
                name="record_praise_names_unit",
                violation_error_message="Đề xuất biểu dương phải ghi đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
