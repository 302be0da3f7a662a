"""Who may do what with a story. The model says what is possible; these say for whom.

Every function answers for one user and one story; what lists show are twins of them. Where a person has several
roles, each right is asked for by itself, so that they add up. Three rights stand behind most answers: *changing*
stories is for one's own, unless one may *edit any*; *editing commentary* is for every story by a guest, whoever
made it, and goes as far as publishing.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import User
from articles.kinds import GUEST_KINDS, Kind
from articles.models import Article
from articles.models.queries import ArticleQuerySet
from authors.models import Author
from commentary.models import Submission
from commentary.models.queries import SubmissionQuerySet
from documents.models import Document
from images.models import Image

_EDITS_COMMENTARY = "articles.edit_commentary_article"
_HOLDS = "commentary.hold_submission"


def may_write(user: User | AnonymousUser, kind: str | None = None) -> bool:
    """May begin a story: of this kind, or of any kind at all."""
    if user.has_perm("articles.add_article"):
        return True
    return (kind is None or kind in GUEST_KINDS) and user.has_perm(_EDITS_COMMENTARY)


def edits(user: User) -> bool:
    """May edit stories at all, be it only their own."""
    return user.has_perm("articles.change_article") or user.has_perm(_EDITS_COMMENTARY)


def may_edit(user: User, article: Article) -> bool:
    """One's own story, any with the right to edit others', guest commentary with the right to edit that."""
    return _edits(user, article, article.kind)


def may_read(user: User, article: Article) -> bool:
    """What one may edit, and others' stories from review on. Twin of ``visible``."""
    if not user.has_perm("articles.view_article"):
        return False
    return article.is_beyond_writing or may_edit(user, article)


def visible(user: User) -> ArticleQuerySet:
    """The stories ``user`` may read. Twin of ``may_read``."""
    if not user.has_perm("articles.view_article"):
        return Article.objects.none()
    if _edits_any(user):
        return Article.objects.all()
    return any_of(Article.objects.beyond_writing(), *_within_reach(user))


def may_mark_ready(user: User, article: Article) -> bool:
    """Say that a text needs nothing more, or give it back to its writer. Twin of ``awaiting``."""
    if article.is_commentary and user.has_perm(_EDITS_COMMENTARY):
        return True
    return user.has_perm("articles.ready_article") and may_edit(user, article)


def reviews(user: User) -> bool:
    """Others' stories come to this person once their writers have sent them for review."""
    return user.has_perm("articles.ready_article") or user.has_perm(_EDITS_COMMENTARY)


def awaiting(user: User) -> ArticleQuerySet:
    """The stories in review that ``user`` may take further, longest first. Twin of ``may_mark_ready``."""
    waiting = Article.objects.in_review()
    if not user.has_perm("articles.ready_article"):
        return waiting.commentary() if user.has_perm(_EDITS_COMMENTARY) else waiting.none()
    if _edits_any(user):
        return waiting
    return waiting.filter(pk__in=any_of(*_within_reach(user)).values("pk"))


def may_publish(user: User, article: Article) -> bool:
    """Publish, schedule, withdraw, retract, reinstate: everything that changes what readers see."""
    return _publishes(user, article, article.kind)


def may_publish_own(user: User) -> bool:
    """May publish whatever story they may begin, so that a new one offers it at once."""
    if user.has_perm("articles.publish_article"):
        return True
    return user.has_perm(_EDITS_COMMENTARY) and not user.has_perm("articles.add_article")


def may_schedule(user: User, article: Article) -> bool:
    """Put out a story that nobody has to touch any more, now or later, and take back a date to come.

    What is new in a live story takes somebody who can answer to readers for the change: ``may_publish``.
    Twin of ``awaiting_date``.
    """
    if may_publish(user, article):
        return True
    return user.has_perm("articles.schedule_article") and article.is_settled


def dates(user: User) -> bool:
    """Decides when stories appear: may see what is ready and what is dated ahead."""
    return user.has_perm("articles.publish_article") or user.has_perm("articles.schedule_article")


def awaiting_date(user: User) -> ArticleQuerySet:
    """The stories that are ready and that ``user`` may put out. Twin of ``may_schedule``."""
    ready = Article.objects.ready()
    found = []
    if user.has_perm("articles.publish_article"):
        found.append(ready if _edits_any(user) else any_of(*_within_reach(user)).ready())
    if user.has_perm("articles.schedule_article"):
        found.append(ready.settled())
    if user.has_perm(_EDITS_COMMENTARY):
        found.append(ready.commentary())
    return any_of(*found)


def may_retract(user: User, article: Article) -> bool:
    """Say to readers that the story as a whole was wrong."""
    return may_publish(user, article)


def may_classify(user: User, article: Article) -> bool:
    """Section, topics, address: readers see these at once on a story that is out."""
    return may_publish(user, article) if article.live_id else may_edit(user, article)


def may_make(user: User, article: Article, kind: str) -> bool:
    """Turn the story into this kind: it must stay one that ``user`` may do the same with.

    Else guest commentary could be published by whoever edits that alone, and then lose its label.
    """
    if not may_classify(user, article):
        return False
    return _publishes(user, article, kind) if article.live_id else _edits(user, article, kind)


def kinds_open_to(user: User, article: Article | None) -> list[str]:
    """The kinds that ``user`` may begin a story as, or turn this one into."""
    if article is None:
        return [kind for kind in Kind.values if may_write(user, kind)]
    return [kind for kind in Kind.values if kind == article.kind or may_make(user, article, kind)]


def may_assign(user: User, article: Article) -> bool:
    """Say who has the story."""
    return may_edit(user, article)


def may_share(user: User, article: Article) -> bool:
    """Show a text to people without an account, and end that: whoever may read it and work on it."""
    return may_read(user, article) and may_edit(user, article)


def may_spike(user: User, article: Article) -> bool:
    """Put a story into the bin: one's own, or any that one could have published."""
    if may_publish(user, article):
        return True
    return may_edit(user, article) and article.concerns(user)


def may_restore(user: User, article: Article) -> bool:
    """Bring a story back from the bin: whoever may put it there, so that a slip can be undone."""
    return may_spike(user, article)


def may_change_author(user: User | AnonymousUser, author: Author | None) -> bool:
    """Any profile; those of guests with the right to edit what they write."""
    if user.has_perm("authors.change_author"):
        return True
    return bool(author and author.is_guest) and user.has_perm(_EDITS_COMMENTARY)


def may_replace_document(user: User, document: Document) -> bool:
    """Put another file in its place, which readers get at once: one's own that nothing uses yet, else as an editor."""
    if user.has_perm("documents.delete_document"):
        return True
    own = document.created_by_id == user.pk
    return own and user.has_perm("documents.change_document") and not document.is_used


def may_replace_picture(user: User, image: Image) -> bool:
    """Put another file in its place, which readers get at once: one's own that nothing uses yet, else as an editor."""
    if user.has_perm("images.delete_image"):
        return True
    own = image.created_by_id == user.pk and user.has_perm("images.change_image")
    return own and not Image.objects.used().filter(pk=image.pk).exists()


def may_have_original(user: User, image: Image) -> bool:
    """The file as it was sent, which may say where somebody lives: for whoever sent it, and for editors."""
    if user.has_perm("images.delete_image"):
        return True
    return image.created_by_id == user.pk and user.has_perm("images.view_image")


def works_on_pieces(user: User | AnonymousUser) -> bool:
    """Is of the commentary desk: reads what guests send and answers it."""
    return user.has_perms(["commentary.view_submission", "commentary.change_submission"])


def may_lift_hold(user: User) -> bool:
    """Sees what is under legal hold, and ends that."""
    return user.has_perm(_HOLDS)


def may_decide(user: User) -> bool:
    """Accepts and declines; after acceptance declining takes ``may_kill`` too."""
    return user.has_perm("commentary.decide_submission")


def may_kill(user: User) -> bool:
    """Declines what was accepted already."""
    return user.has_perm("commentary.kill_submission")


def pieces(user: User) -> SubmissionQuerySet:
    """The pieces by guests that ``user`` may open: confirmed by their writers, and none they stepped back from."""
    if not user.has_perm("commentary.view_submission"):
        return Submission.objects.none()
    found = Submission.objects.readable().not_recused(user)
    return found if may_lift_hold(user) else found.without_legal_hold()


def any_of(*readable: ArticleQuerySet) -> ArticleQuerySet:
    """All of these together. Subqueries, because rows joined twice would be counted twice."""
    found = [Q(pk__in=stories.order_by().values("pk")) for stories in readable]
    return Article.objects.filter(reduce(or_, found)) if found else Article.objects.none()


def _edits_any(user: User) -> bool:
    return user.has_perms(["articles.change_article", "articles.edit_any_article"])


def _edits(user: User, article: Article, kind: str) -> bool:
    """Twin of ``_within_reach``, for somebody who may not edit any."""
    if kind in GUEST_KINDS and user.has_perm(_EDITS_COMMENTARY):
        return True
    return _edits_any(user) or (user.has_perm("articles.change_article") and article.concerns(user))


def _within_reach(user: User) -> Iterable[ArticleQuerySet]:
    """What ``user`` may edit without the right to edit any. Twin of ``_edits``."""
    if user.has_perm("articles.change_article"):
        yield Article.objects.concerning(user)
    if user.has_perm(_EDITS_COMMENTARY):
        yield Article.objects.commentary()


def _publishes(user: User, article: Article, kind: str) -> bool:
    if kind in GUEST_KINDS and user.has_perm(_EDITS_COMMENTARY):
        return True
    return user.has_perm("articles.publish_article") and _edits(user, article, kind)
