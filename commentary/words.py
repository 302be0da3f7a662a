"""How words are counted, and what makes two texts the same. ``static/public/commentary/words.js`` counts alike."""

import hashlib
import re
import unicodedata

SPACE = re.compile(r"[\s\u00a0\u200b\u2028\u2029\ufeff]+")
INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"})


def normal(text: str) -> str:
    """NFC, with any run of white space as one space."""
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def count(text: str) -> int:
    """Words of ``text``: what stands between white space and holds a letter or a digit."""
    return sum(any(letter.isalnum() for letter in token) for token in normal(text).split(" "))


def digest(headline: str, text: str) -> str:
    """SHA-256 in hexadecimal of a normalised text: equal for what readers could not tell apart. Case is kept out."""
    return hashlib.sha256(f"{normal(headline)}\n{normal(text)}".casefold().encode()).hexdigest()


def is_visible(text: str) -> bool:
    """Something a reader can see stands in it."""
    return any(unicodedata.category(letter) not in INVISIBLE for letter in text)
