"""The last part of a story's address: made from the headline, never shared on one day."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.urls import reverse
from django.utils.text import slugify

from articles.models.addresses import PastAddress
from articles.states import MoveRefused
from articles.texts import TextRefused

if TYPE_CHECKING:
    from articles.models.article import Article

LONGEST = 100


def from_headline(headline: str) -> str:
    """At most ``LONGEST`` characters, cut between words; empty if the headline has no Latin letters or digits."""
    whole = slugify(headline)
    if len(whole) <= LONGEST:
        return whole
    return whole[:LONGEST].rpartition("-")[0] or whole[:LONGEST]


def checked(slug: str) -> str:
    """A slug as somebody typed it, or ``TextRefused``. Empty is fine: the headline decides."""
    if slug and (len(slug) > LONGEST or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)):
        raise TextRefused(
            {"slug": f"An address has small letters, digits and single hyphens only, {LONGEST} characters at most."}
        )
    return slug


def path(day: date, slug: str) -> str:
    """The path of a story that first appeared on ``day`` in the newsroom's zone."""
    return reverse("public:article", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}", slug])


@contextmanager
def one_address() -> Iterator[None]:
    """Around a transaction: two stories that take one address at the same moment are told apart by the database."""
    try:
        yield
    except IntegrityError as error:
        if "article_address_once" not in str(error) and "first_published_on" not in str(error):
            raise
        raise MoveRefused("Another story has just taken this address. Try again.") from error


def free(article: "Article", wanted: str, day: date) -> str:
    """``wanted``, or ``wanted-2`` and on, so that no other story has or had this address."""
    wanted = wanted or f"story-{article.pk}"
    others = type(article).objects.exclude(pk=article.pk).filter(first_published_on=day)
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
    left = PastAddress.objects.exclude(article=article).filter(path__startswith=path(day, wanted).rstrip("/"))
    taken |= {gone.rstrip("/").rpartition("/")[2] for gone in left.values_list("path", flat=True)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
