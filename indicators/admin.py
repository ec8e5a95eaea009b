"""Administration of what is measured: definitions and assignments; targets are looked at; figures are not here."""

from __future__ import annotations

from django.contrib import admin

from campaign.admin import FixedOnceLaunched
from indicators.models import (
    Assignment,
    Claim,
    Contradiction,
    Denominator,
    Indicator,
    MilestoneStep,
    Opening,
    PathPoint,
    Target,
)
from units.admin import HouseInline, ReadOnlyAdmin


class DenominatorInline(HouseInline):
    """Named bases of a percentage; looked at, since targets and figures stand on them."""

    model = Denominator
    may_add = may_change = may_delete = False


class StepInline(HouseInline):
    """Steps of a milestone."""

    model = MilestoneStep
    may_add = may_change = may_delete = False


@admin.register(Indicator)
class IndicatorAdmin(FixedOnceLaunched):
    """Indicators and tasks; once the campaign is launched only their words and order change."""

    place = "campaign__authority__path"
    stays_open = ("name", "short_name", "definition", "data_source", "position")
    list_display = ("short_name", "kind", "unit_of_measure", "area", "campaign")
    list_filter = ("kind", "schedule")
    list_select_related = ("area", "campaign")
    search_fields = ("search_key", "code")
    inlines = (DenominatorInline, StepInline)


@admin.register(Assignment)
class AssignmentAdmin(FixedOnceLaunched):
    """Who reports, leads or co-operates; once the campaign is launched only the person in charge changes."""

    campaign_path = "indicator__campaign"
    place = "indicator__campaign__authority__path"
    stays_open = ("person",)
    list_display = ("indicator", "unit", "role", "person", "is_not_applicable")
    list_filter = ("role", "is_not_applicable")
    list_select_related = ("indicator", "unit", "person")
    search_fields = ("indicator__search_key", "unit__search_key")


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    """Targets: given and revised by decision, never here."""

    place = "indicator__campaign__authority__path"
    list_display = ("indicator", "unit", "amount", "base", "sequence", "valid_from")
    list_select_related = ("indicator", "unit", "base")
    search_fields = ("indicator__search_key", "unit__search_key")


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    """What was done before the campaign."""

    place = "indicator__campaign__authority__path"
    list_display = ("indicator", "unit", "amount", "rate", "base", "as_of_on")
    list_select_related = ("indicator", "unit", "base")


@admin.register(PathPoint)
class PathPointAdmin(ReadOnlyAdmin):
    """Phased paths."""

    place = "indicator__campaign__authority__path"
    list_display = ("indicator", "unit", "period", "share")
    list_select_related = ("indicator", "unit", "period")


class ClaimInline(HouseInline):
    """Both sides of a contradiction."""

    model = Claim
    may_add = may_change = may_delete = False


@admin.register(Contradiction)
class ContradictionAdmin(ReadOnlyAdmin):
    """Where the document contradicts itself; settled on its own page by who may."""

    place = "campaign__authority__path"
    list_display = ("question", "indicator", "settled_by", "settled_at")
    list_select_related = ("indicator", "settled_by")
    inlines = (ClaimInline,)
