from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from newsroom import roles

        # Connected last: `newsroom` knows everybody, and every app's permissions must exist by then.
        post_migrate.connect(roles.apply, sender=self)
