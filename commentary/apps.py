from datetime import timedelta

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_save, pre_delete


class CommentaryConfig(AppConfig):
    name = "commentary"
    verbose_name = "Guest commentary"

    def ready(self) -> None:
        from accounts.models import User
        from accounts.signals import rights_lost
        from articles import checklist
        from articles.signals import article_changed
        from authors.models import Author
        from commentary import checks, clocks, giving_back, guard, hearing, likeness, posting, retention
        from heartbeat import beat

        register(checks.mail_leaves)
        checklist.register(guard.findings)
        post_save.connect(guard.profile_changed, sender=Author, dispatch_uid="commentary.profile_changed")
        rights_lost.connect(giving_back.on_rights_lost, dispatch_uid="commentary.rights_lost")
        pre_delete.connect(giving_back.on_deletion, sender=User, dispatch_uid="commentary.editor_deleted")
        article_changed.connect(hearing.hear, dispatch_uid="commentary.corrections")
        beat("commentary.post", every=timedelta(seconds=2))(posting.post)
        beat("commentary.clocks", every=timedelta(minutes=1))(clocks.strike)
        beat("commentary.likeness", every=timedelta(seconds=15))(likeness.catch_up)
        beat("commentary.archive", every=timedelta(minutes=5))(likeness.sketch_archive)
        beat("commentary.retention", every=timedelta(days=1))(retention.have_kept_no_longer)
