"""The story editor: one page for a new story and for every one there is."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.models.writing import StaleText, hand_out
from desk import blocks, permissions
from desk.policy import STORY_POLICY
from desk.receipts import reading_of
from desk.requests import StaffRequest
from desk.story import binned, saving
from desk.story.bylines import BaseBylines, bylines_of
from desk.story.forms import StoryForm, form_for, most_bytes, offer_kinds, revision_seen, standing_on
from desk.story.offers import offered
from desk.story.sent import Sent, opened, received
from desk.views import give_back
from images.models import Image

RECENT_PICTURES = 12


@csp_override(STORY_POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Write a story. GET shows its newest text; POST saves what was typed, then does what the button says."""
    article = opened(pk, request.POST.get("sitting", ""), by=request.user)
    may = permissions.may_edit(request.user, article) if article else permissions.may_write(request.user)
    if article and request.method != "POST" and (article.is_in_bin or not may):
        return read(request, article.pk)
    if not may:
        return give_back(request, saving.NOT_YOURS)
    if request.method != "POST":
        draft = hand_out(article) if article else None
        standing = standing_on(article, request.user)
        return _page(request, article, form_for(article, request.user), bylines_of(draft, request.user), standing)
    sent = received(request.POST, request.FILES.get("picture_file"), by=request.user)
    if not sent.is_its_writers:
        return give_back(request, saving.SOMEBODY_ELSE)
    try:
        saved = saving.save(article, sent)
        done = saving.move(saved, request.POST.get("do", "save"), sent)
    except saving.Refused as refused:
        return _refused(request, refused, sent)
    messages.success(request, done, extra_tags="saved")
    if request.POST.get("do") == "publish" and not saved.article.is_in_bin:
        return redirect("admin:articles_article_publish", saved.article.pk)
    return redirect("admin:articles_article_change", saved.article.pk)


@require_safe
def read(request: StaffRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A text of a story to read: the newest, or the one numbered ``number``."""
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_read(request.user, article):
        raise PermissionDenied
    revision = get_object_or_404(article.revisions, number=number) if number else article.draft
    context = {
        "title": str(article),
        "article": article,
        "revision": revision,
        "binned": binned.found(article) if article.is_in_bin else None,
        "may_restore": permissions.may_restore(request.user, article),
        "may_edit": permissions.may_edit(request.user, article) and not article.is_in_bin,
        "may_schedule": article.can("publish") and permissions.may_schedule(request.user, article),
        "moves": offered(request.user, article),
    }
    return TemplateResponse(request, "desk/story/read.html", admin.site.each_context(request) | context)


def _refused(request: StaffRequest, refused: saving.Refused, sent: Sent) -> HttpResponse:
    """The page with everything as typed and the reason above it, standing on what is stored by now.

    It shows nothing of what came in with the save: its next save brings that in.
    """
    if refused.reason:
        saving.explain(sent.form, refused.reason)
    article = Article.objects.with_desk().filter(pk=refused.article.pk).first() if refused.article else None
    if refused.article and article is None:  # it left the bin for good at this moment
        return give_back(request, str(refused))
    conflict = refused.reason if isinstance(refused.reason, StaleText) else None
    newest = conflict.current if conflict else refused.saved.revision if refused.saved else None
    if article and newest is None:
        newest = revision_seen(sent.form, article) or hand_out(article)
    standing = standing_on(article, request.user, revision=newest) | sent.still_shown()
    if refused.saved:
        standing["before"] = sent.as_sent() if refused.saved.came_in else ""
    return _page(request, article, sent.form, sent.bylines, standing, image=sent.image, conflict=conflict)


def _page(
    request: StaffRequest,
    article: Article | None,
    form: StoryForm,
    bylines: BaseBylines,
    standing: dict[str, Any],
    *,
    image: Image | None = None,
    conflict: StaleText | None = None,
) -> HttpResponse:
    user = request.user
    offer_kinds(form, permissions.kinds_open_to(user, article))
    form.fields["body"].widget.attrs["data-blocks"] = json.dumps(blocks.addresses(request))
    context = {
        "title": str(article) if article else "New story",
        "article": article,
        "form": form,
        "bylines": bylines,
        "standing": standing,
        "image": image or _picture(form),
        "reading": reading_of(article) if article else None,
        "conflict": conflict,
        "pictures": Image.objects.with_renditions()[:RECENT_PICTURES],
        "most_bytes": most_bytes(),
        "may_publish": permissions.may_publish(user, article) if article else permissions.may_publish_own(user),
        "sheet_head": [form[name] for name in ("headline", "deck", "summary")],
        "moves": offered(user, article) if article else [],
        "just_saved": any("saved" in message.tags for message in messages.get_messages(request)),
        "may_submit": article is None or article.can("submit"),
        "may_mark_ready": bool(article and article.can("mark_ready") and permissions.may_mark_ready(user, article)),
        "may_classify": article is None or permissions.may_classify(user, article),
    }
    status = 409 if conflict else 200
    return TemplateResponse(request, "desk/story/edit.html", admin.site.each_context(request) | context, status=status)


def _picture(form: StoryForm) -> Image | None:
    chosen = str(form["lead_image"].value() or "")
    return Image.objects.with_renditions().filter(pk=chosen).first() if chosen.isdigit() else None
