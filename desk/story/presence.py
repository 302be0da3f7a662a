"""Who else has a story open, and which page of it may be written on. The pages themselves ask, every 10 seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from articles.models import Article
from articles.models.queries import ArticleQuerySet
from desk import permissions
from desk.models import Pen, Presence
from desk.requests import StaffRequest
from desk.story.binned import put_there

IDLE_AFTER = timedelta(minutes=2)


class SignForm(forms.Form):
    """What a page says of itself.

    Which sitting it is, and which it goes on with; that it was typed on, wants the pen if it is free, takes the pen
    over from a sitting, or is left.
    """

    sitting = forms.UUIDField()
    after = forms.UUIDField(required=False)
    typed = forms.BooleanField(required=False)
    wants_pen = forms.BooleanField(required=False)
    take_over = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    leaving = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Person:
    """Somebody who has a story open, however many pages of it."""

    name: str
    short_name: str
    initials: str
    is_writing: bool

    @property
    def doing(self) -> str:
        return "is writing" if self.is_writing else "has it open"


@never_cache
@require_POST
def presence(request: StaffRequest, pk: int) -> HttpResponse:
    """A sign of life of one opened page, answered with who else is there and whose turn it is to write."""
    article = get_object_or_404(Article.objects.select_related("draft").defer("draft__body"), pk=pk)
    if not permissions.may_read(request.user, article):
        raise PermissionDenied
    form = SignForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    if form.cleaned_data["leaving"]:
        Presence.leave(article, form.cleaned_data["sitting"], by=request.user)
        return HttpResponse(status=204)
    try:
        return JsonResponse(_answer(article, form.cleaned_data, user=request.user))
    except (IntegrityError, Presence.DoesNotExist):
        return HttpResponse(status=204)  # the same page was left while this was under way


def with_people(stories: ArticleQuerySet) -> ArticleQuerySet:
    """``stories`` with who has each open, in one query more, for ``people``."""
    return stories.prefetch_related(Prefetch("presences", Presence.objects.shown(), to_attr="here"))


def people(here: Iterable[Presence]) -> list[Person]:
    """Each person once, whoever has the pen first."""
    found: dict[int, Person] = {}
    for sitting in sorted(here, key=lambda sitting: not _has_pen(sitting)):
        user = sitting.user
        person = Person(str(user), user.get_short_name() or str(user), _initials(str(user)), _has_pen(sitting))
        found.setdefault(user.pk, person)
    return list(found.values())


def writer_of(article: Article, *, but: User) -> User | None:
    """Who is writing a story that came ``with_people``, if it is somebody else."""
    here: list[Presence] = article.here  # type: ignore[attr-defined]
    return next((sitting.user for sitting in here if _has_pen(sitting) and sitting.user_id != but.pk), None)


def _answer(article: Article, said: dict[str, Any], *, user: User) -> dict[str, Any]:
    """What the page is told, after its sign and its wish: two queries, more only when the pen changes hands."""
    now = timezone.now()
    Presence.sign(article, said["sitting"], by=user, typed=said["typed"], after=said["after"], at=now)
    own, here = _own_and_all(article, said["sitting"], user, now)
    if article.is_in_bin:
        return _in_bin(article, own, here, user, now)
    if _granted(own, here, said, user=user):
        own, here = _own_and_all(article, said["sitting"], user, now)
    holder = _holder(here)
    return {
        "mine": holder == own,
        "lock": _lock(holder, user, now) if holder and holder != own else None,
        "taken": _taken(own, user),
        "here": [_shown(sitting, user, now) for sitting in here if sitting != own],
        "draft": _draft(article),
    }


def _in_bin(article: Article, own: Presence, here: list[Presence], user: User, now: datetime) -> dict[str, Any]:
    """Nobody has the pen of a story in the bin: the page saves what it has, and reads along until it comes back."""
    Pen.lay_down(own, by=user)
    lock = {
        "holder": 0,
        "name": "",
        "own": False,
        "sentence": f"{put_there(article)} Reload this page to bring it back.",
        "button": "",
        "freed": "The story was brought back from the bin. You can write.",
    }
    shown = [_shown(sitting, user, now) for sitting in here if sitting != own]
    return {"mine": False, "lock": lock, "taken": None, "here": shown, "draft": _draft(article)}


def _draft(article: Article) -> str:
    """The newest text as pages name it."""
    return f"{article.draft.pk}.{article.draft.saves}" if article.draft else ""


def _own_and_all(article: Article, sitting: UUID, user: User, now: datetime) -> tuple[Presence, list[Presence]]:
    here = list(Presence.objects.shown(now).filter(article=article).select_related("taken_by"))
    for shown in here:
        if (shown.sitting, shown.user_id) == (sitting, user.pk):
            shown.article = article
            return shown, here
    raise Presence.DoesNotExist


def _granted(own: Presence, here: list[Presence], said: dict[str, Any], *, user: User) -> bool:
    """Whether the pen may have changed hands, by this page's wish or because its person may not write any more."""
    holder = _holder(here)
    wants = said["take_over"] or (said["wants_pen"] and holder is None)
    if holder == own:
        if permissions.may_edit(user, own.article):
            return False
        Pen.lay_down(own, by=user)
    elif not wants or not permissions.may_edit(user, own.article):
        return False
    elif said["take_over"]:
        Pen.take_over(own, said["take_over"], by=user)
    else:
        Pen.take_up(own, by=user)
    return True


def _holder(here: list[Presence]) -> Presence | None:
    return next((sitting for sitting in here if _has_pen(sitting)), None)


def _has_pen(sitting: Presence) -> bool:
    return hasattr(sitting, "pen")


def _lock(holder: Presence, user: User, now: datetime) -> dict[str, Any]:
    """Why this page cannot be written on, and what the person can do about it."""
    is_own = holder.user_id == user.pk
    since = _time(holder.pen.since)
    sentence = (
        f"You have this story open in another tab, and write there since {since}."
        if is_own
        else f"{holder.user} is writing here, since {since}."
    )
    if holder.typed_at and now - holder.typed_at > IDLE_AFTER:
        sentence += f" Nothing was typed after {_time(holder.typed_at)}."
    return {
        "holder": holder.pk,
        "name": str(holder.user),
        "own": is_own,
        "sentence": sentence,
        "button": "Write here instead" if is_own else "Take over",
    }


def _taken(own: Presence, user: User) -> dict[str, Any] | None:
    """The notice to the one whose pen was taken."""
    if own.taken_at is None:
        return None
    is_own, name = own.taken_by_id == user.pk, str(own.taken_by or "Somebody")
    when = _time(own.taken_at)
    sentence = f"You went on in another tab at {when}." if is_own else f"{name} took over at {when}."
    return {"name": name, "own": is_own, "sentence": sentence}


def _shown(sitting: Presence, user: User, now: datetime) -> dict[str, Any]:
    is_own = sitting.user_id == user.pk
    name = "You, in another tab" if is_own else str(sitting.user)
    doing = "typing" if sitting.is_typing(now) else "writing" if _has_pen(sitting) else "here"
    return {"person": sitting.user_id, "name": name, "initials": _initials(str(sitting.user)), "doing": doing}


def _time(moment: datetime) -> str:
    """Today's times without a date."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "D, M j, H:i")


def _initials(name: str) -> str:
    words = name.replace("@", " ").split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
