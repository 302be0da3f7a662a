"""The pages a draft is written on, in their order, and what each of them asks for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from articles.kinds import Kind
from commentary.models import Submission, Version
from commentary.models.drafting import problems_of
from public.commentary import forms


@dataclass(frozen=True)
class Step:
    """One page. ``button`` is what its main button says."""

    name: str
    title: str
    form: Callable[..., forms.StepForm]
    template: str
    button: str = "Save and continue"

    def asks_for(self, problem: str) -> bool:
        """``problem``, as verbs name it, is to be mended here."""
        fields = getattr(self.form, "FIELDS", {})
        return problem in fields.values() or (problem == "agreed" and "agreed" in _fields_of(self.form))


COMMENTARY = (
    Step("text", "Your text", forms.TextForm, "form/text.html"),
    Step("you", "About you", forms.PersonForm, "form/you.html"),
    Step("openness", "Openness", forms.OpennessForm, "form/openness.html"),
    Step("check", "Check your answers", forms.CheckForm, "form/check.html", "Continue"),
    Step("send", "Agree and send", forms.SendForm, "form/send.html", "Send"),
)
REACTION = (Step("reaction", "React to this story", forms.ReactionForm, "form/reaction.html", "Send"),)


def of_kind(kind: str) -> tuple[Step, ...]:
    return REACTION if kind == Kind.REACTION else COMMENTARY


def named(kind: str, name: str) -> Step | None:
    return next((step for step in of_kind(kind) if step.name == name), None)


def after(kind: str, step: Step) -> Step | None:
    """The page that follows; none after the last."""
    every = of_kind(kind)
    following = every[every.index(step) + 1 :]
    return following[0] if following else None


def before(kind: str, step: Step) -> Step | None:
    every = of_kind(kind)
    place = every.index(step)
    return every[place - 1] if place else None


def problems_on(piece: Submission, step: Step) -> dict[str, str]:
    """What is missing of what this page asks for."""
    return {name: said for name, said in problems_of(piece, agreed=True).items() if step.asks_for(name)}


def first_unfinished(piece: Submission) -> Step:
    """Where to go on with a draft."""
    every = of_kind(piece.kind)
    missing = problems_of(piece, agreed=True)
    for step in every:
        if any(step.asks_for(name) for name in missing):
            return step
    return next((step for step in every if step.name == "check"), every[0])


def where(kind: str, names: Iterable[str], problems: dict[str, str]) -> list[tuple[Step, str]]:
    """On which page each of the problems called ``names`` is mended."""
    every = of_kind(kind)
    return [
        (next((step for step in every if step.asks_for(name)), every[0]), problems[name])
        for name in problems
        if name in names
    ]


def as_seen(version: Version) -> str:
    """What a page carries of the text it shows, so that it cannot overwrite a newer one unseen."""
    return f"{version.pk}.{version.saves}"


def seen(given: str) -> Version:
    """The text a page says it was written on; one that never was, where it says nothing that we wrote."""
    pk, _, saves = given.partition(".")
    known = all(part.isascii() and part.isdigit() and len(part) < 18 for part in (pk, saves))
    return Version(pk=int(pk) if known else 0, saves=int(saves) if known else 0)


def holds_already(piece: Submission, changes: dict[str, Any]) -> bool:
    """The draft says all that ``changes`` say: the same page arrived twice."""
    held = {"headline": piece.version.headline, "text": piece.version.text}
    for prefix, writer in (("writer", piece.writer), ("cowriter", piece.cowriter)):
        held |= {f"{prefix}.{name}": getattr(writer, name, "") for name in ("name", "email", "phone", "city", "about")}
    return all(held.get(name, getattr(piece, name, None)) == value for name, value in changes.items())


def _fields_of(form: Any) -> Any:
    return getattr(form, "base_fields", {})
