"""Indicators and tasks (chỉ tiêu, nhiệm vụ): what is measured, and how it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from campaign.models import Campaign, ContentArea, Passage
from indicators.choices import Direction, IndicatorKind, Operator, Schedule, TimeRule, UnitRule
from units.choices import Origin
from units.models import Definition, DefinitionQuerySet
from vietnamese.text import nfc, search_key

if TYPE_CHECKING:
    from units.models import User


class Cited(Definition):
    """A stored number or text with where it comes from and where it stands in the document."""

    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)
    source_note = models.CharField("ghi chú nguồn", max_length=300, blank=True)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nêu tại"
    )
    quote = models.TextField("trích nguyên văn", blank=True)

    class Meta:
        abstract = True

    @property
    def citation(self) -> str:
        """The source in words: the place and the quote, or the public source, or the label."""
        if self.passage and self.quote:
            return f"{self.passage.place}: “{self.quote}”"
        return self.source_note or str(Origin(self.origin).label)


class IndicatorQuerySet(DefinitionQuerySet["Indicator"]):
    """Questions about indicators that chain."""

    def visible_to(self, user: User) -> IndicatorQuerySet:
        """Definitions are read by everyone who sees the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def of_standing_body(self, user: User) -> IndicatorQuerySet:
        """Of the campaigns whose standing body the person belongs to."""
        return self.filter(campaign__in=Campaign.objects.of_standing_body(user))

    def in_full(self) -> IndicatorQuerySet:
        """With all that the page of one definition shows."""
        offices = ("campaign__authority", "campaign__standing_body")
        return self.select_related(*offices, "area__parent", "parent", "passage")

    def with_figures(self) -> IndicatorQuerySet:
        """Indicators that carry numbers; tasks and milestones do not."""
        return self.filter(kind__in=[IndicatorKind.QUANTITY, IndicatorKind.RATIO], is_confidential=False)

    def tasks(self) -> IndicatorQuerySet:
        """Qualitative duties and milestones."""
        return self.filter(kind__in=[IndicatorKind.TASK, IndicatorKind.MILESTONE])


class Indicator(Cited):
    """One indicator or task of one campaign."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="indicators", verbose_name="phong trào"
    )
    area = models.ForeignKey(
        ContentArea, on_delete=models.PROTECT, related_name="indicators", verbose_name="nội dung thi đua"
    )
    code = models.SlugField("mã", max_length=80)
    name = models.CharField("tên chỉ tiêu, nhiệm vụ", max_length=500)
    short_name = models.CharField("tên ngắn", max_length=160)
    definition = models.TextField("giải thích", blank=True)
    kind = models.CharField("loại", max_length=10, choices=IndicatorKind.choices)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    time_rule = models.CharField("theo thời gian", max_length=10, choices=TimeRule.choices, default=TimeRule.FLOW)
    unit_rule = models.CharField("theo đơn vị", max_length=15, choices=UnitRule.choices, default=UnitRule.SUM)
    direction = models.CharField("chiều", max_length=10, choices=Direction.choices, default=Direction.MORE)
    operator = models.CharField("dấu của chỉ tiêu", max_length=10, choices=Operator.choices, default=Operator.AT_LEAST)
    schedule = models.CharField("kỳ phải báo cáo", max_length=12, choices=Schedule.choices, default=Schedule.MONTHLY)
    listed_months = models.JSONField("các tháng phải báo cáo", default=list, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="trong đó của"
    )
    parts_are_complete = models.BooleanField("các phần cộng đủ toàn bộ", default=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next", verbose_name="chỉ tiêu đợt trước"
    )
    data_source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    asks_source_date = models.BooleanField("hỏi số liệu đến ngày", default=False)
    evidence_required = models.BooleanField("phải có minh chứng", default=False)
    is_confidential = models.BooleanField("chỉ báo trạng thái, không có số", default=False)
    due_on = models.DateField("thời hạn hoàn thành", null=True, blank=True, help_text="Khi vượt ra ngoài phong trào.")
    valid_from = models.DateField("có từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    search_key = models.CharField("khóa tìm kiếm", max_length=500, editable=False, default="")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu, nhiệm vụ"
        verbose_name_plural = "chỉ tiêu, nhiệm vụ"
        ordering = ["campaign", "area__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="indicator_code_once", violation_error_message="Mã chỉ tiêu bị trùng."
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="indicator_not_its_own_part",
                violation_error_message="Một chỉ tiêu không là phần của chính nó.",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="indicator_decimals_fit",
                violation_error_message="Số chữ số thập phân từ 0 đến 4.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[IndicatorKind.QUANTITY, IndicatorKind.RATIO]) | ~Q(unit_of_measure=""),
                name="indicator_number_has_unit_of_measure",
                violation_error_message="Chỉ tiêu có số phải có đơn vị tính.",
            ),
            models.CheckConstraint(
                condition=~Q(is_confidential=True) | Q(kind__in=[IndicatorKind.TASK, IndicatorKind.MILESTONE]),
                name="indicator_confidential_has_no_number",
                violation_error_message="Lĩnh vực mật chỉ báo trạng thái, không có số liệu.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text normalised and its search key stored."""
        self.name, self.short_name = nfc(self.name), nfc(self.short_name or self.name[:160])
        self.search_key = search_key(self.name)[:500]
        super().save(*args, **kwargs)

    @property
    def is_numeric(self) -> bool:
        """True for what carries numbers."""
        return self.kind in (IndicatorKind.QUANTITY, IndicatorKind.RATIO)


class Denominator(Definition):
    """A named base of a percentage (dự toán giao, thực nguồn, kế hoạch …)."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="denominators", verbose_name="chỉ tiêu"
    )
    key = models.SlugField("khóa", max_length=40)
    name = models.CharField("tên mẫu số", max_length=160)
    is_reported = models.BooleanField(
        "đơn vị báo cáo hằng kỳ", default=False, help_text="Sai: là kế hoạch giao, lấy từ chỉ tiêu giao."
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu số"
        verbose_name_plural = "mẫu số"
        ordering = ["indicator", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "key"], name="denominator_once", violation_error_message="Mẫu số bị trùng."
            )
        ]

    def __str__(self) -> str:
        return self.name


class MilestoneStep(Definition):
    """A step of a milestone (mốc), in order."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="steps", verbose_name="mốc công việc"
    )
    position = models.PositiveSmallIntegerField("bước")
    name = models.CharField("nội dung bước", max_length=300)
    due_on = models.DateField("hạn", null=True, blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của mốc"
        verbose_name_plural = "bước của mốc"
        ordering = ["indicator", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "position"],
                name="milestone_step_once",
                violation_error_message="Thứ tự bước bị trùng.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"
