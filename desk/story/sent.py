"""What a page of the story editor sent, as far as it could be understood."""

from dataclasses import dataclass
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import User
from articles.models import Article
from articles.texts import Text
from desk.story.bylines import BaseBylines, posted_bylines
from desk.story.forms import StoryForm
from images.intake import AlreadyThere, receive
from images.kinds import PictureRefused
from images.models import Image

STANDING = {"csrfmiddlewaretoken", "do", "revision", "saves", "seen", "sitting", "turn", "writer", "before", "kept"}


@dataclass(frozen=True)
class Sent:
    """What a page sent, as far as it was understood: what was not is an error of ``form`` or ``bylines``.

    ``unasked`` is what the page sends by itself while its person writes.
    """

    form: StoryForm
    bylines: BaseBylines
    image: Image | None
    by: User
    unasked: bool = False

    @property
    def has_problems(self) -> bool:
        return bool(self.form.errors or self.bylines.total_error_count())

    @property
    def sitting(self) -> str:
        return self.form.cleaned_data.get("sitting") or ""

    @property
    def is_its_writers(self) -> bool:
        """Whoever opened the page is signed in still, not somebody else in the same browser."""
        return self.form.cleaned_data.get("writer") in {None, self.by.pk}

    def text(self, base: Text) -> Text:
        """The text as typed; what was not understood stays as ``base`` has it."""
        lines = self.bylines.credits() if self.bylines.is_valid() else base.bylines
        return self.form.text(base=base, bylines=lines, image=self.image)

    def still_shown(self) -> dict[str, str]:
        """What a page that is given back as it was sent goes on standing on: see ``standing_on``."""
        kept = {name: self.form.cleaned_data.get(name) or "" for name in ("seen", "before")}
        return {name: value for name, value in kept.items() if value}

    def as_sent(self) -> str:
        """What a person has filled in, as ``before`` names it."""
        fields = cast("QueryDict", self.form.data).copy()
        for name in [name for name in fields if name in STANDING or name.startswith("clash-")]:
            del fields[name]
        return fields.urlencode()


def opened(pk: int | None, sitting: str, *, by: User) -> Article | None:
    """The story a page is about: the one named, or the one that its sitting has begun meanwhile; else a new one."""
    if pk:
        return get_object_or_404(Article.objects.with_desk(), pk=pk)
    begun = Article.begun_in(sitting[:36], by=by)
    return Article.objects.with_desk().get(pk=begun.pk) if begun else None


def received(data: QueryDict, upload: UploadedFile[bytes] | None = None, *, by: User, unasked: bool = False) -> Sent:
    """What was sent, with the picture received."""
    form, bylines = StoryForm(data), posted_bylines(data, by, unasked=unasked)
    form.is_valid()
    bylines.is_valid()
    return Sent(form, bylines, _keep_picture(form, upload, by=by), by, unasked)


def _keep_picture(form: StoryForm, upload: UploadedFile[bytes] | None, *, by: User) -> Image | None:
    """The lead picture: received if one was sent, described as typed. A refusal becomes an error of the form.

    Comes first, whatever else is wrong with the form, because a browser does not send a file again by itself.
    """
    words = {"alt": form.cleaned_data.get("picture_alt", ""), "credit": form.cleaned_data.get("picture_credit", "")}
    decorative = form.cleaned_data.get("picture_decorative", False)
    image: Image | None = form.cleaned_data.get("lead_image")
    try:
        if upload:
            return _taken_in(upload, by=by, decorative=decorative, **words)
        own_words = image and form.cleaned_data.get("picture_of") == image.pk
        if image and own_words and (image.alt, image.credit, image.decorative) != (*words.values(), decorative):
            image.describe(by=by, decorative=decorative, **words)
    except PictureRefused as refused:
        form.add_error("picture_file", str(refused))
    return image


def _taken_in(upload: UploadedFile[bytes], *, by: User, **words: Any) -> Image:
    """The picture; the library's own where it has this very file. One that merely looks alike is another picture."""
    try:
        return receive(upload, by=by, **words)
    except AlreadyThere as there:
        return there.image if there.exact else receive(upload, by=by, anyway=True, **words)
