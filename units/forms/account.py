"""Forms of accounts: log-in, change of password, standing in, handing over, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from units import clock
from units.forms.fields import DayField
from units.models import OrgUnit, RoleGrant, Slip, User

SLIP_IS_LATE = (
    "Phiếu đăng nhập đã hết hạn ngày {day:%d/%m/%Y}. Đề nghị thủ trưởng đơn vị, cơ quan thường trực hoặc quản trị "
    "cấp phiếu mới."
)


class LogInForm(AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": (
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa, chữ thường; "
            "sai 5 lần thì tạm khóa 15 phút."
        ),
        "inactive": "Tài khoản này đã ngừng hoạt động. Liên hệ quản trị hệ thống của cơ quan.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = "Mật khẩu"

    def clean_username(self) -> str:
        """Names are kept in lower case."""
        return str(self.cleaned_data["username"]).strip().lower()

    def confirm_login_allowed(self, user: Any) -> None:
        """A password from a slip opens until the slip's last day."""
        super().confirm_login_allowed(user)
        late = Slip.objects.unused().filter(user=user, expires_on__lt=clock.today()).first()
        if late is not None and user.must_change_password:
            raise ValidationError(SLIP_IS_LATE.format(day=late.expires_on), code="slip_is_late")


class NewPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = {
        "password_incorrect": "Mật khẩu hiện tại chưa đúng. Nhập lại.",
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau. Nhập lại.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu hiện tại"
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields[
            "new_password1"
        ].help_text = "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên và không phải mật khẩu thường gặp."
        self.fields["new_password2"].label = "Nhập lại mật khẩu mới"


class HandOverForm(forms.Form):
    """To whom, what of which unit, from which day."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label="Tại đơn vị", empty_label=None)
    receiver = forms.ModelChoiceField(
        User.objects.none(),
        label="Người nhận",
        empty_label="Chọn người nhận",
        error_messages={"required": "Chọn người nhận bàn giao."},
    )
    on = DayField(label="Từ ngày", error_messages={"required": "Ghi ngày người nhận bắt đầu làm."})
    note = forms.CharField(label="Văn bản, ghi chú", max_length=300, required=False)

    def __init__(self, giver: User, units: Mapping[int, str], data: Any = None) -> None:
        super().__init__(data)
        today = clock.today()
        unit, receiver = self.fields["unit"], self.fields["receiver"]
        unit.queryset = OrgUnit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        near = User.objects.working_at(units, today).exclude(pk=giver.pk).order_by("full_name")
        receiver.queryset = near  # type: ignore[attr-defined]
        self.fields["on"].initial = f"{today:%d/%m/%Y}"
        self.has_units = bool(units)


class TakeOverForm(forms.Form):
    """To whom the rows go that a closed account left in its charge."""

    receiver = forms.ModelChoiceField(
        User.objects.none(),
        label="Người nhận",
        empty_label="Chọn người nhận",
        error_messages={"required": "Chọn người nhận các dòng còn lại."},
    )
    note = forms.CharField(label="Văn bản, ghi chú", max_length=300, required=False)

    def __init__(self, giver: User, unit_ids: Iterable[int], data: Any = None) -> None:
        super().__init__(data)
        near = User.objects.working_at(unit_ids, clock.today()).exclude(pk=giver.pk)
        self.fields["receiver"].queryset = near.order_by("full_name")  # type: ignore[attr-defined]
        self.has_people = near.exists()


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(
        label="Lý do ngừng",
        max_length=300,
        help_text="Ví dụ: nghỉ hưu từ 01/12/2024; chuyển công tác theo Quyết định số …",
        error_messages={"required": "Ghi lý do ngừng tài khoản."},
    )


class LendForm(forms.Form):
    """Which role is lent to whom, from when to when, on what ground."""

    grant = forms.ModelChoiceField(
        RoleGrant.objects.none(),
        label="Vai trò ủy quyền",
        empty_label=None,
        error_messages={"required": "Chọn vai trò cần ủy quyền.", "invalid_choice": "Chọn lại vai trò cần ủy quyền."},
    )
    holder = forms.ModelChoiceField(
        User.objects.none(),
        label="Người được ủy quyền",
        empty_label="Chọn người cùng đơn vị",
        error_messages={
            "required": "Chọn người được ủy quyền.",
            "invalid_choice": "Chọn người đang công tác tại đơn vị.",
        },
    )
    valid_from = DayField(label="Từ ngày", error_messages={"required": "Ghi ngày bắt đầu ủy quyền."})
    valid_to = DayField(label="Đến hết ngày", error_messages={"required": "Ghi ngày cuối của ủy quyền."})
    ground = forms.CharField(
        label="Lý do, văn bản ủy quyền",
        help_text="Ví dụ: đi công tác từ 18/11 đến 22/11; Giấy ủy quyền số 12/GUQ-UBND.",
        max_length=300,
        error_messages={"required": "Ghi lý do hoặc số văn bản ủy quyền."},
    )

    def __init__(self, grants: Sequence[RoleGrant], data: Any = None) -> None:
        super().__init__(data)
        today = clock.today()
        units = {grant.unit_id for grant in grants}
        role, holder = self.fields["grant"], self.fields["holder"]
        role.queryset = (  # type: ignore[attr-defined]
            RoleGrant.objects.filter(pk__in=[grant.pk for grant in grants]).select_related("user", "unit")
        )
        holder.queryset = User.objects.working_at(units, today).order_by("full_name")  # type: ignore[attr-defined]
        role.initial = grants[0].pk if grants else None
        self.fields["valid_from"].initial = f"{today:%d/%m/%Y}"
