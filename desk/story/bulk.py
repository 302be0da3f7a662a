"""One thing done to several stories: one by one, each by its verb in a transaction of its own, as far as it goes.

What is skipped is named with the reason. Only the boxes ticked on the page count, so nothing out of sight is touched,
and sending the same page twice finds everything done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.models import User
from articles.models import Article, Section
from articles.states import AlreadySo, MoveRefused
from desk import permissions
from desk.requests import StaffRequest, key
from desk.story.presence import with_people, writer_of

MOST = 200  # stories at a time: as many as a list shows at most
PLACES = {"list": "admin:articles_article_changelist", "bin": "admin:articles_article_bin"}

type Act = Callable[..., None]


def _submit(article: Article, *, by: User, **chosen: Any) -> None:
    _standing_for(article, "submit")
    article.submit(by=by)


def _mark_ready(article: Article, *, by: User, **chosen: Any) -> None:
    _standing_for(article, "mark_ready")
    article.mark_ready(by=by)


def _assign(article: Article, *, by: User, assignee: User, **chosen: Any) -> None:
    if article.assignee == assignee:
        raise AlreadySo(f"{assignee} has it already.")
    article.classify(assignee=assignee, by=by)


def _file(article: Article, *, by: User, section: Section, **chosen: Any) -> None:
    if article.section == section:
        raise AlreadySo(f"It is in {section} already.")
    article.classify(section=section, by=by)


def _spike(article: Article, *, by: User, **chosen: Any) -> None:
    article.spike(by=by)


def _restore(article: Article, *, by: User, **chosen: Any) -> None:
    article.restore(by=by)


@dataclass(frozen=True)
class Deed:
    """What can be done to several stories: its button, what is said of one and of many, to which it may be done.

    ``takes`` names the field that has to be chosen besides. ``disturbs`` says that nobody else may be writing.
    """

    button: str
    done: str
    act: Act
    may: Callable[[User, Article], bool]
    ever: Callable[[User], bool]
    place: str = "list"
    takes: str = ""
    disturbs: bool = False
    is_grave: bool = False


DEEDS = {
    "submit": Deed(
        "Send for review", "sent for review", _submit, permissions.may_edit, permissions.edits, disturbs=True
    ),
    "mark_ready": Deed(
        "Mark ready", "marked ready", _mark_ready, permissions.may_mark_ready, permissions.reviews, disturbs=True
    ),
    "assign": Deed(
        "Give to", "given to {assignee}", _assign, permissions.may_assign, permissions.edits, takes="assignee"
    ),
    "file": Deed(
        "Move to section", "moved to {section}", _file, permissions.may_classify, permissions.edits, takes="section"
    ),
    "spike": Deed(
        "Spike", "put into the bin", _spike, permissions.may_spike, permissions.edits, disturbs=True, is_grave=True
    ),
    "restore": Deed("Bring back", "brought back", _restore, permissions.may_restore, permissions.edits, place="bin"),
}


class BulkForm(forms.Form):
    """Which button was pressed, and whom or where to, if it needs that."""

    do = forms.ChoiceField(
        choices=[(name, deed.button) for name, deed in DEEDS.items()],
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Press one of the buttons beneath the list."),
    )
    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("name"),
        required=False,
        empty_label="Choose a person",
        error_messages={"invalid_choice": "Choose somebody who works here."},
    )
    section = forms.ModelChoiceField(
        Section.objects.all(),
        required=False,
        empty_label="Choose a section",
        error_messages={"invalid_choice": "There is no such section. Choose one from the list."},
    )

    def clean(self) -> dict[str, Any]:
        deed = DEEDS.get(self.cleaned_data.get("do", ""))
        if deed and deed.takes and not self.cleaned_data.get(deed.takes) and deed.takes not in self.errors:
            raise forms.ValidationError(
                "Choose who is to have them." if deed.takes == "assignee" else "Choose a section."
            )
        return self.cleaned_data


@dataclass
class Outcome:
    """What became of the stories: ``done``, and ``skipped`` with the sentence that says why.

    ``missing`` counts those that are not there, or not for this person to see: of these nothing is said.
    """

    done: list[Article] = field(default_factory=list)
    skipped: list[tuple[Article, str]] = field(default_factory=list)
    missing: int = 0


@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """Do one thing to the stories ticked in a list, and show the list again with what came of it."""
    if not permissions.edits(request.user):
        raise PermissionDenied
    data = request.POST.copy()
    if alone := data.get("restore"):  # the button beside one story of the bin: no other box counts
        data["do"] = "restore"
        data.setlist("story", [alone])
    form, ticked = BulkForm(data), _ticked(data.getlist("story"))
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(sentence) for sentence in sentences))
    elif not ticked:
        messages.error(request, f"Nothing was done: tick the stories first, {MOST} at most.")
    else:
        chosen = form.cleaned_data
        deed = DEEDS[chosen.pop("do")]
        outcome = _each(deed, ticked, by=request.user, **chosen)
        level = messages.WARNING if outcome.skipped or outcome.missing else messages.SUCCESS
        messages.add_message(request, level, _told(deed, outcome, chosen))
    return _back(data)


def offered(user: User, place: str) -> dict[str, Deed]:
    """What the buttons under a list offer this person."""
    return {name: deed for name, deed in DEEDS.items() if deed.place == place and deed.ever(user)}


def bar(user: User, place: str) -> dict[str, Any]:
    """What the bar under a list needs."""
    form = BulkForm(auto_id="bulk_%s")
    deeds = offered(user, place)
    return {"deeds": [(name, deed, form[deed.takes] if deed.takes else None) for name, deed in deeds.items()]}


def _each(deed: Deed, ticked: list[int], *, by: User, **chosen: Any) -> Outcome:
    """One after the other, in the order of the list; a refusal stops none of the others."""
    found = with_people(permissions.visible(by).with_desk()).in_bulk(ticked)
    outcome = Outcome(missing=len(ticked) - len(found))
    for article in (found[pk] for pk in ticked if pk in found):
        if reason := _hindrance(deed, article, by=by):
            outcome.skipped.append((article, reason))
            continue
        try:
            deed.act(article, by=by, **chosen)
        except MoveRefused as refused:
            outcome.skipped.append((article, str(refused)))
        else:
            outcome.done.append(article)
    return outcome


def _hindrance(deed: Deed, article: Article, *, by: User) -> str:
    """What a verb does not know of: whose story it is, and who is at it."""
    if not deed.may(by, article):
        return "You may not do this with it."
    if article.is_in_bin and deed.place != "bin":
        return "It is in the bin."
    writer = writer_of(article, but=by) if deed.disturbs else None
    return f"{writer} is writing in it now." if writer else ""


def _standing_for(article: Article, verb: str) -> None:
    if not article.can(verb):
        raise MoveRefused(f"It is “{article.state_label}”.")
    if article.live_id and not article.has_changes:
        raise MoveRefused(f"It is “{article.state_label}”, and has no newer text.")


def _ticked(sent: Iterable[str]) -> list[int]:
    """The keys sent, each once; none at all if there are more than a list shows."""
    keys = dict.fromkeys(found for typed in sent if (found := key(typed)) is not None)
    return list(keys) if len(keys) <= MOST else []


def _told(deed: Deed, outcome: Outcome, chosen: dict[str, Any]) -> SafeString:
    """“3 stories are sent for review.”, and each that was skipped with the reason."""
    done = deed.done.format(**chosen)
    number = len(outcome.done)
    if number == 1:
        said = format_html("{} is {}.", _link(outcome.done[0]), done)
    else:
        said = format_html("{} stories are {}.", number or "No", done)
    skipped = [(_link(article), reason) for article, reason in outcome.skipped]
    lines = format_html_join("", "<li>{} – {}</li>", skipped)
    if outcome.missing:
        lines += format_html("<li>{} not in your lists any more.</li>", _counted(outcome.missing))
    rest = format_html("<p>Skipped:</p><ul>{}</ul>", lines) if lines else ""
    return format_html('<div data-outcome tabindex="-1"><p>{}</p>{}</div>', said, rest)


def _link(article: Article) -> SafeString:
    return format_html('<a href="{}">“{}”</a>', reverse("admin:articles_article_change", args=[article.pk]), article)


def _counted(number: int) -> str:
    return "1 story is" if number == 1 else f"{number} stories are"


def _back(data: QueryDict) -> HttpResponse:
    """To the list as it was asked: our own address, whatever was sent."""
    place = PLACES.get(data.get("place", ""), PLACES["list"])
    asked = QueryDict(data.get("asked", "")[:2_000])
    return HttpResponseRedirect(f"{reverse(place)}?{asked.urlencode()}" if asked else reverse(place))
