"""The one base class of every administration page: own part of the tree, one audit line an act, nothing in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from units.models import User, below_any
from units.permissions import administered_paths, may_administer
from units.services import record_act
from vietnamese.numbers import format_trimmed

if TYPE_CHECKING:
    PageBase = admin.ModelAdmin[Any]
    InlineBase = admin.StackedInline[Any, Any]
else:
    PageBase, InlineBase = admin.ModelAdmin, admin.StackedInline


def number_shown(field: str, words: str) -> Any:
    """A number as it is written in Vietnamese, without the empty places that the database keeps."""

    @admin.display(description=words, ordering=field)
    def shown(row: models.Model) -> str:
        value = getattr(row, field)
        return "–" if value is None else format_trimmed(value)

    return shown


def plain_choice(field: Any) -> Any:
    """Without the signs that open the chosen row's page: three without a word beside every field."""
    if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
        for sign in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            setattr(field.widget, sign, False)
    return field


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

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among rows stays a choice: the rows themselves are kept on their own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return plain_choice(field)

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

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among rows stays a choice."""
        return plain_choice(super().formfield_for_dbfield(db_field, request, **kwargs))

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
