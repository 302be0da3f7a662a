"""Fills an empty newsroom with the sample publication, through the same verbs that people use."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from accounts.actors import Sample
from accounts.models import User
from articles.kinds import Change
from articles.models import Article, Revision, Section, Topic
from articles.notes import Note
from articles.texts import Credit, Text
from authors.models import Author
from commentary.models import Guidelines
from documents import intake as documents
from documents.models import Document
from documents.storing import STORAGE
from images.intake import receive
from images.models import Image
from images.names import ORIGINALS, PUBLIC
from images.sizes import CENTRE
from masthead.models import Masthead, Page
from newsroom.sample import manuscripts, pictures, pieces
from newsroom.sample.manuscripts import Corrected, Story

type Stored = tuple[str, str]  # the alias of a storage, and a file's name in it

SAMPLE = Sample()
CREDIT = "Illustration by The Tamarack Ledger"
WRITTEN_BEFORE = timedelta(hours=5)


class SampleRefused(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """The newsroom is not empty, and nothing was done."""


def load(*, say: Callable[[str], object], now: datetime | None = None, width: int = 1920) -> None:
    """Make the whole sample newsroom, or nothing of it; stories are dated back from ``now``.

    ``width`` is that of the drawn scenes in pixels. People who sign in are linked to their author profiles
    where they exist already: see ``newsroom.sample.people``. Raises ``SampleRefused`` where anything is there.
    """
    if Masthead.objects.exists() or Article.objects.exists():
        raise SampleRefused(
            "This newsroom already has a masthead or stories. The sample newsroom is only for an empty one: "
            "set DATA_DIR to a new folder and start again."
        )
    with _all_or_nothing() as stored:
        name = _found_the_publication()
        say("Drawing the pictures …")
        loading = _Loading(now or timezone.now(), stored, width)
        loading.hire()
        loading.draw()
        loading.file()
        say("Writing the stories …")
        loading.write()
        pieces.fill(loading.articles)
        stories, drawn = Article.objects.published().count(), Image.objects.count()
        say(f"{name} is filled: {stories} stories published, {drawn} pictures.")


class _Loading:
    """What one load has made so far, by the keys the manuscripts use."""

    def __init__(self, now: datetime, stored: list[Stored], width: int) -> None:
        self.now = now
        self.zone = Masthead.current().zone
        self.stored = stored
        self.width = width
        self.authors: dict[str, Author] = {}
        self.scenes: dict[str, Image] = {}
        self.documents: dict[str, Document] = {}
        self.articles: dict[str, Article] = {}

    def hire(self) -> None:
        """The authors with their portraits, linked to those who can sign in."""
        people = {user.email: user for user in User.objects.filter(is_sample=True)}
        for key, columns in manuscripts.authors().items():
            login, sitter = columns.pop("login", ""), columns.pop("portrait", "")
            columns["biography"] = columns["biography"].strip()
            portrait = self._portrait(sitter, columns["name"]) if sitter else None
            author = Author(**columns, portrait=portrait, user=people.get(login))
            author.full_clean()
            author.save()
            self.authors[key] = author

    def draw(self) -> None:
        """Each scene once, however many stories use it."""
        alt_texts, credit_lines = manuscripts.alt_texts(), manuscripts.picture_credits()
        focal_points = manuscripts.focal_points()
        for scene in manuscripts.scenes():
            drawn = pictures.scene(scene, width=self.width)
            credit = credit_lines.get(scene, CREDIT)
            image = self._received(drawn, title=scene.capitalize(), alt=alt_texts[scene], credit=credit)
            image.refocus(*focal_points.get(scene, CENTRE), by=SAMPLE)
            self.scenes[scene] = image

    def file(self) -> None:
        """The documents that stories offer."""
        for name, said in manuscripts.documents().items():
            path = manuscripts.CONTENT / "documents" / f"{name}.csv"
            upload = ContentFile(path.read_bytes(), name=path.name)
            document = documents.receive(upload, by=SAMPLE, title=said["title"], description=said["description"])
            self.stored.append((STORAGE, document.stored))
            self.documents[name] = document

    def write(self) -> None:
        """Oldest first, as they would have come; then what has changed in them since."""
        for story in sorted(manuscripts.stories(), key=lambda story: story.moment(self.now, self.zone)):
            self.articles[story.key] = self._written(story)
        for correction in manuscripts.corrections():
            self._correct(self.articles[correction.story], correction)
        for change in manuscripts.changes():
            article = self.articles[change.story]
            self._change(article, change.old, change.new)
            _STATES[change.then](article, self.now, "")

    def _portrait(self, sitter: str, name: str) -> Image:
        drawn = pictures.portrait(sitter, width=min(self.width, 800))
        return self._received(drawn, title=f"Portrait of {name}", alt=f"Drawn portrait of {name}.", credit=CREDIT)

    def _received(self, drawn: bytes, *, title: str, alt: str, credit: str) -> Image:
        upload = ContentFile(drawn, name="drawn.jpg")
        words: dict[str, Any] = {
            "title": title,
            "alt": alt,
            "credit": credit,
            "source": "Drawn for the sample",
            "rights": "own",
        }
        image = receive(upload, by=SAMPLE, anyway=True, may_redistribute=True, **words)
        self.stored += [(PUBLIC, str(image.file)), (ORIGINALS, image.original)]
        return image

    def _written(self, story: Story) -> Article:
        moment = story.moment(self.now, self.zone)
        begun = min(moment, self.now) - WRITTEN_BEFORE
        article = Article.begin(self._text(story), by=SAMPLE, kind=story.kind, at=begun)
        article.classify(
            by=SAMPLE,
            section=Section.objects.get(slug=story.section),
            topics=list(Topic.objects.filter(slug__in=story.topics)),
            assignee=self.authors[story.bylines[0][0]].user,
            language=story.language,
        )
        _STATES[story.state](article, moment, story.note)
        return article

    def _text(self, story: Story) -> Text:
        return Text(
            headline=story.headline,
            summary=story.summary,
            deck=story.deck,
            body=self._with_references(story.body),
            disclosure=story.disclosure,
            lead_image=self.scenes.get(story.picture),
            lead_caption=story.caption,
            bylines=tuple(Credit(self.authors[key], role) for key, role in story.bylines),
        )

    def _with_references(self, body: str) -> str:
        """``body`` with keys of rows where a manuscript names scenes, documents and stories older than it."""

        def keys(match: re.Match[str]) -> str:
            kind, names = match[1], match[2].split()
            rows: dict[str, dict[str, Any]] = {"story": self.articles, "document": self.documents}
            known = rows.get(kind, self.scenes)
            return f'data-{kind}="{" ".join(str(known[name].pk) for name in names)}"'

        return manuscripts.REFERENCE.sub(keys, body)

    def _correct(self, article: Article, correction: Corrected) -> None:
        """As an editor would: a new text, published with the note; and what had to be added to the note later."""
        published = article.published_at or self.now
        moment = min(published + timedelta(hours=correction.hours), self.now)
        draft = _draft(article)
        body = draft.body.replace(correction.old, correction.new)
        revision = article.revise(replace(draft.text, body=body), revision=draft, by=SAMPLE, at=moment)
        note = Note(correction.note, correction.severity, correction.old, correction.new)
        article.publish(revision=revision, by=SAMPLE, at=moment, change=Change(correction.change), note=note)
        if correction.amended:
            later = min(moment + timedelta(hours=30), self.now)
            article.amend(article.corrections.get(), note=correction.amended, by=SAMPLE, at=later)

    def _change(self, article: Article, old: str, new: str) -> None:
        draft = _draft(article)
        body = draft.body.replace(old, new)
        article.revise(replace(draft.text, body=body), revision=draft, by=SAMPLE, at=self.now)


def _found_the_publication() -> str:
    """The masthead, sections, topics and standing pages; answers with the publication's name."""
    columns = manuscripts.masthead()
    sections, topics = columns.pop("sections"), columns.pop("topics")
    masthead = Masthead(**columns)
    masthead.full_clean()
    masthead.save()
    for position, section in enumerate(sections):
        slug = section.pop("slug")
        Section.objects.update_or_create(slug=slug, defaults=section | {"position": position})
    for slug, name in topics.items():
        Topic.objects.create(slug=slug, name=name)
    for position, page in enumerate(manuscripts.pages()):
        standing = Page(**page, position=position)
        standing.full_clean()
        standing.save()
    Guidelines(number=0, made_at=timezone.now(), body=manuscripts.guidelines()).issue(by=SAMPLE)
    return masthead.name


def _draft(article: Article) -> Revision:
    """The text a story has from the moment it is begun."""
    return article.revisions.latest("number")


def _publish(article: Article, moment: datetime, _: str) -> None:
    article.publish(revision=_draft(article), by=SAMPLE, at=moment, change=Change.UPDATE)


def _hand_in(article: Article, _moment: datetime, _note: str) -> None:
    article.submit(by=SAMPLE)


def _make_ready(article: Article, _moment: datetime, _note: str) -> None:
    article.submit(by=SAMPLE)
    article.mark_ready(by=SAMPLE)


def _publish_and_withdraw(article: Article, moment: datetime, note: str) -> None:
    _publish(article, moment, note)
    article.withdraw(by=SAMPLE, note=note, at=moment + timedelta(hours=20))


def _publish_and_retract(article: Article, moment: datetime, note: str) -> None:
    _publish(article, moment, note)
    article.retract(by=SAMPLE, note=note, at=moment + timedelta(days=3))


def _spike(article: Article, _moment: datetime, _note: str) -> None:
    article.spike(by=SAMPLE)


# What becomes of a manuscript; a draft stays where it is.
_STATES: dict[str, Callable[[Article, datetime, str], None]] = {
    "draft": lambda article, moment, note: None,
    "in-review": _hand_in,
    "ready": _make_ready,
    "published": _publish,
    "scheduled": _publish,
    "withdrawn": _publish_and_withdraw,
    "retracted": _publish_and_retract,
    "spiked": _spike,
}


@contextmanager
def _all_or_nothing() -> Iterator[list[Stored]]:
    """One transaction; if it fails, the files that were put away meanwhile go with it."""
    stored: list[Stored] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for alias, name in stored:
            storages[alias].delete(name)
        raise
