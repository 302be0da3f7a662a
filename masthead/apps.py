from django.apps import AppConfig


class MastheadConfig(AppConfig):
    name = "masthead"

    def ready(self) -> None:
        from images import uses
        from masthead import addresses
        from masthead.models import Page, logo_of

        addresses.register("page", lambda slug: Page.objects.filter(slug=slug).exists())
        uses.register(logo_of)
