from datetime import timedelta

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import checklist, references
        from articles.linked import linked
        from articles.models import Section, announcing, keeping, spiking
        from articles.pictures import stories_offering, stories_showing
        from documents import uses as document_uses
        from heartbeat import beat, watch
        from images import uses
        from masthead import addresses
        from richtext import register

        beat("articles.announce", every=timedelta(seconds=5))(announcing.announce)
        beat("articles.recheck_schedules", every=timedelta(minutes=1))(announcing.recheck_schedules)
        beat("articles.empty_bin", every=timedelta(minutes=10))(spiking.empty)
        beat("articles.prune_revisions", every=timedelta(hours=1))(keeping.prune)
        watch("announcements")(announcing.overdue)

        addresses.register("section", lambda slug: Section.objects.filter(slug=slug).exists())
        checklist.register(references.problems)
        uses.register(stories_showing)
        document_uses.register(stories_offering)
        register("story", linked, "articles/story_link.html")
