"""What all histories here share: one row for every step and every word said, numbered, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from units.models import StoredFile


class StepLine(models.Model):
    """One line of a history: a step of the table of moves, or (without a move) something said. Append only."""

    sequence = models.PositiveIntegerField("thứ tự")
    move = models.CharField("bước", max_length=20, blank=True)
    from_state = models.CharField("từ trạng thái", max_length=20, blank=True)
    to_state = models.CharField("sang trạng thái", max_length=20, blank=True)
    text = models.TextField("nội dung", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thực hiện"
    )
    at = models.DateTimeField("lúc")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if self.pk is not None:
            raise RuntimeError("a line of a history is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only."""
        raise RuntimeError("a line of a history is never deleted")
