"""What people type, read once: one row of figures, a move of a report, an upload.

The row has a plain parser: a Django form for each of eighty rows costs more than the whole page. The grid, the form
sent without script and the Excel template give it the same texts under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms

from campaign.choices import PeriodKind
from campaign.models import Campaign
from indicators.choices import Channel, FigureState, IndicatorKind, TaskStatus, TimeRule
from indicators.models import Denominator, Figure, Indicator
from units.choices import Origin
from units.forms import DayField
from units.models import OrgUnit
from vietnamese.dates import read_date
from vietnamese.numbers import read_number
from vietnamese.text import fold, nfc

#: Typed in place of a number, these say that nothing arose.
NOTHING_AROSE_WORDS = frozenset({"khong phat sinh", "kps", "kph", "ko phat sinh", "k phat sinh"})


@dataclass(frozen=True)
class Question:
    """A number that could mean two things: what was typed, and how it was understood."""

    typed: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass
class FigureForm:
    """One row read: the values to write, and beside each field that could not be read its sentence.

    Names are columns of a figure (``amount``, ``note`` …) and ``denominator-<id>``; on a page with many rows each
    carries the suffix ``-<figure id>``. ``sure`` holds the text that the person confirmed after a question.
    """

    figure: Figure
    data: Mapping[str, str]
    denominators: Sequence[Denominator] = ()
    suffix: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.figure.kind in (IndicatorKind.QUANTITY, IndicatorKind.RATIO):
            self._read_numbers()
        else:
            self._read_task()
        self._read_texts()
        if self.figure.is_copied and self.is_ticked("kept"):
            self.values["is_copied"] = False

    def is_valid(self) -> bool:
        """True when every field was read and nothing is in question."""
        return not self.errors and not self.questions

    def has_changes(self) -> bool:
        """True when some value differs from what the row holds now."""
        return any(_differs(getattr(self.figure, name), value) for name, value in self.values.items())

    def typed(self, name: str) -> str | None:
        """The text as it came, or None where the field was not sent."""
        text = self.data.get(f"{name}{self.suffix}")
        return None if text is None else nfc(text).strip()

    def is_ticked(self, name: str) -> bool:
        """True for a ticked box."""
        return bool(self.typed(name))

    def _read_numbers(self) -> None:
        """The amount, its state, its denominators and the estimate for the year."""
        text = self.typed("amount")
        if text is not None:
            self._read_state_and_amount(text)
            self.values["is_estimate"] = self.is_ticked("is_estimate")
            if self.figure.assignment.indicator.time_rule == TimeRule.FLOW:
                self.values["is_cumulative"] = self.is_ticked("is_cumulative")
        year = self.typed("year_estimate")
        if year is not None:
            self._read_amount("year_estimate", year)
        self._read_denominators()

    def _read_state_and_amount(self, text: str) -> None:
        """A number, "không phát sinh", or nothing yet; never two of them."""
        is_nothing = fold(text) in NOTHING_AROSE_WORDS
        if is_nothing or (self.is_ticked("nothing_arose") and not text):
            self.values |= {"state": FigureState.NOTHING_AROSE, "amount": None}
        elif self.is_ticked("nothing_arose"):
            self.errors["amount"] = f"Vừa có số “{text}” vừa đánh dấu “Không phát sinh”. Bỏ một trong hai."
        else:
            self._read_amount("amount", text)
            if "amount" in self.values:
                reported = self.values["amount"] is not None
                self.values["state"] = FigureState.REPORTED if reported else FigureState.NOT_REPORTED

    def _read_amount(self, name: str, text: str) -> None:
        """One number into its column; an empty text clears it."""
        number = self._number(name, text)
        if name not in self.errors and name not in self.questions:
            self.values[name] = number

    def _number(self, name: str, text: str) -> Decimal | None:
        """The number that the text means; a sentence or a question is kept where it means none for certain."""
        indicator = self.figure.assignment.indicator
        reading = read_number(text, decimals=indicator.decimals, unit=indicator.unit_of_measure)
        if reading.error:
            self.errors[name] = reading.error
        elif reading.is_ambiguous and self.typed(f"sure-{name}") != text:
            self.questions[name] = Question(text, reading.echo)
        return reading.value

    def _read_denominators(self) -> None:
        """The reported bases of a ratio, as plain decimal strings."""
        read: dict[str, str | None] = {}
        for denominator in self.denominators:
            name = f"denominator-{denominator.pk}"
            text = self.typed(name)
            if text is None:
                continue
            number = self._number(name, text)
            if name in self.errors:
                self.errors[name] = f"{denominator.name}: {self.errors[name]}"
            elif name not in self.questions:
                read[str(denominator.pk)] = None if number is None else str(number)
        if read:
            self.values["denominators"] = read

    def _read_task(self) -> None:
        """The status of a task, the step of a milestone, the percent and what was done."""
        status = self.typed("task_status")
        if status is None:
            return
        if status and status not in TaskStatus.values:
            self.errors["task_status"] = "Tình hình không có trong danh mục. Chọn lại trong danh sách."
            return
        self.values["task_status"] = status
        self.values["text"] = self.typed("text") or ""
        if self.figure.kind == IndicatorKind.MILESTONE:
            step = self.typed("step") or ""
            self.values["step"] = int(step) if step.isdigit() else None
        reported = status or self.values["text"] or self.values.get("step") is not None
        self.values["state"] = FigureState.REPORTED if reported else FigureState.NOT_REPORTED

    def _read_texts(self) -> None:
        """Note, source of the figure and the day to which it goes."""
        for name, limit in (("note", 2000), ("data_source", 200)):
            text = self.typed(name)
            if text is not None:
                self.values[name] = text[:limit]
        day = self.typed("as_of_on")
        if day is not None:
            self._read_day(day)

    def _read_day(self, text: str) -> None:
        """A day as the browser's field sends it, or as people write it."""
        reading = read_date(text)
        if reading.error:
            self.errors["as_of_on"] = reading.error
        else:
            self.values["as_of_on"] = reading.value


def _differs(held: Any, value: Any) -> bool:
    """Whether a value read differs from the value held; a denominator that was not sent stays."""
    if isinstance(value, dict):
        return any(_as_number(held.get(key)) != _as_number(one) for key, one in value.items())
    return bool(held != value)


def _as_number(text: str | None) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))


class MoveForm(forms.Form):
    """What a move of a report brings along; the service says what is missing for which move."""

    version = forms.IntegerField(required=False)
    reason = forms.CharField(label="Lý do", required=False, max_length=2000)
    marked = forms.TypedMultipleChoiceField(required=False, coerce=int)
    signed_number = forms.CharField(label="Số, ký hiệu bản đã ký", required=False, max_length=60)
    signed_on = DayField(label="Ngày ký", required=False)
    signed_file = forms.FileField(label="Bản quét", required=False)
    held_file = forms.IntegerField(required=False)
    expires_on = DayField(label="Mở lại đến hết ngày", required=False)

    def __init__(self, data: Any, files: Any = None) -> None:
        super().__init__(data, files)
        chosen = data.getlist("marked") if hasattr(data, "getlist") else []
        self.fields["marked"].choices = [(one, one) for one in chosen if one.isdigit()]  # type: ignore[attr-defined]

    def marked_reasons(self) -> dict[int, str]:
        """The marked figures, each with its own reason where one was written (``reason-<id>``)."""
        return {pk: str(self.data.get(f"reason-{pk}", "")).strip() for pk in self.cleaned_data["marked"]}


class UploadForm(forms.Form):
    """One file with its title."""

    file = forms.FileField(
        label="Tệp",
        error_messages={
            "required": "Chọn tệp minh chứng trước khi tải lên.",
            "empty": "Tệp rỗng. Chọn lại tệp có nội dung.",
        },
    )
    title = forms.CharField(label="Tên minh chứng", required=False, max_length=200)


class OnBehalfForm(forms.Form):
    """By which way a unit told what another enters for it (nhập thay)."""

    channel = forms.ChoiceField(
        label="Đơn vị báo qua",
        choices=[("", "Chọn cách báo"), *Channel.choices],
        error_messages={"required": "Chọn đơn vị đã báo qua đâu."},
    )
    informant = forms.CharField(
        label="Người cung cấp",
        help_text="Họ tên, chức vụ người của đơn vị đã báo số liệu.",
        max_length=160,
        error_messages={"required": "Ghi người của đơn vị đã cung cấp số liệu."},
    )
    document = forms.CharField(label="Văn bản kèm theo (số, ký hiệu)", required=False, max_length=160)
    document_on = DayField(label="Ngày văn bản hoặc ngày báo", required=False)


class GroundForm(forms.Form):
    """The ground of a value that the lead department sets beside the unit's."""

    ground = forms.CharField(
        label="Căn cứ đối chiếu",
        help_text="Ví dụ: bảng đối chiếu của Kho bạc Nhà nước đến ngày 14/11/2024.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi căn cứ đối chiếu, ví dụ: số liệu của Kho bạc đến ngày nào."},
    )


class PriorForm(forms.Form):
    """Where figures of last year come from."""

    source = forms.CharField(
        label="Nguồn của các số vừa nhập hoặc sửa",
        help_text="Ví dụ: Báo cáo số …/BC-UBND ngày …; Niên giám thống kê năm trước.",
        max_length=200,
        error_messages={"required": "Ghi nguồn của số cùng kỳ."},
    )
    origin = forms.ChoiceField(label="Loại nguồn", choices=Origin.choices, initial=Origin.OFFICE)


class ReasonForm(forms.Form):
    """Why something is asked again or taken back."""

    reason = forms.CharField(max_length=2000, error_messages={"required": "Ghi lý do để đơn vị biết cần làm gì."})


class ExtendForm(forms.Form):
    """A later due day and its reason."""

    new_due_on = DayField(label="Hạn mới", error_messages={"required": "Chọn hạn mới."})
    reason = forms.CharField(max_length=2000, error_messages={"required": "Ghi lý do gia hạn."})


class CorrectionForm(forms.Form):
    """On what ground a received or closed month is corrected (điều chỉnh số liệu)."""

    reason = forms.CharField(
        label="Lý do điều chỉnh",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do điều chỉnh; lý do được giữ cạnh số mới."},
    )
    document = forms.CharField(
        label="Văn bản điều chỉnh (số, ký hiệu)",
        help_text="Văn bản do thủ trưởng ký. Thủ trưởng tự điều chỉnh thì không bắt buộc.",
        required=False,
        max_length=160,
    )
    document_on = DayField(label="Ngày văn bản", required=False)


class OpenPeriodForm(forms.Form):
    """A quick report or a supplementary period: which day, due when, which indicators, which units."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=[(PeriodKind.FLASH, PeriodKind.FLASH.label), (PeriodKind.SUPPLEMENTARY, "Kỳ bổ sung (cộng dồn)")],
        error_messages={"required": "Chọn báo cáo nhanh hay kỳ bổ sung."},
    )
    name = forms.CharField(
        label="Tên", required=False, max_length=60, help_text="Để trống thì lấy loại và ngày chốt số liệu."
    )
    ends_on = DayField(label="Số liệu đến hết ngày", error_messages={"required": "Ghi ngày chốt số liệu."})
    due_on = DayField(label="Hạn gửi, đến hết ngày", error_messages={"required": "Ghi hạn gửi."})
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(), error_messages={"required": "Chọn ít nhất một chỉ tiêu cần báo cáo."}
    )
    units = forms.ModelMultipleChoiceField(OrgUnit.objects.none(), required=False)

    def __init__(self, campaign: Campaign, data: Any = None) -> None:
        super().__init__(data)
        taking_part = OrgUnit.objects.filter(participations__campaign=campaign)
        self.fields["indicators"].queryset = campaign.indicators.with_figures()  # type: ignore[attr-defined]
        self.fields["units"].queryset = taking_part  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Which of two contradictory claims holds, and on what ground."""

    claim = forms.IntegerField(error_messages={"required": "Chọn một trong các số nêu trong văn bản."})
    ground = forms.CharField(
        max_length=2000,
        error_messages={"required": "Ghi căn cứ của việc chọn, ví dụ: đã đối chiếu với cơ quan nào, ngày nào."},
    )


class ResponseForm(forms.Form):
    """How a unit took the campaign up: plan, day of launching, pledge; levels are read by ``pledges_of``."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    plan_number = forms.CharField(label="Số, ký hiệu kế hoạch hưởng ứng", required=False, max_length=60)
    plan_on = DayField(label="Ngày kế hoạch", required=False)
    plan_file = forms.FileField(label="Tệp kế hoạch", required=False)
    launched_on = DayField(label="Ngày phát động tại đơn vị", required=False)
    pledged_on = DayField(label="Ngày đăng ký, ký giao ước thi đua", required=False)
    pledge_file = forms.FileField(label="Tệp đăng ký, giao ước", required=False)
    note = forms.CharField(label="Ghi chú", required=False, max_length=2000)


def pledges_of(
    data: Mapping[str, str], indicators: Iterable[Indicator]
) -> tuple[dict[int, Decimal | None], dict[int, str]]:
    """The levels typed for each indicator (``pledge-<pk>``; empty takes one away), and what could not be read."""
    found: dict[int, Decimal | None] = {}
    errors: dict[int, str] = {}
    for indicator in indicators:
        text = data.get(f"pledge-{indicator.pk}", "").strip()
        if not text:
            found[indicator.pk] = None
            continue
        reading = read_number(text, decimals=indicator.decimals, unit=indicator.unit_of_measure)
        if reading.error or reading.is_ambiguous:
            errors[indicator.pk] = reading.error or f"{reading.echo} Gõ lại theo cách viết này."
        else:
            found[indicator.pk] = reading.value
    return found, errors
