from datetime import timedelta

from django.apps import AppConfig

from heartbeat.beats import beat


class ImagesConfig(AppConfig):
    name = "images"

    def ready(self) -> None:
        from images import renditions

        beat("images.catch_up", every=timedelta(hours=3))(renditions.catch_up)
