"""Everything a draft says, to be read once more before it is sent."""

from dataclasses import dataclass

from commentary.models import Submission
from public.commentary import forms, steps
from public.commentary.steps import Step


@dataclass(frozen=True)
class Part:
    """What one page asked for: each field's label with the answer."""

    step: Step
    rows: list[tuple[str, str]]


def of(piece: Submission) -> list[Part]:
    """The pages before this one that ask for something, in their order."""
    known = forms.initial(piece)
    found = []
    for step in steps.of_kind(piece.kind):
        form = step.form(initial=known, terms=piece.guidelines)
        rows = [
            (str(field.label), _told(name, form.get_initial_for_field(field, name)))
            for name, field in form.fields.items()
            if name not in UNTOLD
        ]
        if rows:
            found.append(Part(step, [row for row in rows if not _is_idle(row)]))
    return found


UNTOLD = frozenset({"manuscript", "portrait", "agreed"})
WHERE_YES = frozenset({"Where, and when", "What, and how", "Who, and how", "For what"})


def _is_idle(row: tuple[str, str]) -> bool:
    """What would have been said in the case of yes, and was not."""
    return row[0] in WHERE_YES and not row[1]


def _told(name: str, value: object) -> str:
    return dict(forms.YES_NO).get(str(value), str(value or "")) if value else ""
