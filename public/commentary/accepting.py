"""After the desk has accepted: the terms, what is asked again, and the writer's name under it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from articles.states import MoveRefused
from commentary import portraits, whereabouts, words
from commentary.models import Purpose
from commentary.models.writers import LONGEST_ABOUT
from images.kinds import PictureRefused
from public.commentary.pages import show
from public.commentary.rooms import home, room
from public.commentary.visits import Visit

YES_OR_NO = [("no", "No"), ("yes", "Yes")]


class TermsForm(forms.Form):
    exclusive = forms.BooleanField(
        error_messages={"required": "Confirm that the piece is not published or offered elsewhere, or write to us."}
    )
    interests = forms.ChoiceField(choices=YES_OR_NO, error_messages={"required": "Choose yes or no."})
    interests_which = forms.CharField(required=False, max_length=900, widget=forms.Textarea)
    about = forms.CharField(
        max_length=1_000,
        widget=forms.Textarea,
        error_messages={"required": "Tell readers who you are."},
    )
    portrait = forms.FileField(required=False, error_messages={"empty": "This file is empty. Choose another one."})
    name = forms.CharField(max_length=120, error_messages={"required": "Type your name to agree."})

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"]
        if (number := words.count(about)) > LONGEST_ABOUT:
            raise forms.ValidationError(f"This has {number} words; {LONGEST_ABOUT} fit. Shorten it.")
        return about

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("interests") == "yes" and not words.is_visible(given.get("interests_which", "")):
            self.add_error("interests_which", "You answered yes. Say a little more.")
        return given


@room(Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """The terms in plain lines; each writer agrees for themselves."""
    if not whereabouts.may(here.piece, "complete") or here.writer.agreed_at:
        return home(here)
    form = TermsForm(request.POST or None, request.FILES or None, initial={"about": here.writer.about})
    if request.method == "POST" and form.is_valid() and _agreed(here, form):
        return home(here, done="agreed")
    heading = "Confirm the terms"
    context = {
        "here": here,
        "piece": here.piece,
        "form": form,
        "heading": heading,
        "about_words": words.count(form["about"].value() or ""),
        "most_about": LONGEST_ABOUT,
        "others": [writer for writer in here.piece.signing if writer.pk != here.writer.pk],
    }
    return show(request, "complete.html", f"Error: {heading}" if form.errors else heading, context)


def _agreed(here: Visit, form: TermsForm) -> bool:
    given = form.cleaned_data
    answers = {name: given[name] for name in ("name", "exclusive", "interests", "interests_which", "about")}
    try:
        if given["portrait"]:
            portraits.keep(given["portrait"], here.writer)
        here.piece.complete(answers, writer=here.writer, by=here.piece.guest)
    except PictureRefused as refused:
        form.add_error("portrait", str(refused))
    except MoveRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors
