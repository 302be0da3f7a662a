from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_save


class CommentaryConfig(AppConfig):
    name = "commentary"
    verbose_name = "Guest commentary"

    def ready(self) -> None:
        from articles import checklist
        from articles.signals import article_changed
        from authors.models import Author
        from commentary import clocks, guard, hearing, likeness, posting, retention
        from heartbeat import beat

        checklist.register(guard.findings)
        post_save.connect(guard.profile_changed, sender=Author, dispatch_uid="commentary.profile_changed")
        article_changed.connect(hearing.hear, dispatch_uid="commentary.corrections")
        beat("commentary.post", every=timedelta(seconds=2))(posting.post)
        beat("commentary.clocks", every=timedelta(minutes=1))(clocks.strike)
        beat("commentary.likeness", every=timedelta(seconds=15))(likeness.catch_up)
        beat("commentary.archive", every=timedelta(minutes=5))(likeness.sketch_archive)
        beat("commentary.retention", every=timedelta(days=1))(retention.have_kept_no_longer)
