"""The form of a decision about units: it asks what a decision of its kind needs, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from units import clock
from units.choices import ReorganisationKind, Role
from units.forms.fields import DayField, UnitField, UnitsField
from units.models import OrgUnit, RoleGrant, UnitKind
from units.rules.register import UnitLine
from units.rules.reorganising import CLOSE, MERGE, RENAME, SPLIT, Decision, Successor
from vietnamese.text import nfc, search_key, slug

#: What every decision says, and what one of each kind says of the units beside it.
OF_EVERY_KIND = ("kind", "number", "decided_on", "effective_on", "file", "note")
OF_KIND = {
    RENAME: ("old", "name"),
    MERGE: ("old", "successor", "name", "unit_kind", "code", "parent", "head"),
    SPLIT: ("old", "parts", "unit_kind", "parent", "head"),
    CLOSE: ("old",),
}
#: How the units are called in a decision of each kind, and what follows from it.
OLD_UNITS = {
    RENAME: "Đơn vị đổi tên",
    MERGE: "Các đơn vị nhập lại",
    SPLIT: "Đơn vị được chia, tách",
    CLOSE: "Các đơn vị kết thúc hoạt động",
}
WHAT_FOLLOWS = {
    RENAME: "Đơn vị giữ nguyên tài khoản, báo cáo và số liệu; báo cáo đã lập vẫn ghi tên cũ.",
    MERGE: "Các đơn vị cũ kết thúc trước ngày hiệu lực; đơn vị kế thừa nhận người, báo cáo còn dở và lũy kế.",
    SPLIT: "Đơn vị ở dòng đầu nhận người và việc còn dở của đơn vị cũ; các đơn vị khác bắt đầu từ ngày hiệu lực.",
    CLOSE: "Không có đơn vị kế thừa: báo cáo các kỳ từ ngày hiệu lực không còn phải gửi.",
}
SEVERAL = (MERGE, CLOSE)
#: Another kind asks for other units: that part of the page is fetched anew, with what was typed.
ASK_ANEW = {
    "hx-get": "",
    "hx-include": "closest form",
    "hx-params": "not csrfmiddlewaretoken,file",
    "hx-target": "#don-vi-sap-xep",
    "hx-select": "#don-vi-sap-xep",
    "hx-swap": "outerHTML",
}


class ReorganiseForm(forms.Form):
    """A decision about units: which, how, from when, by which paper, and who goes on.

    The kind is chosen first; until then, and whenever it changes, only what every decision says is asked for.
    """

    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "Chọn hình thức"), *ReorganisationKind.choices],
        widget=forms.Select(attrs=ASK_ANEW),
        error_messages={"required": "Chọn hình thức sắp xếp."},
    )
    number = forms.CharField(
        label="Số, ký hiệu văn bản", max_length=120, error_messages={"required": "Ghi số, ký hiệu văn bản."}
    )
    decided_on = DayField(label="Ngày văn bản", required=False)
    effective_on = DayField(label="Có hiệu lực từ ngày", error_messages={"required": "Ghi ngày có hiệu lực."})
    file = forms.FileField(label="Tệp văn bản", required=False, help_text="PDF, Word hoặc ảnh, nếu có.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    old = UnitField(
        OrgUnit.objects.none(), empty_label="Chọn đơn vị", error_messages={"required": "Chọn đơn vị được sắp xếp."}
    )
    successor = UnitField(
        OrgUnit.objects.none(), label="Nhập vào", required=False, empty_label="Một đơn vị mới, tên ghi ở dưới"
    )
    name = forms.CharField(
        label="Tên mới", max_length=200, required=False, error_messages={"required": "Ghi tên mới của đơn vị."}
    )
    parts = forms.CharField(
        label="Các đơn vị sau khi chia, tách",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Mỗi dòng một đơn vị: tên; mã thống kê (nếu có). Ghi tên cũ nếu đơn vị cũ còn lại. Dòng đầu nhận việc "
            "còn dở."
        ),
        error_messages={"required": "Ghi các đơn vị sau khi chia, tách, mỗi dòng một đơn vị."},
    )
    unit_kind = forms.ModelChoiceField(
        UnitKind.objects.none(), label="Loại của đơn vị mới", required=False, empty_label="Như đơn vị cũ"
    )
    code = forms.CharField(label="Mã thống kê của đơn vị mới", max_length=20, required=False)
    parent = UnitField(
        OrgUnit.objects.none(), label="Cấp trên của đơn vị mới", required=False, empty_label="Như đơn vị cũ"
    )
    head = forms.ChoiceField(
        label="Thủ trưởng đơn vị kế thừa",
        required=False,
        help_text="Một trong các thủ trưởng cũ. Để trống thì chưa ai có vai trò thủ trưởng ở đơn vị kế thừa.",
        error_messages={"invalid_choice": "Chọn thủ trưởng trong danh sách."},
    )

    def __init__(self, units: QuerySet[OrgUnit], data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        chosen = str((data or self.initial).get("kind", ""))
        self.chosen = chosen if chosen in OF_KIND else ""
        for name in set(self.fields) - {*OF_EVERY_KIND, *OF_KIND.get(self.chosen, ())}:
            del self.fields[name]
        if self.chosen:
            self._ask_about(units.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today())))

    @property
    def follows(self) -> str:
        """What a decision of the chosen kind brings about."""
        return WHAT_FOLLOWS.get(self.chosen, "")

    @property
    def unit_fields(self) -> list[forms.BoundField]:
        """What a decision of the chosen kind says of the units."""
        return [self[name] for name in OF_KIND.get(self.chosen, ())]

    def _ask_about(self, there: QuerySet[OrgUnit]) -> None:
        """The units, kinds and heads to choose from."""
        if self.chosen in SEVERAL:
            self.fields["old"] = UnitsField(
                OrgUnit.objects.none(),
                widget=forms.CheckboxSelectMultiple,
                error_messages=self.fields["old"].error_messages,
            )
        self.fields["old"].label = OLD_UNITS[self.chosen]
        for name in ("old", "successor", "parent"):
            if name in self.fields:
                self.fields[name].queryset = there  # type: ignore[attr-defined]
        if "unit_kind" in self.fields:
            self.fields["unit_kind"].queryset = UnitKind.objects.all()  # type: ignore[attr-defined]
        if "head" in self.fields:
            self.fields["head"].choices = _heads(there)  # type: ignore[attr-defined]
        if self.chosen == RENAME:
            self.fields["name"].required = True
        elif self.chosen == MERGE:
            self.fields["name"].label = "Tên của đơn vị mới"
            self.fields["name"].help_text = "Ghi tên một đơn vị cũ thì đơn vị ấy còn lại và nhận các đơn vị kia."

    def decision(self) -> Decision:
        """What was written, as a decision; whether it fits is for the service to say."""
        values, old = self.cleaned_data, self._old()
        kind = values["kind"]
        successors: tuple[Successor, ...] = ()
        if kind == MERGE:
            chosen = values["successor"]
            successors = (Successor(chosen.key),) if chosen else self._new([f"{values['name']};{values['code']}"], old)
        elif kind == SPLIT:
            successors = self._new(values["parts"].splitlines(), old)
        return Decision(
            kind=kind,
            number=values["number"],
            effective_on=values["effective_on"],
            decided_on=values["decided_on"],
            note=values["note"],
            old=tuple(unit.key for unit in old),
            successors=successors,
            name=values["name"] if kind == RENAME else "",
            head=values.get("head", ""),
        )

    def _old(self) -> list[OrgUnit]:
        """The units that the decision is about: one, or those that are ticked."""
        chosen = self.cleaned_data["old"]
        return [chosen] if isinstance(chosen, OrgUnit) else list(chosen)

    def _new(self, lines: Iterable[str], old: list[OrgUnit]) -> tuple[Successor, ...]:
        """New units like the old one but for name and code; the first takes over; an old one by its name goes on."""
        like = old[0]
        found: list[Successor] = []
        parent = self.cleaned_data["parent"] or like.parent
        for text in lines:
            name, _, code = (nfc(part).strip() for part in text.partition(";"))
            if not name:
                continue
            same = next((unit for unit in old if search_key(unit.name) == search_key(name)), None)
            if same is not None:
                found.append(Successor(same.key, takes_over=not found))
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
                code=code,
                valid_from=self.cleaned_data["effective_on"],
            )
            found.append(Successor(key, line, takes_over=not found))
        return tuple(found)


def _heads(units: QuerySet[OrgUnit]) -> list[tuple[str, str]]:
    """Who heads one of the units, each with the unit."""
    grants = RoleGrant.objects.in_force(clock.today()).filter(role=Role.HEAD, unit__in=units)
    rows = grants.select_related("user", "unit").order_by("unit__path", "user__full_name")
    found = {row.user.username: f"{row.user.full_name} · {row.unit}" for row in rows}
    return [("", "Chưa chọn"), *found.items()]


def free_key(name: str, taken: Collection[str] = ()) -> str:
    """A key of a unit's own out of its name."""
    wanted = slug(name)[:70] or "don-vi"
    used = {*taken, *OrgUnit.objects.filter(key__startswith=wanted).values_list("key", flat=True)}
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 500))) if key not in used)
