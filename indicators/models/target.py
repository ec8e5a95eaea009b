"""Targets, phased paths, openings, and the places where the document contradicts itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, Period
from indicators.choices import ClaimSubject, Operator
from indicators.models.indicator import Cited, Denominator, Indicator
from units.models import Definition, DefinitionQuerySet, OrgUnit, StoredFile
from vietnamese.numbers import format_trimmed

if TYPE_CHECKING:
    from units.models import User


class TargetQuerySet(DefinitionQuerySet["Target"]):
    """Questions about targets that chain."""

    def in_force(self, on: date) -> TargetQuerySet:
        """Targets valid on the day, every revision of them; the last by sequence holds."""
        return self.filter(valid_from__lte=on)

    def visible_to(self, user: User) -> TargetQuerySet:
        """Targets whose decision a person may read: of every campaign that the person sees, as its page shows them."""
        return self.filter(indicator__campaign__in=Campaign.objects.visible_to(user))


class Target(Cited):
    """A target (chỉ tiêu, kế hoạch giao): revised by a new row, never overwritten."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="chỉ tiêu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="targets", verbose_name="giao cho đơn vị")
    base = models.ForeignKey(
        Denominator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="mẫu số",
        help_text="Bắt buộc khi chỉ tiêu là phần trăm.",
    )
    sequence = models.PositiveSmallIntegerField("lần giao", default=1)
    amount = models.DecimalField("số giao", max_digits=15, decimal_places=4)
    is_percentage = models.BooleanField("là phần trăm của mẫu số", default=False)
    set_by = models.CharField("cơ quan giao", max_length=200, blank=True)
    decision_number = models.CharField("số quyết định", max_length=80, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    valid_from = models.DateField("áp dụng từ ngày")
    reason = models.CharField("lý do điều chỉnh", max_length=300, blank=True)
    is_main = models.BooleanField("dùng để đánh giá", default=True)
    decision_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp quyết định"
    )

    #: Số giao đầu năm, where this row is a revision and was read with those before it.
    given: Decimal | None = None

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        ordering = ["indicator", "unit", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "base", "is_percentage", "sequence"],
                condition=Q(base__isnull=False),
                name="target_sequence_once_a_base",
                violation_error_message="Lần giao này của chỉ tiêu cho đơn vị đã có.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "sequence"],
                condition=Q(base=None),
                name="target_sequence_once",
                violation_error_message="Lần giao này của chỉ tiêu cho đơn vị đã có.",
            ),
            models.CheckConstraint(
                condition=Q(is_percentage=False) | Q(base__isnull=False),
                name="target_percentage_has_base",
                violation_error_message="Chỉ tiêu là phần trăm phải nêu phần trăm của gì (mẫu số).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.unit}: {format_trimmed(self.amount)}"


class PathPoint(Definition):
    """One point of a phased path: the share of the target expected at the end of a period (0–100 %)."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="path_points", verbose_name="chỉ tiêu"
    )
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="riêng đơn vị"
    )
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+", verbose_name="kỳ báo cáo")
    share = models.DecimalField("lũy kế phải đạt (%)", max_digits=7, decimal_places=3)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm của lộ trình"
        verbose_name_plural = "lộ trình"
        ordering = ["indicator", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(unit=None),
                name="path_point_once",
                violation_error_message="Lộ trình đã có điểm của kỳ này.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "period"],
                condition=Q(unit__isnull=False),
                name="path_point_once_a_unit",
                violation_error_message="Lộ trình của đơn vị đã có điểm của kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0),
                name="path_point_not_negative",
                violation_error_message="Tỷ lệ phải đạt của lộ trình không được âm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}: {format_trimmed(self.share)} %"


class Opening(Cited):
    """What was done before the campaign began: an amount, or a rate that stays a rate."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="openings", verbose_name="chỉ tiêu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="openings", verbose_name="đơn vị")
    amount = models.DecimalField("số lượng", max_digits=15, decimal_places=4, null=True, blank=True)
    rate = models.DecimalField("tỷ lệ (%)", max_digits=9, decimal_places=3, null=True, blank=True)
    base = models.ForeignKey(
        Denominator, on_delete=models.PROTECT, null=True, blank=True, related_name="openings", verbose_name="so với"
    )
    operator = models.CharField("dấu", max_length=10, choices=Operator.choices, default=Operator.EQUAL)
    as_of_on = models.DateField("số liệu đến ngày", null=True, blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "thực hiện đầu kỳ"
        verbose_name_plural = "thực hiện đầu kỳ"
        ordering = ["indicator", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit"],
                condition=Q(base=None),
                name="opening_once",
                violation_error_message="Chỉ tiêu đã có số thực hiện đầu kỳ của đơn vị.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "base"],
                condition=Q(base__isnull=False),
                name="opening_once_a_base",
                violation_error_message="Chỉ tiêu đã có tỷ lệ đầu kỳ so với mẫu số này.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(rate__isnull=False),
                name="opening_amount_or_rate",
                violation_error_message="Phải có số lượng hoặc tỷ lệ thực hiện đầu kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(rate=None) | Q(base__isnull=False),
                name="opening_rate_has_base",
                violation_error_message="Tỷ lệ đầu kỳ phải nêu so với gì (mẫu số).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: đầu kỳ"


class ContradictionQuerySet(DefinitionQuerySet["Contradiction"]):
    """Questions about contradictions that chain."""

    def visible_to(self, user: User) -> ContradictionQuerySet:
        """They are read by everyone who sees the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Contradiction(Definition):
    """Claims of the document that disagree; no progress uses any of them until a person settles it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="contradictions", verbose_name="phong trào"
    )
    key = models.SlugField("khóa", max_length=60)
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contradictions",
        verbose_name="chỉ tiêu",
    )
    question = models.TextField("vấn đề")
    settled_claim = models.ForeignKey(
        "Claim", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="số được chọn"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    settled_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    ground = models.TextField("căn cứ", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        verbose_name = "chỗ mâu thuẫn trong văn bản"
        verbose_name_plural = "chỗ mâu thuẫn trong văn bản"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"], name="contradiction_key_once", violation_error_message="Khóa bị trùng."
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="contradiction_settled_by_someone",
                violation_error_message="Phải ghi ai quyết định và lúc nào.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Claim(Cited):
    """One side of a contradiction with where it stands."""

    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.CASCADE, related_name="claims", verbose_name="mâu thuẫn"
    )
    subject = models.CharField("nói về", max_length=20, choices=ClaimSubject.choices)
    value = models.DecimalField("số", max_digits=15, decimal_places=4)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40)
    base = models.ForeignKey(
        Denominator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="so với"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu nêu trong văn bản"
        verbose_name_plural = "số liệu nêu trong văn bản"
        ordering = ["contradiction", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction", "position"], name="claim_once", violation_error_message="Thứ tự bị trùng."
            )
        ]

    def __str__(self) -> str:
        return f"{format_trimmed(self.value)} {self.unit_of_measure}"
