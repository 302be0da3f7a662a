"""What every list of stories shares: how it is searched, what it shows of a story, and whose stories it holds."""

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from articles.models import Article
from articles.models.queries import ArticleQuerySet
from desk import permissions
from desk.reference import lookup_listed
from desk.requests import person
from desk.story import bulk

MOST_FOUND = 2_000


class StoryList(admin.ModelAdmin[Article]):
    """Lists, filters and searches; never saves. No actions of Django's, no inlines, no delete: stories have verbs."""

    place: ClassVar[str]

    actions = None
    change_list_template = "desk/story/list.html"
    list_display_links = None
    list_max_show_all = bulk.MOST
    list_per_page = 50
    search_fields = ("slug",)  # shows the search box; get_search_results says what is searched
    search_help_text = "Words, “a phrase”, -without, a name or an address"
    sortable_by = ()
    show_full_result_count = False

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """A box before each story for those who can do something with several at once."""
        listed = tuple(super().get_list_display(request))
        return ("chosen", *listed) if bulk.offered(person(request), self.place) else listed

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        bar: dict[str, Any] = {"place": self.place, "asked": request.GET.urlencode()}
        if isinstance(request.user, User):
            bar |= bulk.bar(request.user, self.place)
        return super().changelist_view(request, bar | (extra_context or {}))

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

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup_listed(self.get_list_filter(request), lookup) and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_write(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    @admin.display(description="Choose")
    def chosen(self, article: Article) -> SafeString:
        """Without a template: it stands in every row."""
        return format_html(
            '<input type="checkbox" class="choose" name="story" value="{}" autocomplete="off" '
            'aria-label="Choose “{}”" data-choose>',
            article.pk,
            article,
        )

    @admin.display(description="Story")
    def story(self, article: Article) -> SafeString:
        return self.cell("story", article)

    @admin.display(description="Who has it")
    def who(self, article: Article) -> SafeString:
        return self.cell("who", article)

    @admin.display(description="Words")
    def length(self, article: Article) -> str:
        return f"{article.draft.words:,}" if article.draft else "0"

    def cell(self, name: str, article: Article) -> SafeString:
        return render_to_string("desk/story/cells.html#" + name, {"article": article})
