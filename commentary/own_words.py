"""A newsroom's own words for a letter, in place of the product's."""

from django.db import transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from articles.states import MoveRefused
from commentary import wordings
from commentary.models import LetterTemplate
from commentary.models.letters import WORDINGS


class WordsRefused(MoveRefused):
    """``problems``: a sentence for everything that stands against these words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def keep(code: str, subject: str, text: str, *, by: Actor) -> LetterTemplate:
    """Letters of this kind go out in these words from now on. Raises ``WordsRefused``."""
    subject, text = subject.replace("\0", "").strip(), text.replace("\0", "").replace("\r\n", "\n").strip()
    if problems := wordings.problems(WORDINGS[code], subject, text):
        raise WordsRefused(problems)
    changed = {"subject": subject, "text": text, "changed_at": timezone.now(), "changed_by": person(by)}
    kept, _ = LetterTemplate.objects.update_or_create(code=code, defaults=changed)
    record("reworded", kept, by=by)
    return kept


@transaction.atomic
def give_up(code: str, *, by: Actor) -> None:
    """Back to the product's words."""
    own = LetterTemplate.objects.filter(code=code).first()
    if own is not None:
        record("took back the words of", own, by=by)
        own.delete()
