"""The door: what to know before writing, which kind it is to be, and the first page of either."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.kinds import Kind
from articles.models import Article
from commentary import reactions, starting
from commentary.models import Guidelines, Link, Office
from masthead.middleware import publication
from public.commentary import sending, steps, tickets, visits, writing
from public.commentary.pages import guest_page, show


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """A draft begins only when somebody sends or autosaves its first page, never because they looked."""
    if not Office.current().takes_pieces:
        return writing.give_back(request, "We take no guest commentary at present.")
    asked = request.GET.get("kind", "")
    if "re" in request.GET:
        return _reaction(request, request.GET["re"])
    if asked == Kind.COMMENTARY:
        return _first_page(request, Kind.COMMENTARY, None)
    if request.method == "POST":
        return writing.give_back(request, "This page has changed since you opened it.")
    terms = Guidelines.current()
    context = {"terms": terms, "drafts": visits.drafts(request)}
    if asked == Kind.REACTION:
        stories = reactions.stories_to_choose()
        return show(request, "choose_story.html", "Choose the story", context | {"stories": stories})
    return show(request, "start.html", "Before you start", context)


def begun(request: HttpRequest, kind: str, story: Article | None) -> tuple[Link, bool]:
    """The draft that this page began, now or before, and whether it was now."""
    ticket = tickets.read(request)
    return starting.begin(kind, ticket, answers=story, language=publication(request).language.partition("-")[0])


def _reaction(request: HttpRequest, key: str) -> HttpResponseBase:
    story = reactions.story_for(key)
    if story is None:
        if request.method == "POST":
            return writing.give_back(request, "This story takes no reactions any more.", status=409)
        return show(request, "no_reaction.html", "This story cannot be answered", status=404)
    return _first_page(request, Kind.REACTION, story)


def _first_page(request: HttpRequest, kind: str, story: Article | None) -> HttpResponseBase:
    step = steps.of_kind(kind)[0]
    terms = Guidelines.current()
    form = step.form(request.POST or None, request.FILES or None, terms=terms)
    if request.method == "POST" and writing.says_anything(form):
        link, is_new = begun(request, kind, story)
        response = sending.arrived(request, link.submission, step, form, link.submission.version if is_new else None)
        if link.submission.can_be_written:
            visits.begin(response, link)
        return response
    if request.method == "POST":
        form.refuse(writing.NOTHING)
    context = {
        "ticket": tickets.make(),
        "action": request.get_full_path(),
        "save": f"{reverse('public:commentary_first_save')}?{request.GET.urlencode()}",
        "story": story,
        "terms": terms,
        "kind": kind,
    }
    return writing.page(request, step, form, context)
