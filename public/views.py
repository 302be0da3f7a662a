from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from articles.models import Article, Section, Topic
from commentary.models import Guidelines, Office
from masthead.middleware import publication
from masthead.models import Page
from public import corrections, frontpage, metadata, story_page
from public.answers import answer, page, refusal
from public.framing import with_frames_of
from public.listing import listing
from public.people import known


@page
def front(request: HttpRequest) -> HttpResponse:
    head = metadata.front(publication(request))
    return answer(request, "public/front.html", head, {"front": frontpage.compose()})


@page
def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponseBase:
    address = {"first_published_on": _day(year, month, day), "slug": slug}
    story = Article.objects.published().with_page().filter(**address).first()
    if story is None or story.live is None:
        gone = Article.objects.withdrawn() | Article.objects.ended()
        return taken_back(request, get_object_or_404(gone.select_related("live"), **address))
    head = metadata.article(publication(request), story)
    shown = answer(request, "public/article.html", head, story_page.context(story, story.live))
    return with_frames_of(story.live.body, shown)


def taken_back(request: HttpRequest, story: Article) -> HttpResponseBase:
    """What stands at the address of a story that readers can no longer read, and why.

    410, but for a retraction that the masthead keeps as an ordinary page. Only a retraction names the story again:
    a withdrawn headline may be what was wrong.
    """
    masthead = publication(request)
    title = f"Retracted: {story.headline}" if story.retracted_at else "This story is no longer here"
    stays = bool(story.retracted_at) and masthead.retractions_stay
    head = metadata.refusal(masthead, title)
    return refusal(request, "public/taken_back.html", head, {"article": story}, status=200 if stays else 410)


@page
def corrected(request: HttpRequest) -> HttpResponse:
    """Everything the newsroom has corrected, clarified or retracted, newest first."""
    masthead = publication(request)
    found = corrections.listing(request)
    return answer(request, "public/corrections.html", metadata.corrections(masthead, found.before), {"listing": found})


@page
def section_or_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections and standing pages share one namespace."""
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return _standing(request, get_object_or_404(Page, slug=slug))
    found = listing(Article.objects.published().in_section(section), request)
    head = metadata.listed(publication(request), section, found, description=section.description)
    return answer(request, "public/section.html", head, {"section": section, "listing": found})


@page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Topic, slug=slug)
    found = listing(Article.objects.published().about(subject), request)
    head = metadata.listed(publication(request), subject, found)
    return answer(request, "public/topic.html", head, {"topic": subject, "listing": found})


@page
def authors(request: HttpRequest) -> HttpResponse:
    people = list(known().with_portraits())
    context = {
        "staff": [person for person in people if not person.is_guest],
        "guests": [person for person in people if person.is_guest],
    }
    return answer(request, "public/authors.html", metadata.people(publication(request)), context)


@page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(known().with_portraits(), slug=slug)
    found = listing(Article.objects.published().by_author(person), request)
    head = metadata.person(publication(request), person, found)
    return answer(request, "public/author.html", head, {"author": person, "listing": found})


@page
def guidelines(request: HttpRequest) -> HttpResponse:
    """What guest writers are promised and asked for, as it holds today."""
    terms = Guidelines.current()
    head = metadata.guidelines(publication(request), terms)
    context = {"terms": terms, "office": Office.current()}
    return with_frames_of(terms.body, answer(request, "public/guidelines.html", head, context))


def _standing(request: HttpRequest, standing: Page) -> HttpResponse:
    shown = answer(request, "public/page.html", metadata.standing(publication(request), standing), {"page": standing})
    return with_frames_of(standing.body, shown)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise Http404("There is no such day.") from impossible
