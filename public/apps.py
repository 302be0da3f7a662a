from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "public"

    def ready(self) -> None:
        from articles import checklist
        from public import links

        checklist.register(links.dead_links)
