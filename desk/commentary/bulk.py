"""One thing done to several pieces: each by its verb, in a transaction of its own, as far as it goes.

Only the boxes ticked count. Each box says how often its piece had been changed when the list was opened, so that what
somebody else has moved meanwhile is skipped and named, never decided unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.models import User
from articles.states import MoveRefused
from commentary.models import Submission
from commentary.models.deciding import REASONS
from desk import permissions
from desk.commentary.people import editors
from desk.requests import StaffRequest, key

MOST = 200

type Act = Callable[..., None]


def _claim(piece: Submission, **told: Any) -> None:
    piece.claim(by=told["by"], seen=told["seen"])


def _assign(piece: Submission, **told: Any) -> None:
    if piece.assignee == told["to"]:
        raise MoveRefused(f"{told['to']} has it already.")
    piece.claim(by=told["by"], to=told["to"], seen=told["seen"])


def _decline(piece: Submission, **told: Any) -> None:
    if not piece.is_open or piece.article_id:
        raise MoveRefused(f"It is “{piece.state_label}”. Decide about it on its page.")
    piece.decline(told["reason"], "", by=told["by"], seen=told["seen"])


def _let_out(piece: Submission, **told: Any) -> None:
    if not piece.is_in_quarantine:
        raise MoveRefused("It is not in quarantine.")
    piece.quarantine(aside=False, by=told["by"], seen=told["seen"])


def _spam(piece: Submission, **told: Any) -> None:
    piece.mark_spam(by=told["by"], seen=told["seen"])


@dataclass(frozen=True)
class Deed:
    """What can be done to several: its button, what is said of one and of many, who may; ``takes`` is a field."""

    button: str
    done: str
    act: Act
    ever: Callable[[User], bool] = permissions.works_on_pieces
    takes: str = ""
    is_grave: bool = False


DEEDS = {
    "claim": Deed("Take", "yours now", _claim),
    "assign": Deed("Give to", "given to {to}", _assign, takes="to"),
    "decline": Deed("Decline", "declined", _decline, permissions.may_decide, takes="reason"),
    "let_out": Deed("Let out of quarantine", "out of quarantine", _let_out),
    "spam": Deed("Spam", "marked as spam", _spam, is_grave=True),
}


class BulkForm(forms.Form):
    """Which button was pressed, and whom to or why, if it needs that."""

    do = forms.ChoiceField(
        choices=[(name, deed.button) for name, deed in DEEDS.items()],
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Press one of the buttons beneath the queue."),
    )
    to = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Editor",
        empty_label="Choose an editor",
        error_messages={"invalid_choice": "Choose somebody of the commentary desk."},
    )
    reason = forms.ChoiceField(required=False, choices=[("", "Choose a reason"), *REASONS.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = editors()  # type: ignore[attr-defined] # a ModelChoiceField has one

    def clean(self) -> dict[str, Any]:
        deed = DEEDS.get(self.cleaned_data.get("do", ""))
        if deed and deed.takes and not self.cleaned_data.get(deed.takes) and deed.takes not in self.errors:
            raise forms.ValidationError("Choose who is to have them." if deed.takes == "to" else "Choose a reason.")
        return self.cleaned_data


@dataclass
class Outcome:
    """What became of the pieces: ``done``, ``skipped`` with the reason, and how many are not there to be seen."""

    done: list[Submission] = field(default_factory=list)
    skipped: list[tuple[Submission, str]] = field(default_factory=list)
    missing: int = 0


@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """Do one thing to the pieces ticked, and show the queue again with what came of it."""
    if not permissions.works_on_pieces(request.user):
        raise PermissionDenied
    data = request.POST.copy()
    if alone := data.get("alone"):  # the button beside one piece: no other box counts
        data["do"], _, ticked = alone.partition(" ")
        data.setlist("piece", [ticked])
    form, ticked_pieces = BulkForm(data), _ticked(data.getlist("piece"))
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(sentence) for sentence in sentences))
    elif not ticked_pieces:
        messages.error(request, f"Nothing was done: tick the pieces first, {MOST} at most.")
    else:
        chosen = form.cleaned_data
        deed = DEEDS[chosen.pop("do")]
        outcome = _each(deed, ticked_pieces, by=request.user, **chosen)
        level = messages.WARNING if outcome.skipped or outcome.missing else messages.SUCCESS
        messages.add_message(request, level, _told(deed, outcome, chosen))
    return _back(data)


def bar(user: User) -> list[tuple[str, Deed, Any]]:
    """The buttons beneath a queue, each with its field."""
    form = BulkForm(auto_id="bulk_%s")
    return [(name, deed, form[deed.takes] if deed.takes else None) for name, deed in DEEDS.items() if deed.ever(user)]


def _each(deed: Deed, ticked: dict[int, int], *, by: User, **chosen: Any) -> Outcome:
    """In the order of the list; a refusal stops none of the others."""
    found = permissions.pieces(by).with_people().with_newest_words().in_bulk(list(ticked))
    outcome = Outcome(missing=len(ticked) - len(found))
    for pk, seen in ticked.items():
        if pk not in found:
            continue
        piece = found[pk]
        try:
            if not deed.ever(by):
                raise MoveRefused("You may not do this with it.")
            deed.act(piece, by=by, seen=seen, **chosen)
        except MoveRefused as refused:
            outcome.skipped.append((piece, str(refused)))
        else:
            outcome.done.append(piece)
    return outcome


def _ticked(sent: list[str]) -> dict[int, int]:
    """Each piece once, with how often it had been changed when it was seen; none at all if there are too many."""
    found = {}
    for typed in sent:
        pk, _, moves = typed.partition(":")
        if (piece := key(pk)) is not None and (seen := key(moves)) is not None:
            found[piece] = seen
    return found if len(found) <= MOST else {}


def _told(deed: Deed, outcome: Outcome, chosen: dict[str, Any]) -> SafeString:
    """“3 pieces are yours now.”, and each that was skipped with the reason."""
    done, number = deed.done.format(**chosen), len(outcome.done)
    if number == 1:
        said = format_html("{} is {}.", _link(outcome.done[0]), done)
    else:
        said = format_html("{} pieces are {}.", number or "No", done)
    lines = format_html_join("", "<li>{} – {}</li>", [(_link(piece), reason) for piece, reason in outcome.skipped])
    if outcome.missing:
        counted = "1 piece is" if outcome.missing == 1 else f"{outcome.missing} pieces are"
        lines += format_html("<li>{} not in your queues any more.</li>", counted)
    rest = format_html("<p>Skipped:</p><ul>{}</ul>", lines) if lines else ""
    return format_html('<div data-outcome tabindex="-1"><p>{}</p>{}</div>', said, rest)


def _link(piece: Submission) -> SafeString:
    title = getattr(piece, "newest_headline", "") or piece.reference
    return format_html('<a href="{}">“{}”</a>', reverse("admin:commentary_submission_change", args=[piece.pk]), title)


def _back(data: QueryDict) -> HttpResponse:
    """To the queue as it was asked: our own address, whatever was sent."""
    asked = QueryDict(data.get("asked", "")[:2_000]).urlencode()
    return redirect(f"{reverse('admin:commentary_submission_changelist')}{'?' if asked else ''}{asked}")
