from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from accounts import sessions
from desk import passwords, policy, rail, sign_in
from desk.dashboard import columns
from desk.requests import person
from desk.views import second_factor_first, sign_in_again

_ON_SITE = "view_on_site"
METHODS = ["GET", "HEAD", "POST"]  # Django's own views would take a PUT or a DELETE for a GET


class DeskSite(AdminSite):
    """Django's admin as the newsroom's desk: our look, our rooms, our policy on every page."""

    site_title = "Desk"
    site_header = "Desk"
    index_title = "Desk"
    enable_nav_sidebar = False
    login_form = sign_in.SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever works here, and has a second factor where the settings ask for one."""
        return self.works_here(request) and not self.lacks_second_factor(request)

    def works_here(self, request: HttpRequest) -> bool:
        """Without the second factor: what lets somebody set one up, and nothing else."""
        return super().has_permission(request)

    def lacks_second_factor(self, request: HttpRequest) -> bool:
        return settings.SECOND_FACTOR_REQUIRED and self.works_here(request) and not person(request).has_second_factor

    def admin_view[V: Callable[..., HttpResponseBase]](
        self,
        view: V,
        cacheable: bool = False,  # noqa: FBT001, FBT002 -- Django's own signature
    ) -> V:
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def with_nothing_lost(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            """A form sent after the session has ended is shown back, where Django would send on to the sign-in."""
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if "%00" in request.META["QUERY_STRING"]:  # no form of ours sends one, and PostgreSQL takes none
                return redirect(request.path)
            if self.has_permission(request):
                sessions.seen(request, person(request))
                return guarded(request, *args, **kwargs)
            leaves = request.path == reverse("admin:logout")
            if self.lacks_second_factor(request) and not leaves:
                return _to_set_up(request)
            if request.method == "POST" and not leaves:
                return sign_in_again(request)
            return self.logout(request) if leaves and self.works_here(request) else guarded(request, *args, **kwargs)

        return cast("V", policy.strict(with_nothing_lost))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, but for one that tells anybody signed in the address of anything: of a story still hidden too."""
        on_site = path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.on_site), name=_ON_SITE)
        return [on_site if getattr(entry, "name", "") == _ON_SITE else entry for entry in super().get_urls()]

    def on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
        """Where readers find a thing, for whoever may see it on the desk."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        shown = self._registry.get(model) if model else None
        if shown is None:
            raise Http404
        thing = get_object_or_404(shown.get_queryset(request), pk=object_id)
        if not shown.has_view_permission(request, thing):
            raise PermissionDenied
        address = thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""
        if not address:
            raise Http404
        return redirect(address)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return sign_in.sign_in(request)

    def password_change(  # type: ignore[override] # it may redirect
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return passwords.change_password(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        write = rail.write_address(self.get_app_list(request))
        context = {"columns": columns(request), "write_address": write}
        return super().index(request, context | (extra_context or {}))


def _to_set_up(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return second_factor_first(request)
    return redirect_to_login(request.get_full_path(), reverse("desk:set_up"))
