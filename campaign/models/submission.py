"""The monthly report of a unit (báo cáo tháng), created as owed at launch, and the table of its moves."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaign.choices import Relation, SubmissionStatus
from campaign.models.campaign import Participation
from campaign.models.days import DaysOfAReport
from campaign.models.period import Period
from units.choices import OWN_ROLES, STANDING_ROLES
from units.models import OrgUnit, StandIn, StoredFile, below_any

if TYPE_CHECKING:
    from units.models import User

#: Statuses in which the office holds the report; the unit's figures of it count as sent.
SENT_STATUSES = (SubmissionStatus.SENT, SubmissionStatus.RECEIVED, SubmissionStatus.CLOSED)


def was_handed_in(status: str, first_sent_at: datetime | None) -> bool:
    """Was the report ever sent? One that was returned for changes or reopened still was."""
    return status in SENT_STATUSES or first_sent_at is not None


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about monthly reports that chain."""

    def visible_to(self, user: User) -> SubmissionQuerySet:
        """Reports a person may open: the own unit's, and those the office receives."""
        office = Q(participation__campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
        return self.filter(self._own(user) | office)

    def of_own_units(self, user: User) -> SubmissionQuerySet:
        """Reports of the units for which the person enters or endorses."""
        return self.filter(self._own(user))

    def _own(self, user: User) -> Q:
        return below_any("participation__unit__path", user.paths_with(*OWN_ROLES))

    def in_place(self) -> SubmissionQuerySet:
        """With the unit, the campaign and the period."""
        return self.select_related("participation__unit", "participation__campaign", "period")

    def received(self) -> SubmissionQuerySet:
        """Reports that the standing body has received at least once and holds now."""
        return self.filter(status__in=[SubmissionStatus.RECEIVED, SubmissionStatus.CLOSED])

    def overdue(self, on: date) -> SubmissionQuerySet:
        """Reports not handed in although their due day has passed; only of units that must report."""
        return self.filter(
            participation__relation=Relation.ASSIGNED,
            period__is_before_launch=False,
            due_on__lt=on,
            first_sent_at=None,
        )


class Submission(DaysOfAReport, models.Model):
    """What one unit owes for one period. Its status changes only through the one door, ``make_move``."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="submissions", verbose_name="đơn vị tham gia"
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="submissions", verbose_name="kỳ báo cáo")
    status = models.CharField(
        "trạng thái",
        max_length=20,
        choices=SubmissionStatus.choices,
        default=SubmissionStatus.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    due_on = models.DateField("hạn gửi")
    first_sent_at = models.DateTimeField("gửi lần đầu lúc", null=True, blank=True, editable=False)
    last_sent_at = models.DateTimeField("gửi lần cuối lúc", null=True, blank=True, editable=False)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True, editable=False)
    reopened_until = models.DateField("mở lại đến hết ngày", null=True, blank=True, editable=False)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="endorsed_submissions",
        verbose_name="người duyệt",
        editable=False,
    )
    signed_number = models.CharField("số của bản đã ký", max_length=60, blank=True, editable=False)
    signed_on = models.DateField("ngày của bản đã ký", null=True, blank=True, editable=False)
    signed_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bản đã ký",
        editable=False,
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tháng"
        verbose_name_plural = "báo cáo tháng"
        ordering = ["period", "participation"]
        indexes = [models.Index(fields=["period", "status"], name="submission_period_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "period"],
                name="submission_one_a_period",
                violation_error_message="Đơn vị đã có báo cáo của kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SubmissionStatus.values),
                name="submission_known_status",
                violation_error_message="Trạng thái báo cáo không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(status=SubmissionStatus.RECEIVED) | Q(received_at__isnull=False),
                name="submission_received_has_moment",
                violation_error_message="Báo cáo đã tiếp nhận phải có thời điểm tiếp nhận.",
            ),
            models.CheckConstraint(
                condition=Q(signed_number="", signed_on=None) | (~Q(signed_number="") & Q(signed_on__isnull=False)),
                name="submission_signed_number_and_date",
                violation_error_message="Bản đã ký phải có đủ cả số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}, {self.period}"

    def status_words(self, today: date) -> str:
        """The status as people read it: a reopening whose last day has passed says so."""
        if self.status == SubmissionStatus.REOPENED and self.is_reopening_over(today):
            return "Mở lại, đã hết hạn"
        return str(self.get_status_display())

    @property
    def unit(self) -> OrgUnit:
        """The unit that owes the report."""
        return self.participation.unit


class SubmissionMove(models.Model):
    """One move of a report: who, on whose behalf, when, why. Append only."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="moves", verbose_name="báo cáo tháng"
    )
    sequence = models.PositiveIntegerField("thứ tự")
    move = models.CharField("bước", max_length=30)
    from_status = models.CharField("từ trạng thái", max_length=20, choices=SubmissionStatus.choices)
    to_status = models.CharField("sang trạng thái", max_length=20, choices=SubmissionStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="submission_moves",
        verbose_name="người thực hiện",
    )
    on_behalf_of = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay cho đơn vị"
    )
    stand_in = models.ForeignKey(
        StandIn, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="theo ủy quyền"
    )
    at = models.DateTimeField("lúc")
    reason = models.TextField("lý do", blank=True)
    expires_on = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "bước xử lý báo cáo"
        verbose_name_plural = "bước xử lý báo cáo"
        ordering = ["submission", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sequence"],
                name="submission_move_sequence_once",
                violation_error_message="Báo cáo vừa được người khác xử lý; hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1),
                name="submission_move_counts_from_one",
                violation_error_message="Thứ tự bước xử lý phải từ 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.move}"


class DeadlineExtension(models.Model):
    """A later due day granted to one unit for one period, with its reason."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="extensions", verbose_name="báo cáo tháng"
    )
    old_due_on = models.DateField("hạn cũ")
    new_due_on = models.DateField("hạn mới")
    reason = models.TextField("lý do")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gia hạn"
    )
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "gia hạn gửi"
        verbose_name_plural = "gia hạn gửi"
        ordering = ["submission", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_due_on__gt=F("old_due_on")),
                name="deadline_extension_is_later",
                violation_error_message="Hạn mới phải sau hạn cũ.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.new_due_on:%d/%m/%Y}"
