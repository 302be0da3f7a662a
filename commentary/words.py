"""How words are counted, and what makes two texts the same. ``static/public/commentary/words.js`` counts alike."""

import hashlib
import re
import unicodedata

SPACE = re.compile(r"[\s\u00a0\u200b\u2028\u2029\ufeff]+")
# Written without spaces: each of these characters counts as a word, as word processors count them.
UNSPACED = re.compile(
    r"[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff6f\uff71-\uff9d\U00020000-\U000323af]"
)
INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp", "Cn", "Co", "Cs"})
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that are drawn as nothing


def normal(text: str) -> str:
    """NFC, with any run of white space as one space."""
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def count(text: str) -> int:
    """Words of ``text``: what stands between white space and holds a letter or a digit, and each CJK character."""
    spaced = UNSPACED.sub(r" \g<0> ", normal(text))
    return sum(any(letter.isalnum() for letter in token) for token in spaced.split(" "))


def digest(headline: str, text: str) -> str:
    """SHA-256 in hexadecimal of a normalised text: equal for what readers could not tell apart. Case is kept out."""
    return hashlib.sha256(f"{normal(headline)}\n{normal(text)}".casefold().encode()).hexdigest()


def is_visible(text: str) -> bool:
    """Something a reader can see stands in it."""
    return any(unicodedata.category(letter) not in INVISIBLE and letter not in BLANK for letter in text)
