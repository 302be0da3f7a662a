from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "public"

    def ready(self) -> None:
        from articles import surfaces
        from public.surfaces import of

        surfaces.register(of)
