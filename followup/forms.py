"""Reading what people type about obstacles, explanations, inspections, conclusions, records and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from campaign.models import Campaign, ContentArea
from followup.choices import CauseKind, PaperKind, RecordKind, ReminderChannel
from followup.models import Cause
from indicators.models import Indicator
from units.forms import DayField
from units.models import OrgUnit, below_any

CHOOSE = "Chọn"


def area_text(rows: int = 3) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class UnitChoice(forms.ModelChoiceField[OrgUnit]):
    """One of the units that take part in a campaign."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=OrgUnit.objects.none(), empty_label=CHOOSE, **kwargs)


class CampaignForm(forms.Form):
    """A form whose choices come from one campaign: its units, its indicators, its content areas."""

    def __init__(self, campaign: Campaign, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = OrgUnit.objects.filter(participations__campaign=campaign).order_by(
            "kind__position", "position", "sort_key"
        )
        offered: dict[type, Any] = {
            OrgUnit: units,
            Indicator: Indicator.objects.filter(campaign=campaign, is_confidential=False).select_related(
                "area__parent"
            ),
            ContentArea: ContentArea.objects.filter(campaign=campaign).select_related("parent"),
            Cause: Cause.objects.filter(is_offered=True),
        }
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = offered[field.queryset.model]


class GroupedChoices(ModelChoiceIterator[Any]):
    """The choices of a long list under the heading of each group, in the order in which they come."""

    field: GroupedField

    def __iter__(self) -> Iterator[Any]:
        """The empty choice, then each group with its rows."""
        yield "", self.field.empty_label
        groups: dict[str, list[Any]] = {}
        for row in self.queryset:
            groups.setdefault(self.field.group_of(row), []).append(self.choice(row))
        yield from groups.items()


class GroupedField(forms.ModelChoiceField[Any]):
    """A choice of one row out of a long list that is divided by headings."""

    iterator = GroupedChoices

    def group_of(self, row: Any) -> str:
        """The heading under which a row stands."""
        raise NotImplementedError


class CauseChoice(GroupedField):
    """One of the usual causes, those that nobody could help apart from those that the unit could."""

    def __init__(self) -> None:
        super().__init__(
            Cause.objects.none(),
            label="Nguyên nhân cụ thể",
            required=False,
            empty_label="Khác",
            help_text="Chọn ở đây thì loại nguyên nhân lấy theo nhóm của nguyên nhân đã chọn.",
        )

    def group_of(self, cause: Cause) -> str:
        """Khách quan, chủ quan."""
        return str(CauseKind(cause.kind).label)


class AreaChoice(GroupedField):
    """One content area, under its heading."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ContentArea.objects.none(), label="Nội dung thi đua", **kwargs)

    def group_of(self, area: ContentArea) -> str:
        """The heading of the area of the first order."""
        return (area.parent or area).heading

    def label_from_instance(self, area: ContentArea) -> str:
        """The whole area by its number, what is below it by its short title."""
        return area.short_title if area.parent else f"{area.heading} (cả nội dung)"


class HeadingsChoice(forms.ModelMultipleChoiceField[ContentArea]):
    """Content areas of the first order, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ContentArea.objects.none(), **kwargs)

    def label_from_instance(self, area: ContentArea) -> str:
        """Its number and short title."""
        return area.heading


class IndicatorChoice(GroupedField):
    """One indicator or task, under the heading of its content area."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Indicator.objects.none(), required=False, **kwargs)

    def group_of(self, indicator: Indicator) -> str:
        """The heading of its area of the first order."""
        return (indicator.area.parent or indicator.area).heading


class ObstacleForm(CampaignForm):
    """What stands in the way; beside a figure the unit and the indicator are known."""

    unit = UnitChoice(label="Đơn vị", error_messages={"required": "Chọn đơn vị gặp vướng mắc."})
    indicator = IndicatorChoice(label="Chỉ tiêu, nhiệm vụ liên quan", empty_label="Không riêng chỉ tiêu nào")
    kind = forms.ChoiceField(
        label="Nguyên nhân",
        choices=CauseKind.choices,
        help_text="Nguyên nhân khách quan đứng cạnh số liệu, không làm thay đổi số liệu.",
    )
    cause = CauseChoice()
    title = forms.CharField(
        label="Vướng mắc",
        max_length=200,
        help_text="Một câu: vướng ở đâu, ảnh hưởng gì.",
        error_messages={"required": "Ghi vướng mắc trong một câu."},
    )
    text = forms.CharField(label="Mô tả, đề xuất", required=False, max_length=4000, widget=area_text(4))

    def beside_a_figure(self) -> ObstacleForm:
        """The same form where the figure already says whose and what."""
        del self.fields["unit"], self.fields["indicator"]
        return self


class StepForm(CampaignForm):
    """What a step of an obstacle or explanation brings along; the service says what is missing for which step."""

    version = forms.IntegerField()
    text = forms.CharField(required=False, max_length=4000)
    owner_unit = UnitChoice(required=False)
    owner = forms.CharField(required=False, max_length=160)
    due_on = DayField(required=False)
    proof_note = forms.CharField(required=False, max_length=200)
    file = forms.FileField(required=False)
    cause_kind = forms.ChoiceField(required=False, choices=[("", CHOOSE), *CauseKind.choices])
    cause = CauseChoice()
    cause_text = forms.CharField(required=False, max_length=4000)
    remedy = forms.CharField(required=False, max_length=4000)
    remedy_due_on = DayField(required=False)

    def brought(self) -> dict[str, Any]:
        """What was brought along, by the names of the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CommentForm(forms.Form):
    """Something said, with a file where there is one."""

    text = forms.CharField(required=False, max_length=4000)
    file = forms.FileField(required=False)


class AskForm(CampaignForm):
    """What is asked of a unit, about which indicator, until when."""

    kind = forms.ChoiceField(label="Hình thức")
    unit = UnitChoice(label="Đơn vị", error_messages={"required": "Chọn đơn vị."})
    indicator = IndicatorChoice(label="Về chỉ tiêu, nhiệm vụ", empty_label="Việc chung của đơn vị")
    question = forms.CharField(
        label="Nội dung yêu cầu",
        max_length=4000,
        widget=area_text(4),
        error_messages={"required": "Ghi nội dung yêu cầu để đơn vị biết cần trả lời việc gì."},
    )
    due_on = DayField(label="Trả lời chậm nhất ngày", error_messages={"required": "Chọn hạn trả lời."})


class InspectionForm(CampaignForm):
    """An inspection: what, of whom, by whom, when."""

    name = forms.CharField(
        label="Nội dung kiểm tra", max_length=300, error_messages={"required": "Ghi nội dung kiểm tra."}
    )
    units = forms.ModelMultipleChoiceField(
        OrgUnit.objects.none(),
        label="Đơn vị được kiểm tra",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
        error_messages={"required": "Chọn ít nhất một đơn vị được kiểm tra."},
    )
    areas = HeadingsChoice(label="Nội dung thi đua", required=False)
    led_by = forms.CharField(label="Trưởng đoàn (chức danh)", required=False, max_length=160)
    starts_on = DayField(label="Từ ngày", error_messages={"required": "Chọn ngày kiểm tra."})
    ends_on = DayField(label="Đến ngày", required=False)

    def __init__(self, campaign: Campaign, *args: Any, **kwargs: Any) -> None:
        super().__init__(campaign, *args, **kwargs)
        self.fields["areas"].queryset = ContentArea.objects.filter(  # type: ignore[attr-defined]
            campaign=campaign, parent=None
        )


class FindingsForm(forms.Form):
    """What an inspection found."""

    strengths = forms.CharField(label="Ưu điểm", required=False, max_length=8000, widget=area_text(3))
    shortcomings = forms.CharField(label="Tồn tại, hạn chế", required=False, max_length=8000, widget=area_text(3))


class PaperForm(CampaignForm):
    """A paper of an inspection."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=PaperKind.choices)
    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, error_messages={"required": "Ghi số, ký hiệu văn bản."}
    )
    dated = DayField(label="Ngày", error_messages={"required": "Ghi ngày văn bản."})
    unit = UnitChoice(label="Lập tại đơn vị", required=False)
    file = forms.FileField(label="Tệp", required=False)


class ConclusionForm(forms.Form):
    """What a meeting concluded."""

    meeting = forms.CharField(label="Cuộc họp", max_length=300, error_messages={"required": "Ghi tên cuộc họp."})
    chaired_by = forms.CharField(label="Chủ trì (chức danh)", required=False, max_length=160)
    dated = DayField(label="Ngày thông báo kết luận", error_messages={"required": "Ghi ngày."})
    number = forms.CharField(label="Số, ký hiệu", required=False, max_length=60)
    text = forms.CharField(label="Nội dung chính", required=False, max_length=8000, widget=area_text(4))
    file = forms.FileField(label="Tệp", required=False)


class ActionForm(CampaignForm):
    """One thing that somebody has to do by a day."""

    text = forms.CharField(
        label="Việc phải làm", max_length=2000, widget=area_text(2), error_messages={"required": "Ghi việc phải làm."}
    )
    owner_unit = UnitChoice(label="Đơn vị thực hiện", error_messages={"required": "Chọn đơn vị thực hiện."})
    owner = forms.CharField(label="Người thực hiện", required=False, max_length=160)
    indicator = IndicatorChoice(label="Chỉ tiêu liên quan", empty_label="Không riêng chỉ tiêu nào")
    area = AreaChoice(required=False, empty_label="Theo chỉ tiêu")
    due_on = DayField(label="Hạn", error_messages={"required": "Chọn hạn."})


class ResultForm(forms.Form):
    """The result of an action item."""

    result = forms.CharField(
        label="Kết quả", max_length=4000, widget=area_text(3), error_messages={"required": "Ghi kết quả đã làm được."}
    )
    file = forms.FileField(label="Tệp chứng minh", required=False)


class ReopenForm(forms.Form):
    """Why something goes back, and until when."""

    reason = forms.CharField(
        label="Lý do", max_length=2000, error_messages={"required": "Ghi lý do mở lại để đơn vị biết còn thiếu gì."}
    )
    due_on = DayField(label="Hạn mới", required=False)


class RecordForm(CampaignForm):
    """A good example, a piece of news, a proposal of praise."""

    kind = forms.ChoiceField(label="Loại", choices=RecordKind.choices)
    title = forms.CharField(
        label="Tên tập thể, cá nhân, mô hình; hoặc đầu đề tin, bài",
        max_length=300,
        error_messages={"required": "Ghi tên hoặc đầu đề."},
    )
    area = AreaChoice(empty_label=CHOOSE, error_messages={"required": "Chọn nội dung thi đua."})
    unit = UnitChoice(label="Của đơn vị", required=False)
    happened_on = DayField(label="Ngày", error_messages={"required": "Ghi ngày."})
    text = forms.CharField(label="Thành tích, cách làm", required=False, max_length=4000, widget=area_text(3))
    outlet = forms.CharField(label="Đăng, phát ở (tin, bài)", required=False, max_length=200)
    link = forms.URLField(
        label="Địa chỉ trang (tin, bài)",
        required=False,
        max_length=500,
        assume_scheme="https",
        # A browser's own check of addresses would refuse one without https://, which we add.
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": "Địa chỉ trang không đọc được. Chép cả địa chỉ, ví dụ baokontum.com.vn/bai-viet."},
    )
    file = forms.FileField(label="Tệp", required=False)

    def of_units(self, paths: tuple[str, ...]) -> RecordForm:
        """The same form for people of some units: only these and what is below them are offered."""
        units = self.fields["unit"]
        units.queryset = units.queryset.filter(below_any("path", paths))  # type: ignore[attr-defined]
        return self


class RemindForm(forms.Form):
    """Which units are reminded, by which ways, until when."""

    units = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Chọn ít nhất một đơn vị để đôn đốc."}
    )
    channels = forms.MultipleChoiceField(
        choices=ReminderChannel.choices, error_messages={"required": "Chọn ít nhất một cách gửi."}
    )
    answer_by = DayField(error_messages={"required": "Chọn ngày đề nghị làm xong."})
    note = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        chosen = data.getlist("units") if hasattr(data, "getlist") else []
        self.fields["units"].choices = [(one, one) for one in chosen if one.isdigit()]  # type: ignore[attr-defined]


class PolicyForm(forms.Form):
    """How often is enough, and when the leaders hear of it."""

    quiet_days = forms.IntegerField(label="Không nhắc lại trong (ngày)", min_value=0, max_value=60)
    escalate_after = forms.IntegerField(label="Báo lãnh đạo sau (lần nhắc)", min_value=0, max_value=20)


class DeliveryForm(forms.Form):
    """A way by which a reminder went outside the program."""

    channel = forms.ChoiceField(
        label="Cách gửi",
        choices=[pair for pair in ReminderChannel.choices if pair[0] in ("zalo", "letter", "phone")],
    )
    recipient = forms.CharField(label="Người nhận", required=False, max_length=300)
    document = forms.CharField(label="Số công văn", required=False, max_length=60)


class AnswerForm(forms.Form):
    """What a unit answers to a reminder."""

    answer = forms.CharField(
        label="Trả lời", max_length=4000, widget=area_text(3), error_messages={"required": "Ghi nội dung trả lời."}
    )
