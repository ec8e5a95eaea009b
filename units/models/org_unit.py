"""Units (đơn vị) in time: kinds and levels as rows, names, codes, spelling variants and successors."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Substr

from units.models.definition import Definition, DefinitionQuerySet
from vietnamese.text import nfc, search_key, sort_key


class Level(models.Model):
    """An administrative level (cấp): a row, never a word in code."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên cấp", max_length=80)
    rank = models.PositiveSmallIntegerField("thứ bậc", help_text="Số nhỏ là cấp trên.")

    class Meta:
        verbose_name = "cấp"
        verbose_name_plural = "cấp"
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


class UnitKind(Definition):
    """A kind of unit (phòng ban, xã, thôn, đoàn thể …): a row, never a word in code."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên loại", max_length=120)
    plural = models.CharField("cách gọi chung", max_length=120, help_text="Ví dụ: các xã, phường.")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_territorial = models.BooleanField("là đơn vị hành chính lãnh thổ", default=False)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "loại đơn vị"
        verbose_name_plural = "loại đơn vị"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class OrgUnitQuerySet(DefinitionQuerySet["OrgUnit"]):
    """Questions about units that chain."""

    def in_force(self, on: date) -> OrgUnitQuerySet:
        """Units that exist on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def at_or_below(self, unit: OrgUnit) -> OrgUnitQuerySet:
        """The unit itself and every unit below it."""
        return self.filter(path__startswith=unit.path)

    def below_paths(self, paths: tuple[str, ...]) -> OrgUnitQuerySet:
        """Units at or below one of the paths; none where there is no path."""
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(path__startswith=path)
        return self.filter(condition)

    def may_take_part(self, authority: OrgUnit) -> OrgUnitQuerySet:
        """Whom a campaign of the authority may take in: the units below it, and those of its level in nobody's tree.

        Tax office, police, Front, enterprises answer to no Committee; they and what stands below them are asked beside.
        """
        beside = self.model.objects.filter(parent=None, level=authority.level_id).exclude(kind=authority.kind_id)
        looked_at = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        outside = Exists(beside.annotate(looked_at=looked_at).filter(looked_at__startswith=F("path")))
        return self.filter(Q(path__startswith=authority.path) | outside).exclude(pk=authority.pk)

    def found_by(self, words: str) -> OrgUnitQuerySet:
        """Units whose name, or another spelling of it, holds the words, whatever their marks; all without words."""
        key = search_key(words)
        if not key:
            return self
        spelt = self.model.objects.filter(variants__search_key__contains=key).values("pk")
        return self.filter(Q(search_key__contains=key) | Q(pk__in=spelt))


class OrgUnit(Definition):
    """A unit (đơn vị) with its present name; earlier names, codes and successors stand beside it."""

    key = models.SlugField("khóa", max_length=80, unique=True, help_text="Khóa tự nhiên, không đổi khi đổi tên.")
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units", verbose_name="loại đơn vị")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="units", verbose_name="cấp")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="đơn vị cấp trên"
    )
    path = models.CharField("đường dẫn trong cây", max_length=255, db_index=True, editable=False, default="")
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80)
    official_name = models.CharField(
        "tên trên văn bản", max_length=255, help_text="Tên ghi ở đầu văn bản, ví dụ: Ủy ban nhân dân xã …"
    )
    place_name = models.CharField("địa danh ghi trên văn bản", max_length=80, blank=True)
    document_code = models.CharField("ký hiệu trên văn bản", max_length=30, blank=True, help_text="Ví dụ: UBND.")
    head_title = models.CharField("chức danh thủ trưởng", max_length=80, default="Thủ trưởng")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    grid_column = models.PositiveSmallIntegerField(
        "cột trên bản đồ ô", null=True, blank=True, help_text="Vị trí tương đối so với các đơn vị bạn, từ 1."
    )
    grid_row = models.PositiveSmallIntegerField("hàng trên bản đồ ô", null=True, blank=True)
    population = models.PositiveIntegerField(
        "dân số (người)", null=True, blank=True, help_text="Để gợi ý chia chỉ tiêu theo dân số; ghi số đã công bố."
    )
    valid_from = models.DateField("có từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    search_key = models.CharField("khóa tìm kiếm", max_length=255, db_index=True, editable=False)
    sort_key = models.CharField("khóa sắp xếp", max_length=400, editable=False)

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["kind__position", "position", "sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="org_unit_dates_in_order",
                violation_error_message="Ngày kết thúc của đơn vị phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="org_unit_has_name",
                violation_error_message="Đơn vị phải có tên.",
            ),
            models.CheckConstraint(
                condition=Q(grid_column=None, grid_row=None)
                | Q(grid_column__isnull=False, grid_row__isnull=False, grid_column__gte=1, grid_row__gte=1),
                name="org_unit_place_on_grid",
                violation_error_message="Vị trí trên bản đồ ô phải có đủ cột và hàng, từ 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text normalised, its keys stored and the path in the tree right."""
        self.name, self.short_name = nfc(self.name), nfc(self.short_name or self.name)
        self.search_key, self.sort_key = search_key(self.name)[:255], sort_key(self.name)[:400]
        if self.pk is None:
            super().save(*args, **kwargs)
            kwargs = {"update_fields": ["path"]}
            args = ()
        before, self.path = self.path, f"{self.parent.path if self.parent else '/'}{self.pk}/"
        super().save(*args, **kwargs)
        if before and before != self.path:
            below = OrgUnit.objects.filter(path__startswith=before).exclude(pk=self.pk)
            below.update(path=Concat(Value(self.path), Substr("path", len(before) + 1)))

    def clean(self) -> None:
        """A unit does not stand below itself."""
        if self.pk and self.parent and f"/{self.pk}/" in self.parent.path:
            raise ValidationError(
                {"parent": f"“{self.parent}” đang thuộc đơn vị này nên không thể là cấp trên của nó."}
            )
