"""What the story editor's buttons do with what was sent: keep the text, set the identity, then move."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import QueryDict

from accounts.models import User
from articles.kinds import Kind
from articles.merging import LABELS
from articles.models import Article, Revision
from articles.models.writing import resolved
from articles.states import MoveRefused
from articles.texts import PLAIN_FIELDS, Text, TextRefused
from desk import permissions
from desk.story.binned import put_there
from desk.story.forms import StoryForm, revision_seen
from desk.story.sent import Sent, received

CAPTIONED = {"lead_caption": "lead_image"}
SHOWN_AT_ONCE = ("section", "topics", "kind", "slug", "closed_to_reactions")


NOT_YOURS = (
    "You may not write in this story now: it was given to somebody else, or your own rights were changed. Nothing was "
    "saved."
)
SOMEBODY_ELSE = (
    "This page was opened by somebody else, who has signed out since in this browser. Nothing was saved under your "
    "name."
)


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 -- carried from the verb to the page, like the exception it holds
    """A button did not do all it says.

    ``article`` and ``saved`` are what is stored so far, if anything; without a ``reason`` the form says why.
    """

    article: Article | None
    reason: MoveRefused | None = None
    saved: "Saved | None" = None

    def __str__(self) -> str:
        return str(self.reason or "")


@dataclass(frozen=True)
class Saved:
    """What is stored now. ``came_in`` names the fields of ``revision`` that others changed, ``others`` who did."""

    article: Article
    revision: Revision
    came_in: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def news(self) -> str:
        """What of the text is somebody else's, in a sentence; nothing where all of it is as it was sent."""
        if not self.came_in:
            return ""
        who = " and ".join(self.others) or "Somebody else"
        what = dict.fromkeys(LABELS[CAPTIONED.get(name, name)].lower() for name in self.came_in)
        return f"{who} changed this story meanwhile; that is in it now: {', '.join(what)}."


def save(article: Article | None, sent: Sent) -> Saved:
    """The story with what was typed: its text as a revision, its identity where it was changed.

    Everything that can be kept is; what cannot becomes an error of the form. Raises ``Refused`` around ``StaleText``
    or ``MoveRefused``, where nothing of the text became the draft.
    """
    try:
        saved = _revise(article, sent) if article else _begin(sent)
        article = saved.article
        return replace(saved, waiting=_classify(article, sent))
    except MoveRefused as reason:
        raise Refused(article, reason) from reason


def move(saved: Saved, do: str, sent: Sent) -> str:
    """Do what the pressed button says with the text just saved; answers with the sentence that tells of it."""
    article, by = saved.article, sent.by
    if sent.has_problems:
        raise Refused(article, saved=saved)
    if article.is_in_bin:
        return f"{put_there(article)} What you had typed is saved in it. Bring it back to go on."
    try:
        if (do == "publish" and not permissions.may_publish(by, article)) or (
            do == "mark_ready" and not permissions.may_mark_ready(by, article)
        ):
            raise MoveRefused("Your text is saved. Only an editor can take it further: send it for review.")
        if do == "submit":
            article.submit(by=by)
            return f"Saved, and sent for review. {saved.news}".strip()
        if do == "mark_ready":
            if saved.came_in:
                raise MoveRefused(f"{saved.news} Your text is saved. Read what came in, then mark it ready.")
            article.mark_ready(by=by)
            return "Saved, and marked as ready."
    except MoveRefused as reason:
        raise Refused(article, reason, saved) from reason
    return f"Saved. {saved.news}".strip()


def have_read_again(article: Article, *, by: User) -> None:
    """Give back a text that ``by`` has just changed after it was marked ready, unless they may mark it so themselves.

    Else what nobody has read could be published by somebody who publishes what is ready. A story brought back from the
    bin sees to it itself.
    """
    if article.is_ready and not article.is_in_bin and not permissions.may_mark_ready(by, article):
        article.send_back(by=by, note="Changed after it was marked ready.")


def explain(form: StoryForm, reason: MoveRefused) -> None:
    """Put a refusal where the person looks: beside its field, or above everything."""
    problems = reason.problems if isinstance(reason, TextRefused) else {}
    for name, sentence in problems.items():
        form.add_error(name if name in form.fields else None, sentence)
    if not problems:
        form.add_error(None, getattr(reason, "problems", None) or str(reason))


def _begin(sent: Sent) -> Saved:
    kinds = permissions.kinds_open_to(sent.by, None)
    kind = sent.form.cleaned_data.get("kind") or kinds[0]
    if kind not in kinds:
        sent.form.add_error("kind", f"You cannot begin a story of the kind “{Kind(kind).label}”. Choose another one.")
        kind = kinds[0]
    begin = partial(Article.begin, by=sent.by, kind=kind, autosave=sent.unasked, **_place(sent))
    article, _ = _keepable(begin, sent.text(Text()), base=Text(), form=sent.form)
    return Saved(article, article.current_draft())


def _revise(article: Article, sent: Sent) -> Saved:
    """A further text of a story there is, brought together with what others saved since the page was opened."""
    seen = revision_seen(sent.form, article) or _own_first(article, sent)
    if seen is None:
        raise MoveRefused("This page has lost track of which text it shows. Reload it; your copy is kept.")
    base = seen.text
    before = _written_from(sent, base)
    text = shown = sent.text(before or base)
    if kept := _kept(article, sent):
        choices = {
            key.removeprefix("clash-"): sent.form.data[key] for key in sent.form.data if key.startswith("clash-")
        }
        text = resolved(text.normalised(), kept=kept, current=seen, before=before, choices=choices)
        shown = shown if sent.unasked else text  # a page that saves by itself goes on showing what it sent
        before = None
    drafted = article.current_draft()
    revise = partial(article.revise, revision=seen, by=sent.by, autosave=sent.unasked, before=before, **_place(sent))
    saved, refused = _keepable(revise, text, base=before or base, form=sent.form)
    if not saved.is_as_in(drafted):
        have_read_again(article, by=sent.by)
    return _told(article, seen, saved, replace(shown, **refused), sent)


def _own_first(article: Article, sent: Sent) -> Revision | None:
    """Where a page's first save has begun the story and its answer was lost, it stands on that."""
    if not sent.sitting or sent.form.cleaned_data.get("revision"):
        return None
    return article.revisions.filter(number=1, sitting=sent.sitting, made_by=sent.by).first()


def _written_from(sent: Sent, base: Text) -> Text | None:
    """The text the page sent before, where it could not show yet what came in since."""
    before = sent.form.cleaned_data.get("before")
    return received(QueryDict(before), by=sent.by, unasked=True).text(base) if before else None


def _kept(article: Article, sent: Sent) -> Revision | None:
    """The text kept from this person's clash, which they are deciding now."""
    kept = sent.form.cleaned_data.get("kept")
    return article.revisions.filter(pk=kept, conflicted=True, made_by=sent.by).first() if kept else None


def _place(sent: Sent) -> dict[str, Any]:
    return {"sitting": sent.sitting, "turn": sent.form.cleaned_data.get("turn") or 0}


def _keepable[Kept](
    keep: Callable[[Text], Kept], text: Text, *, base: Text, form: StoryForm
) -> tuple[Kept, dict[str, Any]]:
    """``keep`` done with ``text``, or with what can be kept of it, and the refused fields as ``base`` has them."""
    try:
        return keep(text), {}
    except TextRefused as refused:
        explain(form, refused)
        stay = {name: getattr(base, name) for name in refused.problems}
        return keep(replace(text, **stay)), stay


def _told(article: Article, seen: Revision, saved: Revision, text: Text, sent: Sent) -> Saved:
    """What of ``saved`` is not the sent ``text``, and whose it is."""
    stored, typed = saved.text, text.normalised()
    came_in = tuple(name for name in (*PLAIN_FIELDS, "bylines") if getattr(stored, name) != getattr(typed, name))
    if not came_in:
        return Saved(article, saved)
    between = article.revisions.filter(number__gt=seen.number, number__lte=saved.number, conflicted=False)
    others = between.exclude(sitting=sent.sitting, made_by=sent.by).order_by("number")
    return Saved(article, saved, came_in, tuple(dict.fromkeys(others.values_list("made_by_name", flat=True))))


def _classify(article: Article, sent: Sent) -> tuple[str, ...]:
    """Set what this person changed of the identity; answers with what has to wait until they press Save.

    Readers see section, topics, kind and address of a live story at once: no page changes those by itself.
    """
    form = sent.form
    if not permissions.may_classify(sent.by, article):
        return ()
    changes = form.identity_changes()
    kind = changes.get("kind", article.kind)
    if kind != article.kind and not permissions.may_make(sent.by, article, kind):
        form.add_error("kind", f"Only an editor can make this story “{Kind(kind).label}”. It stays what it was.")
        del changes["kind"]
    waiting = tuple(name for name in SHOWN_AT_ONCE if name in changes and sent.unasked and article.live_id)
    changes = {name: value for name, value in changes.items() if name not in waiting}
    while changes:
        try:
            article.classify(by=sent.by, sitting=sent.sitting if sent.unasked else "", **changes)
            break
        except TextRefused as refused:
            explain(form, refused)
            changes = {name: value for name, value in changes.items() if name not in refused.problems}
        except MoveRefused as refused:
            form.add_error("embargo_until" if "embargo_until" in changes else None, str(refused))
            break
    return waiting
