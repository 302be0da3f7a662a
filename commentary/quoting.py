"""Tells what somebody wrote from the letter they answer, so that the desk reads the answer first."""

import re

_LINES = (
    r"On .{4,300} wrote:",
    r"El .{4,300} escribió:",
    r"Am .{4,300} schrieb.{0,200}:",
    r"Le .{4,300} a écrit\s*:",
)
_BEGINS = re.compile(rf"^(?:{'|'.join(_LINES)})\s*$")
_OLD_STYLE = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Mensaje original)\s*-{2,}|_{20,}|(?:From|De):\s.+@.+)\s*$",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"^\s*[>|]")


def split(text: str) -> tuple[str, str]:
    """What the mail adds, and what it quotes. Answers between quoted lines stay among those."""
    lines = text.split("\n")
    start = _first(lines)
    if start is None:
        return text.strip(), ""
    rest = lines[start:]
    body = [line for line in rest if line.strip()]
    is_marked = any(_QUOTES.match(line) for line in body)
    added = [line for line in body[1:] if not _QUOTES.match(line)] if is_marked else []
    if is_marked and _is_answer(added, before=lines[:start]):
        return text.strip(), ""
    return "\n".join(lines[:start]).strip(), "\n".join(rest).strip()


def _first(lines: list[str]) -> int | None:
    """Where the quotation begins: at its introduction, which may be broken into lines, or at its first mark."""
    for number, line in enumerate(lines):
        joined = " ".join(one.strip() for one in lines[number : number + 3])
        for length in (1, 2, 3):
            told = " ".join(one.strip() for one in lines[number : number + length])
            if len(told) < 400 and _BEGINS.match(told):
                return number
        if _OLD_STYLE.match(line) and len(joined) < 1_200:
            return number
        if _QUOTES.match(line) and line.strip().startswith(">"):
            return number
    return None


def _is_answer(added: list[str], *, before: list[str]) -> bool:
    """Lines after or between quoted ones that are more than a signature."""
    signature = next((number for number, line in enumerate(added) if line.rstrip() in {"--", "-- "}), len(added))
    words = [line for line in added[:signature] if not _BEGINS.match(line.strip())]
    wrote_above = any(line.strip() for line in before)
    return bool(words) and (not wrote_above or len(words) > 2)
