"""How a page of a draft is shown, and what happens to what was typed on it: it is kept, or it is given back."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse

from articles.states import MoveRefused
from commentary import portraits, reactions, words
from commentary.models import StaleDraft, Submission, Unfinished, Version
from commentary.models.versions import LONGEST_TEXT
from public.commentary import answers, forms, steps
from public.commentary.forms import StepForm
from public.commentary.pages import show
from public.commentary.steps import Step

NOTHING = {"headline": "Write a headline.", "text": "Write your text."}


def page(
    request: HttpRequest, step: Step, form: StepForm, context: dict[str, Any], *, status: int = 200
) -> HttpResponseBase:
    """One page of the form; with a word in its title where something is wrong on it."""
    wrong = bool(form.is_bound and form.errors) or bool(context.get("missing")) or bool(context.get("sentence"))
    terms, kind = context["terms"], context["kind"]
    known = {
        "form": form, "step": step, "heading": step.title, "target": terms.words(kind),
        "most": terms.most_words(kind), "at_most": f"{terms.most_words(kind):,}",
        "longest": LONGEST_TEXT, "questions": [form[name] for name in getattr(form, "asked", [])],
    }  # fmt: skip
    title = f"Error: {step.title}" if wrong else step.title
    return show(request, step.template, title, known | context, status=status)


def page_of(
    request: HttpRequest, piece: Submission, step: Step, form: StepForm | None = None, **more: Any
) -> HttpResponseBase:
    """The page ``step`` of a draft, with ``form`` as it was sent or with what is kept."""
    if form is None:
        form = step.form(initial=forms.initial(piece), terms=piece.guidelines)
    status = more.pop("status", 200)
    return page(request, step, form, _about(piece, step) | more, status=status)


def save(request: HttpRequest, piece: Submission, step: Step, form: StepForm, base: Version) -> HttpResponseBase | None:
    """Keep what a page of the draft says; answers only where it was not kept, with everything typed on it.

    ``base`` is the text the page was written on.
    """
    try:
        keep(piece, form, base)
    except StaleDraft as stale:
        return _both(request, piece, step, form, stale)
    except Unfinished as unfinished:
        form.refuse(unfinished.problems)
        return page_of(request, piece, step, form, version=steps.as_seen(base))
    except MoveRefused as refused:
        return give_back(request, str(refused), status=409)
    return None


def keep(piece: Submission, form: StepForm, base: Version) -> Version:
    """Write the form's answers into the draft; what arrives twice is kept once. Raises as ``Submission.write``."""
    changes = form.changes()
    try:
        return piece.write(changes, version=base, by=piece.guest)
    except StaleDraft as stale:
        fresh = Submission.objects.get(pk=piece.pk)
        if not steps.holds_already(fresh, changes):
            raise
        return stale.newest


def says_anything(form: StepForm) -> bool:
    """Somebody has typed something into a first page, or sent a file with it."""
    form.is_valid()
    typed = [value for value in form.cleaned_data.values() if isinstance(value, str)]
    return any(words.is_visible(value) for value in typed) or bool(form.files)


def give_back(request: HttpRequest, sentence: str, *, status: int = 200, again: str = "") -> HttpResponseBase:
    """Nothing was kept; ``sentence`` says why, and whatever was typed is shown: to be copied, or sent to ``again``."""
    posted = request.POST if request.method == "POST" else QueryDict()
    return _given_back(request, sentence, posted, status=status, again=again)


def refuse_unread(request: HttpRequest, sentence: str, *, status: int) -> HttpResponseBase:
    """As ``give_back`` for a form that could not even be read: the browser may have kept a copy of it."""
    return _given_back(request, sentence, QueryDict(), status=status)


def address(piece: Submission, step: Step | str) -> str:
    name = step if isinstance(step, str) else step.name
    return reverse("public:commentary_step", args=[piece.reference, name])


def save_address(piece: Submission) -> str:
    return reverse("public:commentary_save", args=[piece.reference])


def _given_back(
    request: HttpRequest, sentence: str, posted: QueryDict, *, status: int, again: str = ""
) -> HttpResponseBase:
    texts = forms.typed(posted)
    context = {
        "sentence": sentence,
        "texts": texts,
        "again": again,
        "machine": [(name, posted[name]) for name in forms.CARRIED if name in posted],
    }
    title = "This was not saved" if texts or request.method == "POST" else "This page cannot be opened"
    return show(request, "given_back.html", title, context, status=status)


def proof_address(piece: Submission) -> str:
    return reverse("public:commentary_proof", args=[piece.reference])


def _about(piece: Submission, step: Step) -> dict[str, Any]:
    fresh = Submission.objects.select_related("guidelines").get(pk=piece.pk)
    back = steps.before(piece.kind, step)
    return {
        "piece": fresh,
        "terms": fresh.guidelines,
        "kind": fresh.kind,
        "story": reactions.answered_by(fresh),
        "version": steps.as_seen(fresh.version),
        "saved_at": fresh.version.saved_at,
        "words": fresh.version.words,
        "action": address(fresh, step),
        "save": save_address(fresh),
        "proof": proof_address(fresh),
        "back": address(fresh, back) if back else "",
        "place": steps.of_kind(piece.kind).index(step) + 1,
        "places": len(steps.of_kind(piece.kind)),
        "portrait": portraits.of(fresh),
        "answers": answers.of(fresh) if step.name == "check" else [],
    }


def _both(request: HttpRequest, piece: Submission, step: Step, form: StepForm, stale: StaleDraft) -> HttpResponseBase:
    """Another page was faster: its text and this one are shown, and the next save takes what is in the fields."""
    newest = forms.initial(Submission.objects.get(pk=piece.pk))
    others = [
        (form.fields[name].label, newest.get(name) or "")
        for name in form.fields
        if name in newest and newest.get(name) != form.cleaned_data.get(name)
    ]
    return page_of(request, piece, step, form, newest=others, sentence=str(stale), status=409)
