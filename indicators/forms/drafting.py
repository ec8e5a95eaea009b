"""What a person makes of a line of the draft before accepting it: other fields for each kind of line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.choices import Direction, DraftKind, IndicatorKind, Operator, TimeRule, UnitRule
from indicators.models import DraftLine, Indicator
from indicators.rules.drafting.wording import PERCENT
from units.forms import DayField
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed, read_number

#: How exact a percentage and an amount of the draft can be kept.
RATE_DECIMALS, AMOUNT_DECIMALS = 3, 4
NAME_NEEDED = {"required": "Ghi tên của dòng này."}
#: The figure that units report is the percentage itself; kept as a quantity counted in percent.
AS_PERCENT = "percent"
REPORTED = [
    (IndicatorKind.RATIO.value, "Tử số và mẫu số; phần trăm do chương trình tính"),
    (IndicatorKind.QUANTITY.value, "Số lượng, so với số giao"),
    (AS_PERCENT, "Chính con số phần trăm"),
]
TIME_RULES = [
    (TimeRule.FLOW.value, "Số làm được trong kỳ"),
    (TimeRule.RUNNING.value, "Số lũy kế từ đầu năm"),
    (TimeRule.LEVEL.value, "Số tại thời điểm báo cáo"),
]
DIRECTIONS = [
    (Direction.MORE.value, "Nhiều hơn là tốt"),
    (Direction.FEWER.value, "Ít hơn là tốt"),
    (Direction.EXACTLY.value, "Đạt đúng số giao"),
]
UNIT_RULES = [
    (UnitRule.SUM.value, "Cộng số các đơn vị"),
    (UnitRule.LEAD.value, "Lấy số của cơ quan chủ trì"),
    (UnitRule.NONE.value, "Không có số chung"),
]
NUMERIC = (DraftKind.TARGET, DraftKind.OPENING, DraftKind.UNCLEAR)
#: Fields that define an indicator; where it is there already, its definition stands.
OF_INDICATOR = ("area", "kind", "unit_of_measure", "time_rule", "unit_rule", "direction")


def _chosen(label: str, choices: Sequence[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, **kwargs)


def _text(label: str, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **kwargs)


def _name(label: str, length: int = 500) -> forms.CharField:
    return _text(label, length, error_messages=NAME_NEEDED)


def _long(label: str, length: int) -> forms.CharField:
    return _text(label, length, error_messages=NAME_NEEDED, widget=forms.Textarea(attrs={"rows": 3}))


#: The fields of the lines without a number.
PLAIN: dict[str, Callable[[], dict[str, forms.Field]]] = {
    DraftKind.AREA: lambda: {
        "name": _long("Tên nội dung thi đua", 300),
        "numbering": _text("Số mục", 20, required=False),
    },
    DraftKind.PERIOD: lambda: {"starts_on": DayField(label="Từ ngày"), "ends_on": DayField(label="Đến hết ngày")},
    DraftKind.BASIS: lambda: {
        "name": _name("Số, ký hiệu (luật: tên)", 80),
        "dated": DayField(label="Ngày ban hành", required=False),
        "issuer": _text("Cơ quan ban hành", 200, required=False),
        "about": _text("Trích yếu", 500, required=False),
    },
    DraftKind.RECIPIENT: lambda: {"name": _name("Nơi nhận", 300)},
    DraftKind.DUTY: lambda: {"name": _long("Giao cho", 300)},
    DraftKind.TASK: lambda: {"name": _long("Nhiệm vụ", 500), "area": _chosen("Thuộc nội dung", [])},
    DraftKind.CONTRADICTION: lambda: {"name": _long("Điều phải quyết định", 500)},
    DraftKind.UNREAD: lambda: {
        "subject": _chosen(
            "Đoạn này là", [("", "Chọn"), *((str(k), str(k.label)) for k in (DraftKind.TASK, DraftKind.DUTY))]
        ),
        "name": _long("Nội dung", 500),
        "area": _chosen("Thuộc nội dung (nếu là nhiệm vụ)", []),
    },
}


def is_numeric(line: DraftLine) -> bool:
    """Does the line carry a number, or one that could not be read?"""
    return line.kind in NUMERIC or (line.kind == DraftKind.UNREAD and not line.values.get("is_text", True))


def _numeric_fields(line: DraftLine) -> dict[str, forms.Field]:
    """A number of the document, and the indicator that it is of."""
    is_rate = bool(line.values.get("is_rate"))
    fields: dict[str, forms.Field] = {}
    if line.kind not in (DraftKind.TARGET, DraftKind.OPENING):
        wanted = [(str(kind), str(kind.label)) for kind in (DraftKind.TARGET, DraftKind.OPENING)]
        fields["subject"] = _chosen("Số này là", [("", "Chọn"), *wanted])
    fields["name"] = _name("Tên chỉ tiêu")
    fields["operator"] = _chosen("Dấu", [("", "Không ghi"), *Operator.choices])
    fields["amount"] = _text("Số (%)" if is_rate else "Số", 40, required=False)
    if is_rate:
        fields["base"] = _text("Phần trăm của", 160, required=False)
        fields["kind"] = _chosen("Đơn vị báo cáo", REPORTED)
    measure = "Đơn vị tính (tử số, số lượng)" if is_rate else "Đơn vị tính"
    fields["unit_of_measure"] = _text(measure, 40, required=False)
    fields["time_rule"] = _chosen("Số báo cáo là", TIME_RULES)
    if not is_rate:
        fields["unit_rule"] = _chosen("Số chung", UNIT_RULES)
    fields["direction"] = _chosen("Chiều", DIRECTIONS)
    fields["area"] = _chosen("Thuộc nội dung", [])
    return fields


class DraftLineForm(forms.Form):
    """The fields of one line, filled with what was read and with what its words suggest.

    ``areas``: key and name of the content areas to choose from. ``known``: the indicator of the line's name, where it
    is there already; its definition is not asked again.
    """

    def __init__(
        self,
        line: DraftLine,
        data: Any = None,
        *,
        areas: Sequence[tuple[str, str]] = (),
        known: Indicator | None = None,
    ) -> None:
        super().__init__(data, initial=_shown(line), auto_id=f"dong-{line.pk}-%s")
        self.line, self.known = line, known
        self.fields = _numeric_fields(line) if is_numeric(line) else PLAIN[line.kind]()
        for name in OF_INDICATOR if known else ():
            self.fields.pop(name, None)
        if "area" in self.fields:
            self._offer_areas(areas)
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def _offer_areas(self, areas: Sequence[tuple[str, str]]) -> None:
        """The content areas of the draft; a plain list has none, and then none is asked for."""
        if areas:
            field = self.fields["area"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Chọn nội dung"), *areas]
        else:
            del self.fields["area"]

    def clean_amount(self) -> str:
        """The number as people write it; an ambiguous one is asked about, one that was left alone is not."""
        text, held = self.cleaned_data["amount"].strip(), str(self.line.values.get("amount", ""))
        if not text or (held and text == format_trimmed(Decimal(held))):
            return held
        reading = read_number(text, decimals=RATE_DECIMALS if self.line.values.get("is_rate") else AMOUNT_DECIMALS)
        if reading.value is None or reading.is_ambiguous:
            raise ValidationError(reading.error or f"“{text}”: {reading.echo} Ghi lại cho rõ.")
        return f"{reading.value.normalize():f}"

    @property
    def values(self) -> dict[str, Any]:
        """The corrections alone: what was not on the form stays as it was read."""
        clean = {name: value for name, value in self.cleaned_data.items() if name in self.data or name == "amount"}
        found = {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in clean.items()}
        return {**found, **_as_kept(found)}

    def take(self, error: ValidationError) -> None:
        """Set the sentences of a refusal beside their fields."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in told.items():
            self.add_error(name if name in self.fields else None, ValidationError(sentences))

    def focus_on_fault(self) -> None:
        """Let the cursor stand where something is wrong."""
        wrong = next((name for name in self.fields if name in self.errors), "")
        for name, field in self.fields.items() if wrong else ():
            field.widget.attrs.pop("autofocus", None)
            if name == wrong:
                field.widget.attrs["autofocus"] = True


def _as_kept(values: dict[str, Any]) -> dict[str, Any]:
    """What units report, as an indicator keeps it: its kind, its measure and how its whole comes about."""
    if values.get("kind") == AS_PERCENT:
        return {"kind": IndicatorKind.QUANTITY.value, "unit_of_measure": PERCENT, "unit_rule": UnitRule.LEAD.value}
    if values.get("kind") == IndicatorKind.RATIO:
        return {"unit_rule": UnitRule.RATIO_OF_SUMS.value}
    return {"unit_rule": UnitRule.SUM.value} if values.get("kind") else {}


def _shown(line: DraftLine) -> dict[str, Any]:
    """The values of a line as a person writes them."""
    values = {name: value for name, value in line.values.items() if isinstance(value, str)}
    shown = {name: _as_day(values[name]) for name in ("starts_on", "ends_on", "dated") if values.get(name)}
    if line.kind == DraftKind.PERIOD:
        own = {"starts_on": line.campaign.starts_on, "ends_on": line.campaign.ends_on}
        shown = {name: format_date(day) for name, day in own.items()} | shown
    if values.get("kind") == IndicatorKind.QUANTITY and values.get("unit_of_measure") == PERCENT:
        shown["kind"] = AS_PERCENT
    try:
        shown["amount"] = format_trimmed(Decimal(values["amount"]))
    except (KeyError, InvalidOperation):
        shown["amount"] = values.get("typed", "")
    return {**values, **shown}


def _as_day(text: str) -> str:
    return format_date(date.fromisoformat(text))
