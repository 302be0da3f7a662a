"""What somebody who comes in should know: what waits for them, what comes next, what readers have just got.

Every list is a named queryset of ``articles`` or an answer of ``permissions``; nothing is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Activity, User
from articles.kinds import Change
from articles.models import Article, Correction
from articles.models.queries import ArticleQuerySet
from articles.states import STAGE_MOVES, TOLD
from commentary import queues
from desk import permissions, receipts
from desk.commentary.rows import rows
from desk.story.presence import with_people

SHOWN = 5
LATELY = timedelta(days=7)
DONE = {
    TOLD["publish"]: "Published",
    TOLD["withdraw"]: "Withdrawn",
    TOLD["retract"]: "Retracted",
    TOLD["reinstate"]: "Reinstated",
    "appeared": "Appeared as scheduled",
    "ended": "Ended as set",
    "classified": "Section, topics or address changed",
    "amended a correction": "Correction amended",
    "set the end": "End set",
    "took the end away": "End taken away",
}
CHANGED = {
    Change.TYPO: "Typo mended",
    Change.UPDATE: "Updated",
    Change.CLARIFICATION: "Clarified",
    Change.CORRECTION: "Corrected",
}


@dataclass(frozen=True)
class Block:
    """A short list; ``lines`` names the part of ``desk/dashboard.html`` that shows one row of it.

    ``more`` is the address of the whole list and ``more_label`` what the link to it says.
    """

    title: str
    lines: str
    rows: Sequence[Any]
    empty: str
    more: str
    more_label: str

    @property
    def template(self) -> str:
        return f"desk/dashboard.html#{self.lines}"

    @property
    def shown(self) -> Sequence[Any]:
        return self.rows[:SHOWN]

    @property
    def is_longer(self) -> bool:
        return len(self.rows) > SHOWN


@dataclass(frozen=True)
class Line:
    """A story that moves from hand to hand, with its last move."""

    article: Article
    move: Activity | None

    @property
    def since(self) -> datetime:
        return self.move.at if self.move else self.article.changed_at

    @property
    def is_sent_back(self) -> bool:
        return self.move is not None and self.move.verb == TOLD["send_back"]


@dataclass(frozen=True)
class Told:
    """What readers have been shown, and whether they get it."""

    article: Article
    what: str
    activity: Activity
    reading: receipts.Reading


def waiting(user: User) -> int:
    """How many stories wait for ``user`` to read them and to take them further."""
    return permissions.awaiting(user).count()


def pieces_waiting(user: User) -> int:
    """How many pieces by guests wait for ``user``: to be read, or answered by them."""
    return queues.waiting(permissions.pieces(user), user) if permissions.works_on_pieces(user) else 0


def columns(request: HttpRequest) -> list[list[Block]]:
    """What there is to do, and beside it what readers get; nothing for somebody without a role."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("articles.view_article"):
        return []
    to_do = [_waiting(user), _in_review(user)]
    if permissions.works_on_pieces(user):
        to_do.append(_guests(user))
    if permissions.may_write(user):
        to_do.append(_mine(user))
    return [to_do, [_told(user), _coming(user), _corrections(user)]]


def _waiting(user: User) -> Block:
    """Whatever takes this person to go on: sent back, given to them to read, ready to be put out."""
    back = permissions.visible(user).concerning(user).sent_back()
    given = permissions.awaiting(user).given_to(user)
    ready = permissions.awaiting_date(user)
    found = permissions.any_of(back, given, ready).order_by("changed_at", "pk")
    puts_out = permissions.dates(user) or permissions.may_publish_own(user)
    return Block(
        "Waiting for you",
        "waiting",
        _lines(found),
        "Nothing. What is sent back or given to you, or is ready for you to publish, stands here."
        if puts_out
        else "Nothing. What an editor sends back or gives to you stands here.",
        _listed(where="ready" if puts_out else "mine"),
        "All that are ready" if puts_out else "All of yours",
    )


def _in_review(user: User) -> Block:
    """Those this person reads; for a writer, their own with the editors; for anybody else, what is on its way."""
    asked = {"where": "review"}
    if permissions.reviews(user):
        found, empty = permissions.awaiting(user), "No story waits for an editor."
    elif permissions.may_write(user):
        found = permissions.visible(user).concerning(user).in_review()
        empty = "None of your stories is with the editors."
        asked["person"] = user.name
    else:
        found, empty = permissions.visible(user).in_review(), "No story is with the editors."
    return Block("In review", "review", _lines(found), empty, _listed(**asked), "All in review")


def _mine(user: User) -> Block:
    found = with_people(permissions.visible(user).concerning(user).unspiked().unfinished_first().with_state())
    empty = "Stories you write, are bylined on or have been given. Begin one with Write."
    return Block("Mine", "mine", list(found[: SHOWN + 1]), empty, _listed(where="mine"), "All of yours")


def _guests(user: User) -> Block:
    """Of the pieces by guests what waits for this person, what is late first."""
    visible = permissions.pieces(user)
    turned = queues.turned_to(visible, user).with_people().with_newest_words()
    late = queues.QUEUES["overdue"].of(visible, user).count()
    listed = reverse("admin:commentary_submission_changelist")
    return Block(
        f"Guest commentary: {late} overdue" if late else "Guest commentary",
        "guests",
        rows(turned[: SHOWN + 1], visible),
        "Nothing. What guests send, and what they answer you, stands here.",
        f"{listed}?queue=overdue" if late else listed,
        "All that are overdue" if late else "The inbox",
    )


def _coming(user: User) -> Block:
    found = list(permissions.visible(user).coming().with_state()[: SHOWN + 1])
    empty = "Nothing is dated ahead. A story gets its date when it is published."
    return Block("Scheduled next", "coming", found, empty, _listed(where="scheduled"), "All scheduled")


def _told(user: User) -> Block:
    found = [
        Told(news.article, _what(news.told), news.told, news.reading)
        for news in receipts.news(permissions.visible(user), most=SHOWN + 1)
    ]
    empty = "Nothing has changed for readers in the last 24 hours."
    return Block("Live in the last 24 hours", "told", found, empty, _listed(where="live"), "All live")


def _corrections(user: User) -> Block:
    made = Correction.objects.since(timezone.now() - LATELY).select_related("article__draft", "amends")
    found = made.defer("article__draft__body").filter(article__in=permissions.visible(user).order_by().values("pk"))
    empty = "None in the last seven days."
    return Block(
        "Corrections this week",
        "corrections",
        list(found[: SHOWN + 1]),
        empty,
        reverse("public:corrections"),
        "All, as readers see them",
    )


def _lines(stories: ArticleQuerySet) -> list[Line]:
    """With their last moves. Their keys are found first: sorting a long queue with all its columns takes longer."""
    keys = list(stories.values_list("pk", flat=True)[: SHOWN + 1])
    found = with_people(Article.objects.with_state()).in_bulk(keys)
    shown = [found[key] for key in keys if key in found]
    moves: QuerySet[Activity] = Activity.objects.filter(
        subject_kind=Article._meta.label_lower,
        subject_id__in=keys,
        verb__in=[TOLD[verb] for verb in STAGE_MOVES],
    )
    last = {move.subject_id: move for move in moves.order_by("at", "pk")}
    return [Line(article, last.get(article.pk)) for article in shown]


def _what(told: Activity) -> str:
    return CHANGED.get(told.details.get("change", ""), "") or DONE.get(told.verb, told.verb.capitalize())


def _listed(**asked: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(asked)}"
