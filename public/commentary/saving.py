"""What a page's script saves while its writer types. Answers are for programs; nothing here is the only way."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from articles.kinds import Kind
from articles.states import MoveRefused
from commentary import proof, reactions, words
from commentary.models import Guidelines, Office, Purpose, StaleDraft, Submission, Unfinished, Version
from public.commentary import start, steps, visits, writing
from public.commentary.forms import StepForm
from public.commentary.pages import guest_page
from public.commentary.steps import Step

NO_KEY = "This browser holds no key to this draft any more. Copy your text, and get a new link by e-mail."
NOT_NOW = "This piece has been sent already."
NO_STORY = "This story takes no reactions any more."


@guest_page
@require_POST
def first_save(request: HttpRequest) -> HttpResponseBase:
    """The first words of a draft."""
    story = reactions.story_for(request.GET["re"]) if "re" in request.GET else None
    if not Office.current().takes_pieces or ("re" in request.GET and story is None):
        return JsonResponse({"sentence": NO_STORY}, status=409)
    kind = Kind.REACTION if story else Kind.COMMENTARY
    step = steps.of_kind(kind)[0]
    form = step.form(request.POST, terms=Guidelines.current())
    if not writing.says_anything(form):
        return JsonResponse({})
    link, is_new = start.begun(request, kind, story)
    response = _saved(link.submission, step, form, link.submission.version if is_new else Version(pk=0, saves=0))
    if link.submission.can_be_written:
        visits.begin(response, link)
    return response


@guest_page
@require_POST
def save(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What is on a page of a draft now."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    step = steps.named(visit.piece.kind, request.POST.get("step", "")) if visit else None
    if visit is None or step is None:
        return JsonResponse({"sentence": NO_KEY}, status=404)
    form = step.form(request.POST, terms=visit.piece.guidelines)
    form.is_valid()
    return _saved(visit.piece, step, form, steps.seen(request.POST.get("version", "")))


@guest_page
@require_safe
def challenge(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A proof of work for this draft, asked for by the last page's script."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None or not visit.piece.can_be_written:
        return JsonResponse({"sentence": NOT_NOW}, status=404)
    return JsonResponse(proof.challenge(visit.piece))


def _saved(piece: Submission, step: Step, form: StepForm, base: Version) -> JsonResponse:
    try:
        kept = writing.keep(piece, form, base)
    except StaleDraft as stale:
        return JsonResponse({"sentence": str(stale), "stale": True}, status=409)
    except Unfinished as unfinished:
        return JsonResponse({"sentence": str(unfinished)}, status=422)
    except MoveRefused as refused:
        return JsonResponse({"sentence": str(refused)}, status=409)
    moment = timezone.localtime(kept.saved_at)
    return JsonResponse(
        {
            "version": steps.as_seen(kept),
            "saved": date_format(moment, "g:i A"),
            "at": kept.saved_at.isoformat(),
            "words": words.count(kept.text),
            "action": writing.address(piece, step),
            "save": writing.save_address(piece),
            "proof": writing.proof_address(piece),
        }
    )
