"""The words of letters: which there are, what may stand in them, how places are filled.

A text holds places in braces. ``{name}`` is filled when the letter is written, ``{link:status}`` when it leaves: a
key is cut for the outgoing copy and stored nowhere. A paragraph that comes out empty is left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PLACE = re.compile(r"\{([^{}\n]{0,60})\}")
LONGEST_LINE = 300  # characters that a name or a headline takes in a letter
LONGEST_SUBJECT = 300
BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # they turn the rest of a line around


@dataclass(frozen=True)
class Place:
    """``sample`` stands in it in previews; ``is_theirs``: what the person who sent the piece typed."""

    meaning: str
    sample: str
    is_theirs: bool = False
    is_long: bool = False


PLACES = {
    "publication": Place("the name of the publication", "The Valley Record"),
    "contact": Place("the address of the commentary desk", "commentary@example.org"),
    "reference": Place("the piece's reference", "C-7F3K-92Q"),
    "kind": Place("“commentary” or “reaction”", "commentary"),
    "name": Place("the writer's name", "Gail Guest", is_theirs=True),
    "title": Place("the headline the writer gave", "Who drinks the river", is_theirs=True),
    "copy": Place(
        "the whole text", "Who drinks the river\n\nMy river runs dry every August.", is_theirs=True, is_long=True
    ),
    "promise": Place("when the first answer is promised for", "Thursday 14 November, 5 p.m. PST"),
    "due": Place("until when we wait", "Thursday 14 November, 5 p.m. PST"),
    "until": Place("until when the piece is held", "Friday 29 November, 5 p.m. PST"),
    "when": Place("when readers get it", "Sunday 17 November, 6 a.m. PST"),
    "story": Place("the address readers find it at", "https://news.example.org/2026/11/17/who-drinks-the-river/"),
    "text": Place("what the editor wrote for this letter", "Thank you for thinking of us.", is_long=True),
    "page": Place("the address of the piece on the desk", "https://news.example.org/admin/commentary/submission/7/"),
    "list": Place("the list of what waits", "Inbox: 4, the oldest since Monday", is_long=True),
    "trouble": Place("what the mail server said", "550 No such user here"),
}
LINKS = {
    "confirm": "confirms the address (3 days)",
    "status": "shows where the piece is (180 days)",
    "approve": "shows the edited text to approve it",
    "resume": "goes on with the draft (30 days)",
    "cowriter": "confirms or refuses to be a co-writer (14 days)",
    "withdraw": "withdraws the piece (30 minutes)",
    "erase": "erases everything (30 minutes)",
    "address": "confirms the new address (30 minutes)",
}
EVERYWHERE = ("publication", "contact", "reference", "kind")


@dataclass(frozen=True)
class Wording:
    """A letter's words. ``when`` tells the desk when it is sent; ``places`` may stand in it besides the usual ones.

    ``is_first``: it can be the first letter to an address, so nothing a sender typed may stand in it. ``is_passage``:
    no letter, but what stands for ``{text}`` in one where the editor wrote nothing; it has no subject.
    """

    when: str
    subject: str
    text: str
    places: tuple[str, ...] = ()
    is_first: bool = False
    is_passage: bool = False

    def known(self) -> dict[str, str]:
        """What may stand in it: place to meaning, links included."""
        allowed = [name for name in (*EVERYWHERE, *self.places) if not (self.is_first and PLACES[name].is_theirs)]
        links = {f"link:{name}": f"a link that {does}" for name, does in LINKS.items() if name in self.links()}
        return {name: PLACES[name].meaning for name in allowed} | links

    def links(self) -> list[str]:
        """The links its own text has; without them it would be of no use."""
        return [name.removeprefix("link:") for name in PLACE.findall(self.text) if name.startswith("link:")]


def problems(wording: Wording, subject: str, text: str) -> list[str]:
    """Sentences about everything that stands against saving these words for a letter."""
    return [*_subject_problems(wording, subject), *_text_problems(wording, text)]


def render(wording: Wording, values: Mapping[str, str], *, subject: str, text: str) -> tuple[str, str]:
    """Subject and text with every place filled but links. What people typed cannot make places or break lines.

    The subject is one line, and ends with the reference whatever stands before it.
    """
    lines = {name: clean(value) if PLACES[name].is_long else one_line(value) for name, value in values.items()}
    reference = f" [{lines['reference']}]" if lines.get("reference") else ""
    told = one_line(_filled(subject, lines)).removesuffix(reference.strip()).strip()
    return cut(told, LONGEST_SUBJECT - len(reference)) + reference, tidy(_filled(text, lines))


def preview(wording: Wording, *, subject: str, text: str) -> tuple[str, str]:
    """The letter with samples in its places, links as places."""
    return render(wording, {name: place.sample for name, place in PLACES.items()}, subject=subject, text=text)


def linked(text: str) -> list[str]:
    """Which links a rendered text has places for, each once."""
    return list(dict.fromkeys(name.removeprefix("link:") for name in PLACE.findall(text) if _is_link(name)))


def with_links(text: str, addresses: Mapping[str, str]) -> str:
    """The text with an address in each link's place; what has none stays as it is."""
    return PLACE.sub(lambda found: addresses.get(found[1].removeprefix("link:"), found[0]), text)


def without_links(text: str) -> str:
    """The text as anybody may see it: the keys were in the letter alone."""
    return PLACE.sub(lambda found: "(a link that was in the letter alone)" if _is_link(found[1]) else found[0], text)


def one_line(text: str) -> str:
    """What fits into a line of a letter's head: no breaks, no control characters, nothing that turns it around."""
    flat = " ".join(unicodedata.normalize("NFC", clean(text)).translate(OVERRIDES).split())
    return cut(flat, LONGEST_LINE)


def clean(text: str) -> str:
    """Line breaks of one kind, no other control characters."""
    plain = BREAKS.sub("\n", text)
    return "".join(letter for letter in plain if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def tidy(text: str) -> str:
    """Without the gaps that empty places leave."""
    stripped = "\n".join(line.rstrip() for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", stripped).strip()


def _filled(text: str, values: Mapping[str, str]) -> str:
    """In one pass, so that a brace somebody typed stays a brace."""

    def fill(found: re.Match[str]) -> str:
        if _is_link(found[1]) or found[1] not in PLACES:
            return found[0]
        return re.sub(r"\{(?=\s*link:)", "{ ", values.get(found[1], ""))

    return PLACE.sub(fill, text)


def _is_link(name: str) -> bool:
    return name.startswith("link:") and name.removeprefix("link:") in LINKS


def _subject_problems(wording: Wording, subject: str) -> Iterator[str]:
    if wording.is_passage:
        return
    if not one_line(subject):
        yield "Write a subject: what the letter wants, in a few words."
    if len(subject) > 200 or one_line(subject) != subject.strip():
        yield "The subject is one line of 200 characters at most."
    for name in PLACE.findall(subject):
        if name not in wording.known() or name.startswith("link:") or PLACES[name].is_long:
            yield f"“{{{name}}}” cannot stand in the subject of this letter."


def _text_problems(wording: Wording, text: str) -> Iterator[str]:
    if not text.strip():
        yield "Write the letter."
    if len(text) > 8_000:
        yield f"The letter is {len(text):,} characters long; 8,000 fit. Shorten it."
    known, standing = wording.known(), PLACE.findall(text)
    for name in dict.fromkeys(standing):
        if name in PLACES and PLACES[name].is_theirs and wording.is_first:
            yield f"“{{{name}}}” is what a stranger typed; this letter goes to an address nobody has confirmed yet."
        elif name not in known:
            yield f"There is no “{{{name}}}” in this letter. It knows {', '.join(f'{{{one}}}' for one in known)}."
    for link in dict.fromkeys(wording.links()):
        if f"link:{link}" not in standing:
            yield f"The letter needs “{{link:{link}}}”: without it nobody could do what it asks."
