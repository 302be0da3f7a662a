from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from desk import policy, rail
from desk.dashboard import piles
from desk.sign_in import SignInForm
from desk.views import sign_in_again


class DeskSite(AdminSite):
    """Django's admin as the newsroom's desk: our look, our rooms, our policy on every page."""

    site_title = "Desk"
    site_header = "Desk"
    index_title = "Desk"
    enable_nav_sidebar = False
    login_form = SignInForm

    def admin_view[V: Callable[..., HttpResponseBase]](
        self,
        view: V,
        cacheable: bool = False,  # noqa: FBT001, FBT002 -- Django's own signature
    ) -> V:
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def with_nothing_lost(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            """A form sent after the session has ended is shown back, where Django would send on to the sign-in."""
            if (
                request.method == "POST"
                and not self.has_permission(request)
                and request.path != reverse("admin:logout")
            ):
                return sign_in_again(request)
            return guarded(request, *args, **kwargs)

        return cast("V", policy.strict(with_nothing_lost))

    @method_decorator(policy.strict)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        write = rail.write_address(self.get_app_list(request))
        context = {"piles": piles(request), "write_address": write}
        return super().index(request, context | (extra_context or {}))
