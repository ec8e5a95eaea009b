"""Administration of accounts, posts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from units.admin.base import HouseAdmin, HouseInline
from units.models import Post, RoleGrant, User, below_any
from units.permissions import administered_paths, why_not_change_account

if TYPE_CHECKING:
    AccountBase = UserChangeForm[User]
    NewAccountBase = UserCreationForm[User]
    PasswordBase = AdminPasswordChangeForm[User]
else:
    AccountBase, NewAccountBase, PasswordBase = UserChangeForm, UserCreationForm, AdminPasswordChangeForm


class HiddenPassword(ReadOnlyPasswordHashWidget):
    """The button to hand out a new password, without anything of the old one."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Nothing of the hash is shown."""
        words = "Cấp lại mật khẩu" if value else "Đặt mật khẩu"
        return {**super().get_context(name, value, attrs), "summary": [], "button_label": words}


def name_passwords(fields: dict[str, Any]) -> None:
    """Labels of the two password fields in Vietnamese."""
    fields["password1"].label = "Mật khẩu mới"
    fields["password1"].help_text = "Ít nhất 10 ký tự, không chỉ gồm chữ số và không phải mật khẩu thường gặp."
    fields["password2"].label = "Nhập lại mật khẩu mới"
    fields["password2"].help_text = "Người dùng phải đổi mật khẩu này ở lần đăng nhập sau."


class AccountForm(AccountBase):
    """An account without its roles."""

    password = ReadOnlyPasswordHashField(label="Mật khẩu", widget=HiddenPassword)

    class Meta:
        model = User
        fields = "__all__"


class NewAccountForm(NewAccountBase):
    """A new account with a password that its holder changes at the first log-in."""

    class Meta:
        model = User
        fields = ("username", "full_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_passwords(self.fields)

    def clean_username(self) -> str:
        """Names are kept in lower case."""
        return str(self.cleaned_data["username"]).strip().lower()


class ResetPasswordForm(PasswordBase):
    """A new password handed out by the administrator; the holder changes it at the next log-in."""

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        name_passwords(self.fields)
        self.fields["password1"].required = self.fields["password2"].required = True

    def save(self, commit: bool = True) -> Any:
        """Keep the password and the duty to change it."""
        self.user.must_change_password = True
        return super().save(commit)


class PostInline(HouseInline):
    """The posts of a person."""

    model = Post
    may_delete = False
    verbose_name_plural = "Chức vụ"


class RoleInline(HouseInline):
    """The roles of a person; nobody grants roles to the own account."""

    model = RoleGrant
    may_delete = False
    verbose_name_plural = "Vai trò được giao (hết vai trò thì ghi ngày kết thúc)"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Another administrator grants it."""
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Another administrator changes it."""
        return obj != request.user and super().has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(HouseAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """Accounts: name, work contacts, posts and roles; the password can be handed out anew."""

    form = AccountForm
    add_form = NewAccountForm
    change_password_form = ResetPasswordForm
    change_user_password_template = "units/reset_password.html"
    list_display = ("username", "full_name", "is_active", "must_change_password")
    list_filter = ("is_active", "role_grants__role")
    search_fields = ("username", "full_name", "posts__unit__search_key")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("created_at", "last_login")
    inlines = (PostInline, RoleInline)
    fieldsets = (
        (None, {"fields": ("username", "password", "full_name")}),
        ("Liên hệ công vụ", {"fields": ("work_phone", "work_email")}),
        ("Tình trạng", {"fields": ("is_active", "must_change_password", "created_at", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "full_name", "password1", "password2")}),)

    def scope(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Accounts with a role or post in the person's part, and those that have none yet."""
        paths = administered_paths(cast(User, request.user))
        inside = below_any("role_grants__unit__path", paths) | below_any("posts__unit__path", paths)
        return rows.filter(inside | Q(role_grants=None, posts=None)).distinct()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account that also works elsewhere is changed by who administers both."""
        if obj is not None and why_not_change_account(obj, cast(User, request.user)):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A handed-out password is changed at the first log-in."""
        if not change:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)


@admin.register(Post)
class PostAdmin(HouseAdmin):
    """Posts."""

    place = "unit__path"
    list_display = ("user", "title", "unit", "valid_from", "valid_to")
    list_select_related = ("user", "unit")
    search_fields = ("user__full_name", "title", "unit__search_key")


@admin.register(RoleGrant)
class RoleGrantAdmin(HouseAdmin):
    """Roles at units."""

    place = "unit__path"
    list_display = ("user", "role", "unit", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__full_name", "unit__search_key")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nobody grants roles to the own account."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.exclude(pk=request.user.pk)
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor changes them."""
        return (obj is None or obj.user_id != request.user.pk) and super().has_change_permission(request, obj)
