"""The queues."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from commentary.models import Submission
from desk import permissions
from desk.commentary import bulk
from desk.commentary.listing import listed
from desk.requests import StaffRequest


@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """One queue, with the counts of all."""
    if not permissions.works_on_pieces(request.user):
        raise PermissionDenied
    shown = listed(request)
    if shown.asked.is_strange:
        return redirect(f"{request.path}?e=1")
    context = {
        "title": shown.here.label if shown.here else "All pieces",
        "shelf": shown,
        "deeds": bulk.bar(request.user),
        "asked": request.GET.urlencode(),
        "private": Submission.objects.private().count(),
    }
    return TemplateResponse(request, "desk/commentary/queue.html", admin.site.each_context(request) | context)
