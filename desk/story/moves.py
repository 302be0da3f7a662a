"""What can be done to a story besides writing it: each on a page that says what will happen."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.states import MoveRefused
from desk.requests import StaffRequest
from desk.story.offers import OFFERS
from desk.story.presence import with_people, writer_of


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Ask, then do: GET says what ``verb`` will do to the story, POST does it."""
    article = get_object_or_404(with_people(Article.objects.with_desk()), pk=pk)
    offer = OFFERS.get(verb)
    if offer is None:
        raise Http404
    if not offer.may(request.user, article):
        raise PermissionDenied
    form = offer.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            getattr(article, verb)(by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, offer.done)
            return redirect("admin:articles_article_change", pk)
    context: dict[str, Any] = {"title": f"{offer.button}: {article}", "article": article, "form": form, "move": offer}
    context["writer"] = writer_of(article, but=request.user) if offer.is_grave else None
    return TemplateResponse(request, "desk/story/move.html", admin.site.each_context(request) | context)
