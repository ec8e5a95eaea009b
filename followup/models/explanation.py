"""Requests for causes (đề nghị báo cáo nguyên nhân) and accounts (giải trình), with the unit's answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Campaign, Period
from followup.choices import CauseKind, ExplanationKind, ExplanationState
from followup.models.obstacle import Cause
from followup.models.sight import of_leader, of_led_indicator, of_own_unit, of_standing_body
from followup.models.steps import StepLine
from followup.rules.explanations import OPEN_STATES, OWED_STATES, is_overdue
from indicators.models import Indicator
from units.choices import Origin
from units.models import OrgUnit

if TYPE_CHECKING:
    from units.models import User


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    """Questions about explanations that chain."""

    def visible_to(self, user: User) -> ExplanationQuerySet:
        """The asked unit's own, the led indicators', all for standing body and leaders; no sibling's."""
        seen = of_own_unit(user) | of_led_indicator(user)
        return self.filter(seen | of_standing_body(user) | of_leader(user))

    def in_full(self) -> ExplanationQuerySet:
        """With all that the page of one shows."""
        return self.select_related("unit__kind", "campaign", "indicator", "period", "cause", "asked_by", "answered_by")

    def open(self) -> ExplanationQuerySet:
        """Not yet closed or withdrawn."""
        return self.filter(state__in=OPEN_STATES)

    def owed(self) -> ExplanationQuerySet:
        """The unit has not answered, or was asked to add to its answer."""
        return self.filter(state__in=OWED_STATES)

    def overdue(self, on: date) -> ExplanationQuerySet:
        """Owed although the day is over."""
        return self.owed().filter(due_on__lt=on)

    def demanded(self) -> ExplanationQuerySet:
        """Accounts, which leaders alone demand."""
        return self.filter(kind=ExplanationKind.ACCOUNT)

    def answered_or_overdue(self, on: date) -> ExplanationQuerySet:
        """Those of which whoever asked has to say what comes next."""
        return self.filter(Q(state=ExplanationState.ANSWERED) | Q(state__in=OWED_STATES, due_on__lt=on))


class Explanation(models.Model):
    """What was asked of one unit, why, until when; its answer: cause, remedy and the day by which it works."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="explanations", verbose_name="phong trào"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="explanations", verbose_name="đơn vị")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="explanations", verbose_name="chỉ tiêu"
    )
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, related_name="explanations", verbose_name="kỳ báo cáo"
    )
    kind = models.CharField("hình thức", max_length=10, choices=ExplanationKind.choices)
    question = models.TextField("nội dung yêu cầu")
    state = models.CharField(
        "trạng thái", max_length=10, choices=ExplanationState.choices, default=ExplanationState.ASKED, editable=False
    )
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    band_before = models.CharField("mức tiến độ khi yêu cầu", max_length=10, blank=True, editable=False)
    rate_before = models.CharField("tỷ lệ khi yêu cầu", max_length=40, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    asked_at = models.DateTimeField("yêu cầu lúc")
    due_on = models.DateField("hạn trả lời")
    cause_kind = models.CharField("loại nguyên nhân", max_length=10, choices=CauseKind.choices, blank=True)
    cause = models.ForeignKey(
        Cause, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nguyên nhân cụ thể"
    )
    cause_text = models.TextField("nguyên nhân", blank=True)
    remedy = models.TextField("biện pháp khắc phục", blank=True)
    remedy_due_on = models.DateField("khắc phục xong trước ngày", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True, editable=False)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu báo cáo nguyên nhân, giải trình"
        verbose_name_plural = "yêu cầu báo cáo nguyên nhân, giải trình"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["campaign", "state"], name="explanation_campaign_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExplanationState.values),
                name="explanation_known_state",
                violation_error_message="Trạng thái của yêu cầu không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ExplanationState.ANSWERED, ExplanationState.CLOSED])
                | (
                    ~Q(cause_text="")
                    & ~Q(remedy="")
                    & Q(remedy_due_on__isnull=False)
                    & Q(answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                ),
                name="explanation_answer_is_whole",
                violation_error_message="Trả lời phải có nguyên nhân, biện pháp và thời hạn khắc phục.",
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator", "kind"],
                condition=Q(state__in=OPEN_STATES, indicator__isnull=False),
                name="explanation_one_open",
                violation_error_message="Đơn vị đang có yêu cầu cùng loại về chỉ tiêu này; theo dõi yêu cầu ấy.",
            ),
        ]

    def __str__(self) -> str:
        about = f", {self.indicator.short_name}" if self.indicator else ""
        return f"{self.get_kind_display()}: {self.unit.name}{about}"

    @property
    def is_owed(self) -> bool:
        """Has the unit not answered, or was it asked to add to its answer?"""
        return self.state in OWED_STATES

    def is_overdue(self, today: date) -> bool:
        """An answer is owed and its day is over."""
        return is_overdue(self.state, self.due_on, today)


class ExplanationStep(StepLine):
    """A step of an explanation, or something said about it; an answer is kept here word for word."""

    explanation = models.ForeignKey(
        Explanation, on_delete=models.PROTECT, related_name="steps", verbose_name="yêu cầu báo cáo nguyên nhân"
    )

    class Meta:
        verbose_name = "bước xử lý yêu cầu"
        verbose_name_plural = "bước xử lý yêu cầu"
        ordering = ["explanation", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["explanation", "sequence"],
                name="explanation_step_sequence_once",
                violation_error_message="Yêu cầu này vừa được người khác xử lý; hãy tải lại trang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.explanation}: {self.move or 'trao đổi'}"
