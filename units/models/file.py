"""Uploaded files: one model keeps and serves every upload, through the permission of what it belongs to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


def upload_path(stored: StoredFile, name: str) -> str:
    """Where the bytes lie: by their hash, never by the sender's file name."""
    return f"files/{stored.sha256[:2]}/{stored.sha256}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Questions about files that chain."""

    def belonging_to(self, owner: models.Model) -> StoredFileQuerySet:
        """The files of a row."""
        return self.filter(owner_type=ContentType.objects.get_for_model(owner), owner_id=owner.pk)


class StoredFile(models.Model):
    """One uploaded file. Its owner is a row whose manager knows ``visible_to(user)``; that decides who may read it."""

    owner_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, verbose_name="loại bản ghi"
    )
    owner_id = models.PositiveBigIntegerField("bản ghi", null=True, blank=True)
    owner = GenericForeignKey("owner_type", "owner_id")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("kiểu nội dung", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    sha256 = models.CharField("mã băm SHA-256", max_length=64)
    content = models.FileField("nội dung", upload_to=upload_path, max_length=255)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="uploaded_files",
        verbose_name="người tải lên",
    )
    uploaded_at = models.DateTimeField("tải lên lúc")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="stored_file_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="stored_file_not_empty",
                violation_error_message="Tệp rỗng, không có nội dung để lưu.",
            )
        ]

    def __str__(self) -> str:
        return self.name
