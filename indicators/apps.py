"""Django's entry to the `indicators` app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """What, and how much: indicators, tasks, assignments, targets, figures, totals."""

    name = "indicators"
    verbose_name = "Chỉ tiêu và số liệu"
    default_auto_field = "django.db.models.BigAutoField"
