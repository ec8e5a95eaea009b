"""A report (báo cáo) being drafted: what the office chose, and the parts of the text that it wrote itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaign.models import Campaign, ContentArea, Period
from reports.choices import OWN, Basis, Signer
from units.choices import ABOVE_ROLES, OWN_ROLES, STANDING_ROLES, Role
from units.models import OrgUnit, below_any

if TYPE_CHECKING:
    from reports.models.frozen import FrozenFile, FrozenReport, Issuance
    from units.models import User


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports that chain."""

    def visible_to(self, user: User) -> ReportQuerySet:
        """What the person may read as a draft; and what was issued, where it is not for the office alone.

        A unit's own report, once issued, is read by those it is addressed to: standing body, leaders of the authority.
        """
        issued = Q(pk__in=self.model.objects.issued().values("pk"))
        above = below_any("campaign__authority__path", user.paths_with(*ABOVE_ROLES))
        told = above & issued & Q(is_internal=False) & ~Q(kind=OWN)
        addressed = self._office(user) & issued & Q(kind=OWN)
        return self.filter(self._drafted_by(user) | told | addressed)

    def readable_as_draft(self, user: User) -> ReportQuerySet:
        """Drafts of the office for the standing body and the authority's leaders; a unit's own for its people."""
        return self.filter(self._drafted_by(user))

    def _drafted_by(self, user: User) -> Q:
        own = Q(kind=OWN, issuer__in=user.unit_ids_with(*OWN_ROLES))
        return own | (~Q(kind=OWN) & self._office(user))

    def _office(self, user: User) -> Q:
        """Of campaigns of whose standing body the person is, or that the person's own authority leads."""
        standing = Q(campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        leader = Q(campaign__authority__in=user.unit_ids_with(Role.LEADER))
        return standing | leader

    def with_letter(self) -> ReportQuerySet:
        """With all that its letter and its page read."""
        return self.select_related(
            "campaign__authority__kind",
            "campaign__standing_body__kind",
            "period",
            "issuer__kind",
            "issuer__parent",
            "area",
            "unit",
            "previous",
            "frozen",
        ).prefetch_related("frozen__files__file")

    def for_list(self) -> ReportQuerySet:
        """With what a list shows, the newest first."""
        rows = self.select_related("campaign", "period", "issuer", "unit", "area", "frozen", "created_by")
        return rows.prefetch_related("frozen__issuances__file", "frozen__files__file").order_by("-created_at", "-pk")

    def own(self) -> ReportQuerySet:
        """Units' own reports."""
        return self.filter(kind=OWN)

    def issued(self) -> ReportQuerySet:
        """Reports whose number, day and signer are recorded."""
        return self.filter(frozen__issuances__sequence=1)

    def frozen(self) -> ReportQuerySet:
        """Reports that were frozen for the signature."""
        return self.filter(frozen__isnull=False)

    def drafts(self) -> ReportQuerySet:
        """Reports still being written."""
        return self.filter(frozen=None)


class Report(models.Model):
    """One report. Empty choices stand for the usual: the suggestion is made anew whenever it is opened.

    ``kind`` is a key of the register of kinds (``reports/exports/kinds.py``). ``version`` counts changes of choices, so
    that two people do not overwrite each other. ``as_of`` is the moment whose knowledge counts; empty means now.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reports", verbose_name="phong trào")
    kind = models.SlugField("loại báo cáo", max_length=40)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports", verbose_name="kỳ báo cáo")
    issuer = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="issued_reports", verbose_name="cơ quan ban hành"
    )
    area = models.ForeignKey(
        ContentArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nội dung thi đua",
    )
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về đơn vị"
    )
    basis = models.CharField("số liệu", max_length=10, choices=Basis.choices, default=Basis.OFFICIAL)
    as_of = models.DateTimeField("số liệu tính đến lúc", null=True, blank=True)
    about = models.TextField("trích yếu", blank=True, help_text="Mỗi dòng một dòng in; để trống thì theo mẫu.")
    addressees = models.TextField("kính gửi", blank=True, help_text="Mỗi dòng một nơi; để trống thì theo mẫu.")
    recipients = models.TextField("nơi nhận", blank=True, help_text="Mỗi dòng một nơi; để trống thì theo mẫu.")
    kept = models.CharField("lưu", max_length=80, blank=True, help_text="Ví dụ: VT; để trống thì theo mẫu.")
    signer = models.CharField("người ký", max_length=10, choices=Signer.choices, default=Signer.HEAD)
    signer_name = models.CharField("họ và tên người ký", max_length=120, blank=True)
    left_out = models.JSONField("phần, phụ lục không in", default=list, blank=True)
    has_code_on_text = models.BooleanField("in mã tra cứu ở báo cáo", default=False)
    has_code_on_annexes = models.BooleanField("in mã tra cứu ở phụ lục", default=True)
    is_internal = models.BooleanField("chỉ dùng trong cơ quan", default=False)
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_reports",
        verbose_name="lập lại từ bản",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người lập",
        help_text="Để trống: hệ thống lập khi đến hạn.",
    )
    created_at = models.DateTimeField("lập lúc")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["campaign", "period", "kind"], name="report_campaign_period_kind")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=""),
                name="report_has_kind",
                violation_error_message="Báo cáo phải thuộc một loại báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values),
                name="report_known_basis",
                violation_error_message="Báo cáo dùng số liệu chính thức hoặc tạm tính.",
            ),
            models.CheckConstraint(
                condition=Q(signer__in=Signer.values),
                name="report_known_signer",
                violation_error_message="Cách ký không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(previous=None) | ~Q(previous=F("pk")),
                name="report_not_its_own_previous",
                violation_error_message="Báo cáo không lập lại từ chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.period}, {self.issuer}"

    @property
    def issuance(self) -> Issuance | None:
        """Number, day and signer as recorded last, or nothing yet."""
        frozen = self.frozen_or_none
        rows = sorted(frozen.issuances.all(), key=lambda one: one.sequence) if frozen else []
        return rows[-1] if rows else None

    @property
    def kept_files(self) -> list[FrozenFile]:
        """What was kept of it, as ``for_list`` read it."""
        frozen = self.frozen_or_none
        return frozen.labelled_files if frozen else []

    @property
    def frozen_or_none(self) -> FrozenReport | None:
        """What went to the signature, or nothing yet."""
        return getattr(self, "frozen", None)


class PartText(models.Model):
    """What a person wrote in place of a suggested part. Append only: the last by sequence holds, nothing is lost.

    ``suggestion`` is what the program offered then; ``is_suggestion`` gives the part back to the program.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="part_texts", verbose_name="báo cáo")
    part = models.CharField("phần", max_length=80)
    sequence = models.PositiveIntegerField("thứ tự")
    text = models.TextField("nội dung", blank=True)
    suggestion = models.TextField("gợi ý khi sửa", blank=True)
    is_suggestion = models.BooleanField("trở lại gợi ý", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người sửa"
    )
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "phần báo cáo đã sửa"
        verbose_name_plural = "phần báo cáo đã sửa"
        ordering = ["report", "part", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part", "sequence"],
                name="part_text_sequence_once",
                violation_error_message="Phần này vừa được người khác sửa; hãy xem cả hai bản rồi lưu lại.",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1),
                name="part_text_counts_from_one",
                violation_error_message="Thứ tự lần sửa phải từ 1.",
            ),
            models.CheckConstraint(
                condition=Q(is_suggestion=False) | Q(text=""),
                name="part_text_suggestion_is_empty",
                violation_error_message="Phần trở lại gợi ý thì không giữ nội dung riêng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.part}, lần {self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if self.pk is not None:
            raise RuntimeError("a written part is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only."""
        raise RuntimeError("a written part is never deleted")
