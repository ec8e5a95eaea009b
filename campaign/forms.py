"""What the standing body types to begin a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.choices import CalendarRule
from campaign.models import Campaign
from campaign.rules.calendar import PeriodWindow
from units.choices import STANDING_ROLES
from units.forms import DayField
from units.models import OrgUnit, User
from vietnamese.dates import read_date
from vietnamese.numbers import read_number
from vietnamese.text import nfc


class PrepareForm(forms.Form):
    """A campaign to begin: blank, or with the units, owners and paths of an earlier one."""

    standing_body = forms.ModelChoiceField(
        OrgUnit.objects.none(),
        label="Cơ quan thường trực thi đua",
        empty_label=None,
        error_messages={"required": "Chọn cơ quan thường trực thi đua."},
    )
    name = forms.CharField(
        label="Tên phong trào, như ghi trong văn bản",
        max_length=300,
        error_messages={"required": "Ghi tên phong trào thi đua."},
    )
    short_name = forms.CharField(
        label="Tên ngắn",
        help_text="Hiện ở đầu mỗi trang, ví dụ: Thi đua năm 2026.",
        max_length=120,
        error_messages={"required": "Ghi tên ngắn của phong trào."},
    )
    starts_on = DayField(label="Từ ngày", error_messages={"required": "Ghi ngày bắt đầu."})
    ends_on = DayField(label="Đến hết ngày", error_messages={"required": "Ghi ngày kết thúc."})
    calendar_rule = forms.ChoiceField(label="Cách cắt kỳ báo cáo tháng", choices=CalendarRule.choices)
    due_day_of_month = forms.IntegerField(
        label="Hạn gửi: ngày trong tháng",
        help_text="Chung cho các đơn vị; chia nhóm có hạn khác nhau ở trang thiết lập.",
        min_value=1,
        max_value=28,
        error_messages={
            "required": "Ghi ngày hạn gửi trong tháng, từ 1 đến 28.",
            "invalid": "Hạn gửi là một ngày trong tháng, từ 1 đến 28.",
            "min_value": "Hạn gửi là một ngày trong tháng, từ 1 đến 28.",
            "max_value": "Hạn gửi là một ngày trong tháng, từ 1 đến 28.",
        },
    )
    previous = forms.ModelChoiceField(
        Campaign.objects.none(),
        label="Lấy đơn vị, phân giao, lộ trình của đợt trước",
        empty_label="Không, lập mới",
        required=False,
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        units = user.unit_ids_with(*STANDING_ROLES)
        standing, previous = self.fields["standing_body"], self.fields["previous"]
        standing.queryset = OrgUnit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        earlier = Campaign.objects.launched().filter(standing_body__in=units)
        previous.queryset = earlier  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        return cleaned


class DocumentForm(forms.Form):
    """The campaign document as a file."""

    file = forms.FileField(
        label="Văn bản phát động hoặc kế hoạch thi đua",
        help_text="Tệp Word .docx, PDF xuất từ Word, hoặc .txt. Bản quét không có lớp chữ thì không đọc được.",
        error_messages={"required": "Chọn tệp văn bản.", "empty": "Tệp không có nội dung. Chọn lại tệp."},
    )


LENGTHS = [(1, "1 tháng"), (2, "2 tháng"), (3, "3 tháng (quý)"), (6, "6 tháng"), (12, "Cả năm")]
#: New groups that may be added at once beside those that are there.
MORE_TIERS = 2


class CalendarForm(forms.Form):
    """The days of a campaign and how its periods are cut."""

    starts_on = DayField(label="Từ ngày", error_messages={"required": "Ghi ngày bắt đầu."})
    ends_on = DayField(label="Đến hết ngày", error_messages={"required": "Ghi ngày kết thúc."})
    year_starts_on = DayField(
        label="Lũy kế năm tính từ ngày",
        help_text="Ví dụ 15/12 năm trước.",
        error_messages={"required": "Ghi ngày bắt đầu tính lũy kế năm."},
    )
    calendar_rule = forms.ChoiceField(label="Cách cắt kỳ báo cáo", choices=CalendarRule.choices)
    length = forms.TypedChoiceField(label="Độ dài mỗi kỳ", choices=LENGTHS, coerce=int, initial=1)
    windows = forms.CharField(
        label="Danh sách kỳ tự đặt",
        help_text="Chỉ khi chọn “Theo danh sách kỳ tự đặt”. Mỗi dòng một kỳ: Tên; từ ngày; đến ngày.",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Days in order; each line of a given list read as a period."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        if cleaned.get("calendar_rule") == CalendarRule.GIVEN:
            cleaned["windows"] = self._windows(str(cleaned.get("windows") or ""))
        else:
            cleaned["windows"] = []
        return cleaned

    def _windows(self, text: str) -> list[PeriodWindow]:
        found: list[PeriodWindow] = []
        for number, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
            parts = [part.strip() for part in line.replace("\t", ";").split(";")]
            days = [read_date(part) for part in parts[1:]]
            if len(parts) != 3 or not parts[0] or any(day.value is None for day in days):
                fault = next((day.error for day in days if day.error), "ghi Tên; từ ngày; đến ngày.")
                self.add_error("windows", f"Dòng {number}: {fault}")
                continue
            first, last = (day.value for day in days)
            assert first is not None
            assert last is not None
            found.append(PeriodWindow(number, nfc(parts[0])[:60], last.month, first, last))
        return found


class BandForm(forms.Form):
    """From which percent of what is expected a row is ahead, on track, behind."""

    ahead_from = forms.CharField(label="Vượt tiến độ từ (% phải đạt đến nay)", max_length=10)
    on_track_from = forms.CharField(label="Đúng tiến độ từ (%)", max_length=10)
    behind_from = forms.CharField(
        label="Chậm từ (%)", help_text="Dưới mức này là có khả năng không đạt.", max_length=10
    )

    def clean(self) -> dict[str, Any]:
        """Three percentages, falling."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("ahead_from", "on_track_from", "behind_from"):
            reading = read_number(str(cleaned.get(name, "")), decimals=2)
            if reading.value is None or not 0 <= reading.value <= 1000:
                self.add_error(name, reading.error or "Ghi số phần trăm, từ 0 đến 1.000.")
            else:
                cleaned[name] = reading.value
        if not self.errors and not cleaned["ahead_from"] > cleaned["on_track_from"] > cleaned["behind_from"]:
            self.add_error("ahead_from", "Ba mức phải giảm dần: vượt tiến độ, đúng tiến độ, chậm.")
        return cleaned


class ReviseBandForm(BandForm):
    """Other bands for the periods to come."""

    valid_from = DayField(
        label="Áp dụng từ ngày",
        help_text="Cho các kỳ có ngày cuối từ ngày này trở đi; kỳ đã hết giữ ngưỡng cũ.",
        error_messages={"required": "Ghi ngày áp dụng."},
    )
    reason = forms.CharField(
        label="Căn cứ, lý do", max_length=300, error_messages={"required": "Ghi căn cứ, lý do đặt ngưỡng mới."}
    )


class DecisionForm(forms.Form):
    """The ground of a change after the launch."""

    reason = forms.CharField(
        label="Lý do điều chỉnh", max_length=300, error_messages={"required": "Ghi lý do điều chỉnh."}
    )
    number = forms.CharField(
        label="Số quyết định", max_length=80, error_messages={"required": "Ghi số của quyết định điều chỉnh."}
    )
    decided_on = DayField(label="Ngày quyết định", error_messages={"required": "Ghi ngày của quyết định."})
    file = forms.FileField(label="Tệp quyết định", required=False)


class ReviseForm(DecisionForm):
    """A target to revise: whose, the new amount, from when it holds."""

    row = forms.ChoiceField(label="Giao cho", error_messages={"required": "Chọn đơn vị."})
    amount = forms.CharField(label="Số điều chỉnh", max_length=40, error_messages={"required": "Ghi số điều chỉnh."})
    valid_from = DayField(label="Áp dụng từ ngày", error_messages={"required": "Ghi ngày áp dụng."})
    set_by = forms.CharField(label="Cơ quan giao", required=False, max_length=200)
    field_order = ["row", "amount", "valid_from", "reason", "number", "decided_on", "set_by", "file"]

    def __init__(self, choices: Sequence[tuple[str, str]], decimals: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].choices = choices  # type: ignore[attr-defined]
        self.decimals = decimals

    def clean_amount(self) -> Decimal:
        """The number as people write it; one that can be read in two ways is asked back."""
        text = str(self.cleaned_data["amount"])
        reading = read_number(text, decimals=self.decimals)
        if reading.value is None or reading.is_ambiguous:
            raise ValidationError(reading.error or f"“{text}” có thể hiểu hai cách: {reading.echo} Ghi lại cho rõ.")
        return reading.value


class FromPeriodForm(DecisionForm):
    """From which period something begins or is no longer owed."""

    first = forms.ChoiceField(label="Từ kỳ", error_messages={"required": "Chọn kỳ."})
    field_order = ["first", "reason", "number", "decided_on", "file"]

    def __init__(self, periods: Sequence[tuple[str, str]], usual: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = [("", "Chọn kỳ"), *periods]  # type: ignore[attr-defined]
        self.fields["first"].initial = usual


class AllocationForm(DecisionForm):
    """Who gives the targets and by which decision; after the launch also why and from when they are revised."""

    set_by = forms.CharField(label="Cơ quan giao", required=False, max_length=200)
    valid_from = DayField(label="Áp dụng từ ngày", error_messages={"required": "Ghi ngày áp dụng."})
    field_order = ["set_by", "number", "decided_on", "reason", "valid_from", "file"]

    def __init__(self, *args: Any, is_revision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_revision:
            for name in ("reason", "valid_from", "file"):
                del self.fields[name]
            self.fields["number"].required = self.fields["decided_on"].required = False
