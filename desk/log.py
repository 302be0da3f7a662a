"""The log of who did what, to be read: by person, by what was done, by date and by what it was done to."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from accounts.models import Activity, User
from desk.forms import DeskForm
from desk.requests import key

NOBODY = {"clock": "The clock", "guest": "Guest writers", "import": "Imports", "sample": "Sample newsroom"}


class WhoDidIt(admin.SimpleListFilter):
    """Everybody who did something, and those who are no person. An account deleted since is found by its number."""

    title = "who"
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.filter(Exists(Activity.objects.filter(actor=OuterRef("pk")))).order_by("name", "email")
        return [(str(user.pk), str(user)) for user in people] + list(NOBODY.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        who = self.value() or ""
        if who in NOBODY:
            return queryset.filter(actor_kind=who)
        actor = key(who)
        return queryset if actor is None else queryset.filter(actor=actor)


class WhatWasDone(admin.SimpleListFilter):
    title = "what"
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        verbs = Activity.objects.order_by("verb").values_list("verb", flat=True).distinct()
        return [(verb, _capital(verb)) for verb in verbs]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        verb = self.value()
        return queryset.filter(verb=verb) if verb else queryset


class When(admin.DateFieldListFilter):
    """Django's, under the name of its column in the list."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = "when"


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin[Activity]):
    """Who did what: to be read, never to be changed."""

    list_display = ["what", "who", "when", "note"]
    list_filter = [WhoDidIt, WhatWasDone, ("at", When)]
    search_fields = ["actor_name", "subject_name", "note"]
    search_help_text = "Person, headline or note"
    readonly_fields = ["at", "who", "verb_in_words", "subject", "note", "particulars", "sealed"]
    form: type[ModelForm[Activity]] = DeskForm
    actions = None
    empty_value_display = ""
    list_per_page = 50
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Activity | None = None) -> Any:
        return list(self.readonly_fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        return False

    @admin.display(description="what", ordering="verb")
    def what(self, row: Activity) -> str:
        """“Published story “Hospitals agree””; what somebody did to their own account names nothing further."""
        if row.subject_kind == User._meta.label_lower and row.subject_id == row.actor_id:
            return _capital(row.verb)
        return f"{_capital(row.verb)} {_kind(row.subject_kind)} “{row.subject_name}”"

    @admin.display(description="what was done")
    def verb_in_words(self, row: Activity) -> str:
        return _capital(row.verb)

    @admin.display(description="when", ordering="at")
    def when(self, row: Activity) -> datetime:
        return row.at

    @admin.display(description="who", ordering="actor_name")
    def who(self, row: Activity) -> str:
        """A link to everything this person did."""
        if row.actor_id is None:
            return row.actor_name
        return format_html('<a href="{}">{}</a>', done_by_address(row.actor_id), row.actor_name)

    @admin.display(description="particulars")
    def particulars(self, row: Activity) -> str:
        """The plain values a verb told of itself, as “Changed: kind, section. Minutes: 5.” says them."""
        return " ".join(f"{_capital(name)}: {_listed(value)}." for name, value in row.details.items())

    @admin.display(description="seal")
    def sealed(self, row: Activity) -> str:
        if row.position is None:
            return "Waits for its seal."
        erased = " Names and notes were erased." if row.is_erased else ""
        return f"Row {row.position:,} of the sealed log.{erased}"

    @admin.display(description="done to")
    def subject(self, row: Activity) -> str:
        """A link while the desk still has the thing."""
        model = _model(row.subject_kind)
        if model is None or not model._default_manager.filter(pk=row.subject_id).exists():
            return row.subject_name
        try:
            address = reverse(f"admin:{row.subject_kind.replace('.', '_')}_change", args=[row.subject_id])
        except NoReverseMatch:
            return row.subject_name
        return format_html('<a href="{}">{}</a>', address, row.subject_name)


def done_by_address(pk: int) -> str:
    """Where the desk lists what the person of this number did."""
    return f"{reverse('admin:accounts_activity_changelist')}?{WhoDidIt.parameter_name}={pk}"


def about_address(subject: Model) -> str:
    """Where the desk lists what was done to ``subject``."""
    listed = reverse("admin:accounts_activity_changelist")
    return f"{listed}?subject_kind={subject._meta.label_lower}&subject_id={subject.pk}"


def _capital(words: str) -> str:
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]


def _kind(label: str) -> str:
    model = _model(label)
    return str(model._meta.verbose_name) if model else label.rpartition(".")[2]


def _listed(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
