"""How revisions come to be: the rows behind ``Article.begin`` and ``Article.revise``.

What a save that comes too late raises stands here too. Every function that writes runs inside the verb's
transaction, with the article's row held.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from accounts.actors import person
from articles.merging import Merge, merge
from articles.models import uses, wordings
from articles.models.revision import Revision, stored
from articles.models.save import Save
from articles.states import MoveRefused
from articles.texts import Text

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models.article import Article

TRIES = 4  # this often a text is brought together with a newer one outside the transaction, then once inside


class StaleText(MoveRefused):
    """A save came too late and changes the same words: ``kept`` is the text that was sent, ``current`` the draft.

    ``merge`` is both in one, with the clashes that somebody has to decide; ``resolved`` takes the decision.
    """

    def __init__(self, *, kept: Revision, current: Revision, merge: Merge) -> None:
        super().__init__(
            f"{current.made_by_name} has saved this story since you opened it, and both of you changed the same "
            "words. Your text is kept in its history; nothing is lost."
        )
        self.kept = kept
        self.current = current
        self.merge = merge


def start(article: "Article", save: Save) -> Revision:
    """The first revision of a story."""
    return _write(article, save, base=None)


def settle(article: "Article", draft: Revision, save: Save) -> Revision | None:
    """What the story has once ``save`` has come: the new draft, the old one where nothing is to be done.

    A text that clashes is kept beside the draft, as a conflicted revision. Answers with nothing where the draft has
    moved, so that the text must be brought together with it first.
    """
    late = save.is_late(article)
    if late or draft.text == save.text:
        # Another sitting's draft is what this page stands on from now on: it must stay as it is told.
        keeps_open = save.may_overwrite(draft) and (late or not save.sealed)
        return draft if keeps_open else seal(draft, save.at)
    if not save.stands_on(article, draft):
        return None
    if save.merged and save.merged.clashes:
        seal(draft, save.at)
        return _keep(article, save)
    if save.may_overwrite(draft):
        return _overwrite(draft, save)
    seal(draft, save.at)
    return _write(article, save, base=draft)


def seal(revision: Revision, moment: "datetime") -> Revision:
    """From now on this row never changes."""
    if revision.sealed_at is None:
        Revision.objects.filter(pk=revision.pk, sealed_at__isnull=True).update(sealed_at=moment)
        revision.sealed_at = moment
    return revision


def hand_out(article: "Article") -> Revision | None:
    """The draft for somebody to write on: sealed, so that what later says it stands on this text does."""
    for _ in range(TRIES):
        draft = article.draft
        if draft is None or draft.sealed_at:
            break
        as_read = Revision.objects.filter(pk=draft.pk, saves=draft.saves)
        if as_read.filter(sealed_at__isnull=True).update(sealed_at=timezone.now()) or as_read.exists():
            break
        article.refresh_from_db(fields=["draft"])
    return article.draft


def resolved(
    typed: Text, *, kept: Revision, current: Revision, before: Text | None, choices: Mapping[str, str]
) -> Text:
    """``typed`` with what was chosen for each clash between ``kept`` and ``current``.

    ``typed`` begins as ``kept``; what was typed since stays, whatever was chosen. ``choices`` maps a clash's key
    to ``theirs``, ``mine`` or ``both``; ``before`` is what ``kept`` was really written from, where that is known.
    Raises ``StaleText`` again where a clash is left without a choice.
    """
    base = before or (kept.base.text if kept.base else Text())
    both = merge(base, current.text, kept.text)
    if not choices.keys() >= {clash.key for clash in both.clashes}:
        raise StaleText(kept=kept, current=current, merge=both)
    return merge(kept.text, both.settled(choices), typed).text


def _write(article: "Article", save: Save, *, base: Revision | None, conflicted: bool = False) -> Revision:
    text, held = uses.hold(save.text)
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = article.revisions.create(
        **stored(text),
        number=newest + 1,
        base=base,
        conflicted=conflicted,
        made_by=person(save.by),
        made_by_name=str(save.by)[:200],
        made_at=save.at,
        saved_at=save.at,
        sealed_at=save.at if save.sealed or conflicted else None,
        sitting=save.sitting,
        turn=save.turn,
    )
    revision.set_bylines(text.bylines)
    uses.add(revision, held)
    wordings.keep(revision, text)
    return revision


def _keep(article: "Article", save: Save) -> Revision:
    """The text as it was sent, beside the draft; once, however often it is sent again."""
    sent = save.sent or save
    if save.sitting and save.turn:
        already = save.of_sitting(article).filter(turn=save.turn, conflicted=True).first()
        if already:
            return already
    return _write(article, sent, base=Revision.objects.get(pk=sent.revision.pk), conflicted=True)


def _overwrite(draft: Revision, save: Save) -> Revision:
    text, held = uses.hold(save.text)
    Revision.objects.filter(pk=draft.pk, saves=draft.saves, sealed_at__isnull=True).update(
        **stored(text),
        saved_at=save.at,
        saves=F("saves") + 1,
        turn=save.turn,
        sealed_at=save.at if save.sealed else None,
    )
    draft.set_bylines(text.bylines)
    uses.keep(draft, held)
    wordings.keep(draft, text)
    return Revision.objects.get(pk=draft.pk)
