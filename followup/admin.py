"""Administration of the followup app: the list of usual causes."""

from __future__ import annotations

from django.contrib import admin

from followup.models import Cause
from units.admin import HouseAdmin


@admin.register(Cause)
class CauseAdmin(HouseAdmin):
    """Usual causes of obstacles: added and taken out of use, never deleted."""

    list_display = ["name", "kind", "position", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["name"]
    prepopulated_fields = {"key": ["name"]}
