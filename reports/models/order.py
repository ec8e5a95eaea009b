"""Published orders (công bố thứ tự): what a leader let the units of one cluster see, as it stood that day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Cluster, Period
from reports.choices import Basis
from units.choices import OWN_ROLES, STANDING_ROLES, Role

if TYPE_CHECKING:
    from units.models import User


class PublishedOrderQuerySet(models.QuerySet["PublishedOrder"]):
    """Questions about published orders that chain."""

    def visible_to(self, user: User) -> PublishedOrderQuerySet:
        """The units of the cluster, the standing body and the authority's leaders."""
        member = Q(cluster__members__unit__in=user.unit_ids_with(*OWN_ROLES), withdrawn_at=None)
        office = Q(cluster__campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        leader = Q(cluster__campaign__authority__in=user.unit_ids_with(Role.LEADER))
        return self.filter(pk__in=self.model.objects.filter(member | office | leader).values("pk"))

    def standing(self) -> PublishedOrderQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of(self, cluster: Cluster | None, period: Period) -> PublishedOrderQuerySet:
        """What was published of one cluster for one period."""
        return self.filter(cluster=cluster, period=period)


class PublishedOrder(models.Model):
    """The order among the units of one cluster in one period. Never changed; withdrawn with a reason."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="published_orders", verbose_name="cụm, khối"
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", verbose_name="kỳ báo cáo")
    basis = models.CharField("cơ sở số liệu", max_length=10, choices=Basis.choices)
    rows = models.JSONField("các dòng")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người công bố"
    )
    published_at = models.DateTimeField("công bố lúc")
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    withdrawn_reason = models.TextField("lý do thu hồi", blank=True)

    objects = PublishedOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "thứ tự đã công bố"
        verbose_name_plural = "thứ tự đã công bố"
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "period"],
                condition=Q(withdrawn_at=None),
                name="published_order_once",
                violation_error_message="Thứ tự của cụm, khối trong kỳ này đã công bố.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="published_order_withdrawn_with_reason",
                violation_error_message="Thu hồi thứ tự đã công bố phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}, {self.period}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """What was published stays on record."""
        raise RuntimeError("a published order is never deleted")
