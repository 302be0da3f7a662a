"""The table of moves as the desk offers them: which button, what it says will happen, and who may press it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from accounts.models import User
from articles.models import Article
from articles.states import KEPT_IN_BIN
from desk import permissions


class NothingMore(forms.Form):
    """A verb that needs only to be confirmed."""


class NoteForm(forms.Form):
    """A verb that needs a reason, kept in the log and shown to whom it concerns."""

    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=1_000)


@dataclass(frozen=True)
class Offer:
    """A verb of a story as the desk offers it."""

    verb: str
    button: str
    explanation: str
    done: str
    may: Callable[[User, Article], bool]
    form: type[forms.Form] = NothingMore
    is_grave: bool = False
    undoes: bool = False  # what stands above the text, so it is offered there too


OFFERS = {
    offer.verb: offer
    for offer in (
        Offer(
            "send_back",
            "Send back",
            "The story goes back to its writer. Your note says what is to be done.",
            "Sent back to its writer.",
            permissions.may_mark_ready,
            NoteForm,
        ),
        Offer(
            "unschedule",
            "Unschedule",
            "The story will not appear by itself any more. Its text stays ready.",
            "Unscheduled. Readers will not see it until it is published.",
            permissions.may_schedule,
            undoes=True,
        ),
        Offer(
            "unplan",
            "Drop the planned update",
            "Readers keep the text they have. The planned one stays in the history.",
            "Dropped. Readers keep the text they have.",
            permissions.may_publish,
            undoes=True,
        ),
        Offer(
            "withdraw",
            "Withdraw",
            "Readers no longer find the story in any list. Its address answers with your note.",
            "Withdrawn. Its address now shows your note.",
            permissions.may_publish,
            NoteForm,
            is_grave=True,
        ),
        Offer(
            "retract",
            "Retract",
            "For a story that readers must not rely on. It is withdrawn for good; your note stands at its address and "
            "among the corrections. This cannot be undone.",
            "Retracted. Your note stands at its address and among the corrections.",
            permissions.may_retract,
            NoteForm,
            is_grave=True,
        ),
        Offer(
            "reinstate",
            "Reinstate",
            "Readers see the story again, at the same address and with the same dates.",
            "Reinstated. Readers see it again.",
            permissions.may_publish,
            undoes=True,
        ),
        Offer(
            "spike",
            "Spike",
            f"The story goes into the bin. It can be brought back for {KEPT_IN_BIN.days} days, then it is deleted with "
            "all its texts. Links to its previews show nothing meanwhile.",
            f"The story is in the bin. It can be brought back for {KEPT_IN_BIN.days} days.",
            permissions.may_spike,
            is_grave=True,
        ),
        Offer(
            "restore",
            "Bring back",
            "The story comes back from the bin as it was.",
            "Brought back from the bin.",
            permissions.may_restore,
        ),
    )
}


def offered(user: User, article: Article) -> list[Offer]:
    """The moves that the story's state and the user's rights allow now, for the editor's menu."""
    return [offer for verb, offer in OFFERS.items() if article.can(verb) and offer.may(user, article)]
