"""What the product writes to the desk: an address to look at, and no word of the writer's."""

from commentary.wordings import Wording

_FOOT = "\n\n{page}\n\nReference: {reference}"


def _to(name: str, when: str, subject: str, body: str, *places: str) -> tuple[str, Wording]:
    return name, Wording(when, subject, f"{body}{_FOOT}", places=("page", *places), is_first=True)


TO_EDITORS: dict[str, Wording] = dict(
    [
        _to("assigned", "Somebody gives you a piece.", "A {kind} was given to you", "A guest {kind} is yours now."),
        _to(
            "time_sensitive",
            "A time-sensitive piece has come.",
            "Time-sensitive: a new {kind}",
            "A time-sensitive guest {kind} has come. Its writer was promised an answer by {promise}.",
            "promise",
        ),
        _to(
            "withdrawn_after_acceptance",
            "The writer withdraws an accepted piece.",
            "Withdrawn: an accepted {kind}",
            "Its writer has withdrawn the {kind} we had accepted. Its story is in the bin, "
            "and is not scheduled any more.",
        ),
        _to(
            "bounced",
            "A letter to a writer did not arrive.",
            "A letter to a writer did not arrive",
            "A letter to the writer of this {kind} did not arrive. The mail server says: {trouble}\n\n"
            "Try another way to reach them; the address can be corrected on the piece's page.",
            "trouble",
        ),
        _to(
            "legal_hold",
            "A piece is put under legal hold.",
            "Legal hold: a guest {kind}",
            "A guest {kind} was put under legal hold. It is not in the ordinary queues, and cannot be published.",
        ),
        _to(
            "unscheduled",
            "A scheduled piece may not appear as it stands.",
            "Unscheduled: a guest {kind}",
            "A guest {kind} that was scheduled is not any more: the text, its approval or a fact about it has changed.",
        ),
        _to(
            "approval_missing",
            "A writer did not answer about the edit in time.",
            "No approval yet: a guest {kind}",
            "The writer has not answered about the edited text in time. The {kind} is back in editing.",
        ),
        (
            "digest",
            Wording(
                "Every working morning, if something waits.",
                "Guest commentary: what waits today",
                "This waits at the commentary desk of {publication}:\n\n{list}\n\n{page}",
                places=("list", "page"),
                is_first=True,
            ),
        ),
    ]
)
