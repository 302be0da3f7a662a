"""What people say about a picture: how long it may be, and how it is tidied before it is kept."""

from pathlib import PurePosixPath, PureWindowsPath

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from images.kinds import PictureRefused
from richtext import folded

# Longest texts about a picture, in characters. SQLite keeps no such limit itself.
LIMITS = {"title": 200, "alt": 500, "caption": 1_000, "credit": 200, "credit_link": 500, "source": 200}
LONGEST_FILE_NAME = 200
_LABELS = {"alt": "alt text", "credit_link": "credit's link"}
_MULTILINE = frozenset({"caption"})


def tidied(name: str, value: str) -> str:
    """``value`` as the column ``name`` keeps it. Raises `PictureRefused` with a sentence for what cannot be kept."""
    tidy = value.replace("\r\n", "\n").strip() if name in _MULTILINE else " ".join(value.split())
    label = _LABELS.get(name, name)
    if "\0" in tidy:
        raise PictureRefused(
            f"The {label} holds a character that cannot be stored (NUL). Delete it or type the text again."
        )
    if len(tidy) > LIMITS[name]:
        raise PictureRefused(
            f"The {label} is {len(tidy):,} characters long; {LIMITS[name]:,} are possible. Shorten it."
        )
    if name == "credit_link" and tidy:
        _refuse_strange_address(tidy)
    return tidy


def fitting(name: str, value: str) -> str:
    """``value``, which no person of ours wrote, as the column ``name`` keeps it: shortened where it is too long."""
    tidy = value.strip() if name in _MULTILINE else " ".join(value.split())
    return tidy if len(tidy) <= LIMITS[name] else f"{tidy[: LIMITS[name] - 1].rstrip()}…"


def file_name(sent: str | None) -> str:
    """The last part of the name a file came with, whatever system named it; shortened before its ending."""
    last = PurePosixPath(PureWindowsPath(sent or "").as_posix()).name
    bare = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split())
    over = len(bare) - LONGEST_FILE_NAME
    if over <= 0:
        return bare
    stem, ending = bare[:-12], bare[-12:]
    return f"{stem[: LONGEST_FILE_NAME - 13]}…{ending}"


def searchable(*words: str) -> str:
    """Words as the library's search compares them; a file's name counts as the words it is made of."""
    return folded(" ".join(words).replace("_", " "))


def _refuse_strange_address(address: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise PictureRefused(
            "The credit's link is no web address. Write it in full, for example https://example.org/, or leave it out."
        ) from None
