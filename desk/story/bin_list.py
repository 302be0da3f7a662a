"""The bin: the list of what is spiked, which is all that is ever deleted."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from articles.models import Article
from articles.states import KEPT_IN_BIN
from desk import permissions
from desk.requests import person
from desk.story.filters import PersonFilter
from desk.story.listing import StoryList


class Bin(StoryList):
    """What was spiked, the last first: by whom, and how long it can be brought back."""

    place: ClassVar[str] = "bin"

    change_list_template = "desk/story/bin.html"
    list_display = ("binned_story", "put_there", "left", "who", "length")
    list_filter = ("section", "kind", PersonFilter)
    ordering = ("-spiked_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return permissions.visible(person(request)).in_bin().with_desk()

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """Beside each story its own button, for those who may bring some back."""
        listed = super().get_list_display(request)
        return (*listed, "back") if permissions.edits(person(request)) else listed

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"bin_days": KEPT_IN_BIN.days} | (extra_context or {}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Story")
    def binned_story(self, article: Article) -> SafeString:
        return self.cell("binned_story", article)

    @admin.display(description="Put there")
    def put_there(self, article: Article) -> SafeString:
        return self.cell("put_there", article)

    @admin.display(description="Can be brought back")
    def left(self, article: Article) -> SafeString:
        return self.cell("left", article)

    @admin.display(description="Bring back")
    def back(self, article: Article) -> SafeString:
        return self.cell("back", article)
