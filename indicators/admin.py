"""Administration of what is measured: definitions and assignments; targets are looked at; figures are not here."""

from __future__ import annotations

from datetime import date

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
from units.admin import HouseInline, ReadOnlyAdmin, number_shown
from vietnamese.dates import format_date

GIVEN, AMOUNT = number_shown("amount", "số giao"), number_shown("amount", "số lượng")
RATE = number_shown("rate", "tỷ lệ (%)")
SHARE = number_shown("share", "lũy kế phải đạt (%)")


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
    readonly_fields = ("months",)
    inlines = (DenominatorInline, StepInline)
    fieldsets = (
        (None, {"fields": ("campaign", "area", "code", "name", "short_name", "definition", "position")}),
        (
            "Cách đo",
            {
                "fields": (
                    *("kind", "unit_of_measure", "decimals", "time_rule", "unit_rule", "direction", "operator"),
                    *("parent", "parts_are_complete", "previous"),
                )
            },
        ),
        ("Kỳ phải báo cáo", {"fields": ("schedule", "months", "due_on", "valid_from", "valid_to")}),
        ("Hỏi kèm", {"fields": ("data_source", "asks_source_date", "evidence_required", "is_confidential")}),
        ("Nguồn trong văn bản", {"fields": ("origin", "source_note", "passage", "quote")}),
    )

    @admin.display(description="các tháng phải báo cáo", empty_value="–")
    def months(self, indicator: Indicator) -> str:
        """The listed months and closing days in words; they are set where the campaign is set up."""
        listed = indicator.listed_months
        words = (format_date(date.fromisoformat(one)) if isinstance(one, str) else f"tháng {one}" for one in listed)
        return ", ".join(words) or "–"


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
    list_display = ("indicator", "unit", GIVEN, "base", "sequence", "valid_from")
    list_select_related = ("indicator", "unit", "base")
    exclude = ("amount",)
    readonly_fields = (GIVEN,)
    search_fields = ("indicator__search_key", "unit__search_key")


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    """What was done before the campaign."""

    place = "indicator__campaign__authority__path"
    list_display = ("indicator", "unit", AMOUNT, RATE, "base", "as_of_on")
    list_select_related = ("indicator", "unit", "base")
    exclude = ("amount", "rate")
    readonly_fields = (AMOUNT, RATE)


@admin.register(PathPoint)
class PathPointAdmin(ReadOnlyAdmin):
    """Phased paths."""

    place = "indicator__campaign__authority__path"
    list_display = ("indicator", "unit", "period", SHARE)
    list_select_related = ("indicator", "unit", "period")
    exclude = ("share",)
    readonly_fields = (SHARE,)


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
