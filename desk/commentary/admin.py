"""The commentary desk in the rail and in the resolver; every page is a view of our own, every change a verb."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from commentary.models import Submission
from desk.commentary import bulk, doing, export, figures, piece, views


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin[Submission]):
    """Permissions and a place in the rail."""

    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(views.queue), name="commentary_submission_changelist"),
            path("bulk/", wrap(bulk.bulk), name="commentary_submission_bulk"),
            path("export/", wrap(export.export), name="commentary_submission_export"),
            path("numbers/", wrap(figures.figures), name="commentary_submission_numbers"),
            path("<int:pk>/", wrap(piece.piece), name="commentary_submission_change"),
            path("<int:pk>/<slug:deed>/", wrap(doing.deed), name="commentary_submission_deed"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
