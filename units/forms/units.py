"""Forms of units: one unit, and the day of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from units.forms.fields import DayField
from units.rules.register_fields import UNIT_FIELDS


class UnitForm(forms.Form):
    """One unit with the fields of the register; what they say is read by the very reader of the workbook."""

    def __init__(self, texts: Mapping[str, str], choices: Mapping[str, Sequence[tuple[str, str]]], data: Any = None):
        super().__init__(data)
        for one in UNIT_FIELDS:
            if one.key == "key":
                continue
            field: forms.Field
            if one.key in choices:
                field = forms.ChoiceField(choices=choices[one.key], label=one.title, required=False)
            else:
                field = forms.CharField(label=one.title, required=False, max_length=500)
            field.initial = texts.get(one.key, "")
            self.fields[one.key] = field
        self.fields["variants"].help_text = "Ngăn nhau bằng dấu chấm phẩy; người dùng tìm theo cách viết nào cũng thấy."
        self.fields["official_name"].help_text = "Ghi ở đầu văn bản, ví dụ: Ủy ban nhân dân xã …"
        self.fields["population"].help_text = "Số đã công bố; để gợi ý chia chỉ tiêu theo dân số."
        for name in ("valid_from", "valid_to"):
            self.fields[name].widget.attrs |= {"placeholder": "ngày/tháng/năm", "class": "day", "inputmode": "numeric"}

    def refuse(self, faults: Iterable[tuple[str, str]]) -> None:
        """What the reader found, beside the fields."""
        for key, sentence in faults:
            self.add_error(key if key in self.fields else None, sentence)


class DayChoiceForm(forms.Form):
    """Which day is shown, which words are looked for, and whether ended units are shown too."""

    tim = forms.CharField(label="Tìm đơn vị", required=False, max_length=100)
    ngay = DayField(label="Tại ngày", required=False)
    ca_cu = forms.BooleanField(label="Cả đơn vị đã kết thúc, chưa thành lập", required=False)
