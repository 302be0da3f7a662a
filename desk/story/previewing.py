"""The newest text as readers would see it, for those of the newsroom who may read it: beside the editor or alone."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles import looks
from articles.models import Article
from desk import permissions
from desk.policy import FRAMED_POLICY, FRAMING_POLICY
from desk.requests import StaffRequest


@csp_override(FRAMING_POLICY)
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The preview in a window of its own; it follows what is saved in the editor."""
    article = _readable(request, pk)
    context = {
        "title": f"Preview of “{article}”",
        "article": article,
        "may_edit": permissions.may_edit(request.user, article),
        "may_share": permissions.may_share(request.user, article),
    }
    return TemplateResponse(request, "desk/story/preview.html", admin.site.each_context(request) | context)


@csp_override(FRAMED_POLICY)
@xframe_options_sameorigin
@require_safe
def frame(request: StaffRequest, pk: int) -> HttpResponse:
    """What a preview's frame loads: asks for the right to read each time, then leads to the page itself."""
    return redirect(looks.address(_readable(request, pk)))


def _readable(request: StaffRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_read(request.user, article):
        raise PermissionDenied
    return article
