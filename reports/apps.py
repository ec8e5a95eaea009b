"""Django's entry to the `reports` app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Shown to whom: homes by role, boards, tables, Excel, PDF; issued reports."""

    name = "reports"
    verbose_name = "Báo cáo"
    default_auto_field = "django.db.models.BigAutoField"
