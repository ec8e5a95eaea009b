"""The campaign (phong trào thi đua), its bands, clusters, deadline tiers and the units that take part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, F, Q, When

from campaign.choices import CalendarRule, CampaignStatus, Relation
from campaign.rules.calendar import opening_name
from units.choices import ABOVE_ROLES, OWN_ROLES, STANDING_ROLES, WORKING_ROLES, Origin
from units.models import Definition, DefinitionQuerySet, OrgUnit, StoredFile, below_any
from vietnamese.text import nfc, search_key

if TYPE_CHECKING:
    from units.models import User


class CampaignQuerySet(DefinitionQuerySet["Campaign"]):
    """Questions about campaigns that chain."""

    def launched(self) -> CampaignQuerySet:
        """Campaigns whose definitions are fixed and whose reports are owed."""
        return self.exclude(status=CampaignStatus.DRAFT)

    def of_standing_body(self, user: User) -> CampaignQuerySet:
        """Campaigns whose standing body the person belongs to, launched or not."""
        return self.filter(standing_body__in=user.unit_ids_with(*STANDING_ROLES))

    def present_first(self, on: date) -> CampaignQuerySet:
        """Those that run on the day first, then the past, then those to come; of each the latest.

        The first is what a page shows when none was asked for.
        """
        place = Case(When(starts_on__gt=on, then=2), When(ends_on__lt=on, then=1), default=0)
        return self.order_by(place, "-starts_on", "-pk")

    def present_for(self, user: User, on: date) -> CampaignQuerySet:
        """The launched campaigns that the person sees, in the order in which pages offer them."""
        return self.launched().visible_to(user).present_first(on)

    def with_offices(self) -> CampaignQuerySet:
        """With the authority and the standing body."""
        return self.select_related("authority", "standing_body")

    def visible_to(self, user: User) -> CampaignQuerySet:
        """Campaigns a person sees: through the authority's tree or through a participation; unlaunched ones only
        the standing body that prepares them.
        """
        inside = below_any("participations__unit__path", user.paths_with(*WORKING_ROLES))
        above = below_any("authority__path", user.paths_with(*ABOVE_ROLES))
        standing = Q(standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        launched = ~Q(status=CampaignStatus.DRAFT)
        seen = self.model.objects.filter((launched & (inside | above)) | standing)
        return self.filter(pk__in=seen.values("pk"))


class Campaign(Definition):
    """One emulation campaign of one authority."""

    key = models.SlugField("khóa", max_length=80, unique=True)
    authority = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="campaigns", verbose_name="cơ quan phát động"
    )
    standing_body = models.ForeignKey(
        OrgUnit,
        on_delete=models.PROTECT,
        related_name="standing_campaigns",
        verbose_name="cơ quan thường trực thi đua",
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_campaigns", verbose_name="đợt trước"
    )
    name = models.CharField("tên phong trào thi đua", max_length=300)
    short_name = models.CharField("tên ngắn", max_length=120)
    goal = models.TextField("mục tiêu thi đua", blank=True)
    document_number = models.CharField("số, ký hiệu văn bản phát động", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản phát động", null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản phát động"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    year_starts_on = models.DateField("lũy kế năm tính từ ngày", help_text="Ví dụ 15/12 năm trước.")
    calendar_rule = models.CharField("cách cắt kỳ", max_length=20, choices=CalendarRule.choices)
    status = models.CharField(
        "trạng thái", max_length=10, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT, editable=False
    )
    launched_at = models.DateTimeField("phát động lúc", null=True, blank=True, editable=False)
    requires_endorsement = models.BooleanField(
        "phải duyệt hoặc ghi nhận bản đã ký trước khi gửi",
        default=True,
        help_text="Thủ trưởng duyệt trong chương trình, hoặc người nhập ghi số, ngày của bản đã ký.",
    )
    has_successions = models.BooleanField("có đơn vị kế thừa trong đợt", default=False, editable=False)
    ranking_published_at = models.DateTimeField("công bố thứ tự lúc", null=True, blank=True, editable=False)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_dates_in_order",
                violation_error_message="Ngày kết thúc của phong trào phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(year_starts_on__lte=F("starts_on")),
                name="campaign_year_starts_first",
                violation_error_message="Ngày bắt đầu tính lũy kế năm không được sau ngày bắt đầu phong trào.",
            ),
            models.CheckConstraint(
                condition=Q(status=CampaignStatus.DRAFT, launched_at=None)
                | (~Q(status=CampaignStatus.DRAFT) & Q(launched_at__isnull=False)),
                name="campaign_launched_has_moment",
                violation_error_message="Phong trào đã phát động phải có thời điểm phát động.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def opening_name(self) -> str:
        """What the time before the campaign is called within a sentence: "6 tháng đầu năm"."""
        return opening_name(self.year_starts_on, self.starts_on, self.calendar_rule)


class BandThreshold(Definition):
    """The bands of progress (vượt tiến độ, đúng tiến độ, chậm …) of a campaign from a day on."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="bands", verbose_name="phong trào")
    valid_from = models.DateField("áp dụng từ ngày")
    ahead_from = models.DecimalField("vượt tiến độ từ (%)", max_digits=6, decimal_places=2, default=110)
    on_track_from = models.DecimalField("đúng tiến độ từ (%)", max_digits=6, decimal_places=2, default=95)
    behind_from = models.DecimalField("chậm từ (%)", max_digits=6, decimal_places=2, default=70)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "ngưỡng đánh giá tiến độ"
        verbose_name_plural = "ngưỡng đánh giá tiến độ"
        ordering = ["campaign", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "valid_from"],
                name="band_threshold_once_a_day",
                violation_error_message="Đã có ngưỡng áp dụng từ ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(ahead_from__gt=F("on_track_from")) & Q(on_track_from__gt=F("behind_from")),
                name="band_thresholds_in_order",
                violation_error_message="Ngưỡng phải giảm dần: vượt tiến độ, đúng tiến độ, chậm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: từ {self.valid_from:%d/%m/%Y}"


class Cluster(models.Model):
    """A cluster (cụm, khối thi đua): units compared only among themselves."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="clusters", verbose_name="phong trào")
    name = models.CharField("tên cụm, khối", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    class Meta:
        verbose_name = "cụm, khối thi đua"
        verbose_name_plural = "cụm, khối thi đua"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"], name="cluster_name_once", violation_error_message="Tên cụm, khối bị trùng."
            )
        ]

    def __str__(self) -> str:
        return self.name


class DeadlineTier(models.Model):
    """A group of units with the same deadline (say communes on the 16th, offices on the 18th)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tiers", verbose_name="phong trào")
    name = models.CharField("nhóm", max_length=120)
    day_of_month = models.PositiveSmallIntegerField("hạn: ngày trong tháng")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    class Meta:
        verbose_name = "nhóm hạn gửi"
        verbose_name_plural = "nhóm hạn gửi"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="deadline_tier_name_once",
                violation_error_message="Tên nhóm bị trùng.",
            ),
            models.CheckConstraint(
                condition=Q(day_of_month__gte=1) & Q(day_of_month__lte=28),
                name="deadline_tier_day_in_month",
                violation_error_message="Ngày hạn gửi phải từ 1 đến 28.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions about participations that chain."""

    def visible_to(self, user: User) -> ParticipationQuerySet:
        """Parts for which a person may act: the own unit's, and all of a campaign for its standing body."""
        office = Q(campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        return self.filter(self._own(user) | office)

    def of_own_units(self, user: User) -> ParticipationQuerySet:
        """The parts of the units for which the person enters or endorses."""
        return self.filter(self._own(user))

    def worked_for(self, user: User) -> ParticipationQuerySet:
        """The parts of the very units at which the person enters or endorses, without those below them."""
        return self.filter(unit__in=user.unit_ids_with(*OWN_ROLES))

    def _own(self, user: User) -> Q:
        return below_any("unit__path", user.paths_with(*OWN_ROLES))


class Participation(models.Model):
    """A unit's part in a campaign: relation, cluster and deadline stand here, not on the unit."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="participations", verbose_name="phong trào"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="participations", verbose_name="đơn vị")
    relation = models.CharField("quan hệ", max_length=12, choices=Relation.choices)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="members", verbose_name="cụm, khối"
    )
    tier = models.ForeignKey(
        DeadlineTier, on_delete=models.PROTECT, related_name="members", verbose_name="nhóm hạn gửi"
    )
    unit_name = models.CharField("tên đơn vị khi tham gia", max_length=200, help_text="Báo cáo cũ giữ tên lúc ấy.")
    search_key = models.CharField("khóa tìm kiếm", max_length=255, editable=False, default="")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị tham gia"
        verbose_name_plural = "đơn vị tham gia"
        ordering = ["campaign", "unit__kind__position", "unit__position", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                name="participation_once",
                violation_error_message="Đơn vị này đã tham gia phong trào.",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values),
                name="participation_known_relation",
                violation_error_message="Quan hệ tham gia không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the name of the day and its search key."""
        self.unit_name = nfc(self.unit_name or self.unit.name)
        self.search_key = search_key(self.unit_name)[:255]
        super().save(*args, **kwargs)

    @property
    def can_be_late(self) -> bool:
        """Only a unit that must report (giao) is ever late, returned or ranked."""
        return self.relation == Relation.ASSIGNED
