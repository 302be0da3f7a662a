from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles.models import Section
        from masthead import addresses

        addresses.register("section", lambda slug: Section.objects.filter(slug=slug).exists())
