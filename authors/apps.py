from django.apps import AppConfig


class AuthorsConfig(AppConfig):
    name = "authors"

    def ready(self) -> None:
        from authors.models import portraits_of
        from images import uses

        uses.register(portraits_of)
