"""The one checklist before publishing: what stands against a text, and what an editor is asked to look at.

The same for the button's dialog, the schedule and the verb. A rule is a function that looks at a ``Case`` and yields
``Finding``s; a new one is added to ``RULES``, or registered by a higher app in its ``AppConfig.ready``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import richtext

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revision import Revision

LONG_HEADLINE = 110  # characters; search engines and phones cut longer ones (structured data for articles)
SUBSTANTIAL_WORDS = 40  # a body that has gained or lost this many words, and
SUBSTANTIAL_SHARE = 0.15  # this share of them, since the summary was written, asks whether the summary still holds


@dataclass(frozen=True)
class Finding:
    """One line of the checklist. ``blocks``: readers cannot get the text so; otherwise a person says it is fine.

    ``code`` names the rule, ``field`` the editor's field where it can be answered, if there is one.
    """

    code: str
    sentence: str
    field: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class Case:
    """A text about to go to readers at ``moment``."""

    article: "Article"
    revision: "Revision"
    moment: datetime
    without_summary: str = ""


type Rule = Callable[[Case], Iterable[Finding]]

_registered: list[Rule] = []


def register(rule: Rule) -> None:
    """Ask ``rule`` at every publication too. It runs in the verb's transaction: a few queries, no network."""
    if rule not in _registered:
        _registered.append(rule)


def findings(case: Case) -> list[Finding]:
    """Everything there is to say about ``case``: what blocks first, each kind in the order of the rules."""
    found = [finding for rule in (*RULES, *_registered) for finding in rule(case)]
    return sorted(found, key=lambda finding: not finding.blocks)


def _words(case: Case) -> Iterator[Finding]:
    revision = case.revision
    if not revision.headline:
        yield Finding("headline", "The story has no headline. Write one.", "headline")
    if not revision.summary and not case.without_summary.strip():
        yield Finding(
            "summary",
            "The story has no summary. Write the “In summary” box, or say why it has none.",
            "summary",
        )
    if not richtext.text(revision.body).strip():
        yield Finding("body", "The story has no text. Write the body.", "body")
    if len(revision.headline) > LONG_HEADLINE:
        yield Finding(
            "long_headline",
            f"The headline has {len(revision.headline)} characters. Search engines and phones cut it after about "
            f"{LONG_HEADLINE}.",
            "headline",
            blocks=False,
        )


def _place(case: Case) -> Iterator[Finding]:
    if not case.article.section_id:
        yield Finding("section", "The story is in no section. Choose one.", "section")
    if not any(line.role == "by" for line in case.revision.bylines.all()):
        yield Finding("byline", "The story has no byline. Name at least one author.", "bylines")


def _embargo(case: Case) -> Iterator[Finding]:
    embargo = case.article.embargo_until
    if embargo and case.moment < embargo:
        yield Finding(
            "embargo", "The story is under embargo until then. Publish it later, or lift the embargo.", "publish_at"
        )


def _lead_picture(case: Case) -> Iterator[Finding]:
    """What the body refers to is looked at in ``articles.references``."""
    lead = case.revision.lead_image
    for sentence in lead.problems() if lead else []:
        yield Finding("picture", sentence, "picture_file")


def _summary_age(case: Case) -> Iterator[Finding]:
    """Source: the summary is written once and forgotten while the story grows; readers get it first."""
    if not case.revision.summary:
        return
    written_with = _text_when_summary_was_written(case.revision)
    if written_with is None:
        return
    before, now = _counted(written_with), _counted(case.revision.body)
    changed = ((before - now) + (now - before)).total()
    if changed >= SUBSTANTIAL_WORDS and changed >= SUBSTANTIAL_SHARE * max(now.total(), 1):
        yield Finding(
            "summary_age",
            "The body has changed much since the summary was written. Is the summary still true?",
            "summary",
            blocks=False,
        )


def _text_when_summary_was_written(revision: "Revision") -> str | None:
    """The body of the oldest text, going back from ``revision``, that had the same summary; ``None`` for itself."""
    earlier = revision.article.revisions.filter(number__lt=revision.number, conflicted=False).order_by("-number")
    oldest = None
    for key, summary in earlier.values_list("pk", "summary")[:500]:
        if summary != revision.summary:
            break
        oldest = key
    return None if oldest is None else revision.article.revisions.values_list("body", flat=True).get(pk=oldest)


def _counted(body: str) -> Counter[str]:
    return Counter(richtext.text(body).split())


RULES: tuple[Rule, ...] = (_words, _place, _embargo, _lead_picture, _summary_age)
