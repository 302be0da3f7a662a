"""Saving while somebody writes: the page asks by itself, and is answered with what is stored now."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.models import Article, Revision
from articles.models.writing import StaleText
from articles.texts import Credit
from desk import permissions
from desk.requests import StaffRequest
from desk.story import saving
from desk.story.binned import put_there
from desk.story.bylines import names_of
from desk.story.forms import identity_shown
from desk.story.sent import Sent, opened, received
from images.models import Image

WAITING = {"section": "Section", "topics": "Topics", "kind": "Kind", "slug": "Address"}


@never_cache
@require_POST
def autosave(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Keep what was typed so far; a new story begins with it. Answers in JSON, whatever happens.

    200 with what is stored, 409 with the clashes somebody must decide, 403 with a sentence; 401 comes from the site.
    """
    article = opened(pk, request.POST.get("sitting", ""), by=request.user)
    if not (permissions.may_edit(request.user, article) if article else permissions.may_write(request.user)):
        return JsonResponse({"sentence": saving.NOT_YOURS}, status=403)
    sent = received(request.POST, by=request.user, unasked=True)
    if not sent.is_its_writers:
        return JsonResponse({"sentence": saving.SOMEBODY_ELSE, "sign_in": True}, status=401)
    try:
        saved = saving.save(article, sent)
    except saving.Refused as refused:
        return JsonResponse(_refused(request, refused), status=409)
    return JsonResponse(_stored(saved, sent))


def _stored(saved: saving.Saved, sent: Sent) -> dict[str, Any]:
    """What is stored now, and what of it the page does not show yet."""
    article, revision = saved.article, saved.revision
    return {
        **_place(article, revision),
        "story": article.pk,
        "change": reverse("admin:articles_article_change", args=[article.pk]),
        "autosave": reverse("admin:articles_article_autosave", args=[article.pk]),
        "presence": reverse("admin:articles_article_presence", args=[article.pk]),
        "title": str(article),
        "saved": date_format(timezone.localtime(revision.saved_at), "P"),
        "words": revision.words,
        "standing": article.standing,
        "label": article.state_label,
        "problems": _problems(sent),
        "waiting": [WAITING[name] for name in saved.waiting],
        "news": f"{put_there(article)} What you type is saved in it." if article.is_in_bin else saved.news,
        "came_in": {name: _shown(name, revision) for name in saved.came_in},
    }


def _refused(request: StaffRequest, refused: saving.Refused) -> dict[str, Any]:
    """Why nothing of the text became the newest one; for a clash, the choice between the two."""
    conflict = refused.reason
    if not isinstance(conflict, StaleText) or refused.article is None:
        return {"sentence": str(refused), "lost": True}
    panel = render_to_string("desk/story/conflict.html", {"conflict": conflict, "article": refused.article}, request)
    return _place(refused.article, conflict.current) | {"sentence": str(conflict), "panel": panel}


def _place(article: Article, revision: Revision) -> dict[str, Any]:
    """What the next save stands on."""
    return {"revision": revision.pk, "saves": revision.saves, "seen": identity_shown(article)}


def _problems(sent: Sent) -> dict[str, list[str]]:
    """Sentences by field; under ``""`` what belongs to none."""
    problems = {
        "" if name == "__all__" else name: [str(sentence) for sentence in sentences]
        for name, sentences in sent.form.errors.items()
    }
    for row in sent.bylines.forms:
        if sentences := row.errors.get("name"):
            problems[f"{row.prefix}-name"] = [str(sentence) for sentence in sentences]
    if general := sent.bylines.non_form_errors():
        problems["bylines"] = [str(sentence) for sentence in general]
    return problems


def _shown(name: str, revision: Revision) -> Any:
    """A field of the text as the page shows it."""
    value = getattr(revision.text, name)
    if name == "bylines":
        return _rows(value)
    if isinstance(value, Image):
        picture = {"alt": value.alt, "credit": value.credit, "decorative": value.decorative}
        return picture | {
            "pk": value.pk,
            "choice": render_to_string("desk/story/picture_choice.html", {"choice": value}),
        }
    return value or ""


def _rows(lines: tuple[Credit, ...]) -> list[dict[str, str]]:
    names = names_of()
    return [{"name": names[line.author.pk], "role": line.role} for line in lines]
