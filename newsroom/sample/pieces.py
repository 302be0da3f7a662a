"""What the commentary desk of the sample newsroom has on its table, brought there by the verbs people use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.utils import timezone

from accounts.actors import Guest, Sample
from accounts.models import User
from articles.models import Article
from commentary.models import Event, Letter, Message, Office, Submission
from newsroom.roles import COMMENTARY_EDITOR
from newsroom.sample import manuscripts

SAMPLE = Sample()
EARLIER = timedelta(hours=3)  # what came today came this morning


def fill(articles: dict[str, Article]) -> None:
    """Send every piece of ``content/pieces.toml`` and take it to its status; ``articles`` by their manuscripts' keys.

    Where nobody of the commentary desk can sign in, what somebody would have claimed waits in the inbox.
    """
    holder = User.objects.filter(is_sample=True, groups__name=COMMENTARY_EDITOR).first()
    for said in manuscripts.pieces():
        guest = _Guest(said, articles.get(said.get("story", "")), holder)
        for step in WAYS[said["status"]]:
            step(guest)
        _age(guest.piece, timedelta(days=said["days_ago"]) + EARLIER)


class _Guest:
    """One piece on its way: ``said`` as the manuscript has it."""

    def __init__(self, said: dict[str, Any], answers: Article | None, holder: User | None) -> None:
        self.said = said
        self.holder = holder
        self.piece = Submission.begin(said["kind"], answers=answers)
        self.by = Guest(self.piece.reference)

    def send(self) -> None:
        said = self.said
        told: dict[str, Any] = {"headline": said["headline"], "text": said["text"].strip()}
        told |= {f"writer.{name}": said[name] for name in ("email", "phone", "city", "about")}
        told["writer.name"] = said["writer"]
        for question, more in (("interests", "interests_which"), ("helped", "helped_by")):
            told |= {question: "yes" if said.get(question) else "no", more: said.get(question, "")}
        told |= {"elsewhere": "no", "ai": "no", "why_urgent": said.get("urgent", "")}
        self.piece.write(told, version=self.piece.version, by=self.by)
        self.piece.send(by=self.by, agreed=True)
        self.piece.confirm(by=self.by)
        if said.get("urgent"):
            self.piece.mark_urgent(urgent=True, by=SAMPLE)

    def claim(self) -> None:
        if self.holder:
            self.piece.claim(by=SAMPLE, to=self.holder)

    def request_changes(self) -> None:
        self.piece.request_changes(self.said["letter"], by=SAMPLE)

    def decline(self) -> None:
        self.piece.decline(self.said["reason"], self.said["letter"], by=SAMPLE)

    def accept(self) -> None:
        self.piece.accept(by=SAMPLE)

    def complete(self) -> None:
        agreement = {"name": self.said["writer"], "exclusive": True}
        self.piece.complete(agreement, writer=self.piece.writer, by=self.by)

    def edit(self) -> None:
        """What an editor changes, and what has to be made sure before publication."""
        self.piece.check_identity(self.piece.writer, "phone", by=SAMPLE)
        self.piece.review_disclosure(self.said.get("interests", ""), by=SAMPLE)
        article = Article.objects.get(submission=self.piece)
        text = article.current_draft().text
        body = text.body.replace(self.said.get("old", ""), self.said.get("new", ""))
        summary = self.said.get("summary", "")
        article.revise(replace(text, body=body, summary=summary), revision=article.current_draft(), by=SAMPLE)

    def send_for_approval(self) -> None:
        self.piece.send_for_approval(by=SAMPLE, note=self.said.get("letter", ""))

    def approve(self) -> None:
        self.piece.approve(self.piece.snapshots.get(), self.said["writer"], writer=self.piece.writer, by=self.by)

    def publish(self) -> None:
        article = Article.objects.get(submission=self.piece)
        article.publish(
            revision=article.current_draft(), by=SAMPLE, at=timezone.now() - timedelta(days=self.said["days_ago"] - 1)
        )


_TAKEN: tuple[Callable[[_Guest], None], ...] = (_Guest.send, _Guest.claim, _Guest.accept)
WAYS: dict[str, tuple[Callable[[_Guest], None], ...]] = {
    "received": (_Guest.send,),
    "in_review": (_Guest.send, _Guest.claim),
    "changes_requested": (_Guest.send, _Guest.claim, _Guest.request_changes),
    "declined": (_Guest.send, _Guest.claim, _Guest.decline),
    "accepted": _TAKEN,
    "editing": (*_TAKEN, _Guest.complete),
    "awaiting_approval": (*_TAKEN, _Guest.complete, _Guest.edit, _Guest.send_for_approval),
    "published": (*_TAKEN, _Guest.edit, _Guest.send_for_approval, _Guest.approve, _Guest.publish),
}


def _age(piece: Submission, age: timedelta) -> None:
    """Let everything have happened ``age`` earlier; what is due stays due, and no letter is sent to anybody."""
    letters = Letter.objects.filter(submission=piece)
    letters.filter(sent_at__isnull=True, cancelled_at__isnull=True).update(sent_at=F("made_at"))
    rows: list[QuerySet[Any]] = [
        Submission.objects.filter(pk=piece.pk),
        letters,
        Message.objects.filter(submission=piece),
        QuerySet(Event).filter(submission=piece),  # the manager refuses changes of the history
        *(getattr(piece, name).all() for name in ("versions", "writers", "snapshots", "links")),
    ]
    for found in rows:
        moments = {field.name for field in found.model._meta.fields if isinstance(field, DateTimeField)} - {"due_at"}
        found.update(**{name: F(name) - age for name in moments})
    piece.refresh_from_db()
    if piece.received_at:
        terms = piece.guidelines
        days = terms.urgent_answer_days if piece.is_urgent else terms.answer_days
        promise = Office.current().due(piece.received_at, days)
        Submission.objects.filter(pk=piece.pk).update(promise_at=promise)
