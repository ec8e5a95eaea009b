"""Lines of a draft read from the campaign document: each waits for a person to accept, correct or drop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, Passage
from indicators.choices import DraftKind, DraftState
from indicators.models.indicator import Indicator

if TYPE_CHECKING:
    from units.models import User


class DraftLineQuerySet(models.QuerySet["DraftLine"]):
    """Questions about lines of a draft that chain."""

    def visible_to(self, user: User) -> DraftLineQuerySet:
        """Lines are read by those who see the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def in_full(self) -> DraftLineQuerySet:
        """With all that a line shows."""
        return self.select_related("campaign__standing_body", "passage", "indicator", "decided_by")

    def numbered(self, text: str) -> DraftLine | None:
        """The line of a number in an address; None where there is none."""
        return self.in_full().filter(pk=int(text)).first() if text.isdecimal() else None

    def of_areas(self) -> DraftLineQuerySet:
        """Lines that propose a content area."""
        return self.filter(kind=DraftKind.AREA)


class DraftLine(models.Model):
    """One proposal with its place and quote; ``values`` holds what was read, or what a person made of it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="draft_lines", verbose_name="phong trào"
    )
    kind = models.CharField("loại dòng", max_length=14, choices=DraftKind.choices)
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+", verbose_name="nêu tại")
    quote = models.TextField("trích nguyên văn", blank=True)
    values = models.JSONField("nội dung đọc được", default=dict)
    position = models.PositiveSmallIntegerField("thứ tự")
    state = models.CharField("tình trạng", max_length=10, choices=DraftState.choices, default=DraftState.PROPOSED)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="chỉ tiêu đã lập"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)

    objects = DraftLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng bản nháp từ văn bản"
        verbose_name_plural = "bản nháp từ văn bản"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "position"],
                name="draft_line_position_once",
                violation_error_message="Thứ tự dòng bản nháp bị trùng.",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.PROPOSED, decided_by=None, decided_at=None)
                | (~Q(state=DraftState.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="draft_line_decided_by_someone",
                violation_error_message="Dòng đã nhận hoặc đã bỏ phải ghi ai quyết định và lúc nào.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.values.get("name") or self.quote)[:120]
