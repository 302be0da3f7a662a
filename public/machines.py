"""Addresses that programs ask for."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article, Section, Topic
from masthead.middleware import publication
from masthead.models import Page
from public import colours as shades
from public.answers import page
from public.people import known

A_YEAR = 31_536_000
MOST_ADDRESSES = 50_000  # sitemaps.org allows no more in one file


class Place(NamedTuple):
    address: str
    changed: datetime | None


@page
def sitemap(request: HttpRequest) -> HttpResponse:
    masthead = publication(request)
    places = [*_lists(), *_stories()][:MOST_ADDRESSES]
    context = {"places": [Place(masthead.absolute(path), changed) for path, changed in places]}
    return TemplateResponse(request, "public/sitemap.xml", context, content_type="application/xml")


@page
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": publication(request).absolute(reverse("public:sitemap"))}
    return TemplateResponse(request, "public/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
def colours(request: HttpRequest, stamp: str) -> HttpResponse:
    """The accent. A page stored before the colour changed still finds a stylesheet, only not for long."""
    colour = publication(request).colour
    response = HttpResponse(shades.stylesheet(colour), content_type="text/css; charset=utf-8")
    if stamp == shades.stamp(colour):
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response


def _lists() -> list[Place]:
    newest = Article.objects.published().order_by()
    changed = newest.aggregate(at=Max("published_at"))["at"]
    in_sections = dict(newest.values_list("section").annotate(at=Max("published_at")))
    of_topics = dict(newest.exclude(topics=None).values_list("topics").annotate(at=Max("published_at")))
    return [
        Place(reverse("public:front"), changed),
        *(Place(section.get_absolute_url(), in_sections.get(section.pk)) for section in Section.objects.all()),
        *(Place(topic.get_absolute_url(), of_topics[topic.pk]) for topic in Topic.objects.filter(pk__in=of_topics)),
        Place(reverse("public:authors"), None),
        Place(reverse("public:corrections"), None),
        *(Place(person.get_absolute_url(), None) for person in known()),
        *(Place(standing.get_absolute_url(), standing.updated_at) for standing in Page.objects.defer("body")),
    ]


def _stories() -> list[Place]:
    stories = Article.objects.published().only("slug", "first_published_on", "published_at", "updated_at")
    return [
        Place(story.get_absolute_url(), story.updated_at or story.published_at) for story in stories[:MOST_ADDRESSES]
    ]
