"""The office's own Word templates: the newest of a unit is the one that its reports are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.choices import STANDING_ROLES
from units.models import OrgUnit, StoredFile

if TYPE_CHECKING:
    from units.models import User


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Questions about templates that chain."""

    def visible_to(self, user: User) -> LetterTemplateQuerySet:
        """Those of the units where the person writes for the standing body."""
        return self.filter(unit__in=user.unit_ids_with(*STANDING_ROLES))

    def in_use(self) -> LetterTemplateQuerySet:
        """Not taken back."""
        return self.filter(is_in_use=True)


class LetterTemplate(models.Model):
    """One template of one unit; a new one takes the place of the one before, which is kept."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="templates", verbose_name="cơ quan")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp mẫu")
    is_in_use = models.BooleanField("đang dùng", default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    added_at = models.DateTimeField("tải lên lúc")

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu Word của cơ quan"
        verbose_name_plural = "mẫu Word của cơ quan"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(is_in_use=True),
                name="letter_template_one_in_use",
                violation_error_message="Mỗi cơ quan chỉ dùng một mẫu Word tại một thời điểm.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.file}"
