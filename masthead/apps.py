from django.apps import AppConfig


class MastheadConfig(AppConfig):
    name = "masthead"

    def ready(self) -> None:
        from documents import uses as document_uses
        from images import uses
        from masthead import addresses
        from masthead.models import Page, logo_of, pages_offering, pages_showing

        addresses.register("page", lambda slug: Page.objects.filter(slug=slug).exists())
        uses.register(logo_of)
        uses.register(pages_showing)
        document_uses.register(pages_offering)
