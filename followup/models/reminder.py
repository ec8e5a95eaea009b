"""Reminders (đôn đốc): what a unit was told to be missing, by which ways, its answer; and how often is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, Period
from followup.choices import ReminderChannel
from followup.models.sight import of_leader, of_own_unit, of_standing_body
from units.choices import Origin
from units.models import OrgUnit

if TYPE_CHECKING:
    from units.models import User


class ReminderPolicy(models.Model):
    """How often a campaign's units are reminded at most, and when the leaders hear of it."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="reminder_policy", verbose_name="phong trào"
    )
    quiet_days = models.PositiveSmallIntegerField("số ngày không nhắc lại", default=3)
    escalate_after = models.PositiveSmallIntegerField("báo lãnh đạo sau số lần nhắc", default=2)

    class Meta:
        verbose_name = "cách đôn đốc"
        verbose_name_plural = "cách đôn đốc"

    def __str__(self) -> str:
        return f"{self.campaign}: {self.quiet_days} ngày, {self.escalate_after} lần"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Questions about reminders that chain."""

    def visible_to(self, user: User) -> ReminderQuerySet:
        """The reminded unit's own; standing body and leaders all."""
        return self.filter(of_own_unit(user) | of_standing_body(user) | of_leader(user))

    def in_full(self) -> ReminderQuerySet:
        """With all that the page of one shows."""
        offices = ("campaign__standing_body", "campaign__authority")
        rows = self.select_related("unit__kind", "period", *offices, "sent_by", "answered_by")
        return rows.prefetch_related("deliveries")

    def escalated(self) -> ReminderQuerySet:
        """Those that went to the leaders as well."""
        return self.filter(is_escalated=True)


class Reminder(models.Model):
    """One reminder to one unit about one period. ``items`` are its lines as they stood when it was sent."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="reminders", verbose_name="phong trào"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="reminders", verbose_name="đơn vị")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reminders", verbose_name="kỳ báo cáo")
    number = models.PositiveSmallIntegerField("lần nhắc")
    items = models.JSONField("các việc còn thiếu", default=list)
    note = models.TextField("lời nhắc thêm", blank=True)
    answer_by = models.DateField("đề nghị xong trước ngày")
    is_escalated = models.BooleanField("đã báo lãnh đạo", default=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhắc"
    )
    sent_at = models.DateTimeField("nhắc lúc")
    answer = models.TextField("trả lời của đơn vị", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "lần đôn đốc"
        verbose_name_plural = "lần đôn đốc"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "period", "number"],
                name="reminder_number_once",
                violation_error_message="Đơn vị vừa được người khác nhắc; tải lại trang để xem.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="reminder_counts_from_one",
                violation_error_message="Lần nhắc tính từ 1.",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reminder_answer_has_moment",
                violation_error_message="Trả lời phải có người và thời điểm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}, {self.period}, lần {self.number}"


class ReminderDelivery(models.Model):
    """One way by which a reminder went: when, to whom, under which number."""

    reminder = models.ForeignKey(
        Reminder, on_delete=models.PROTECT, related_name="deliveries", verbose_name="lần đôn đốc"
    )
    channel = models.CharField("cách gửi", max_length=10, choices=ReminderChannel.choices)
    recipient = models.CharField("nơi nhận", max_length=300, blank=True)
    document = models.CharField("số công văn", max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "cách gửi đôn đốc"
        verbose_name_plural = "cách gửi đôn đốc"
        ordering = ["reminder", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "channel"],
                name="reminder_delivery_once",
                violation_error_message="Lần nhắc này đã ghi cách gửi ấy.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reminder}: {self.get_channel_display()}"
