"""A story as readers would see it, were one of its texts published now: for previews, never to be saved.

Two kinds of people look: whoever holds a ``PreviewLink``, and the newsroom itself beside the editor. The newsroom needs
no stored link: the desk asks for the right to read each time it shows the frame and hands out a signed address
that is good for ``GOOD_FOR``.
"""

from datetime import timedelta

from django.core import signing
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Revision
from articles.models.queries import page_lookups

GOOD_FOR = timedelta(minutes=10)
_SALT = "articles.looks"


def address(article: Article) -> str:
    """Where the newest text of ``article`` can be seen for the next minutes, by whoever is given the address."""
    return reverse("public:look", args=[signing.dumps(article.pk, salt=_SALT)])


def story_of(look: str) -> Article | None:
    """The story whose ``address`` ends in ``look``, if that was made by us and is still good: not while in the bin."""
    try:
        key = signing.loads(look, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Article.objects.unspiked().filter(pk=key).first()


def as_readers_would_see(article: Article, revision: Revision | None = None) -> Article:
    """``article`` with ``revision``, or its newest text, as ``live``: loaded ``with_page``, not to be saved.

    Its dates are those it would have: what readers know stays, a text they do not know counts as an update of today,
    and a story they have never seen appears today, or when it is scheduled or its embargo ends.
    """
    story = Article.objects.select_related("section", "draft").get(pk=article.pk)
    now = timezone.now()
    shown = revision or story.draft
    if shown is not None and story.has_appeared and shown.pk != story.live_id:
        story.updated_at = now
    story.published_at = story.published_at or max(now, story.embargo_until or now)
    story.live = shown
    prefetch_related_objects([story], "live__lead_image", *page_lookups())
    return story
