"""Makes what tests need, through the same verbs the product uses."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth.models import Group

from accounts.actors import Sample
from accounts.models import User
from articles.models import Article, Section
from articles.texts import Credit, Text
from authors.models import Author
from newsroom.roles import EDITOR

NOW = datetime(2026, 9, 14, 19, 30, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
TOMORROW = NOW + timedelta(days=1)

PASSWORD = "a long enough password"

_numbers = count(1)


def make_user(*, role=EDITOR, name="Edda Editor", **fields):
    user = User.objects.create_user(
        fields.pop("email", f"person{next(_numbers)}@example.org"), PASSWORD, name=name, is_staff=True, **fields
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def make_author(name="Ada Writer", **fields):
    return Author.objects.create(name=name, **fields)


def make_section(name="Health", *, slug=None):
    return Section.objects.get_or_create(slug=slug or name.lower(), defaults={"name": name})[0]


def make_text(**fields):
    """A text that may be published as it stands, unless ``fields`` take something away."""
    return Text(
        **{
            "headline": "Hospitals agree on a price",
            "summary": "Two hospital chains have settled what a bed costs.",
            "body": "<p>The agreement ends a dispute of four years.</p>",
            "bylines": (Credit(Author.objects.first() or make_author()),),
        }
        | fields
    )


def make_article(*, published_at=None, section=None, topics=(), kind="news", by=None, at=None, slug="", **fields):
    """A story in ``section``, published when ``published_at`` says so."""
    by = by or Sample()
    moment = at or published_at or NOW
    article = Article.begin(make_text(**fields), by=by, kind=kind, at=moment)
    article.classify(section=section or make_section(), topics=topics, slug=slug, by=by)
    if published_at:
        article.publish(revision=article.draft, by=by, at=published_at)
    return article
