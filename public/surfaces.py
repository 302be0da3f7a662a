"""Which pages show a story, and with which words: what the desk's receipt reads again."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.urls import reverse

import richtext
from articles.models import Article, Correction
from articles.models.queries import ArticleQuerySet
from articles.surfaces import Surface
from authors.models import Author
from commentary.responses import answered_by, responses_to
from masthead.models import Masthead
from public import corrections, feeds, frontpage, people
from public.bylines import everybody
from public.listing import LENGTH

SHOWN, GONE, UNSEEN = "shown", "gone", "unseen"


def of(article: Article) -> list[Surface]:
    """Where readers must find ``article`` now, or must not any more, or not yet. None for one without an address."""
    path = article.get_absolute_url()
    live = Article.objects.filter(pk=article.pk).with_page().first()
    if not path or live is None or live.live is None:
        return []
    masthead = Masthead.current()
    state = SHOWN if live.is_public else UNSEEN if live.is_scheduled else GONE
    found = [_page(live, path, state, masthead)]
    found += _lists(live, path, state)
    found += _for_programs(live, masthead.absolute(path), state)
    return found


def _page(story: Article, path: str, state: str, masthead: Masthead) -> Surface:
    if state == UNSEEN:
        return Surface("Story page", path, "Not there before its moment", status=404)
    if state == GONE:
        stays = bool(story.retracted_at) and masthead.retractions_stay
        told = () if story.has_ended else tuple(_lines(story.withdrawal_note))
        return Surface("Story page", path, "A notice in the story's place", 200 if stays else 410, holds=told)
    return Surface("Story page", path, "The whole text, as it was published", holds=tuple(_words(story)))


def _words(story: Article) -> Iterator[str]:
    """All that readers can read on the story's page, piece by piece."""
    live = story.live
    if live is None:
        return
    yield live.headline
    yield from _lines(live.deck)
    yield from _lines(live.summary)
    yield from _lines(richtext.text(richtext.render(live.body)))
    yield from (author.name for author in everybody(live))
    for row in story.corrections.all():
        yield from _lines(row.note)


def _lists(story: Article, path: str, state: str) -> Iterator[Surface]:
    marks = (f'href="{path}"',)
    published = Article.objects.published()
    yield from _listed("Front page", reverse("public:front"), story, marks, state, within=_on_front())
    if story.section:
        pages = published.in_section(story.section)
        yield from _listed(
            f"Section {story.section}", story.section.get_absolute_url(), story, marks, state, within=_first(pages)
        )
    for topic in story.topics.all():
        pages = published.about(topic)
        yield from _listed(f"Topic {topic}", topic.get_absolute_url(), story, marks, state, within=_first(pages))
    for author, status in _authors(story):
        pages = published.by_author(author)
        yield from _listed(
            f"Author {author}", author.get_absolute_url(), story, marks, state, within=_first(pages), status=status
        )
    yield from _conversation(story, marks, state)
    yield from _corrections(story, marks)


def _for_programs(story: Article, address: str, state: str) -> Iterator[Surface]:
    """Feeds and the sitemap name the full address."""
    marks = (f">{address}</guid>",)
    published = Article.objects.published()
    yield from _listed(
        "Feed", reverse("public:feed"), story, marks, state, within=_first(published, feeds.LENGTH), for_programs=True
    )
    if story.section:
        within = _first(published.in_section(story.section), feeds.LENGTH)
        path = reverse("public:section_feed", args=[story.section.slug])
        yield from _listed(f"Feed of {story.section}", path, story, marks, state, within=within, for_programs=True)
    for author, status in _authors(story):
        within = _first(published.by_author(author), feeds.LENGTH)
        path = reverse("public:author_feed", args=[author.slug])
        yield from _listed(
            f"Feed of {author}", path, story, marks, state, within=within, status=status, for_programs=True
        )
    loc, path = f"<loc>{address}</loc>", reverse("public:sitemap")
    if state == SHOWN:
        yield Surface("Sitemap", path, "The story's address", marks=(loc,))
    else:
        yield Surface("Sitemap", path, "No trace of the story", lacks=(loc,))


def _listed(
    name: str,
    path: str,
    story: Article,
    marks: tuple[str, ...],
    state: str,
    *,
    within: Iterable[int],
    status: int = 200,
    for_programs: bool = False,
) -> Iterator[Surface]:
    """A list of stories. Where newer ones have taken its place, there is nothing to find and nothing to miss."""
    if state != SHOWN:
        yield Surface(name, path, "No trace of the story", status=status, lacks=marks)
    elif story.live and story.pk in within:
        headline = story.live.headline
        says = "The story under its headline"
        if for_programs:
            written = (escape(feeds.printable(headline)),)
            yield Surface(name, path, says, marks=marks, written=written)
        else:
            yield Surface(name, path, says, marks=marks, holds=(headline,))


def _conversation(story: Article, marks: tuple[str, ...], state: str) -> Iterator[Surface]:
    """The story this one answers, and those that answer it, name it too."""
    answered = answered_by(story)
    others = [*([answered] if answered else []), *responses_to(story).select_related("live")]
    for other in others:
        name = "Story it answers" if other == answered else f"Response “{other.headline}”"
        yield from _listed(name, other.get_absolute_url(), story, marks, state, within={story.pk})


def _corrections(story: Article, marks: tuple[str, ...]) -> Iterator[Surface]:
    newest = list(Correction.objects.public().values_list("pk", flat=True)[: corrections.LENGTH])
    rows = [row for row in story.corrections.all() if row.pk in newest]
    if rows:
        notes = tuple(line for row in rows for line in _lines(row.note))
        yield Surface("Corrections page", reverse("public:corrections"), "What was corrected", holds=notes, marks=marks)


def _authors(story: Article) -> list[tuple[Author, int]]:
    """Everybody over the story, with what their page answers: a guest nobody can read any more has none."""
    named = everybody(story.live) if story.live else []
    known = set(people.known().filter(pk__in=[author.pk for author in named]).values_list("pk", flat=True))
    return [(author, 200 if author.pk in known else 404) for author in named]


def _first(stories: ArticleQuerySet, length: int = LENGTH) -> list[int]:
    return list(stories.values_list("pk", flat=True)[:length])


def _on_front() -> set[int]:
    front = frontpage.compose()
    banded = [story for band in front.bands for story in band.stories]
    shown = [front.lead, *front.second_row, *front.recent, *banded, *front.commentary]
    return {story.pk for story in shown if story}


def _lines(plain: str) -> list[str]:
    return [line for line in plain.splitlines() if line.strip()]
