from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from heartbeat import beat


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from accounts import sealing
        from newsroom import roles

        # Connected last: `newsroom` knows everybody, and every app's permissions must exist by then.
        post_migrate.connect(roles.apply, sender=self)
        # Here, because accounts and heartbeat stand beside each other.
        beat("accounts.seal", every=timedelta(seconds=10))(sealing.seal_waiting)
