"""Links of a story that lead nowhere on this site: a question of the checklist before publishing."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.checklist import Case, Finding
from articles.models import Article, PastAddress, Section, Topic
from masthead.models import Masthead, Page
from public.people import known

MOST = 60  # links looked at; a few queries each, in the transaction that publishes


def dead_links(case: Case) -> Iterator[Finding]:
    """One finding for all of them. A link to the story itself, or out of the site, is nobody's business here."""
    dead = [path for path in _paths(case.revision.body)[:MOST] if not _leads_somewhere(path, case.article)]
    if dead:
        shown = ", ".join(f"“{path}”" for path in dead)
        several = "These links lead" if len(dead) > 1 else "This link leads"
        yield Finding("dead_links", f"{several} nowhere on this site: {shown}.", "body", blocks=False)


def _paths(body: str) -> list[str]:
    """The paths of the links that stay on this site, each once."""
    own = {urlsplit(address).netloc for address in (settings.SITE_ADDRESS, Masthead.current().absolute("/"))}
    found: dict[str, None] = {}
    for address in re.findall(r'<a [^>]*?href="([^"]*)"', body):
        try:
            parts = urlsplit(unescape(address))
        except ValueError:
            continue
        if parts.path.startswith("/") and (parts.netloc in own or not parts.netloc):
            found[unquote(parts.path)] = None
    return list(found)


def _leads_somewhere(path: str, article: Article) -> bool:
    if "\0" in path or len(path) > 300:
        return False
    try:
        match = resolve(path)
    except Resolver404:
        try:
            match = resolve(f"{path}/")
        except Resolver404:
            return _is_past(path)
    there = _THERE.get(match.view_name)
    return there is None or there(match.kwargs) or path == article.get_absolute_url() or _is_past(path)


def _is_past(path: str) -> bool:
    return PastAddress.objects.filter(path=path).exists()


def _story(address: dict[str, Any]) -> bool:
    try:
        day = date(address["year"], address["month"], address["day"])
    except ValueError:
        return False
    return Article.objects.published().filter(first_published_on=day, slug=address["slug"]).exists()


def _section_or_page(address: dict[str, Any]) -> bool:
    return Section.objects.filter(**address).exists() or Page.objects.filter(**address).exists()


# The pages that may be there or not, by the name of their address; every other address of the site is there.
_THERE: dict[str, Callable[[dict[str, Any]], bool]] = {
    "public:article": _story,
    "public:section": _section_or_page,
    "public:page": _section_or_page,
    "public:section_feed": lambda address: Section.objects.filter(**address).exists(),
    "public:topic": lambda address: Topic.objects.filter(**address).exists(),
    "public:topic_feed": lambda address: Topic.objects.filter(**address).exists(),
    "public:author": lambda address: known().filter(**address).exists(),
    "public:author_feed": lambda address: known().filter(**address).exists(),
    "public:preview": lambda _: False,
    "public:commentary_key": lambda _: False,
    "public:commentary_step": lambda _: False,
    "public:commentary_status": lambda _: False,
}
