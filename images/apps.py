from datetime import timedelta

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "images"

    def ready(self) -> None:
        from files import naming, sweeping
        from heartbeat import beat
        from images import renditions
        from images.models import in_texts
        from richtext import register

        naming.register("images.Image", "original", "originals")
        beat("files.sweep", every=timedelta(minutes=10))(sweeping.sweep)  # files does not know the heartbeat
        beat("images.catch_up", every=timedelta(minutes=1))(renditions.catch_up)

        register("image", in_texts, "images/figure.html")
        register("gallery", None, "images/gallery.html")
