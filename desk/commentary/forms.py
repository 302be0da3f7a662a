"""What is asked before something is done to a piece. Each form says how often the piece had been changed when seen."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from commentary.models import Submission, Writer
from commentary.models.deciding import LONGEST_LETTER, LONGEST_REVISION, REASONS
from commentary.models.facts import LONGEST_HOLD
from desk.commentary.people import editors
from desk.moments import Moment

LOST = "This page has lost track of what it shows. Look at the piece again, then decide."
MOST = 2**63 - 1


class DeedForm(forms.Form):
    """Nothing but a button. ``event`` is the last line of the history that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)
    event = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, piece: Submission, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.piece, self.by = piece, by

    def clean(self) -> dict[str, Any]:
        if "seen" in self.errors:
            del self.errors["seen"]
            raise ValidationError(LOST)
        return self.cleaned_data

    @property
    def asked(self) -> list[forms.BoundField]:
        return self.visible_fields()

    @property
    def answers(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"seen", "event"}}


class AssignForm(DeedForm):
    to = forms.ModelChoiceField(User.objects.none(), label="Editor", empty_label="Choose an editor")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = editors()  # type: ignore[attr-defined] # a ModelChoiceField has one
        self.fields["to"].error_messages |= {
            "required": "Choose who is to have it.",
            "invalid_choice": "Choose somebody of the commentary desk.",
        }


class HoldForm(DeedForm):
    until = Moment(label="Until", help_text="30 days from now at most. A letter tells the writer that we are at it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.now() + min(timedelta(days=7), LONGEST_HOLD)
        self.fields["until"].error_messages |= {"required": "Choose a day."}


class TextForm(DeedForm):
    """``text`` is an editor's own words; what it is called, the deed says."""

    text = forms.CharField(
        label="Text", required=False, max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )


class RevisionForm(TextForm):
    days = forms.TypedChoiceField(
        label="Days the writer has",
        coerce=int,
        initial=7,
        choices=[(days, f"{days} day{'s' if days > 1 else ''}") for days in range(1, LONGEST_REVISION + 1)],
    )


class DeclineForm(TextForm):
    reason = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose a reason"), *REASONS.items()],
        help_text="For our own numbers, and for which letter goes out.",
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
    field_order = ("reason", "text")


class IdentityForm(DeedForm):
    writer = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    how = forms.ChoiceField(
        label="How we made sure",
        required=False,
        choices=[("", "Not checked"), *Writer.Check.choices],
        error_messages={"invalid_choice": "Say how you made sure, from the list."},
    )

    def clean_writer(self) -> Writer:
        found = next((one for one in self.piece.writers.all() if one.pk == self.cleaned_data["writer"]), None)
        if found is None:
            raise ValidationError("There is no such writer of this piece.")
        return found


class DisclosureForm(DeedForm):
    line = forms.CharField(
        label="What readers are told",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="One sentence about the writer's interests. Empty: none is needed.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].initial = self.piece.disclosure
