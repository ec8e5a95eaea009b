"""Notices (thông báo) to a person in the program, and the outbox of e-mail: nothing in it is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from followup.choices import MailState

if TYPE_CHECKING:
    from units.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices that chain."""

    def visible_to(self, user: User) -> NoticeQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        """Not yet opened."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One line for one person, with the page it leads to. ``key`` keeps what may be told only once from doubling."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    text = models.CharField("thông báo", max_length=300)
    detail = models.TextField("chi tiết", blank=True)
    path = models.CharField("trang liên quan", max_length=300, blank=True)
    key = models.CharField("khóa một lần", max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=~Q(key=""),
                name="notice_once",
                violation_error_message="Người này đã nhận thông báo ấy.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about the outbox that chain."""

    def due(self, now: datetime) -> MailQuerySet:
        """Letters whose next try has come, and those that a process took and never finished."""
        return self.filter(
            Q(state=MailState.WAITING, next_try_at__lte=now) | Q(state=MailState.CLAIMED, claimed_until__lte=now)
        )


class Mail(models.Model):
    """One letter of the outbox (thư đi). It is written with the act that causes it and sent by the worker."""

    key = models.CharField("khóa một lần", max_length=160, unique=True)
    to = models.EmailField("gửi đến")
    subject = models.CharField("tiêu đề", max_length=300)
    body = models.TextField("nội dung")
    state = models.CharField("trạng thái", max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("thử lại lúc")
    claimed_until = models.DateTimeField("đang gửi đến lúc", null=True, blank=True)
    last_fault = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    created_at = models.DateTimeField("viết lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "thư đi"
        verbose_name_plural = "thư đi"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="mail_state_next_try")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MailState.values),
                name="mail_known_state",
                violation_error_message="Trạng thái của thư không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False),
                name="mail_sent_has_moment",
                violation_error_message="Thư đã gửi phải có thời điểm gửi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
