"""What the guest's pages ask. Nothing typed is ever refused here: verbs say what is missing, after it was kept."""

import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from commentary.models import Guidelines, Submission

PARAGRAPHS = "An empty line begins a new paragraph. Addresses become links; nothing else is needed."
YES_NO = [("no", "No"), ("yes", "Yes")]
# What a page says of itself, to be said again.
CARRIED = ("version", "ticket", "step", "round", "paragraph", "approve", "object", "answer")
MACHINE = frozenset({*CARRIED, "csrfmiddlewaretoken", "altcha", "website", "read"})  # nobody typed these


class Line(forms.CharField):
    """One line: whatever was pasted, its breaks and gaps are one space each."""

    def __init__(self, label: str, hint: str = "", *, kind: str = "text", **attrs: str) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"} | attrs)
        widget.input_type = kind
        super().__init__(label=label, help_text=hint, required=False, widget=widget, strip=False)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", " ".join(_storable(value).split()))


class Prose(forms.CharField):
    """Several lines, kept as they are."""

    def __init__(self, label: str, hint: str = "", *, rows: int = 4, **attrs: str) -> None:
        widget = forms.Textarea(attrs={"rows": str(rows)} | attrs)
        super().__init__(label=label, help_text=hint, required=False, widget=widget, strip=False)

    def to_python(self, value: Any) -> str:
        return _storable(value).replace("\r\n", "\n").replace("\r", "\n")


class Choice(forms.ChoiceField):
    """Yes or no, with nothing chosen to begin with."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label=label, help_text=hint, choices=YES_NO, required=False, widget=forms.RadioSelect)

    def valid_value(self, value: Any) -> bool:
        return True

    def to_python(self, value: Any) -> str:
        return value if value in dict(YES_NO) else ""


class StepForm(forms.Form):
    """One page. ``FIELDS`` maps its fields to what the verb ``write`` calls them."""

    FIELDS: ClassVar[dict[str, str]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, terms: Guidelines, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms

    def changes(self) -> dict[str, Any]:
        """What was typed, for ``Submission.write``. For a form that was asked whether it is valid."""
        return {known: self.cleaned_data[name] for name, known in self.FIELDS.items() if name in self.cleaned_data}

    def refuse(self, problems: dict[str, str]) -> None:
        """Say the ``problems`` of a verb beside the fields that they are about, and the others on top."""
        names = {known: name for name, known in self.FIELDS.items()}
        for known, sentence in problems.items():
            name = names.get(known, known)
            self.add_error(name if name in self.fields else None, sentence)


class TextForm(StepForm):
    FIELDS = {"headline": "headline", "text": "text"}

    headline = Line(
        "Headline", "Say what you argue. An editor may write another one; you will see it before it is published.",
        **{"class": "headline-field", "dir": "auto"},
    )  # fmt: skip
    text = Prose(
        "Your text", PARAGRAPHS, rows=18,
        dir="auto",
    )  # fmt: skip
    manuscript = forms.FileField(
        label="Or take it from a file",
        help_text="A Word document (.docx) or plain text (.txt) of at most 5 MB. Its text comes into the box above, "
        "for you to check.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )


class PersonForm(StepForm):
    FIELDS = {
        "name": "writer.name", "email": "writer.email", "phone": "writer.phone", "city": "writer.city",
        "about": "writer.about", "cowriter_name": "cowriter.name", "cowriter_email": "cowriter.email",
    }  # fmt: skip

    name = Line("Your name", "As it should be published.", autocomplete="name", dir="auto")
    email = Line(
        "Your e-mail address", "We write to it; it is not published.", kind="email", autocomplete="email"
    )  # fmt: skip
    phone = Line(
        "Your phone number", "Optional. An editor may call to make sure that it is you. It is not published.",
        kind="tel", autocomplete="tel",
    )  # fmt: skip
    city = Line("Where you live", "Town or city. It may be published.", autocomplete="address-level2", dir="auto")
    about = Prose(
        "Who you are",
        "In 60 words at most, as readers will see it below your text: what you do, and why you know this.",
        rows=4,
        dir="auto",
    )
    portrait = forms.FileField(
        label="Your portrait",
        help_text="Optional. A picture of you as JPEG, PNG or WebP. Nobody sees it before your piece is published.",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    cowriter_name = Line("Name of the second writer", "", dir="auto")
    cowriter_email = Line(
        "E-mail address of the second writer", "We ask them whether they are a writer of this piece.", kind="email"
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.terms.most_writers < 2:
            del self.fields["cowriter_name"], self.fields["cowriter_email"]


class OpennessForm(StepForm):
    FIELDS = {
        name: name
        for name in (
            "elsewhere", "elsewhere_where", "interests", "interests_which", "helped", "helped_by", "ai", "ai_how",
            "why_urgent", "further",
        )
    }  # fmt: skip

    elsewhere = Choice("Has this text been published, or have you offered it to anybody else?")
    elsewhere_where = Prose("Where, and when", rows=2)
    interests = Choice(
        "Could you, your employer or your family gain from what you propose?",
        "Money, an office, a client, a campaign. It is no reason to refuse your piece: readers are told.",
    )
    interests_which = Prose("What, and how", rows=2)
    helped = Choice("Did anybody help you write it, ask you to, or pay you for it?")
    helped_by = Prose("Who, and how", rows=2)
    ai = Choice("Did you use artificial intelligence for it?", "To find ideas, to write, to translate, to correct.")
    ai_how = Prose("For what", rows=2)
    why_urgent = Prose(
        "If it cannot wait: why, and until when", "Optional. Only for what is worth less in a week.", rows=2
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [f"further_{number}" for number in range(len(self.terms.questions))]
        for name, question in zip(self.asked, self.terms.questions, strict=True):
            self.fields[name] = Prose(str(question), rows=2)
        for name, answer in zip(self.asked, self.initial.get("further") or [], strict=False):
            self.initial[name] = answer

    def changes(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.FIELDS if name in self.cleaned_data}
        return given | ({"further": [self.cleaned_data[name] for name in self.asked]} if self.asked else {})


class CheckForm(StepForm):
    """Nothing to fill in: everything is read once more."""


class SendForm(StepForm):
    FIELDS: ClassVar[dict[str, str]] = {}

    agreed = forms.BooleanField(label="I wrote this text, and I agree", required=False)


class ReactionForm(TextForm):
    """Everything on one page, because there is little of it."""

    FIELDS = TextForm.FIELDS | {
        "name": "writer.name", "email": "writer.email", "phone": "writer.phone", "city": "writer.city",
        "about": "writer.about",
    }  # fmt: skip

    text = Prose("Your answer", PARAGRAPHS, rows=9, dir="auto")
    name = PersonForm.base_fields["name"]
    email = PersonForm.base_fields["email"]
    phone = PersonForm.base_fields["phone"]
    city = PersonForm.base_fields["city"]
    about = Prose("Who you are", "Optional, in 60 words at most: readers see it below your text.", rows=2, dir="auto")
    agreed = SendForm.base_fields["agreed"]


def initial(piece: Submission) -> dict[str, Any]:
    """What a draft holds, by the names of the forms' fields."""
    version, writer, cowriter = piece.version, piece.writer, piece.cowriter
    known: dict[str, Any] = {"headline": version.headline, "text": version.text}
    known |= {name: getattr(writer, name) for name in ("name", "email", "phone", "city", "about")}
    known |= {name: getattr(piece, name) for name in OpennessForm.FIELDS}
    if cowriter:
        known |= {"cowriter_name": cowriter.name, "cowriter_email": cowriter.email}
    return known


@dataclass(frozen=True)
class Typed:
    """What a person typed into one field, to be shown again."""

    name: str
    label: str
    text: str

    @property
    def rows(self) -> int:
        return 12 if len(self.text) > 400 else 4 if len(self.text) > 80 else 1


def typed(posted: QueryDict) -> list[Typed]:
    """Everything a person typed into a form, whatever has become of it; what reads like prose first."""
    labels: dict[str, str] = {}
    for form in (SendForm, OpennessForm, PersonForm, ReactionForm, TextForm):
        labels |= {name: str(field.label) for name, field in form.base_fields.items()}
    found = [
        Typed(name, labels.get(name, name.replace("_", " ").capitalize()), _storable(text))
        for name, texts in posted.lists()
        for text in texts
        if name not in MACHINE and isinstance(text, str) and text.strip()
    ]
    return sorted(found, key=lambda one: len(one.text.split()) < 2)


def _storable(value: Any) -> str:
    """Without what no database keeps, and what would end a line of a letter's head."""
    return str(value or "").replace("\0", "")
