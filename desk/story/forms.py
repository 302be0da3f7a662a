"""The story editor's form: one text, the identity it belongs to, and which text it was written on."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from articles.kinds import Kind
from articles.models import Article, Revision, Section, Topic
from articles.texts import PLAIN_FIELDS, Credit, Text
from desk.moments import Moment
from images.models import Image
from richtext.forms import BodyFormField

FORM = "story"  # the form's id: half of its fields stand beside it, in the side panel
GROWING = {"rows": 1, "data-grows": True}
IDENTITY = ("section", "topics", "kind", "slug", "assignee", "embargo_until", "closed_to_reactions")


class StoryForm(forms.Form):
    """Everything the editor shows. Lengths are the model's to refuse; this form only understands what was sent."""

    headline = forms.CharField(required=False, widget=forms.Textarea(attrs=GROWING | {"placeholder": "Headline"}))
    deck = forms.CharField(
        required=False, widget=forms.Textarea(attrs=GROWING | {"placeholder": "One line beneath the headline"})
    )
    summary = forms.CharField(
        required=False,
        label="In summary",
        widget=forms.Textarea(attrs={"rows": 2, "data-grows": True, "placeholder": "What happened, in two sentences"}),
    )
    body = BodyFormField(required=False)
    lead_caption = forms.CharField(required=False, label="Caption", widget=forms.Textarea(attrs={"rows": 2}))
    kicker = forms.CharField(required=False, help_text="A word or two above the headline, instead of the section.")
    disclosure = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What readers should know of the writer's interests.",
    )
    search_title = forms.CharField(required=False, label="Title for search engines")
    search_description = forms.CharField(
        required=False, label="Description for search engines", widget=forms.Textarea(attrs={"rows": 2})
    )

    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="Choose a section")
    kind = forms.ChoiceField(choices=Kind)
    topics = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    slug = forms.CharField(required=False, label="Address", help_text="Made from the headline when left empty.")
    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("name"), required=False, empty_label="Nobody"
    )
    embargo_until = Moment(required=False, help_text="Cannot be published before.")
    closed_to_reactions = forms.BooleanField(
        required=False, label="No reactions", help_text="Readers are not asked to answer it."
    )

    lead_image = forms.ModelChoiceField(Image.objects.all(), required=False, widget=forms.HiddenInput)
    picture_file = forms.FileField(
        required=False,
        label="Upload a picture",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
    )
    picture_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    picture_alt = forms.CharField(
        required=False, label="Alt text", help_text="What it shows, for readers who cannot see it."
    )
    picture_decorative = forms.BooleanField(required=False, label="Decorative: it says nothing the text does not")
    picture_credit = forms.CharField(required=False, label="Credit")

    # What the page stands on: see ``standing_on``.
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    saves = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    sitting = forms.RegexField(r"^[0-9a-f-]{36}$", required=False, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    writer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = FORM

    def text(self, *, base: Text, bylines: tuple[Credit, ...], image: Image | None) -> Text:
        """The text as typed; a field that could not be understood stays as ``base`` has it."""
        typed = {name: self.cleaned_data[name] for name in PLAIN_FIELDS if name in self.cleaned_data}
        if "lead_image" in typed:
            typed["lead_image"] = image
        return replace(base, **typed, bylines=bylines)

    def identity_changes(self) -> dict[str, Any]:
        """What this person changed of the identity: what others changed meanwhile is left as it is."""
        try:
            seen = json.loads(self.cleaned_data["seen"] or "{}")
        except ValueError:
            seen = {}
        seen = seen if isinstance(seen, dict) else {}
        changes = {name: self.cleaned_data[name] for name in IDENTITY if name in self.cleaned_data}
        return {name: value for name, value in changes.items() if _plain(value) != seen.get(name)}


def form_for(article: Article | None, user: User) -> StoryForm:
    """The form as the newest text has it; empty for a new story."""
    if article is None or article.draft is None:
        return StoryForm(initial={"assignee": user.pk, "kind": Kind.NEWS})
    draft = article.draft
    initial: dict[str, Any] = {name: getattr(draft, name) for name in PLAIN_FIELDS}
    initial |= {name: getattr(article, name) for name in IDENTITY if name != "topics"}
    initial["topics"] = article.topics.all()
    if image := draft.lead_image:
        initial |= {
            "lead_image": image.pk,
            "picture_of": image.pk,
            "picture_alt": image.alt,
            "picture_decorative": image.decorative,
            "picture_credit": image.credit,
        }
    return StoryForm(initial=initial)


def offer_kinds(form: StoryForm, kinds: list[str]) -> None:
    """Show only ``kinds``; what was sent is for ``saving`` to refuse, with the sentence that says why."""
    form.fields["kind"].choices = [(kind, Kind(kind).label) for kind in kinds]  # type: ignore[attr-defined]


def standing_on(article: Article | None, user: User, *, revision: Revision | None = None) -> dict[str, Any]:
    """What a page just made is written on, sent back with every save.

    The newest text (or ``revision``) and its save, the identity shown, the ``sitting`` that begins with this page,
    how often it has saved, and who is writing.
    """
    standing: dict[str, Any] = {"sitting": str(uuid4()), "turn": 0, "writer": user.pk, "before": ""}
    standing |= {"revision": "", "saves": "", "seen": ""}
    shown = revision or (article.draft if article else None)
    if article is None or shown is None:
        return standing
    return standing | {"revision": shown.pk, "saves": shown.saves, "seen": identity_shown(article)}


def identity_shown(article: Article) -> str:
    """The identity as the page shows it, for ``StoryForm.identity_changes`` to compare with."""
    shown: dict[str, Any] = {name: getattr(article, name) for name in IDENTITY if name != "topics"}
    shown["topics"] = article.topics.all()
    return json.dumps({name: _plain(value) for name, value in shown.items()})


def revision_seen(form: StoryForm, article: Article) -> Revision | None:
    """The text the person wrote on, at the save they saw; nothing if the story has no such revision."""
    revision = article.revisions.filter(pk=form.cleaned_data.get("revision") or 0, conflicted=False).first()
    return revision.as_seen(form.cleaned_data.get("saves") or 0) if revision else None


def most_bytes() -> int:
    """The largest form the server takes, files not counted, for the browser to refuse a larger one itself."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0


def _plain(value: Any) -> Any:
    """A value of the identity as JSON keeps it."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, str | bool):
        return value
    return sorted(item.pk for item in value)
