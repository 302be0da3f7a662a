"""The publication itself: its masthead, sections and topics."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.models import Section, Topic
from desk.forms import DeskForm
from desk.reference import ReferenceAdmin
from masthead.models import Masthead

ONLY = "1"


class MastheadForm(DeskForm[Masthead]):
    class Meta:
        model = Masthead
        exclude: list[str] = []
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "time_zone": forms.Select(
                choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
            ),
        }


@admin.register(Masthead)
class MastheadAdmin(ReferenceAdmin[Masthead]):
    """Exactly one row: its list is its form, and it can be neither added nor deleted."""

    form = MastheadForm
    autocomplete_fields = ["logo"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "logo", "colour"]}),
        ("How readers reach you", {"fields": ["site_address", "contact_email", "commentary_email", "invitation"]}),
        ("Language and time", {"fields": ["language", "time_zone"]}),
        ("Terms", {"fields": ["licence", "licence_address", "retractions_stay"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Masthead | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("admin:masthead_masthead_change", ONLY)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Masthead | None:
        """The row, or its defaults before anybody has saved them."""
        return Masthead.current() if object_id == ONLY else None


@admin.register(Section)
class SectionAdmin(ReferenceAdmin[Section]):
    """The commentary section keeps its address: the reader's site counts on it."""

    list_display = ["name", "slug", "description", "position"]
    search_fields = ["name"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Section | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> list[str]:
        return ["slug"] if _is_built_in(obj) else []

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_built_in(obj)


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin[Topic]):
    list_display = ["name", "slug"]
    search_fields = ["name"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}


def _is_built_in(section: Section | None) -> bool:
    return section is not None and section.slug == Section.COMMENTARY
