import re
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, takewhile
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

import richtext
from articles.models import Article, Revision
from authors.models import Author
from masthead.models import Masthead
from public import bylines, invitation, linked_data

register = template.Library()


@register.filter
def data_block(graph: Sequence[dict[str, Any]]) -> SafeString:
    return linked_data.written(graph)


@register.filter
def instant(moment: datetime) -> str:
    """A moment for machines: in the newsroom's zone, to the second, as HTML, XML and JSON-LD all accept it."""
    return linked_data.instant(moment)


@register.filter
def by_when(moment: datetime) -> str:
    """A moment as guests read a promise: “Thursday 14 Nov, 5 pm”, in the newsroom's zone."""
    local = timezone.localtime(moment)
    hour = date_format(local, "g A" if local.minute == 0 else "g:i A")
    return f"{date_format(local, 'l j M')}, {hour.lower()}"


@register.filter
def writers(article: Article) -> list[Author]:
    """Whose names stand on the card of a story loaded ``with_cards``."""
    return bylines.writers(article.live) if article.live else []


@register.filter
def standfirst(revision: Revision, length: int) -> str:
    """What a card says below its headline: the deck, or as many whole sentences of the summary as fit."""
    words = revision.deck or revision.summary
    sentences = re.split(r"(?<=[.?!])(?=\s)|(?<=[.?!][”’\"])(?=\s)", " ".join(words.split()))
    whole = list(takewhile(lambda text: len(text) <= length, accumulate(sentences)))
    return whole[-1] if whole else richtext.excerpt(words, length)


@register.filter
def initials(name: str) -> str:
    """One or two letters that stand in for a portrait."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


@register.simple_tag
def invitation_below(story: Article, masthead: Masthead) -> invitation.Invitation:
    return invitation.below(story, masthead)
