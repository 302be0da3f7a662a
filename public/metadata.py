"""What machines are told about a page: title, description, Open Graph, and where its feed is.

The pieces of JSON-LD are made in ``public.linked_data``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import to_locale

import richtext
from articles.models import Article, Revision, Section, Topic
from authors.models import Author
from commentary.models import Guidelines
from images.models import Image
from masthead.models import Masthead, Page
from public import linked_data
from public.listing import Listing

DESCRIPTION = 200  # characters of a description that search engines show at most


@dataclass(frozen=True)
class Picture:
    """The picture that stands for a page elsewhere; ``url`` is absolute."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Head:
    """Everything in a page's <head> that is about this page and no other."""

    title: str
    address: str
    description: str = ""
    kind: str = "website"
    picture: Picture | None = None
    locale: str = "en_US"
    robots: str = "max-image-preview:large"
    feed: str = ""
    feed_title: str = ""
    graph: Sequence[dict[str, Any]] = field(default=())


def front(masthead: Masthead) -> Head:
    head = _head(masthead, masthead.name, reverse("public:front"), masthead.tagline)
    title = f"{masthead.name} — {masthead.tagline}" if masthead.tagline else masthead.name
    return replace(head, title=title, graph=linked_data.site(masthead))


def article(masthead: Masthead, story: Article) -> Head:
    """For a story loaded ``with_page``, as readers see it now."""
    live = story.live
    if live is None or story.section is None:
        raise ValueError("Only a published story has a head.")
    description = live.search_description or live.summary or live.deck or richtext.text(live.body)
    shown = picture(masthead, live.lead_image)
    title = live.search_title or live.headline
    if story.is_commentary:  # a guest's words are labelled wherever they are shown, on the cards of other sites too
        title = f"{story.kind_label}: {title}"
        shown = replace(shown, alt=f"{story.kind_label}. {shown.alt or masthead.name}")
    head = _head(masthead, title, story.get_absolute_url(), description)
    head = replace(head, kind="article", picture=shown, locale=_locale(story.language))
    trail = [(story.section.name, story.section.get_absolute_url()), (live.headline, story.get_absolute_url())]
    graph = [linked_data.article(masthead, story, head), linked_data.trail(masthead, trail)]
    return replace(head, graph=graph)


def preview(masthead: Masthead, live: Revision) -> Head:
    """For a look at a text: no address but the one in hand, and nothing for machines to keep or to pass on."""
    return refusal(masthead, live.search_title or live.headline or "Untitled")


def listed(masthead: Masthead, subject: Section | Topic, page: Listing, *, description: str = "") -> Head:
    """For a section's or topic's page; an older page is its own, and not for search engines to keep."""
    path = subject.get_absolute_url()
    words = description or f"Stories about {subject.name} from {masthead.name}, the newest first."
    feed = f"public:{'section' if isinstance(subject, Section) else 'topic'}_feed"
    head = _head(masthead, subject.name, path, words, page)
    graph = [linked_data.trail(masthead, [(masthead.name, reverse("public:front")), (subject.name, path)])]
    return replace(head, feed=reverse(feed, args=[subject.slug]), feed_title=subject.name, graph=graph)


def people(masthead: Masthead) -> Head:
    path = reverse("public:authors")
    head = _head(masthead, "Our writers", path, f"The people who report, edit and write for {masthead.name}.")
    trail = [(masthead.name, reverse("public:front")), ("Our writers", path)]
    return replace(head, graph=[linked_data.trail(masthead, trail)])


def person(masthead: Masthead, author: Author, page: Listing) -> Head:
    words = richtext.excerpt(author.biography, DESCRIPTION) or f"Stories by {author.name} in {masthead.name}."
    head = _head(masthead, author.name, author.get_absolute_url(), words, page)
    head = replace(head, kind="profile", picture=picture(masthead, author.portrait))
    trail = [("Our writers", reverse("public:authors")), (author.name, author.get_absolute_url())]
    newest = page.stories[0] if page.stories else None
    return replace(
        head,
        feed=reverse("public:author_feed", args=[author.slug]),
        feed_title=author.name,
        graph=[linked_data.profile(masthead, author, newest), linked_data.trail(masthead, trail)],
    )


def standing(masthead: Masthead, page: Page) -> Head:
    words = page.description or richtext.text(page.body)
    head = _head(masthead, page.title, page.get_absolute_url(), words)
    trail = [(masthead.name, reverse("public:front")), (page.title, page.get_absolute_url())]
    return replace(head, graph=[linked_data.trail(masthead, trail)])


def guidelines(masthead: Masthead, terms: Guidelines) -> Head:
    path, title = reverse("public:guidelines"), "Write for us"
    head = _head(masthead, title, path, richtext.text(terms.body))
    return replace(head, graph=[linked_data.trail(masthead, [(masthead.name, reverse("public:front")), (title, path)])])


def corrections(masthead: Masthead, before: str) -> Head:
    path = reverse("public:corrections")
    words = f"What {masthead.name} has corrected, clarified or retracted, the newest first."
    head = _head(masthead, "Corrections", f"{path}?before={before}" if before else path, words)
    head = replace(head, robots="noindex, follow") if before else head
    trail = [(masthead.name, reverse("public:front")), ("Corrections", path)]
    return replace(head, graph=[linked_data.trail(masthead, trail)])


def refusal(masthead: Masthead, title: str) -> Head:
    """For a page that says no: it has no address of its own and is not to be kept."""
    return replace(_head(masthead, title, "", ""), address="", picture=None, robots="noindex")


def picture(masthead: Masthead, image: Image | None) -> Picture:
    """``image`` as other sites show it on their cards, or the publication's own card."""
    if image is None:
        card = masthead.absolute(static("public/card.png"))
        return Picture(card, masthead.name, 1200, 630)
    shown = image.social
    return Picture(masthead.absolute(shown.url), image.alt, shown.width, shown.height)


def _head(masthead: Masthead, title: str, path: str, description: str, page: Listing | None = None) -> Head:
    older = page is not None and bool(page.before)
    return Head(
        title=f"{title} — {masthead.name}",
        address=masthead.absolute(f"{path}?before={page.before}" if page is not None and older else path),
        description=richtext.excerpt(description, DESCRIPTION),
        picture=picture(masthead, None),
        locale=_locale(masthead.language),
        robots="noindex, follow" if older else "max-image-preview:large",
        feed=reverse("public:feed"),
        feed_title=masthead.name,
    )


def _locale(language: str) -> str:
    """As Open Graph writes it: language and territory, with the usual territory where none is said."""
    usual = {"en": "en_US", "es": "es_US"}
    locale = to_locale(language)
    return usual.get(locale, locale if "_" in locale else f"{locale}_{locale.upper()}")
