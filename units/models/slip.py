"""Log-in slips: a password for one use, printed and handed over; what it was is kept nowhere but on the paper."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SlipQuerySet(models.QuerySet["Slip"]):
    """Questions about slips that chain."""

    def waiting(self, on: date) -> SlipQuerySet:
        """Those that can still be used on the day."""
        return self.filter(used_at=None, is_void=False, expires_on__gte=on)

    def unused(self) -> SlipQuerySet:
        """Those neither used nor replaced, whether or not their day has passed."""
        return self.filter(used_at=None, is_void=False)


class Slip(models.Model):
    """One slip of one account: who handed it out, until when it opens, when it was used."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="slips", verbose_name="tài khoản"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người cấp"
    )
    made_at = models.DateTimeField("cấp lúc")
    made_on = models.DateField("cấp ngày")
    expires_on = models.DateField("dùng đến hết ngày")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)
    is_void = models.BooleanField("đã thay bằng phiếu khác", default=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu đăng nhập"
        verbose_name_plural = "phiếu đăng nhập"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")),
                name="slip_dates_in_order",
                violation_error_message="Hạn dùng của phiếu phải từ ngày cấp trở đi.",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, is_void=False),
                name="slip_one_open_an_account",
                violation_error_message="Tài khoản đang có một phiếu chưa dùng.",
            ),
        ]

    def __str__(self) -> str:
        return f"phiếu của {self.user}, đến {self.expires_on:%d/%m/%Y}"
