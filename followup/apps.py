"""Django's entry to the `followup` app."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """What is done about it: obstacles, explanations, reminders, inspections, conclusions."""

    name = "followup"
    verbose_name = "Theo dõi, đôn đốc"
    default_auto_field = "django.db.models.BigAutoField"
