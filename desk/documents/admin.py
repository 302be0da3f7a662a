from django.contrib import admin
from django.urls import URLPattern, path

from desk.documents import uploads, views
from documents.models import Document


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    """Permissions and a place in the rail; every page is a view of our own, and what it changes is a verb."""

    search_fields = ("title", "file_name")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(views.shelf), name="documents_document_changelist"),
            path("add/", wrap(uploads.add), name="documents_document_add"),
            path("<int:pk>/change/", wrap(views.document), name="documents_document_change"),
            path("<int:pk>/describe/", wrap(views.describe), name="documents_document_describe"),
            path("<int:pk>/replace/", wrap(views.replace), name="documents_document_replace"),
            path("<int:pk>/delete/", wrap(views.delete), name="documents_document_delete"),
        ]
