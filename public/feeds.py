"""RSS 2.0 with the full text, its addresses absolute: https://www.rssboard.org/rss-specification."""

import re
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

import richtext
from articles.models import Article, Section, Topic
from articles.models.queries import ArticleQuerySet
from masthead.middleware import publication
from masthead.models import Masthead
from public import bylines
from public.answers import page
from public.people import known

LENGTH = 20

# XML 1.0 knows no other control characters than tab and line ends.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FullText(Rss201rev2Feed):
    """With each story's text and all who wrote it."""

    def rss_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().rss_attributes()
        return attributes | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["writers"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["text"])


@page
def newest(request: HttpRequest) -> HttpResponse:
    masthead = publication(request)
    return _feed(request, Article.objects.published(), masthead.name, reverse("public:front"))


@page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Section, slug=slug)
    return _about(request, Article.objects.published().in_section(subject), subject.name, subject.get_absolute_url())


@page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Topic, slug=slug)
    return _about(request, Article.objects.published().about(subject), subject.name, subject.get_absolute_url())


@page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(known(), slug=slug)
    return _about(request, Article.objects.published().by_author(person), person.name, person.get_absolute_url())


def _about(request: HttpRequest, stories: ArticleQuerySet, subject: str, path: str) -> HttpResponse:
    return _feed(request, stories, f"{subject} — {publication(request).name}", path)


def _feed(request: HttpRequest, stories: ArticleQuerySet, title: str, path: str) -> HttpResponse:
    masthead = publication(request)
    feed = FullText(
        title=printable(title),
        link=masthead.absolute(path),
        description=escape(printable(masthead.tagline or title)),
        language=masthead.language,
        feed_url=masthead.absolute(request.path),
        feed_copyright=printable(masthead.licence) or None,
    )
    for story in stories.with_page()[:LENGTH]:
        _add(feed, masthead, story)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed: FullText, masthead: Masthead, story: Article) -> None:
    live = story.live
    if live is None or story.section is None:
        return
    address = masthead.absolute(story.get_absolute_url())
    label = f"{story.kind_label}: " if story.is_commentary else ""
    feed.add_item(
        title=printable(f"{label}{live.headline}"),
        link=address,
        # A description is read as HTML, a title as words.
        description=escape(printable(live.summary or live.deck or richtext.excerpt(richtext.text(live.body), 300))),
        unique_id=address,
        pubdate=story.published_at,
        updateddate=story.updated_at,
        categories=[printable(name) for name in (story.section.name, *(topic.name for topic in story.topics.all()))],
        writers=[printable(author.name) for author in bylines.writers(live)],
        text=printable(richtext.render(live.body, variant="feed") + richtext.paragraphs(live.disclosure)),
    )


def printable(text: str) -> str:
    """``text`` without what XML cannot carry."""
    return _UNPRINTABLE.sub("", text)
