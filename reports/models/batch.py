"""Batches: many files, or one large one, made by the background worker, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from campaign.models import Campaign, Period, Submission
from reports.choices import BatchKind
from units.choices import STANDING_ROLES
from units.models import StoredFile

if TYPE_CHECKING:
    from units.models import User


class BatchQuerySet(models.QuerySet["Batch"]):
    """Questions about batches that chain."""

    def visible_to(self, user: User) -> BatchQuerySet:
        """The standing body's own; their files hold what every unit has sent."""
        return self.filter(campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))

    def open(self) -> BatchQuerySet:
        """Neither finished nor cancelled."""
        return self.filter(finished_at=None, cancelled_at=None)

    def with_counts(self) -> BatchQuerySet:
        """Each with how many parts are made, have failed, are in work: ``made``, ``failed``, ``in_work``."""
        return self.annotate(
            made=Count("parts", filter=Q(parts__finished_at__isnull=False)),
            failed=Count("parts", filter=~Q(parts__error="")),
            in_work=Count("parts", filter=Q(parts__started_at__isnull=False, parts__finished_at=None)),
        )


class Batch(models.Model):
    """One order to the worker. It is finished when its one file is there; half of it is never seen."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="batches", verbose_name="phong trào")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="batches", verbose_name="kỳ báo cáo")
    kind = models.CharField("loại tệp", max_length=12, choices=BatchKind.choices)
    total = models.PositiveIntegerField("số tệp phải lập")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    requested_at = models.DateTimeField("yêu cầu lúc")
    packed_from = models.DateTimeField("đóng gói từ lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp kết quả"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần lập hàng loạt"
        verbose_name_plural = "các lần lập hàng loạt"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BatchKind.values),
                name="batch_known_kind",
                violation_error_message="Loại tệp không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, file=None) | Q(finished_at__isnull=False, file__isnull=False),
                name="batch_finished_with_its_file",
                violation_error_message="Lần lập chỉ xong khi đã có tệp kết quả.",
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0),
                name="batch_makes_something",
                violation_error_message="Kỳ này chưa có báo cáo nào đã gửi để lập tệp.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.period}"


class BatchPart(models.Model):
    """One file of a batch. ``queued_at`` and ``started_at`` let a part be taken up again whose worker was lost."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts", verbose_name="lần lập")
    position = models.PositiveIntegerField("thứ tự")
    name = models.CharField("tên", max_length=255)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="báo cáo tháng"
    )
    queued_at = models.DateTimeField("xếp hàng lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần làm", default=0)
    error = models.CharField("lý do chưa lập được", max_length=300, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    sha256 = models.CharField("mã băm SHA-256", max_length=64, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tệp"
    )

    class Meta:
        verbose_name = "tệp của lần lập"
        verbose_name_plural = "tệp của lần lập"
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="batch_part_once",
                violation_error_message="Thứ tự tệp trong lần lập bị trùng.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | (~Q(sha256="") & Q(error="")),
                name="batch_part_finished_with_its_hash",
                violation_error_message="Tệp đã lập phải có mã băm và không còn lỗi.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
