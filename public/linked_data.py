"""JSON-LD: what a page says to search engines in the words of schema.org.

Which properties a type should carry is Google's documentation of structured data (Article, BreadcrumbList,
ProfilePage, Organization, site names).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

import richtext
from articles.models import Article, Byline
from authors.models import Author
from masthead.models import Masthead
from public import bylines

if TYPE_CHECKING:
    from public.metadata import Head

type Node = dict[str, Any]

# What could end the <script> element, open a comment in it or break a line in old parsers, as JSON escapes.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def written(graph: Sequence[Node]) -> SafeString:
    """``graph`` as the text of a data block: valid JSON in which nothing can be taken for markup."""
    text = json.dumps({"@context": "https://schema.org", "@graph": list(graph)}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 -- no <, > or & is left; inside <script> no entity is read


def instant(moment: datetime) -> str:
    """ISO 8601 in the newsroom's zone, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def site(masthead: Masthead) -> list[Node]:
    """Who publishes, and what the site is called."""
    website = {
        "@type": "WebSite",
        "@id": masthead.absolute("/#website"),
        "name": masthead.name,
        "alternateName": masthead.tagline,
        "url": masthead.absolute("/"),
        "inLanguage": masthead.language,
        "publisher": {"@id": masthead.absolute("/#publisher")},
    }
    return [_filled(website), publisher(masthead)]


def publisher(masthead: Masthead) -> Node:
    logo = masthead.logo.largest_jpeg if masthead.logo else None
    picture = (logo.url, logo.width, logo.height) if logo else (static("public/icon-512.png"), 512, 512)
    organization = {
        "@type": "NewsMediaOrganization",
        "@id": masthead.absolute("/#publisher"),
        "name": masthead.name,
        "url": masthead.absolute("/"),
        "logo": _image(masthead.absolute(picture[0]), picture[1], picture[2]),
        "email": masthead.contact_email,
        "slogan": masthead.tagline,
        "correctionsPolicy": masthead.absolute(reverse("public:corrections")),
    }
    return _filled(organization)


def article(masthead: Masthead, story: Article, head: "Head") -> Node:
    """A story loaded ``with_page``; commentary of guests is opinion."""
    if story.live is None or story.section is None or story.published_at is None or head.picture is None:
        raise ValueError("Only a published story is told to search engines.")
    translators = [row.author for row in story.live.bylines.all() if row.role == Byline.Role.TRANSLATED]
    node = {
        "@type": "OpinionNewsArticle" if story.is_commentary else "NewsArticle",
        "@id": f"{head.address}#article",
        "mainEntityOfPage": head.address,
        "headline": story.live.headline,
        "genre": story.kind_label if story.is_commentary else "",
        "description": head.description,
        "datePublished": instant(story.published_at),
        "dateModified": instant(modified(story)),
        "author": [person(masthead, author) for author in bylines.writers(story.live)],
        "translator": [person(masthead, author) for author in translators],
        "image": [_image(head.picture.url, head.picture.width, head.picture.height)],
        "publisher": publisher(masthead),
        "articleSection": story.section.name,
        "keywords": [topic.name for topic in story.topics.all()],
        "wordCount": story.live.words,
        "inLanguage": story.language,
        "isAccessibleForFree": True,
        "correction": [
            {"@type": "CorrectionComment", "text": row.note, "datePublished": instant(row.made_at)}
            for row in story.corrections.all()
        ],
    }
    return _filled(node)


def modified(story: Article) -> datetime:
    """When what readers are told last changed in substance: its text, or a note beside it."""
    moments = [story.updated_at or story.published_at, *(row.made_at for row in story.corrections.all())]
    return max(moment for moment in moments if moment)


def profile(masthead: Masthead, author: Author, newest: Article | None) -> Node:
    """An author's page, changed when ``newest`` appeared on it, and the person it is about."""
    portrait = author.portrait.largest_jpeg if author.portrait else None
    about = {
        **person(masthead, author),
        "description": richtext.excerpt(author.biography, 500),
        "jobTitle": author.role,
        "email": author.email if author.email_shown else "",
        "image": _image(masthead.absolute(portrait.url), portrait.width, portrait.height) if portrait else None,
        "sameAs": [link["url"] for link in author.links],
        "worksFor": None if author.is_guest else {"@id": masthead.absolute("/#publisher")},
    }
    node = {"@type": "ProfilePage", "url": about["url"], "mainEntity": _filled(about)}
    if newest and newest.published_at:
        node["dateModified"] = instant(newest.published_at)
    return node if author.is_guest else node | {"publisher": publisher(masthead)}


def person(masthead: Masthead, author: Author) -> Node:
    address = masthead.absolute(author.get_absolute_url())
    return {"@type": "Person", "@id": f"{address}#person", "name": author.name, "url": address}


def trail(masthead: Masthead, places: Iterable[tuple[str, str]]) -> Node:
    """Breadcrumbs: names with paths, outermost first."""
    elements = [
        {"@type": "ListItem", "position": number, "name": name, "item": masthead.absolute(path)}
        for number, (name, path) in enumerate(places, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": elements}


def _image(url: str, width: int, height: int) -> Node:
    return {"@type": "ImageObject", "url": url, "width": width, "height": height}


def _filled(node: Node) -> Node:
    """Without what nobody has filled in."""
    return {name: value for name, value in node.items() if value not in ("", [], None)}
