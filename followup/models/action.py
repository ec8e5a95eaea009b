"""Action items (việc được giao): recommendations of inspections and points of conclusions, each with owner and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, ContentArea
from followup.models.conclusion import Conclusion
from followup.models.inspection import Inspection
from followup.models.sight import of_leader, of_led_indicator, of_own_unit, of_owner, of_standing_body
from indicators.models import Indicator
from units.choices import Origin
from units.models import OrgUnit, StoredFile

if TYPE_CHECKING:
    from units.models import User


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Questions about action items that chain."""

    def visible_to(self, user: User) -> ActionItemQuerySet:
        """The owner's, the led indicators', all for standing body and leaders."""
        seen = of_own_unit(user, "owner_unit") | of_owner(user) | of_led_indicator(user)
        return self.filter(seen | of_standing_body(user) | of_leader(user))

    def in_full(self) -> ActionItemQuerySet:
        """With all that lists and the page of one show."""
        sources = ("inspection", "conclusion", "indicator")
        return self.select_related("campaign", "owner_unit", *sources, "proof", "done_by")

    def open(self) -> ActionItemQuerySet:
        """Not yet done."""
        return self.filter(done_at=None)

    def overdue(self, on: date) -> ActionItemQuerySet:
        """Not done although the day is over."""
        return self.open().filter(due_on__lt=on)

    def of_conclusions(self) -> ActionItemQuerySet:
        """What meetings concluded, not what inspections recommend."""
        return self.filter(conclusion__isnull=False)


class ActionItem(models.Model):
    """One thing that somebody has to do by a day, out of an inspection or a conclusion."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="action_items", verbose_name="phong trào"
    )
    inspection = models.ForeignKey(
        Inspection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="kiến nghị của cuộc kiểm tra",
    )
    conclusion = models.ForeignKey(
        Conclusion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="theo kết luận",
    )
    text = models.TextField("việc phải làm")
    owner_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="action_items", verbose_name="đơn vị thực hiện"
    )
    owner = models.CharField("người thực hiện", max_length=160, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name="chỉ tiêu"
    )
    area = models.ForeignKey(
        ContentArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name="nội dung thi đua",
    )
    due_on = models.DateField("hạn")
    result = models.TextField("kết quả", blank=True, editable=False)
    proof = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tệp minh chứng",
        editable=False,
    )
    done_at = models.DateTimeField("xong lúc", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người báo kết quả",
        editable=False,
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    added_at = models.DateTimeField("ghi lúc")
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "việc được giao"
        verbose_name_plural = "việc được giao"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["campaign", "due_on"], name="action_item_campaign_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspection__isnull=False, conclusion=None) | Q(inspection=None, conclusion__isnull=False),
                name="action_item_one_source",
                violation_error_message="Việc được giao thuộc một cuộc kiểm tra hoặc một kết luận.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | (~Q(result="") & Q(done_by__isnull=False)),
                name="action_item_done_says_how",
                violation_error_message="Việc đã xong phải ghi kết quả và người báo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_unit.name}: {self.text[:80]}"

    def is_overdue(self, today: date) -> bool:
        """Not done after the end of its day."""
        return self.done_at is None and today > self.due_on
