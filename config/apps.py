"""Django's entry to the `config` app."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ConfigConfig(AppConfig):
    """The house: settings, urls, middleware, formats, and the commands that span apps."""

    name = "config"
    verbose_name = "Cấu hình"
    default_auto_field = "django.db.models.BigAutoField"


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's administration with the house's own site."""

    default = False  # the default of this module is the house
    default_site = "config.administration.AdministrationSite"
    verbose_name = "Quản trị"
