"""Obstacles (khó khăn, vướng mắc): raised from a figure or by the office, owned, discussed, resolved with a proof."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, Period
from followup.choices import CauseKind, ObstacleState
from followup.models.sight import of_leader, of_led_indicator, of_own_unit, of_owner, of_standing_body
from followup.models.steps import StepLine
from followup.rules.obstacles import OPEN_STATES, is_overdue
from indicators.models import Figure, Indicator
from units.choices import Origin
from units.models import OrgUnit

if TYPE_CHECKING:
    from units.models import User


class Cause(models.Model):
    """A usual cause (vốn giao muộn, thiên tai, thiếu nhân lực …): a row, never a word in code."""

    key = models.SlugField("khóa", max_length=60, unique=True)
    name = models.CharField("nguyên nhân", max_length=160)
    kind = models.CharField("loại", max_length=10, choices=CauseKind.choices)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_offered = models.BooleanField("còn dùng", default=True)

    class Meta:
        verbose_name = "nguyên nhân thường gặp"
        verbose_name_plural = "nguyên nhân thường gặp"
        ordering = ["kind", "position", "name"]

    def __str__(self) -> str:
        return self.name


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    """Questions about obstacles that chain."""

    def visible_to(self, user: User) -> ObstacleQuerySet:
        """The own unit's, those given to it, the led indicators', all for standing body and leaders; no sibling's."""
        seen = of_own_unit(user) | of_owner(user) | of_led_indicator(user)
        return self.filter(seen | of_standing_body(user) | of_leader(user))

    def in_full(self) -> ObstacleQuerySet:
        """With all that the page of one shows."""
        about = ("indicator__area", "figure", "period", "cause")
        return self.select_related("unit__kind", "owner_unit", "campaign", *about, "raised_by")

    def open(self) -> ObstacleQuerySet:
        """Those about which something is still to be done."""
        return self.filter(state__in=OPEN_STATES)

    def escalated(self) -> ObstacleQuerySet:
        """Those that wait for a word of the Committee."""
        return self.filter(state=ObstacleState.ESCALATED)

    def overdue(self, on: date) -> ObstacleQuerySet:
        """Open ones whose due day is over."""
        return self.open().filter(due_on__lt=on)


class Obstacle(models.Model):
    """One obstacle of one unit. A *nguyên nhân khách quan* stands beside the figure and leaves it unchanged."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="obstacles", verbose_name="phong trào"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="obstacles", verbose_name="đơn vị")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="chỉ tiêu"
    )
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="số liệu"
    )
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="kỳ báo cáo"
    )
    title = models.CharField("vướng mắc", max_length=200)
    text = models.TextField("mô tả, đề xuất", blank=True)
    kind = models.CharField("nguyên nhân", max_length=10, choices=CauseKind.choices)
    cause = models.ForeignKey(
        Cause, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nguyên nhân cụ thể"
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=ObstacleState.choices, default=ObstacleState.RAISED, editable=False
    )
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    owner_unit = models.ForeignKey(
        OrgUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_obstacles",
        verbose_name="đơn vị xử lý",
    )
    owner = models.CharField("người xử lý", max_length=160, blank=True)
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nêu"
    )
    raised_at = models.DateTimeField("nêu lúc")
    escalated_at = models.DateTimeField("báo cáo Ủy ban lúc", null=True, blank=True, editable=False)
    resolution = models.TextField("kết quả giải quyết", blank=True, editable=False)
    proof_note = models.CharField("căn cứ", max_length=200, blank=True, editable=False)
    resolved_at = models.DateTimeField("giải quyết lúc", null=True, blank=True, editable=False)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        verbose_name = "khó khăn, vướng mắc"
        verbose_name_plural = "khó khăn, vướng mắc"
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["campaign", "state"], name="obstacle_campaign_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObstacleState.values),
                name="obstacle_known_state",
                violation_error_message="Trạng thái của vướng mắc không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CauseKind.values),
                name="obstacle_known_kind",
                violation_error_message="Nguyên nhân phải là khách quan hoặc chủ quan.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ObstacleState.IN_HAND) | (Q(owner_unit__isnull=False) & Q(due_on__isnull=False)),
                name="obstacle_in_hand_has_owner_and_day",
                violation_error_message="Vướng mắc đang xử lý phải có đơn vị xử lý và hạn.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ObstacleState.RESOLVED) | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="obstacle_resolved_says_how",
                violation_error_message="Vướng mắc đã giải quyết phải ghi kết quả và thời điểm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}: {self.title}"

    def is_overdue(self, today: date) -> bool:
        """Open after the end of its due day."""
        return is_overdue(self.state, self.due_on, today)


class ObstacleStep(StepLine):
    """A step of an obstacle, or something said about it."""

    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.PROTECT, related_name="steps", verbose_name="khó khăn, vướng mắc"
    )

    class Meta:
        verbose_name = "bước xử lý vướng mắc"
        verbose_name_plural = "bước xử lý vướng mắc"
        ordering = ["obstacle", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["obstacle", "sequence"],
                name="obstacle_step_sequence_once",
                violation_error_message="Vướng mắc này vừa được người khác xử lý; hãy tải lại trang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obstacle}: {self.move or 'trao đổi'}"
