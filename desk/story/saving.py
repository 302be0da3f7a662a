"""What the story editor's buttons do, once its form is understood: keep the picture, the text, then move."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from articles.models import Article
from articles.states import MoveRefused
from articles.texts import TextRefused
from desk import permissions
from desk.story.bylines import BaseBylines
from desk.story.forms import StoryForm, revision_seen
from images.intake import receive
from images.kinds import PictureRefused
from images.models import Image


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 -- carried from the verb to the page, like the exception it holds
    """A button did not do all it says; ``article`` is what is stored so far, if anything."""

    article: Article | None
    reason: MoveRefused

    def __str__(self) -> str:
        return str(self.reason)


def keep_picture(form: StoryForm, upload: UploadedFile[bytes] | None, *, by: User) -> Image | None:
    """The lead picture: received if one was sent, described as typed. A refusal becomes an error of the form.

    Comes first, whatever else is wrong with the form, because a browser does not send a file again by itself.
    """
    words = {"alt": form.cleaned_data.get("picture_alt", ""), "credit": form.cleaned_data.get("picture_credit", "")}
    decorative = form.cleaned_data.get("picture_decorative", False)
    image: Image | None = form.cleaned_data.get("lead_image")
    try:
        if upload:
            return receive(upload, by=by, decorative=decorative, **words)
        own_words = image and form.cleaned_data.get("picture_of") == image.pk
        if image and own_words and (image.alt, image.credit, image.decorative) != (*words.values(), decorative):
            image.describe(by=by, decorative=decorative, **words)
    except PictureRefused as refused:
        form.add_error("picture_file", str(refused))
    return image


def save(article: Article | None, form: StoryForm, bylines: BaseBylines, image: Image | None, *, by: User) -> Article:
    """The story with what was typed: its text as a revision, its identity where it was changed.

    Raises ``Refused`` around ``StaleText``, ``TextRefused`` or ``MoveRefused``.
    """
    text = form.text(bylines.credits(), image)
    try:
        if article is None:
            article = Article.begin(text, by=by, kind=form.cleaned_data["kind"])
        else:
            seen = revision_seen(form, article)
            if seen is None:
                raise MoveRefused("This page has lost track of which text it shows. Reload it; your copy is kept.")
            article.revise(text, revision=seen, by=by)
        changes = form.identity_changes()
        if changes and permissions.may_classify(by, article):
            article.classify(by=by, **changes)
    except MoveRefused as reason:
        raise Refused(article, reason) from reason
    return article


def move(article: Article, do: str, form: StoryForm, *, by: User) -> str:
    """Do what the pressed button says with the text just saved; answers with the sentence that tells of it."""
    try:
        if (do == "publish" and not permissions.may_publish(by, article)) or (
            do == "mark_ready" and not permissions.may_mark_ready(by, article)
        ):
            raise MoveRefused("Your text is saved. Only an editor can take it further: send it for review.")
        if do == "submit":
            article.submit(by=by)
            return "Saved, and sent for review."
        if do == "mark_ready":
            article.mark_ready(by=by)
            return "Saved, and marked as ready."
    except MoveRefused as reason:
        raise Refused(article, reason) from reason
    return "Saved."


def explain(form: StoryForm, reason: MoveRefused) -> None:
    """Put a refusal where the person looks: beside its field, or above everything."""
    problems = reason.problems if isinstance(reason, TextRefused) else {}
    for name, sentence in problems.items():
        form.add_error(name if name in form.fields else None, sentence)
    if not problems:
        form.add_error(None, getattr(reason, "problems", None) or str(reason))
