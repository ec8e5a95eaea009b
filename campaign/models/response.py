"""The response to the launch (hưởng ứng): what a unit did to take the campaign up, and what it pledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models.campaign import Participation
from units.choices import OWN_ROLES, STANDING_ROLES, Origin, Role
from units.models import StoredFile, below_any

if TYPE_CHECKING:
    from units.models import User


class LaunchResponseQuerySet(models.QuerySet["LaunchResponse"]):
    """Questions about responses that chain."""

    def visible_to(self, user: User) -> LaunchResponseQuerySet:
        """The own unit's, the office's and the leaders' of the authority."""
        own = below_any("participation__unit__path", user.paths_with(*OWN_ROLES))
        office = Q(participation__campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        leader = Q(participation__campaign__authority__in=user.unit_ids_with(Role.LEADER))
        return self.filter(own | office | leader)


class LaunchResponse(models.Model):
    """One unit's response: its own plan, the day on which it launched, the pledge that it signed."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="response", verbose_name="đơn vị tham gia"
    )
    plan_number = models.CharField("số, ký hiệu kế hoạch hưởng ứng", max_length=60, blank=True)
    plan_on = models.DateField("ngày kế hoạch hưởng ứng", null=True, blank=True)
    plan_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp kế hoạch"
    )
    launched_on = models.DateField("ngày phát động tại đơn vị", null=True, blank=True)
    pledged_on = models.DateField("ngày đăng ký, ký giao ước", null=True, blank=True)
    pledge_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp giao ước"
    )
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = LaunchResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "hưởng ứng phát động"
        verbose_name_plural = "hưởng ứng phát động"
        ordering = ["participation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_number="", plan_on=None) | (~Q(plan_number="") & Q(plan_on__isnull=False)),
                name="launch_response_plan_number_and_date",
                violation_error_message="Kế hoạch hưởng ứng phải có đủ cả số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: hưởng ứng phát động"
