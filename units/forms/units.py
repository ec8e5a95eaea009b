"""Forms of units: one unit, the day of the tree, a decision about units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q

from units import clock
from units.choices import ReorganisationKind
from units.forms.fields import DayField
from units.models import OrgUnit, UnitKind
from units.rules.register import UnitLine
from units.rules.register_fields import UNIT_FIELDS
from units.rules.reorganising import Decision, Successor
from vietnamese.text import nfc, search_key, slug


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


class ReorganiseForm(forms.Form):
    """A decision about units: which, how, from when, by which paper, and who goes on."""

    kind = forms.ChoiceField(label="Hình thức", choices=ReorganisationKind.choices)
    number = forms.CharField(
        label="Số, ký hiệu văn bản", max_length=120, error_messages={"required": "Ghi số, ký hiệu văn bản."}
    )
    decided_on = DayField(label="Ngày văn bản", required=False)
    effective_on = DayField(label="Có hiệu lực từ ngày", error_messages={"required": "Ghi ngày có hiệu lực."})
    file = forms.FileField(label="Tệp văn bản", required=False, help_text="PDF, Word hoặc ảnh, nếu có.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    old = forms.ModelMultipleChoiceField(
        OrgUnit.objects.none(),
        label="Đơn vị được sắp xếp",
        help_text="Giữ phím Ctrl để chọn nhiều đơn vị khi hợp nhất, sáp nhập.",
        error_messages={"required": "Chọn đơn vị được sắp xếp."},
    )
    name = forms.CharField(
        label="Tên mới",
        max_length=200,
        required=False,
        help_text="Khi đổi tên, hoặc khi hợp nhất thành một đơn vị mới.",
    )
    successor = forms.ModelChoiceField(
        OrgUnit.objects.none(),
        label="Hoặc nhập vào đơn vị đã có",
        required=False,
        empty_label="Không, lập đơn vị mới",
    )
    parts = forms.CharField(
        label="Các đơn vị sau chia, tách",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một tên; ghi tên đơn vị cũ nếu đơn vị ấy còn lại. Dòng đầu tiếp nhận việc còn dở.",
    )
    unit_kind = forms.ModelChoiceField(
        UnitKind.objects.none(), label="Loại của đơn vị mới", required=False, empty_label="Như đơn vị cũ"
    )
    code = forms.CharField(label="Mã thống kê của đơn vị mới", max_length=20, required=False)
    parent = forms.ModelChoiceField(
        OrgUnit.objects.none(), label="Cấp trên của đơn vị mới", required=False, empty_label="Như đơn vị cũ"
    )
    head = forms.CharField(
        label="Thủ trưởng đơn vị kế thừa (tên đăng nhập)",
        max_length=60,
        required=False,
        help_text="Một trong các thủ trưởng cũ. Bỏ trống thì chưa ai có vai trò thủ trưởng ở đơn vị kế thừa.",
    )

    def __init__(self, units: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        today = clock.today()
        there = units.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("path")
        for name in ("old", "successor", "parent"):
            self.fields[name].queryset = there  # type: ignore[attr-defined]
        self.fields["unit_kind"].queryset = UnitKind.objects.all()  # type: ignore[attr-defined]
        self.fields["old"].widget.attrs["size"] = 10

    def decision(self) -> Decision:
        """What was written, as a decision; whether it fits is for the service to say."""
        values, old = self.cleaned_data, list(self.cleaned_data["old"])
        kind = values["kind"]
        successors: tuple[Successor, ...] = ()
        if kind == "merge":
            chosen = values["successor"]
            successors = (Successor(chosen.key),) if chosen else self._new([values["name"]], old)
        elif kind == "split":
            successors = self._new(values["parts"].splitlines(), old)
        return Decision(
            kind=kind,
            number=values["number"],
            effective_on=values["effective_on"],
            decided_on=values["decided_on"],
            note=values["note"],
            old=tuple(unit.key for unit in old),
            successors=successors,
            name=values["name"] if kind == "rename" else "",
            head=values["head"].strip().lower(),
        )

    def _new(self, names: Iterable[str], old: list[OrgUnit]) -> tuple[Successor, ...]:
        """New units like the old one but for their names; the first takes over; the old one by its name stays."""
        like = old[0]
        found: list[Successor] = []
        parent = self.cleaned_data["parent"] or like.parent
        for name in (nfc(text).strip() for text in names):
            if not name:
                continue
            if search_key(name) == search_key(like.name):
                found.append(Successor(like.key, takes_over=not found))
                continue
            key = free_key(name, {one.key for one in found})
            line = UnitLine(
                key=key,
                name=name,
                short_name=name[:80],
                official_name=f"{like.official_name.removesuffix(like.name)}{name}"[:255],
                kind=(self.cleaned_data["unit_kind"] or like.kind).code,
                level=like.level.code,
                parent=parent.key if parent else "",
                place_name=name.partition(" ")[2] or name,
                document_code=like.document_code,
                head_title=like.head_title,
                position=like.position,
                code=self.cleaned_data["code"] if not found else "",
                valid_from=self.cleaned_data["effective_on"],
            )
            found.append(Successor(key, line, takes_over=not found))
        return tuple(found)


def free_key(name: str, taken: Collection[str] = ()) -> str:
    """A key of a unit's own out of its name."""
    wanted = slug(name)[:70] or "don-vi"
    used = {*taken, *OrgUnit.objects.filter(key__startswith=wanted).values_list("key", flat=True)}
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 500))) if key not in used)
