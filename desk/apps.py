from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class DeskConfig(AppConfig):
    name = "desk"
    default = True

    def ready(self) -> None:
        import_module("desk.admin")  # registers what the desk shows; it needs every app's models


class DeskAdminConfig(admin.SimpleAdminConfig):
    """Django's admin with the desk as its default site. Nothing registers itself: desk.admin names what is shown."""

    default = False
    default_site = "desk.site.DeskSite"
