"""The list of stories: Django's changelist; everything that changes a story is our own views and its verbs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from articles.models import Article
from desk import permissions
from desk.requests import person
from desk.story import (
    autosave,
    bulk,
    history,
    moves,
    presence,
    previewing,
    publishing,
    receipt,
    sharing,
    views,
)
from desk.story.bin_list import Bin
from desk.story.filters import PLACES, DaysFilter, PersonFilter
from desk.story.listing import StoryList


class WhereItStands(admin.SimpleListFilter):
    """The questions an editor has, one click each."""

    title = "where it stands"
    parameter_name = "where"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(PLACES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        where = self.value()
        if not where:
            return queryset
        if where == "mine":
            return queryset.filter(pk__in=Article.objects.concerning(request.user).values("pk"))  # type: ignore[arg-type]
        # What is in review or ready may be the changes of a live story, which the badge says too.
        asked = {"review": Article.objects.in_review, "ready": Article.objects.ready}
        found = asked[where]() if where in asked else Article.objects.standing(where)
        return queryset.filter(pk__in=found.order_by().values("pk"))


@admin.register(Article)
class ArticleAdmin(StoryList):
    """What the newsroom works with: every story but those in the bin."""

    place = "list"

    list_display = ("story", "state", "who", "dates", "last_change", "length")
    list_filter = (WhereItStands, "section", "kind", PersonFilter, DaysFilter)
    ordering = ("-changed_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return presence.with_people(permissions.visible(person(request)).unspiked().with_desk())

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_article_changelist"),
            path("bin/", wrap(Bin(self.model, self.admin_site).changelist_view), name="articles_article_bin"),
            path("bulk/", wrap(bulk.bulk), name="articles_article_bulk"),
            path("add/", wrap(views.edit), name="articles_article_add"),
            path("add/autosave/", wrap(autosave.autosave), name="articles_article_begin"),
            path("<int:pk>/change/", wrap(views.edit), name="articles_article_change"),
            path("<int:pk>/autosave/", wrap(autosave.autosave), name="articles_article_autosave"),
            path("<int:pk>/history/", wrap(history.history), name="articles_article_history"),
            path("<int:pk>/compare/", wrap(history.compare), name="articles_article_compare"),
            path("<int:pk>/read/", wrap(views.read), name="articles_article_read"),
            path("<int:pk>/read/<int:number>/", wrap(views.read), name="articles_article_revision"),
            path(
                "<int:pk>/read/<int:number>/restore/",
                wrap(history.restore_revision),
                name="articles_article_restore_revision",
            ),
            path(
                "<int:pk>/read/<int:number>/name/", wrap(history.name_revision), name="articles_article_name_revision"
            ),
            path("<int:pk>/presence/", wrap(presence.presence), name="articles_article_presence"),
            path("<int:pk>/publish/", wrap(publishing.publish), name="articles_article_publish"),
            path("<int:pk>/preview/", wrap(previewing.preview), name="articles_article_preview"),
            path("<int:pk>/preview/frame/", wrap(previewing.frame), name="articles_article_preview_frame"),
            path("<int:pk>/share/", wrap(sharing.share), name="articles_article_share"),
            path("<int:pk>/share/<int:link>/end/", wrap(sharing.unshare), name="articles_article_unshare"),
            path("<int:pk>/receipt/", wrap(receipt.receipt), name="articles_article_receipt"),
            path("<int:pk>/receipt/again/", wrap(receipt.read_again), name="articles_article_receipt_again"),
            path("<int:pk>/<slug:verb>/", wrap(moves.move), name="articles_article_move"),
        ]

    @admin.display(description="State")
    def state(self, article: Article) -> SafeString:
        return self.cell("state", article)

    @admin.display(description="Published")
    def dates(self, article: Article) -> SafeString:
        return self.cell("dates", article)

    @admin.display(description="Last change")
    def last_change(self, article: Article) -> SafeString:
        return self.cell("last_change", article)
