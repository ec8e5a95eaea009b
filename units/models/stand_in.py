"""Standing in (ủy quyền): a role lent by the one who holds it to another person of the unit, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.choices import Role
from units.models.people import RoleGrant

if TYPE_CHECKING:
    from units.models.people import User


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Questions about stand-ins that chain."""

    def visible_to(self, user: User) -> StandInQuerySet:
        """Those that the person lent or holds, and those at units of which the person is head."""
        heads = user.unit_ids_with(Role.HEAD, Role.COORDINATOR_HEAD)
        return self.filter(Q(lender=user) | Q(holder=user) | Q(grant__unit__in=heads))

    def in_force(self, on: date) -> StandInQuerySet:
        """Those that hold on the day: begun, not over, not taken back, and the lender still holds the role."""
        return self.filter(
            Q(grant__valid_from=None) | Q(grant__valid_from__lte=on),
            Q(grant__valid_to=None) | Q(grant__valid_to__gte=on),
            valid_from__lte=on,
            valid_to__gte=on,
            withdrawn_at=None,
        )

    def overlapping(self, first: date, last: date) -> StandInQuerySet:
        """Those not taken back that share a day with first–last."""
        return self.filter(withdrawn_at=None, valid_from__lte=last, valid_to__gte=first)


class StandIn(models.Model):
    """One role of one person, lent to another for a while; it ends by its last day without anybody's act."""

    grant = models.ForeignKey(
        RoleGrant, on_delete=models.PROTECT, related_name="stand_ins", verbose_name="vai trò được ủy quyền"
    )
    lender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lent_stand_ins", verbose_name="người ủy quyền"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="held_stand_ins",
        verbose_name="người được ủy quyền",
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày")
    ground = models.CharField("lý do, văn bản ủy quyền", max_length=300)
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi ủy quyền"
    )
    lent_at = models.DateTimeField("ghi lúc")
    withdrawn_at = models.DateTimeField("thôi ủy quyền lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người cho thôi ủy quyền",
    )

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="stand_in_dates_in_order",
                violation_error_message="Ngày hết ủy quyền phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(lender=F("holder")),
                name="stand_in_not_oneself",
                violation_error_message="Không ủy quyền cho chính mình.",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="stand_in_has_ground",
                violation_error_message="Ủy quyền phải có lý do hoặc số văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="stand_in_withdrawn_by_somebody",
                violation_error_message="Thôi ủy quyền phải có người thực hiện và thời điểm.",
            ),
            models.UniqueConstraint(
                fields=["grant", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="stand_in_one_begins_a_day",
                violation_error_message="Vai trò này đã được ủy quyền từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"thay {self.lender}, ủy quyền đến {self.valid_to:%d/%m/%Y}"
