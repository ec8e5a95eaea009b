"""The campaign document: its passages word for word, legal bases, content areas, recipients and duties."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaign.choices import PassageKind
from campaign.models.campaign import Campaign
from units.models import Definition, DefinitionQuerySet, OrgUnit


class Passage(models.Model):
    """One piece of the campaign document, word for word; citations point here."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="passages", verbose_name="phong trào")
    key = models.SlugField("khóa", max_length=60)
    kind = models.CharField("phần", max_length=12, choices=PassageKind.choices, default=PassageKind.BODY)
    numbering = models.CharField("số mục trên văn bản", max_length=20, blank=True)
    title = models.CharField("tiêu đề", max_length=300, blank=True)
    text = models.TextField("nguyên văn")
    page = models.PositiveSmallIntegerField("trang", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "đoạn văn bản"
        verbose_name_plural = "đoạn văn bản"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"],
                name="passage_key_once",
                violation_error_message="Khóa đoạn văn bản bị trùng.",
            )
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Where it stands, in words: "mục 2.3", "chú thích 9"; a dash has no number to be called by."""
        if self.kind == PassageKind.FOOTNOTE:
            return f"chú thích {self.numbering}"
        if self.number:
            return f"mục {self.number}"
        return self.title or ("gạch đầu dòng" if self.numbering else "phần mở đầu")

    @property
    def number(self) -> str:
        """The number by which people call it, without the dot behind it; a dash is none."""
        return self.numbering.rstrip(".") if self.numbering.strip("-–+•") else ""

    @property
    def verbatim(self) -> str:
        """The passage as the document has it, with the number or dash that it begins with."""
        return self.text if self.kind == PassageKind.FOOTNOTE else f"{self.numbering} {self.text}".lstrip()


class LegalBasis(models.Model):
    """A document that the campaign rests on or cites."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="legal_bases", verbose_name="phong trào"
    )
    number = models.CharField("số, ký hiệu", max_length=80)
    dated = models.DateField("ngày", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    about = models.TextField("trích yếu", blank=True)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nêu tại"
    )
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "căn cứ"
        verbose_name_plural = "căn cứ"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="legal_basis_once", violation_error_message="Căn cứ này đã có."
            )
        ]

    def __str__(self) -> str:
        return self.number


class ContentArea(Definition):
    """A content area (nội dung thi đua) in the document's own numbering and text."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="areas", verbose_name="phong trào")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc nội dung"
    )
    key = models.SlugField("khóa", max_length=60)
    numbering = models.CharField("số mục", max_length=20, blank=True, help_text="Đúng như trong văn bản: 2.1, -, a).")
    title = models.CharField("tên nội dung", max_length=300)
    short_title = models.CharField("tên ngắn", max_length=80)
    text = models.TextField("nguyên văn", blank=True)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="areas", verbose_name="đoạn văn bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung thi đua"
        verbose_name_plural = "nội dung thi đua"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"],
                name="content_area_key_once",
                violation_error_message="Khóa nội dung bị trùng.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="content_area_not_its_own_part",
                violation_error_message="Một nội dung không thuộc chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numbering} {self.title}".strip()

    @property
    def number(self) -> str:
        """The number by which people call it; a dash is none."""
        return self.numbering if self.numbering.strip("-–+•") else ""

    @property
    def heading(self) -> str:
        """Its number and short title, as a table is divided by it."""
        return f"{self.number} {self.short_title}".strip()


class Recipient(models.Model):
    """A line of Nơi nhận in the campaign document."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="recipients", verbose_name="phong trào"
    )
    text = models.CharField("nơi nhận", max_length=300)
    note = models.CharField("để", max_length=20, blank=True, help_text="b/c, đ/b, p/h …")
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "position"],
                name="recipient_position_once",
                violation_error_message="Thứ tự bị trùng.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Duty(models.Model):
    """A duty of the part "Tổ chức thực hiện": who is to do what in running the campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="duties", verbose_name="phong trào")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+", verbose_name="đoạn văn bản")
    text = models.TextField("nội dung")
    bearer = models.CharField("giao cho", max_length=300)
    units = models.ManyToManyField(OrgUnit, blank=True, related_name="duties", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "trách nhiệm tổ chức thực hiện"
        verbose_name_plural = "trách nhiệm tổ chức thực hiện"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "position"], name="duty_position_once", violation_error_message="Thứ tự bị trùng."
            )
        ]

    def __str__(self) -> str:
        return self.bearer


class AreaOversight(models.Model):
    """A leader's field: the content areas a vice chairman looks after."""

    area = models.ForeignKey(ContentArea, on_delete=models.CASCADE, related_name="overseers", verbose_name="nội dung")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="overseen_areas", verbose_name="lãnh đạo"
    )

    class Meta:
        verbose_name = "lĩnh vực phụ trách"
        verbose_name_plural = "lĩnh vực phụ trách"
        ordering = ["area", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "user"],
                name="area_oversight_once",
                violation_error_message="Lãnh đạo này đã phụ trách nội dung đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.area}"
