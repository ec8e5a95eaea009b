"""Django's entry to the `units` app."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Who: units in time, people, posts, roles, the audit trail, files and the clock."""

    name = "units"
    verbose_name = "Đơn vị và con người"
    default_auto_field = "django.db.models.BigAutoField"
