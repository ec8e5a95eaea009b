"""Django's entry to the `campaign` app."""

from django.apps import AppConfig


class CampaignConfig(AppConfig):
    """When, and how far along: campaigns, content areas, periods, participation, submissions."""

    name = "campaign"
    verbose_name = "Phong trào thi đua"
    default_auto_field = "django.db.models.BigAutoField"
