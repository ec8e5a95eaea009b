"""Administration of units with their names, codes and successors in time; levels and kinds."""

from __future__ import annotations

from django.contrib import admin

from units.admin.base import HouseAdmin, HouseInline
from units.models import Level, OrgUnit, SpellingVariant, Succession, UnitCode, UnitKind, UnitName


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
