"""How an accepted piece becomes a story, and how it lets go of one."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.html import escape, urlize

from accounts.actors import Actor, Guest
from articles.models import Article, Section
from articles.states import MoveRefused
from articles.texts import Credit, Text
from authors.models import Author
from commentary.models.portraits import Portrait
from images import intake
from images.kinds import PictureRefused
from images.models import Image

if TYPE_CHECKING:
    from commentary.models.submission import Submission
    from commentary.models.writers import Writer


def article_of(piece: "Submission", *, by: Actor) -> Article:
    """The story that the writer's newest text becomes; made once, afterwards the one there is."""
    if piece.article:
        return piece.article
    version = piece.version
    text = Text(
        headline=version.headline,
        body=paragraphs(version.text),
        disclosure=piece.disclosure,
        bylines=tuple(Credit(author_of(writer)) for writer in piece.signing),
    )
    guest = Guest(piece.reference)
    article = Article.begin(text, by=guest, kind=piece.kind)
    section, _ = Section.objects.get_or_create(slug=Section.COMMENTARY, defaults={"name": "Commentary"})
    article.classify(by=guest, section=section, language=piece.language)
    if piece.assignee:
        article.classify(by=by, assignee=piece.assignee)
    return article


def author_of(writer: "Writer") -> Author:
    """The guest as readers will know them: whoever wrote for us before from the same confirmed address."""
    if writer.author:
        return writer.author
    earlier = (
        type(writer)
        .objects.filter(email__iexact=writer.email, author__isnull=False, confirmed_at__isnull=False)
        .exclude(pk=writer.pk)
    )
    known = next(
        (one.author for one in earlier.select_related("author") if _folded(one.name) == _folded(writer.name)), None
    )
    author = known or Author.objects.create(
        name=writer.name, biography=writer.about, portrait=writer.portrait or _portrait(writer), is_guest=True
    )
    type(writer).objects.filter(pk=writer.pk).update(author=author)
    writer.author = author
    return author


def _portrait(writer: "Writer") -> Image | None:
    """The picture the writer sent, as one of the library: now that there is a story it may stand with."""
    kept = Portrait.objects.filter(writer=writer).first()
    if kept is None:
        return None
    file = ContentFile(bytes(kept.jpeg), name="portrait.jpg")
    try:
        return intake.receive(
            file, by=writer.submission.guest, anyway=True, title=f"Portrait of {writer.name}"[:120], alt=writer.name
        )
    except PictureRefused:
        return None  # the story does not wait for it; the editor can ask for another one


def paragraphs(text: str) -> str:
    """A guest's plain text as HTML: an empty line begins a paragraph, addresses become links, nothing else."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{urlize(escape(' '.join(block.split())))}</p>" for block in blocks if block)


def let_go(piece: "Submission", *, by: Actor) -> None:
    """The piece has ended: no clock may show its story any more, and the desk finds it in the bin."""
    article = piece.article
    if article is None:
        return
    article.recheck(by=by)
    article.refresh_from_db()
    if article.has_appeared:
        raise MoveRefused("Readers have this piece already. Ask for a correction or a withdrawal of the story.")
    if not article.is_in_bin and article.can("spike"):
        article.spike(by=by)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
