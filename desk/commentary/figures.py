"""The desk's page of numbers."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from commentary.numbers import numbers
from desk import permissions
from desk.requests import StaffRequest


@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """How the desk keeps its promises, month by month."""
    if not permissions.works_on_pieces(request.user):
        raise PermissionDenied
    context = {"title": "Numbers", "numbers": numbers()}
    return TemplateResponse(request, "desk/commentary/numbers.html", admin.site.each_context(request) | context)
