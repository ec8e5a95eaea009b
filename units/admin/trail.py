"""The audit trail as the administrator reads it."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from units.admin.base import ReadOnlyAdmin
from units.models import AuditLine, User, below_any
from units.permissions import administered_paths
from units.rules.acts import act_words
from vietnamese.text import sort_key


class ActFilter(admin.SimpleListFilter):
    """What was done, in words; only what the trail knows of."""

    title = "việc"
    parameter_name = "viec"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The events there are, by their words."""
        events = AuditLine.objects.order_by("event").values_list("event", flat=True).distinct()
        return sorted(((one, _words(one)) for one in events), key=lambda pair: sort_key(pair[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The lines of one event."""
        return queryset.filter(event=self.value()) if self.value() else queryset


def _words(event: str) -> str:
    return act_words(
        event, {model._meta.model_name or "": str(model._meta.verbose_name) for model in apps.get_models()}
    )


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnlyAdmin):
    """The audit trail: who did what, when; without the values that were written."""

    list_display = ("at", "by", "act", "subject", "unit", "on_behalf_of")
    list_filter = (ActFilter,)
    date_hierarchy = "at"
    list_select_related = ("by", "unit", "on_behalf_of", "stand_in__lender")
    search_fields = ("subject", "by__username", "event")
    fields = ("at", "by", "act", "about", "subject", "unit", "on_behalf_of", "stand_in")
    readonly_fields = ("act", "about")

    def scope(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Acts at units of the person's part, and those that concern no unit."""
        return rows.filter(Q(unit=None) | below_any("unit__path", administered_paths(cast(User, request.user))))

    @admin.display(description="việc", ordering="event")
    def act(self, line: AuditLine) -> str:
        """What was done, in words."""
        return _words(line.event)

    @admin.display(description="về")
    def about(self, line: AuditLine) -> str:
        """What kind of row it was done to, in words."""
        return str(apps.get_model(line.subject_type)._meta.verbose_name) if line.subject_type else "–"
