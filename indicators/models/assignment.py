"""Assignments (phân giao): who owes which row, who vouches for it, who co-operates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from indicators.choices import AssignmentRole
from indicators.models.indicator import Indicator
from units.choices import LEADING_ROLES, Origin
from units.models import Definition, DefinitionQuerySet, OrgUnit

if TYPE_CHECKING:
    from units.models import User


class AssignmentQuerySet(DefinitionQuerySet["Assignment"]):
    """Questions about assignments that chain."""

    def reporting(self) -> AssignmentQuerySet:
        """Rows that enter totals and are counted for completeness."""
        return self.filter(role=AssignmentRole.REPORTS, is_not_applicable=False)

    def leading(self) -> AssignmentQuerySet:
        """Rows of the lead departments that confirm."""
        return self.filter(role=AssignmentRole.LEADS)

    def leading_now(self) -> AssignmentQuerySet:
        """Of those the ones in force; an indicator has one at the most."""
        return self.leading().filter(valid_to=None)

    def led_by(self, user: User) -> AssignmentQuerySet:
        """Of those the ones of the person's departments."""
        return self.leading_now().filter(unit__in=user.unit_ids_with(*LEADING_ROLES))


class Assignment(Definition):
    """One unit's part in one indicator, from a day to a day."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="assignments", verbose_name="chỉ tiêu"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="assignments", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=12, choices=AssignmentRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="người phụ trách",
    )
    is_not_applicable = models.BooleanField(
        "không giao", default=False, help_text="Không có chỉ tiêu tại đơn vị này; đứng ngoài mọi mẫu số."
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân giao"
        verbose_name_plural = "phân giao"
        ordering = ["indicator", "role", "unit"]
        indexes = [models.Index(fields=["unit", "role"], name="assignment_unit_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "role"],
                condition=Q(valid_to=None),
                name="assignment_once_now",
                violation_error_message="Đơn vị đã có vai trò này ở chỉ tiêu.",
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(role=AssignmentRole.LEADS, valid_to=None),
                name="assignment_one_lead_now",
                violation_error_message="Chỉ tiêu chỉ có một cơ quan chủ trì tại một thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="assignment_dates_in_order",
                violation_error_message="Ngày thôi phụ trách phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | Q(role=AssignmentRole.REPORTS),
                name="assignment_not_applicable_is_a_report_row",
                violation_error_message="Chỉ phần báo cáo mới có thể ghi không giao.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.indicator}"
