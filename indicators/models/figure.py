"""Figures (số liệu): the current values, and every version that ever was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.models import Period, Submission
from indicators.choices import Channel, FigureState, IndicatorKind, TaskStatus, VersionKind
from indicators.models.assignment import Assignment
from units.choices import OWN_ROLES, STANDING_ROLES, Origin, Role
from units.models import OrgUnit, StandIn, below_any
from units.models.prepared import prepared

if TYPE_CHECKING:
    from indicators.models.indicator import Indicator
    from units.models import User


class FigureValues(models.Model):
    """What is reported for one row and period; the same columns now and in every version.

    ``denominators`` maps the id of a reported ``Denominator`` to its amount written as a plain decimal string,
    so that no engine rounds it.
    """

    state = models.CharField("trạng thái", max_length=15, choices=FigureState.choices, default=FigureState.NOT_REPORTED)
    amount = models.DecimalField("số liệu", max_digits=15, decimal_places=4, null=True, blank=True)
    denominators = models.JSONField("mẫu số", default=dict, blank=True)
    is_cumulative = models.BooleanField("nhập là số lũy kế", default=False)
    is_estimate = models.BooleanField("ước thực hiện", default=False)
    is_copied = models.BooleanField("lấy từ kỳ trước, chưa xem lại", default=False)
    year_estimate = models.DecimalField("ước cả năm", max_digits=15, decimal_places=4, null=True, blank=True)
    task_status = models.CharField("tình hình", max_length=12, choices=TaskStatus.choices, blank=True)
    step = models.PositiveSmallIntegerField("đã xong bước", null=True, blank=True)
    percent = models.DecimalField("mức độ hoàn thành (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    text = models.TextField("nội dung đã làm", blank=True)
    note = models.TextField("ghi chú, lý do", blank=True)
    data_source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    as_of_on = models.DateField("số liệu đến ngày", null=True, blank=True)
    origin = models.CharField("nguồn", max_length=12, choices=Origin.choices, default=Origin.OFFICE)

    class Meta:
        abstract = True


#: The value columns shared by Figure and FigureVersion, in the order of the model.
VALUE_FIELDS = (
    "state",
    "amount",
    "denominators",
    "is_cumulative",
    "is_estimate",
    "is_copied",
    "year_estimate",
    "task_status",
    "step",
    "percent",
    "text",
    "note",
    "data_source",
    "as_of_on",
    "origin",
)


class FigureQuerySet(models.QuerySet["Figure"]):
    """Questions about figures that chain."""

    def visible_to(self, user: User) -> FigureQuerySet:
        """Figures a person may read: the own unit's at any time, others' once they were sent."""
        office = self._of_office(user)
        leader = Q(assignment__indicator__campaign__authority__in=user.unit_ids_with(Role.LEADER))
        lead = self._of_led(user)
        sent = Q(sent_version__isnull=False) | Q(reconciled_version__isnull=False)
        return self.filter(self._own(user) | (sent & (office | lead | leader)))

    def of_own_units(self, user: User) -> FigureQuerySet:
        """Figures of the units for which the person enters or endorses."""
        return self.filter(self._own(user))

    def _own(self, user: User) -> Q:
        return below_any("assignment__unit__path", user.paths_with(*OWN_ROLES))

    def own_to_enter(self, user: User, pk: int) -> Figure | None:
        """One figure of the units for which the person enters, as ``to_enter``; None for what is not theirs."""
        paths = user.paths_with(*OWN_ROLES)
        figure: Figure | None = _to_enter.first(pk, *paths) if paths else None
        return figure

    def held_by_offices(self, user: User) -> FigureQuerySet:
        """Rows, sent or not, that an office may enter for a unit: of its led indicators, or of its whole campaign."""
        return self.filter(self._of_led(user) | self._of_office(user))

    def _of_led(self, user: User) -> Q:
        return Q(assignment__indicator__in=Assignment.objects.led_by(user).values("indicator"))

    def _of_office(self, user: User) -> Q:
        bodies = user.unit_ids_with(*STANDING_ROLES)
        return Q(assignment__indicator__campaign__standing_body__in=bodies)

    def of(self, indicator: Indicator) -> FigureQuerySet:
        """Every unit's figures of one indicator."""
        return self.filter(assignment__indicator=indicator)

    def in_place(self) -> FigureQuerySet:
        """With the indicator and its campaign, the unit and the period."""
        return self.select_related("assignment__indicator__campaign", "assignment__unit", "period")

    def numbered(self, ids: Iterable[int]) -> FigureQuerySet:
        """Those with the numbers, in their order."""
        return self.filter(pk__in=list(ids)).order_by("pk")

    def to_enter(self) -> FigureQuerySet:
        """With what the page of the month and its permission ask of a row."""
        return self.select_related(
            "assignment__indicator",
            "submission__participation__unit",
            "submission__participation__campaign",
            "submission__period",
        )

    def in_full(self) -> FigureQuerySet:
        """With all that the form of one needs: place, report, and the versions beside each other."""
        return self.select_related(
            "assignment__indicator__campaign__authority",
            "assignment__unit",
            "submission__participation__unit",
            "submission__participation__campaign",
            "period",
            "sent_version__by",
            "reconciled_version",
        )

    def asked(self) -> FigureQuerySet:
        """Rows about which an office asks, whether they alone are open or the whole report is."""
        return self.filter(Q(is_marked=True) | ~Q(request_reason=""))

    def missing(self) -> FigureQuerySet:
        """Rows that are owed and still empty."""
        return self.filter(state=FigureState.NOT_REPORTED)


class Figure(FigureValues):
    """One row owed: one assignment in one period, with its current values; created as owed at launch."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="figures", verbose_name="phân giao"
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="figures", verbose_name="kỳ báo cáo")
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="figures", verbose_name="báo cáo tháng"
    )
    kind = models.CharField("loại", max_length=10, choices=IndicatorKind.choices, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=0, editable=False)
    is_marked = models.BooleanField("được đề nghị chỉnh sửa", default=False, editable=False)
    request_reason = models.TextField("lý do đề nghị", blank=True, editable=False)
    sent_version = models.ForeignKey(
        "FigureVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="phiên bản đã gửi",
        editable=False,
    )
    received_version = models.ForeignKey(
        "FigureVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="phiên bản đã tiếp nhận",
        editable=False,
    )
    confirmed_version = models.ForeignKey(
        "FigureVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="phiên bản đã xác nhận",
        editable=False,
    )
    reconciled_version = models.ForeignKey(
        "FigureVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="số liệu sau đối chiếu",
        editable=False,
    )

    issued_amount = models.DecimalField(
        "số đã nêu trong báo cáo ban hành", max_digits=15, decimal_places=4, null=True, blank=True, editable=False
    )
    issued_in = models.CharField("nêu trong báo cáo", max_length=120, blank=True, default="", editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["period", "assignment"]
        # How many rows of each report are filled: told of a whole period without opening its figures.
        indexes = [models.Index(fields=["period", "submission", "state"], name="figure_filled_by_report")]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "period"],
                name="figure_one_a_period",
                violation_error_message="Chỉ tiêu của đơn vị đã có số liệu của kỳ này.",
            ),
            models.CheckConstraint(
                condition=~Q(state=FigureState.REPORTED, kind__in=[IndicatorKind.QUANTITY, IndicatorKind.RATIO])
                | Q(amount__isnull=False),
                name="figure_reported_has_amount",
                violation_error_message="Số liệu đã báo cáo phải có số; số 0 cũng là số.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[FigureState.NOT_REPORTED, FigureState.NOTHING_AROSE]) | Q(amount=None),
                name="figure_empty_has_no_amount",
                violation_error_message="Chưa báo cáo hoặc không phát sinh thì không có số.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[IndicatorKind.TASK, IndicatorKind.MILESTONE]) | Q(amount=None),
                name="figure_task_has_no_amount",
                violation_error_message="Nhiệm vụ chỉ báo tình hình, không có số.",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | (Q(percent__gte=0) & Q(percent__lte=100)),
                name="figure_percent_in_range",
                violation_error_message="Mức độ hoàn thành phải từ 0 đến 100 %.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.period}"

    @property
    def is_asked(self) -> bool:
        """Does an office ask about it: marked alone, or with a reason of its own where the whole report is open?"""
        return self.is_marked or bool(self.request_reason)


@prepared
def _to_enter(pk: int, *paths: str) -> models.QuerySet[Figure]:
    return Figure.objects.filter(below_any("assignment__unit__path", paths), pk=pk).to_enter().order_by()


class FigureVersion(FigureValues):
    """One saved change of a figure. Append only; order is by sequence, never by time."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="versions", verbose_name="số liệu")
    sequence = models.PositiveIntegerField("thứ tự")
    kind = models.CharField("cách lập", max_length=12, choices=VersionKind.choices, default=VersionKind.ENTERED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="figure_versions", verbose_name="người nhập"
    )
    on_behalf_of = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhập thay cho"
    )
    stand_in = models.ForeignKey(
        StandIn, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="theo ủy quyền"
    )
    channel = models.CharField("nhận qua", max_length=10, choices=Channel.choices, blank=True)
    informant = models.CharField("người cung cấp", max_length=160, blank=True)
    document = models.CharField("văn bản kèm theo", max_length=160, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    at = models.DateTimeField("lúc")
    reason = models.TextField("lý do", blank=True)
    client_key = models.CharField("khóa của trình duyệt", max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = "phiên bản số liệu"
        verbose_name_plural = "phiên bản số liệu"
        ordering = ["figure", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "sequence"],
                name="figure_version_sequence_once",
                violation_error_message="Số liệu này vừa được người khác sửa; hãy xem cả hai số rồi chọn.",
            ),
            models.UniqueConstraint(
                fields=["figure", "client_key"],
                condition=~Q(client_key=""),
                name="figure_version_sent_once",
                violation_error_message="Lần gửi này đã được lưu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, phiên bản {self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if self.pk is not None:
            raise RuntimeError("a version of a figure is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only."""
        raise RuntimeError("a version of a figure is never deleted")
