import html as _h
import re


def clean(html: str) -> str:
    return html.strip()


def text(html: str) -> str:
    return _h.unescape(re.sub(r"<[^>]+>", " ", html))


def word_count(html: str) -> int:
    return len(text(html).split())


def reading_minutes(words: int) -> int:
    return max(1, round(words / 230))
