from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse

from accounts.activity import record
from accounts.actors import Actor
from desk.forms import DeskForm
from desk.requests import person


class ReferenceAdmin[M: Model](admin.ModelAdmin[M]):
    """What stories refer to: authors, sections, the masthead. Each change is told in ``Activity`` too."""

    form: type[forms.ModelForm[M]] = DeskForm
    actions = None
    list_per_page = 50

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup_listed(self.get_list_filter(request), lookup) and super().lookup_allowed(lookup, value, request)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice one may add and change, not delete: that belongs in the list, where it is seen whole."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def log_addition(self, request: HttpRequest, obj: M, message: Any) -> LogEntry:
        self.tell("added", obj, by=person(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: M, message: Any) -> LogEntry:
        if message:
            self.tell("changed", obj, by=person(request))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for gone in queryset:
            self.tell("deleted", gone, by=person(request))
        return super().log_deletions(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """What keeps a row says more than a right somebody lacks: nobody may delete stories anyway."""
        gone, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return gone, counts, set() if protected else lacking, protected

    def tell(self, verb: str, subject: M, *, by: Actor) -> None:
        record(verb, subject, by=by)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = bool(kwargs.get("add"))
        return super().render_change_form(request, context, *args, **kwargs)


def lookup_listed(filters: Sequence[Any], lookup: str) -> bool:
    """An address may ask what the list's filters ask, and nothing else.

    Django lets it ask about every column and every neighbouring row too: which section a hidden story is in.
    """
    asked: set[str] = set()
    for entry in filters:
        if isinstance(entry, str | tuple):
            name = entry if isinstance(entry, str) else entry[0]
            if lookup == name or lookup.startswith(f"{name}__"):
                return True
        else:  # a filter of our own: it says which parameters are its
            asked |= {entry.parameter_name} if hasattr(entry, "parameter_name") else set(entry.names)
    return lookup in asked
