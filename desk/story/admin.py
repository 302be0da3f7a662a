"""The list of stories: Django's changelist; everything that changes a story is our own views and its verbs."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.queries import ArticleQuerySet
from desk import permissions
from desk.reference import lookup_listed
from desk.story import autosave, history, moves, presence, previewing, publishing, receipt, sharing, views
from desk.story.filters import PLACES, DaysFilter, PersonFilter

MOST_FOUND = 2_000


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
class ArticleAdmin(admin.ModelAdmin[Article]):
    """Lists, filters and searches; never saves. No actions, no inlines, no delete: stories have verbs."""

    actions = None
    list_display = ("story", "state", "who", "dates", "last_change", "length")
    list_display_links = None
    list_filter = (WhereItStands, "section", "kind", PersonFilter, DaysFilter)
    list_per_page = 50
    search_fields = ("slug",)  # shows the search box; get_search_results says what is searched
    search_help_text = "Words, “a phrase”, -without, a name or an address"
    ordering = ("-changed_at", "-pk")
    sortable_by = ()
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return presence.with_people(permissions.visible(request.user).with_desk())  # type: ignore[arg-type]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """In the newest text and in what readers see, each story once.

        The words are read once, for at most ``MOST_FOUND`` stories; counting and turning pages use the keys.
        """
        if not search_term.strip():
            return queryset, False
        found = cast("ArticleQuerySet", queryset).saying(search_term).values_list("pk", flat=True)
        keys = list(found[: MOST_FOUND + 1])
        if len(keys) > MOST_FOUND:
            messages.info(request, f"Only the {MOST_FOUND:,} stories changed last are shown. Search for more words.")
        return queryset.filter(pk__in=keys[:MOST_FOUND]), False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_article_changelist"),
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

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup_listed(self.get_list_filter(request), lookup) and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_write(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    @admin.display(description="Story")
    def story(self, article: Article) -> SafeString:
        return _cell("story", article)

    @admin.display(description="State")
    def state(self, article: Article) -> SafeString:
        return _cell("state", article)

    @admin.display(description="Who has it")
    def who(self, article: Article) -> SafeString:
        return _cell("who", article)

    @admin.display(description="Published")
    def dates(self, article: Article) -> SafeString:
        return _cell("dates", article)

    @admin.display(description="Last change")
    def last_change(self, article: Article) -> SafeString:
        return _cell("last_change", article)

    @admin.display(description="Words")
    def length(self, article: Article) -> str:
        return f"{article.draft.words:,}" if article.draft else "0"


def _cell(name: str, article: Article) -> SafeString:
    return render_to_string("desk/story/cells.html#" + name, {"article": article})
