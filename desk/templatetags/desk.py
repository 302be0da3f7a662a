from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

from articles.models import Article
from desk import rail
from desk.commentary import wanted
from desk.dashboard import pieces_waiting, waiting
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
    counts = {"Stories": waiting(request.user), "Commentary": pieces_waiting(request.user)}
    return rail.doors(apps, request.path, counts)


@register.simple_tag(takes_context=True)
def guest_piece(context: template.Context, article: Article | None) -> wanted.Line | None:
    """What a story's pages say of the piece by a guest that it was made of; nothing for any other story."""
    return wanted.line(article, context["request"].user) if article else None


@register.filter
def people(here: Iterable[Presence] | str) -> list[presence.Person]:
    """Who has a story open, from the ``here`` of a story that came with its people; nobody where it did not."""
    return presence.people(here or [])  # type: ignore[arg-type] # a missing variable is an empty string


@register.filter
def age(moment: datetime) -> str:
    """How long ago, in its largest unit: “3 hours”. Less than a minute, or a clock that ran ahead, is “a moment”."""
    since = timesince(moment, depth=1).replace("\xa0", " ")
    return "a moment" if since.startswith("0 ") else since


@register.filter
def span(length: timedelta | None) -> str:
    """How long something took: “40 minutes”, “5 hours”, “2.5 days”; a dash where nothing did."""
    if length is None:
        return "–"
    hours = length.total_seconds() / 3600
    if hours < 1:
        return f"{round(hours * 60)} min"
    return f"{hours:.0f} h" if hours < 36 else f"{hours / 24:.1f} days"


@register.filter
def day(moment: datetime) -> str:
    """“today, 6 p.m.”, “tomorrow, 6 a.m.”, “Thu, Nov. 26, 6:30 a.m.”: a moment near now in the newsroom's zone."""
    local = timezone.localtime(moment)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((local.date() - timezone.localdate()).days)
    return f"{near}, {date_format(local, 'P')}" if near else date_format(local, "D, N j, P")


@register.filter
def instant(moment: datetime) -> str:
    """A moment as HTML's ``datetime`` takes it: to the second, in the newsroom's zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
