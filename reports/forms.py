"""What the office types about reports: a new one, its choices, number and day of the signed one, a file to check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from campaign.models import Campaign, ContentArea, Period, last_ended
from reports.choices import Basis, BatchKind, SignedAs, Signer
from reports.exports.kind import Kind
from reports.exports.kinds import KINDS
from reports.tables.batches import PeriodChoice
from units import clock
from units.models import OrgUnit
from vietnamese.dates import read_date, read_moment


class DayField(forms.CharField):
    """A day as people in offices write it."""

    def clean(self, value: Any) -> Any:
        """The day, or the sentence that says what cannot be read."""
        reading = read_date(str(super().clean(value)))
        if reading.error:
            raise ValidationError(reading.error)
        return reading.value


class MomentField(forms.CharField):
    """A moment: "14/11/2024" (the end of the day), or "14/11/2024, 16:30"."""

    def clean(self, value: Any) -> Any:
        """The moment, None where nothing was written."""
        reading = read_moment(str(super().clean(value) or ""))
        if reading.error:
            raise ValidationError(reading.error)
        return reading.value


def _headings(campaign: Campaign) -> models.QuerySet[ContentArea]:
    """The content areas of the first order in which something is reported."""
    bearing = models.Q(indicators__isnull=False) | models.Q(children__isnull=False)
    return ContentArea.objects.filter(bearing, campaign=campaign, parent=None).distinct().order_by("position")


class OpenForm(forms.Form):
    """A report to begin: which kind, of which period, in whose name, on which figures."""

    kind = forms.ChoiceField(label="Loại báo cáo")
    period = forms.ModelChoiceField(Period.objects.none(), label="Kỳ báo cáo", empty_label=None)
    issuer = forms.ModelChoiceField(OrgUnit.objects.none(), label="Cơ quan ban hành", empty_label=None)
    basis = forms.ChoiceField(label="Số liệu", choices=Basis.choices)
    area = forms.ModelChoiceField(
        ContentArea.objects.none(),
        label="Nội dung thi đua (báo cáo theo nội dung)",
        required=False,
        empty_label="không chọn",
    )
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(), label="Đơn vị (phiếu đánh giá)", required=False, empty_label="mọi đơn vị"
    )

    def __init__(self, campaign: Campaign, periods: list[Period], data: Any = None) -> None:
        super().__init__(data)
        offered = [(kind.key, kind.label) for kind in KINDS.values() if not kind.is_own]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        period, issuer = self.fields["period"], self.fields["issuer"]
        period.initial = last_ended(periods, clock.today())
        period.queryset = Period.objects.filter(pk__in=[one.pk for one in periods]).order_by("-number")  # type: ignore[attr-defined]
        pks = [campaign.standing_body_id, campaign.authority_id]
        issuer.queryset = OrgUnit.objects.filter(pk__in=pks).order_by("-path")  # type: ignore[attr-defined]
        area, unit = self.fields["area"], self.fields["unit"]
        area.queryset = _headings(campaign)  # type: ignore[attr-defined]
        area.label_from_instance = lambda one: f"{one.numbering} {one.title}".strip()  # type: ignore[attr-defined]
        unit.queryset = OrgUnit.objects.filter(participations__campaign=campaign).distinct()  # type: ignore[attr-defined]
        issuer.label_from_instance = lambda unit: unit.official_name  # type: ignore[attr-defined]


class ChoicesForm(forms.Form):
    """What the office chooses of a draft; what is left empty is as usual."""

    basis = forms.ChoiceField(label="Số liệu", choices=Basis.choices)
    as_of = MomentField(
        label="Số liệu tính đến lúc",
        required=False,
        help_text="Để trống: số liệu lúc mở báo cáo. Ví dụ: 05/11/2024, 16:30.",
    )
    about = forms.CharField(label="Trích yếu", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    addressees = forms.CharField(label="Kính gửi", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    recipients = forms.CharField(label="Nơi nhận", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    kept = forms.CharField(label="Lưu", required=False, max_length=80)
    signer = forms.ChoiceField(label="Người ký", choices=Signer.choices)
    signer_name = forms.CharField(label="Họ và tên người ký", required=False, max_length=120)
    printed = forms.MultipleChoiceField(
        label="Phần và phụ lục được in", required=False, widget=forms.CheckboxSelectMultiple
    )
    has_code_on_text = forms.BooleanField(label="In mã tra cứu ở cuối báo cáo", required=False)
    has_code_on_annexes = forms.BooleanField(label="In mã tra cứu ở phụ lục", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = [(one.key, one.label) for one in kind.sections]
        self.parts += [(one.key, f"Phụ lục: {one.label}") for one in kind.annexes]
        self.fields["printed"].choices = self.parts  # type: ignore[attr-defined]
        for name in kind.not_chosen:
            del self.fields[name]

    def choices(self) -> dict[str, Any]:
        """The values for the service."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("printed", "version")}
        printed = set(self.cleaned_data["printed"])
        return {**values, "left_out": [key for key, _ in self.parts if key not in printed]}


class IssueForm(forms.Form):
    """Number, day and signer of the e-office, with the signed file."""

    number = forms.CharField(label="Số, ký hiệu", max_length=60)
    signed_on = DayField(
        label="Ngày ký, ban hành",
        widget=forms.TextInput(attrs={"class": "day", "inputmode": "numeric", "placeholder": "ngày/tháng/năm"}),
    )
    signer = forms.CharField(label="Người ký", max_length=200, help_text="Chức vụ, họ và tên.")
    signed_file = forms.FileField(label="Tệp bản đã ký (PDF)", required=False)


class SignForm(forms.Form):
    """Whose signature, and the password or PIN of the key; it is used once and kept nowhere."""

    signed_as = forms.ChoiceField(label="Chữ ký của", choices=SignedAs.choices)
    secret = forms.CharField(
        label="Mật khẩu chứng thư hoặc mã PIN",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        help_text="Dùng một lần cho lần ký này, không lưu lại.",
        error_messages={"required": "Nhập mật khẩu chứng thư hoặc mã PIN."},
    )


class BatchForm(forms.Form):
    """Files to be made in the background: which, of which period."""

    period = forms.ChoiceField(label="Kỳ báo cáo")
    kind = forms.ChoiceField(label="Loại tệp", choices=BatchKind.choices)

    def __init__(self, choices: Sequence[PeriodChoice], data: Any = None) -> None:
        super().__init__(data)
        self.choices = {str(one.period.pk): one for one in choices}
        self.fields["period"].choices = [(pk, one.label) for pk, one in self.choices.items()]  # type: ignore[attr-defined]
        over = last_ended((one.period for one in choices), clock.today())
        self.fields["period"].initial = str(over.pk) if over else None

    @property
    def chosen(self) -> PeriodChoice:
        """The period that was chosen."""
        return self.choices[self.cleaned_data["period"]]


class TemplateForm(forms.Form):
    """The office's own Word template."""

    template = forms.FileField(label="Tệp mẫu (.docx)", error_messages={"required": "Chọn tệp mẫu .docx."})


class CheckForm(forms.Form):
    """A copy to be checked."""

    code = forms.CharField(label="Mã tra cứu", max_length=16)
    copy = forms.FileField(label="Tệp cần đối chiếu", required=False)
