"""A unit through time: the names and codes it bore, other spellings, and what it passed into."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from units.choices import SuccessionKind
from units.models.org_unit import OrgUnit
from vietnamese.text import nfc, search_key


class SpanQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day."""

    def in_force(self, on: date) -> SpanQuerySet:
        """Rows that hold on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def in_order(self) -> SpanQuerySet:
        """The earliest first; one without a first day before all others, on every engine."""
        return self.order_by(F("valid_from").asc(nulls_first=True), "pk")


class UnitName(models.Model):
    """A name that a unit bore in a span of time; past reports keep the names of their day."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="names", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=200)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    decision = models.CharField("văn bản", max_length=200, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = "tên theo thời gian"
        verbose_name_plural = "tên theo thời gian"
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "valid_from"],
                name="unit_name_once",
                violation_error_message="Tên này của đơn vị đã có cho cùng ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_name_dates_in_order",
                violation_error_message="Ngày kết thúc của tên phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitCode(models.Model):
    """A code of a unit in a span of time; the reform of 2025 gave codes of old units to new ones."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="codes", verbose_name="đơn vị")
    system = models.CharField("hệ thống mã", max_length=40, default="GSO", help_text="GSO: mã của cơ quan Thống kê.")
    code = models.CharField("mã", max_length=20)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = "mã đơn vị"
        verbose_name_plural = "mã đơn vị"
        ordering = ["system", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"],
                condition=Q(valid_to=None),
                name="unit_code_one_holder_now",
                violation_error_message="Mã này đang được một đơn vị khác dùng; hãy kết thúc mã cũ trước.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_code_dates_in_order",
                violation_error_message="Ngày kết thúc của mã phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.system})"


class SpellingVariant(models.Model):
    """Another spelling under which people look for a unit (Đắk/Đăk, Ngọk/Ngọc)."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="variants", verbose_name="đơn vị")
    text = models.CharField("cách viết khác", max_length=200)
    search_key = models.CharField("khóa tìm kiếm", max_length=255, db_index=True, editable=False)

    class Meta:
        verbose_name = "cách viết khác"
        verbose_name_plural = "cách viết khác"
        ordering = ["unit", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "text"],
                name="spelling_variant_once",
                violation_error_message="Cách viết này của đơn vị đã có.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search key beside the text."""
        self.text = nfc(self.text)
        self.search_key = search_key(self.text)[:255]
        super().save(*args, **kwargs)


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Questions about successions that chain."""

    def about(self, unit: OrgUnit) -> SuccessionQuerySet:
        """Those by which the unit came to be or passed away, the earliest first."""
        return self.filter(Q(predecessor=unit) | Q(successor=unit)).order_by("effective_on", "pk")


class Succession(models.Model):
    """One unit passing into another by merger, split or renaming."""

    predecessor = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="successions_out", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="successions_in", verbose_name="đơn vị kế thừa"
    )
    kind = models.CharField("hình thức", max_length=10, choices=SuccessionKind.choices)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision = models.CharField("văn bản", max_length=200, blank=True)
    act = models.ForeignKey(
        "units.Reorganisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successions",
        verbose_name="theo lần sắp xếp",
    )
    takes_over = models.BooleanField(
        "tiếp nhận việc còn dở",
        default=True,
        help_text="Người của đơn vị kế thừa làm tiếp báo cáo còn dở của đơn vị cũ; lũy kế nối tiếp.",
    )

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        ordering = ["effective_on", "predecessor"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message="Quan hệ kế thừa giữa hai đơn vị này đã có.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_two_units",
                violation_error_message="Một đơn vị không kế thừa chính mình.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
