import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override

from desk import blocks
from desk.policy import BODY_POLICY
from desk.reference import ReferenceAdmin
from masthead.models import Page
from richtext.fields import BodyField
from richtext.widgets import BodyWidget


@admin.register(Page)
class PageAdmin(ReferenceAdmin[Page]):
    list_display = ["title", "address", "in_menu", "position", "updated_at"]
    search_fields = ["title"]
    fields = ["title", "slug", "description", "body", "in_menu", "position"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = {BodyField: {"widget": BodyWidget}}

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        if "body" in form.base_fields:
            form.base_fields["body"].widget.attrs["data-blocks"] = json.dumps(blocks.addresses(request))
        return form

    @method_decorator(csp_override(BODY_POLICY))
    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(*args, **kwargs)

    @admin.display(description="address", ordering="slug")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()
