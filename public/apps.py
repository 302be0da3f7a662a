from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "public"

    def ready(self) -> None:
        from articles import checklist, surfaces
        from public import links
        from public.surfaces import of

        checklist.register(links.dead_links)
        surfaces.register(of)
