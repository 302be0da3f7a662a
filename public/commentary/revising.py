"""A further text by the writer: while nobody reads the first one yet, or because an editor asked for it."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from articles.states import MoveRefused
from commentary import whereabouts, wordings, words
from commentary.models import Purpose, Unfinished
from public.commentary.pages import show
from public.commentary.rooms import home, room
from public.commentary.visits import Visit


class TextForm(forms.Form):
    """What may be wrong with a text its verb says: a form that refused it would be a second opinion."""

    headline = forms.CharField(required=False, strip=False)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    note = forms.CharField(required=False, strip=False, widget=forms.Textarea)


@room(Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """The text again, to be changed; whatever refuses it, what was typed stays on the page."""
    newest = here.piece.version
    form = TextForm(request.POST or None, initial={"headline": newest.headline, "text": newest.text})
    is_asked = whereabouts.may(here.piece, "revise")
    if request.method == "POST" and form.is_valid():
        if _sent(here, form, is_asked=is_asked):
            return home(here, done="revised" if is_asked else "replaced")
    elif not is_asked and not whereabouts.may(here.piece, "replace"):
        return home(here)
    return _page(request, here, form, is_asked=is_asked)


def _sent(here: Visit, form: TextForm, *, is_asked: bool) -> bool:
    verb = here.piece.resubmit if is_asked else here.piece.replace
    given = form.cleaned_data
    try:
        verb(given["headline"], given["text"], note=given["note"], by=here.piece.guest)
    except Unfinished as unfinished:
        for name, sentence in unfinished.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _page(request: HttpRequest, here: Visit, form: TextForm, *, is_asked: bool) -> HttpResponseBase:
    piece = here.piece
    typed = form["text"].value() or ""
    title = "Revise your text" if is_asked else "Replace your text"
    asked = piece.letters.filter(code="please_revise").last() if is_asked else None
    context = {
        "here": here,
        "piece": piece,
        "form": form,
        "is_asked": is_asked,
        "asked": wordings.without_links(asked.text) if asked else "",
        "words": words.count(typed),
        "target": piece.guidelines.words(piece.kind),
        "most": piece.guidelines.most_words(piece.kind),
        "heading": title,
    }
    return show(request, "revise.html", f"Error: {title}" if form.errors else title, context)
