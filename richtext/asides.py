"""Pull quotes and info boxes: what stands beside the text, and must not be taken for a part of it."""

import re

from richtext.allowed import escaped
from richtext.words import excerpt, text

PULL = re.compile(r"<blockquote(?P<given>(?: [^>]*)? data-pull=\"\"[^>]*)>(?P<inside>.*?)</blockquote>", re.DOTALL)
BOX = re.compile(r"<aside(?P<given> data-box=\"\"[^>]*)>(?P<heading>\s*<h[2-4][^>]*>.*?</h[2-4]>)?", re.DOTALL)
CITED = re.compile(r"<cite(?=[ >]).*?</cite>", re.DOTALL)
AROUND = " \t\n\xa0“”„«»‘’'\"‹›…."
# More of them are no pull quotes, and would make looking for them expensive.
MOST_PULLS = 40


def set_aside(html: str, variant: str) -> str:
    """``html``, which is clean, with its pull quotes and info boxes as ``variant`` shows them.

    A pull quote that repeats what the text says is for the eye alone: it is not read aloud on a page, and left out
    where nobody would see that it is one.
    """
    html = _pulled(html, variant)
    return html.replace('<aside data-box=""', "<aside") if variant in {"feed", "mail"} else BOX.sub(_boxed, html)


def _pulled(html: str, variant: str) -> str:
    pulls = list(PULL.finditer(html))
    if not pulls or len(pulls) > MOST_PULLS:
        return html
    said = _words(PULL.sub("\n", html))
    flat = variant in {"feed", "mail"}

    def shown(pull: re.Match[str]) -> str:
        quote = _words(CITED.sub("", pull["inside"])).strip(AROUND)
        if not quote or quote not in said or "<a " in pull["inside"]:
            return pull[0].replace(' data-pull=""', "", 1) if flat else pull[0]
        return "" if flat else f'<blockquote{pull["given"]} aria-hidden="true">{pull["inside"]}</blockquote>'

    return PULL.sub(shown, html)


def _words(html: str) -> str:
    return " ".join(text(html).split())


def _boxed(box: re.Match[str]) -> str:
    heading = box["heading"] or ""
    name = excerpt(" ".join(text(heading).split()), 120) or "Info box"
    return f'<aside{box["given"]} role="note" aria-label="{escaped(name, quotes=True)}">{heading}'
