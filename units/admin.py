"""Administration of accounts, posts, roles and units; and the one base class of every administration page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from units.models import (
    AuditLine,
    Level,
    OrgUnit,
    Post,
    RoleGrant,
    SpellingVariant,
    Succession,
    UnitCode,
    UnitKind,
    UnitName,
    User,
    below_any,
)
from units.permissions import administered_paths, may_administer, why_not_change_account
from units.services import record_act

if TYPE_CHECKING:
    PageBase = admin.ModelAdmin[Any]
    InlineBase = admin.StackedInline[Any, Any]
    AccountBase = UserChangeForm[User]
    NewAccountBase = UserCreationForm[User]
    PasswordBase = AdminPasswordChangeForm[User]
else:
    PageBase, InlineBase = admin.ModelAdmin, admin.StackedInline
    AccountBase, NewAccountBase, PasswordBase = UserChangeForm, UserCreationForm, AdminPasswordChangeForm


class OwnChoices:
    """Choices of a field are taken from the part of the tree that the person administers."""

    admin_site: admin.AdminSite

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One of the rows that the person administers."""
        self._limit(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Some of the rows that the person administers."""
        self._limit(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _limit(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        page = self.admin_site._registry.get(db_field.remote_field.model)
        if isinstance(page, HouseAdmin) and "queryset" not in kwargs:
            kwargs["queryset"] = page.scope(request, db_field.remote_field.model._default_manager.all())


class HouseAdmin(OwnChoices, PageBase):
    """The base of every administration page: own part of the tree, one audit line an act, no bulk action.

    ``place`` names the field with the path of the unit to which a row belongs; rows without a unit are everyone's.
    """

    is_of_this_house: ClassVar[bool] = True
    place: ClassVar[str] = ""
    may_add: ClassVar[bool] = True
    may_change: ClassVar[bool] = True
    may_delete: ClassVar[bool] = False
    actions = None
    list_per_page = 50

    def scope(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the person administers."""
        if not self.place:
            return rows
        return rows.filter(below_any(self.place, administered_paths(cast(User, request.user)))).distinct()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists and pages show the person's own part only."""
        return self.scope(request, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators see every list."""
        return may_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators may look."""
        return may_administer(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows that services make are not added here."""
        return self.may_add and may_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows that services keep are not changed here."""
        return self.may_change and may_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows end by a date; only slips without consequence are deleted."""
        return self.may_delete and may_administer(request.user)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write the audit line beside Django's own log."""
        _audit("added", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write the audit line beside Django's own log."""
        _audit("changed", request, obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Write the audit lines beside Django's own log."""
        for obj in queryset:
            _audit("deleted", request, obj, [])
        return super().log_deletions(request, queryset)


class ReadOnlyAdmin(HouseAdmin):
    """Rows that are only looked at: services write them."""

    may_add = may_change = False


class HouseInline(OwnChoices, InlineBase):
    """Rows that are kept on the page of what they belong to."""

    extra = 0
    may_add: ClassVar[bool] = True
    may_change: ClassVar[bool] = True
    may_delete: ClassVar[bool] = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators may look."""
        return may_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators add."""
        return self.may_add and may_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators change."""
        return self.may_change and may_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A slip is taken away; what was in force ends by its date."""
        return self.may_delete and may_administer(request.user)


def _audit(what: str, request: HttpRequest, obj: models.Model, message: Any) -> None:
    """One line: who changed which fields of what."""
    detail = {"message": message} if message else {}
    record_act(f"admin.{obj._meta.model_name}.{what}", by=cast(User, request.user), subject=obj, detail=detail)


# --- Accounts --------------------------------------------------------------------------------------------------------


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


# --- Units -----------------------------------------------------------------------------------------------------------


class NameInline(HouseInline):
    """Names in time."""

    model = UnitName


class CodeInline(HouseInline):
    """Codes in time."""

    model = UnitCode


class VariantInline(HouseInline):
    """Other spellings."""

    model = SpellingVariant


class SuccessionInline(HouseInline):
    """Into which units this one passed."""

    model = Succession
    fk_name = "predecessor"


@admin.register(OrgUnit)
class OrgUnitAdmin(HouseAdmin):
    """Units with names, codes, spellings and successors."""

    place = "path"
    list_display = ("name", "kind", "level", "parent", "valid_from", "valid_to")
    list_filter = ("kind", "level")
    list_select_related = ("kind", "level", "parent")
    search_fields = ("search_key", "name", "variants__search_key")
    inlines = (NameInline, CodeInline, VariantInline, SuccessionInline)


@admin.register(Level)
class LevelAdmin(HouseAdmin):
    """Levels."""

    list_display = ("name", "code", "rank")


@admin.register(UnitKind)
class UnitKindAdmin(HouseAdmin):
    """Kinds of units."""

    list_display = ("name", "plural", "code", "position", "is_territorial")


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnlyAdmin):
    """The audit trail: who did what, when; without the values that were written."""

    list_display = ("at", "by", "event", "subject", "unit", "on_behalf_of")
    list_filter = ("event",)
    list_select_related = ("by", "unit", "on_behalf_of", "stand_in__lender")
    search_fields = ("subject", "by__username", "event")
    fields = ("at", "by", "event", "subject_type", "subject", "unit", "on_behalf_of", "stand_in")

    def scope(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Acts at units of the person's part, and those that concern no unit."""
        return rows.filter(Q(unit=None) | below_any("unit__path", administered_paths(cast(User, request.user))))
