"""Administration of campaigns' definitions and of the calendar; fixed once the campaign is launched."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from campaign.choices import CampaignStatus
from campaign.models import (
    AreaOversight,
    BandThreshold,
    Campaign,
    Cluster,
    ContentArea,
    DayOff,
    DeadlineTier,
    Duty,
    LegalBasis,
    Participation,
    Passage,
    Period,
    Recipient,
)
from units.admin import HouseAdmin, HouseInline, ReadOnlyAdmin
from units.models import User, below_any
from units.permissions import administered_paths


class FixedOnceLaunched(HouseAdmin):
    """Definitions that stay as they are once the campaign is launched, but for the fields named in ``stays_open``."""

    #: The way from a row to its campaign, as in a query.
    campaign_path: ClassVar[str] = "campaign"
    stays_open: ClassVar[tuple[str, ...]] = ()

    def campaign_of(self, obj: Any) -> Campaign:
        """The campaign that a row belongs to."""
        for step in self.campaign_path.split("__") if self.campaign_path else ():
            obj = getattr(obj, step)
        return cast(Campaign, obj)

    def is_fixed(self, obj: Any) -> bool:
        """True once the campaign is launched."""
        return obj is not None and self.campaign_of(obj).status != CampaignStatus.DRAFT

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """After the launch only what does not alter what is owed."""
        names = list(super().get_readonly_fields(request, obj))
        if self.is_fixed(obj):
            fields = [field.name for field in self.opts.fields + self.opts.many_to_many if field.name != "id"]
            names += [name for name in fields if name not in self.stays_open and name not in names]
        return names

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """New rows are added to campaigns in preparation only."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if self.campaign_path and db_field.name == self.campaign_path.split("__")[0]:
            to_campaign = "__".join(self.campaign_path.split("__")[1:])
            field.queryset = field.queryset.filter(**{f"{to_campaign}__status".lstrip("_"): CampaignStatus.DRAFT})
        return field


class BandInline(HouseInline):
    """Bands of progress; a new line from a day on, also after the launch."""

    model = BandThreshold
    may_change = may_delete = False


class ClusterInline(HouseInline):
    """Clusters."""

    model = Cluster
    may_delete = False


class TierInline(HouseInline):
    """Groups of units with one deadline."""

    model = DeadlineTier
    may_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Due days are laid at the launch."""
        is_open = obj is None or obj.status == CampaignStatus.DRAFT
        return is_open and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Due days are laid at the launch."""
        is_open = obj is None or obj.status == CampaignStatus.DRAFT
        return is_open and super().has_add_permission(request, obj)


@admin.register(Campaign)
class CampaignAdmin(FixedOnceLaunched):
    """Campaigns: dates, calendar, standing body, bands, clusters."""

    campaign_path = ""
    place = "authority__path"
    stays_open = ("name", "short_name", "goal", "document_number", "document_date")
    list_display = ("short_name", "authority", "standing_body", "starts_on", "ends_on", "status")
    list_select_related = ("authority", "standing_body")
    readonly_fields = ("status", "launched_at", "document")
    inlines = (BandInline, ClusterInline, TierInline)


@admin.register(Participation)
class ParticipationAdmin(FixedOnceLaunched):
    """Who takes part, and how."""

    place = "campaign__authority__path"
    stays_open = ("cluster",)
    list_display = ("unit_name", "campaign", "relation", "cluster", "tier")
    list_filter = ("relation", "cluster")
    list_select_related = ("campaign", "cluster", "tier")
    search_fields = ("search_key", "unit_name")


@admin.register(ContentArea)
class ContentAreaAdmin(FixedOnceLaunched):
    """Content areas in the document's own numbering."""

    place = "campaign__authority__path"
    stays_open = ("short_title", "position")
    list_display = ("numbering", "title", "parent", "campaign")
    list_display_links = ("title",)
    list_select_related = ("parent", "campaign")


@admin.register(Passage)
class PassageAdmin(FixedOnceLaunched):
    """The document word for word."""

    place = "campaign__authority__path"
    list_display = ("key", "kind", "numbering", "title", "page", "campaign")
    list_filter = ("kind",)
    list_select_related = ("campaign",)
    search_fields = ("title", "text")


@admin.register(LegalBasis)
class LegalBasisAdmin(HouseAdmin):
    """Documents on which the campaign rests."""

    place = "campaign__authority__path"
    list_display = ("number", "dated", "issuer", "campaign")
    list_select_related = ("campaign",)


@admin.register(Recipient)
class RecipientAdmin(HouseAdmin):
    """Nơi nhận."""

    place = "campaign__authority__path"
    list_display = ("text", "note", "unit", "campaign")
    list_select_related = ("unit", "campaign")


@admin.register(Duty)
class DutyAdmin(HouseAdmin):
    """Duties of running the campaign."""

    place = "campaign__authority__path"
    list_display = ("bearer", "passage", "campaign")
    list_select_related = ("passage", "campaign")


@admin.register(AreaOversight)
class AreaOversightAdmin(HouseAdmin):
    """Which leader looks after which content area."""

    place = "area__campaign__authority__path"
    may_delete = True
    list_display = ("user", "area")
    list_select_related = ("user", "area")


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    """Periods as they were laid by the campaign's calendar rule."""

    place = "campaign__authority__path"
    list_display = ("name", "kind", "starts_on", "ends_on", "is_before_launch", "campaign")
    list_select_related = ("campaign",)


@admin.register(DayOff)
class DayOffAdmin(HouseAdmin):
    """Holidays and swapped working days."""

    may_delete = True
    list_display = ("on", "kind", "name", "authority", "source")
    list_filter = ("kind",)
    date_hierarchy = "on"

    def scope(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Days of everyone, and of the person's part."""
        paths = administered_paths(cast(User, request.user))
        return rows.filter(Q(authority=None) | below_any("authority__path", paths))
