from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from accounts.models import Activity
from desk.forms import DeskForm


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin[Activity]):
    """Who did what: to be read, never to be changed."""

    list_display = ["what", "when", "who", "note"]
    list_filter = [("at", admin.DateFieldListFilter), "verb", "actor_kind"]
    search_fields = ["actor_name", "subject_name", "note"]
    readonly_fields = ["when", "who", "actor_kind", "verb", "subject", "note", "details"]
    form: type[ModelForm[Activity]] = DeskForm
    actions = None
    list_per_page = 50

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
        return f"{row.verb.replace('_', ' ').capitalize()}: {row.subject_name}"

    @admin.display(description="when", ordering="at")
    def when(self, row: Activity) -> datetime:
        return row.at

    @admin.display(description="who", ordering="actor_name")
    def who(self, row: Activity) -> str:
        return row.actor_name

    @admin.display(description="what it was done to")
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


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
