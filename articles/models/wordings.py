"""The words of texts as searches compare them: without capitals, accents and punctuation."""

import re
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

import richtext
from accounts.models import User
from articles.models.revision import Byline, Revision
from articles.texts import Text
from authors.models import Author
from richtext import folded

MOST_TERMS = 12
LONGEST_QUERY = 1_000
ADDRESS = re.compile(r"^https?://|^/\d{4}/")
TERM = re.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)(-?)(\S+)')
STRAIGHT_QUOTES = str.maketrans("“”„«»", '"""""')
# Chinese, Japanese, Korean and Thai are written without spaces: a word may begin anywhere.
UNSPACED = re.compile("[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Wording(models.Model):
    """The words of one revision, folded, beside it: a search reads these and never a body."""

    revision = models.OneToOneField(Revision, primary_key=True, on_delete=models.CASCADE, related_name="wording")
    headline = models.TextField()
    words = models.TextField()

    def __str__(self) -> str:
        return self.headline.strip()


@dataclass(frozen=True)
class Asked:
    """What somebody looks for, folded: every ``wanted`` term and none of the ``unwanted``; a term may be a phrase.

    A wanted word finds words that begin with it, an unwanted one only itself.
    """

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def authors(self) -> dict[str, list[int]]:
        """The keys of the authors whose names fit each term; one query, however many terms."""
        names = [(pk, folded(name)) for pk, name in Author.objects.order_by().values_list("pk", "name")]
        return {term: [pk for pk, name in names if term in name] for term in self.wanted + self.unwanted}


def understood(typed: str) -> Asked:
    """A query as people type it: words, “phrases”, -words; of the address of a story its last part counts."""
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    typed = typed.replace("\0", " ")[:LONGEST_QUERY].translate(STRAIGHT_QUOTES)
    for found in TERM.finditer(typed):
        minus = found[1] or found[3]
        words = folded(_last_part(found[2] or found[4] or "")).strip()
        if not words:
            continue
        if minus:
            unwanted[f" {words} "] = None
        else:
            wanted[words if UNSPACED.search(words) else f" {words}"] = None
    return Asked(tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS])


def keep(revision: Revision, text: Text) -> None:
    """Write the words of ``revision``, just stored from ``text``, in the transaction that stores it."""
    plain = "\n".join(
        [text.headline, text.kicker, text.deck, text.summary, richtext.text(text.body), text.lead_caption]
    )
    words = {"headline": folded(text.headline), "words": folded(plain)}
    Wording.objects.update_or_create(revision=revision, defaults=words)


def says(term: str, authors: list[int], within: str) -> Q:
    """One folded ``term`` stands in the words, the address, or the name of one of ``authors``."""
    found = Q(Exists(Wording.objects.filter(current(), **{f"{within}__contains": term})))
    found |= Q(Contains(Concat(Value("-"), F("slug"), Value("-")), term.replace(" ", "-")))
    if authors:
        found |= Q(Exists(Byline.objects.filter(current(), author__in=authors)))
    return found


def current() -> Q:
    """Rows of the newest or the live text of the story outside."""
    return Q(revision=OuterRef("draft")) | Q(revision=OuterRef("live"))


def called(model: type[User] | type[Author], name: str) -> list[int]:
    """Whoever has the words of ``name`` in theirs, in this order, accents and capitals aside."""
    wanted = folded(name).rstrip()
    everybody = model._default_manager.order_by().values_list("pk", "name")
    return [pk for pk, known in everybody if wanted and wanted in folded(known)]


def _last_part(term: str) -> str:
    return term.rstrip("/").rpartition("/")[2] if ADDRESS.match(term) else term
