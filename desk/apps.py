from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from heartbeat.beats import beat


class DeskConfig(AppConfig):
    name = "desk"
    default = True

    def ready(self) -> None:
        import_module("desk.admin")  # registers what the desk shows; it needs every app's models
        from accounts import limits, sessions
        from articles.signals import article_changed
        from desk import receipts
        from desk.models import Presence

        beat("desk.presence", every=timedelta(hours=1))(Presence.tidy)
        article_changed.connect(receipts.hear, dispatch_uid="desk.receipts")
        beat("sign-in tallies", every=timedelta(hours=6))(limits.forget_old)
        beat("ended sessions", every=timedelta(hours=6))(sessions.forget_ended)


class DeskAdminConfig(admin.SimpleAdminConfig):
    """Django's admin with the desk as its default site. Nothing registers itself: desk.admin names what is shown."""

    default = False
    default_site = "desk.site.DeskSite"
