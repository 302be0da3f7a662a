from django.apps import AppConfig


class MastheadConfig(AppConfig):
    name = "masthead"

    def ready(self) -> None:
        from masthead import addresses
        from masthead.models import Page

        addresses.register("page", lambda slug: Page.objects.filter(slug=slug).exists())
