"""The audit trail: one line for every act, written in the act's own transaction and never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from units.models.org_unit import OrgUnit
from units.rules.acts import act_words


class AuditLine(models.Model):
    """Who did what, to what, on whose behalf, when and why."""

    at = models.DateTimeField("lúc", db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_lines",
        verbose_name="người thực hiện",
    )
    on_behalf_of = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay cho đơn vị"
    )
    stand_in = models.ForeignKey(
        "units.StandIn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_lines",
        verbose_name="theo ủy quyền",
    )
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_lines", verbose_name="đơn vị"
    )
    event = models.CharField("việc", max_length=60, db_index=True)
    subject_type = models.CharField("loại đối tượng", max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField("đối tượng", null=True, blank=True)
    subject = models.CharField("tên đối tượng", max_length=255, blank=True)
    reason = models.TextField("lý do", blank=True)
    detail = models.JSONField("chi tiết", default=dict, blank=True)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_line_subject"),
            models.Index(fields=["event", "at"], name="audit_line_event_at"),
        ]

    def __str__(self) -> str:
        return f"{act_words(self.event, {})}: {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only: a line once written stays as it is."""
        if self.pk is not None:
            raise RuntimeError("an audit line is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only: a line once written stays."""
        raise RuntimeError("an audit line is never deleted")
