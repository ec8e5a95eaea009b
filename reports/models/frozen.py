"""What was frozen for the signature (chốt bản trình ký), its files for ever, and what the registry made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.choices import FileKind
from reports.models.report import Report
from units.models import StoredFile

if TYPE_CHECKING:
    from units.models import User

#: Who has signed, from file to file.
SIGNED_BY = (" của người có thẩm quyền", ", có dấu của cơ quan")


class AppendOnly(models.Model):
    """A row that is written once and stays."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if self.pk is not None:
            raise RuntimeError("what was frozen or issued is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only."""
        raise RuntimeError("what was frozen or issued is never deleted")


class FrozenReport(AppendOnly):
    """The very text, rows and figures that went to the signature.

    ``document`` is the neutral document as JSON, every value in it; ``calculation`` is the version of the rules that
    reckoned it; ``code`` is the short code by which anybody may check a copy.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="frozen", verbose_name="báo cáo")
    code = models.CharField("mã tra cứu", max_length=16, unique=True)
    title = models.CharField("tên báo cáo", max_length=400)
    issuer_name = models.CharField("cơ quan ban hành", max_length=255)
    as_of = models.DateTimeField("số liệu tính đến lúc")
    calculation = models.CharField("phiên bản cách tính", max_length=20)
    document = models.TextField("nội dung")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người chốt"
    )
    frozen_at = models.DateTimeField("chốt lúc")

    class Meta:
        verbose_name = "bản trình ký"
        verbose_name_plural = "bản trình ký"
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(document=""),
                name="frozen_report_has_content",
                violation_error_message="Bản trình ký phải có mã tra cứu và nội dung.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def labelled_files(self) -> list[FrozenFile]:
        """Its files as they came; of two with digital signatures the second bears the body's as well."""
        found = sorted(self.files.all(), key=lambda one: one.pk)
        signed = [one for one in found if one.kind == FileKind.DIGITAL]
        for one in found:
            whose = SIGNED_BY[min(signed.index(one), len(SIGNED_BY) - 1)] if one in signed else ""
            one.label = f"{one.get_kind_display()}{whose}"
        return found


class FrozenFileQuerySet(models.QuerySet["FrozenFile"]):
    """Questions about kept files that chain."""

    def visible_to(self, user: User) -> FrozenFileQuerySet:
        """Files of the reports that the person reads."""
        return self.filter(frozen__report__in=Report.objects.visible_to(user))


class FrozenFile(AppendOnly):
    """One file of a frozen report, byte for byte: what went to the signature, or what came back signed."""

    frozen = models.ForeignKey(
        FrozenReport, on_delete=models.PROTECT, related_name="files", verbose_name="bản trình ký"
    )
    kind = models.CharField("loại tệp", max_length=12, choices=FileKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    sha256 = models.CharField("mã băm SHA-256", max_length=64, db_index=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thêm"
    )
    added_at = models.DateTimeField("thêm lúc")
    #: What it is among the files of its report, as ``labelled_files`` wrote it.
    label = ""

    objects = FrozenFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của bản trình ký"
        verbose_name_plural = "tệp của bản trình ký"
        ordering = ["frozen", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["frozen", "sha256"],
                name="frozen_file_once",
                violation_error_message="Tệp này đã có trong báo cáo.",
            ),
            models.UniqueConstraint(
                fields=["frozen", "kind"],
                condition=~Q(kind__in=[FileKind.SIGNED, FileKind.DIGITAL]),
                name="frozen_file_one_of_a_kind",
                violation_error_message="Bản trình ký đã có tệp loại này.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values),
                name="frozen_file_known_kind",
                violation_error_message="Loại tệp không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}: {self.get_kind_display()}"


class Issuance(AppendOnly):
    """Number, day and signer as the registry recorded them, with the signed file. A correction is a further row."""

    frozen = models.ForeignKey(
        FrozenReport, on_delete=models.PROTECT, related_name="issuances", verbose_name="bản trình ký"
    )
    sequence = models.PositiveSmallIntegerField("lần ghi")
    number = models.CharField("số, ký hiệu", max_length=60)
    signed_on = models.DateField("ngày ký, ban hành")
    signer = models.CharField("người ký", max_length=200)
    file = models.ForeignKey(
        FrozenFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã ký"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "ban hành"
        verbose_name_plural = "ban hành"
        ordering = ["frozen", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["frozen", "sequence"],
                name="issuance_sequence_once",
                violation_error_message="Lần ghi này của báo cáo đã có.",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(signer=""),
                name="issuance_has_number_and_signer",
                violation_error_message="Ghi đủ số, ngày và người ký của bản đã ban hành.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}: số {self.number} ngày {self.signed_on:%d/%m/%Y}"
