"""A reorganisation (sắp xếp đơn vị): the decision by which units are renamed, merged, split or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.choices import STANDING_ROLES, ReorganisationKind
from units.models.org_unit import OrgUnit
from units.models.people import below_any
from units.rules.tree import path_above

if TYPE_CHECKING:
    from units.models.people import User


class ReorganisationQuerySet(models.QuerySet["Reorganisation"]):
    """Questions about reorganisations that chain."""

    def visible_to(self, user: User) -> ReorganisationQuerySet:
        """Those about units at or below which the person holds a role; a standing body's authority is its own."""
        if user.is_superuser:
            return self.all()
        own = {path_above(grant.path) if grant.role in STANDING_ROLES else grant.path for grant in user.grants}
        paths = tuple(sorted(own))
        about = OrgUnit.objects.filter(below_any("path", paths)).values("pk")
        return self.filter(units__in=about).distinct()

    def about_any(self, paths: tuple[str, ...]) -> ReorganisationQuerySet:
        """Those about units at or below one of the paths, the newest first."""
        about = OrgUnit.objects.filter(below_any("path", paths)).values("pk")
        return self.filter(units__in=about).distinct().order_by("-effective_on", "-pk")


class Reorganisation(models.Model):
    """One decision about units; what follows from it names it."""

    kind = models.CharField("hình thức", max_length=10, choices=ReorganisationKind.choices)
    number = models.CharField("số, ký hiệu văn bản", max_length=120)
    decided_on = models.DateField("ngày văn bản", null=True, blank=True)
    effective_on = models.DateField("có hiệu lực từ ngày")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    units = models.ManyToManyField(OrgUnit, related_name="reorganisations", verbose_name="đơn vị liên quan")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="reorganisation_has_document",
                violation_error_message="Sắp xếp đơn vị phải có số, ký hiệu văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReorganisationKind.values),
                name="reorganisation_known_kind",
                violation_error_message="Hình thức sắp xếp không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} theo {self.number}"
