"""The words of a text, without its markup."""

import re
import unicodedata
from html import unescape

from richtext.allowed import INLINES, NOTE, SAME_AS, TAGS
from richtext.reading import Kind, printable, read

WORDS_A_MINUTE = 230
# Not before an ellipsis: "the end, …" reads as a slip.
DANGLING = " .,;:!?…-–—/([{«‹“‘\"'"
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Characters of scripts that put no space between words.
UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
BREAKS = TAGS - INLINES - {NOTE} | {"div"}
# Ends no note.
IN_A_NOTE = frozenset(("p", "div", "br"))


def text(html: str) -> str:
    """The words of ``html``: one line for each paragraph, heading, item or cell. Not HTML: escape it.

    Footnotes follow at the end, as on the page: where their marks stand they would be in the middle of a sentence.
    """
    parts: list[str] = []
    notes: list[str] = []
    inside = 0  # a note, and small print in it
    for token in read(printable(html)):
        if token.kind is Kind.TEXT:
            (notes if inside else parts).append(" ".join(re.split(r"[ \t\n]+", unescape(token.value))))
        elif SAME_AS.get(token.value, token.value) in BREAKS:
            if inside and token.kind is Kind.OPENING and token.value in IN_A_NOTE:
                notes.append(" ")
                continue
            inside = 0
            parts.append("\n")
        elif token.value == NOTE:
            if token.kind is Kind.CLOSING:
                inside = max(inside - 1, 0)
            elif inside or "data-note" in token.attributes:
                notes += [] if inside else ["\n"]
                inside += 1
    lines = (" ".join(line.split()) for line in printable("".join([*parts, *notes])).split("\n"))
    return "\n".join(line for line in lines if line)


def folded(plain: str) -> str:
    """``plain`` as it is compared: small letters without accents, one space before, between and after the words."""
    letters = unicodedata.normalize("NFKD", plain.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return f" {' '.join(re.findall(r'\w+', bare))} "


def excerpt(plain: str, length: int = 200) -> str:
    """The first ``length`` characters of a plain text, cut at a word, with "…" after them only if cut."""
    line = " ".join(plain.split())
    if len(line) <= length:
        return line
    start, space, _rest = line[: length + 1].rpartition(" ")
    if not space:
        start = _whole_characters(line, length)
    return f"{start.rstrip(DANGLING) or start}…"


def word_count(html: str) -> int:
    """How many words readers see; body.js counts by the same rule."""
    return sum(1 for word in text(html).split() if LETTER_OR_DIGIT.search(word))


def reading_minutes(words: int) -> int:
    """Minutes it takes to read ``words``, at 230 a minute; never less than one."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def _whole_characters(line: str, length: int) -> str:
    """The first ``length`` characters of a single long word, less a letter whose accents would be cut off."""
    while length > 1 and (unicodedata.combining(line[length]) or line[length] in "\u200d\ufe0f"):
        length -= 1
    return line[:length]
