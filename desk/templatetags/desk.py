from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.contrib import admin
from django.utils import timezone

from desk import rail
from desk.dashboard import waiting
from desk.models import Presence
from desk.story import presence

register = template.Library()


@register.simple_tag(takes_context=True)
def doors(context: template.Context) -> list[rail.Door]:
    """The rail's links for who is signed in, and none for anybody else."""
    request = context.get("request")
    if request is None or not hasattr(request, "user") or not admin.site.has_permission(request):
        return []
    apps: Any = context.get("available_apps") or admin.site.get_app_list(request)
    return rail.doors(apps, request.path, {"Stories": waiting(request.user)})


@register.filter
def people(here: Iterable[Presence] | str) -> list[presence.Person]:
    """Who has a story open, from the ``here`` of a story that came with its people; nobody where it did not."""
    return presence.people(here or [])  # type: ignore[arg-type] # a missing variable is an empty string


@register.filter
def instant(moment: datetime) -> str:
    """A moment as HTML's ``datetime`` takes it: to the second, in the newsroom's zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
