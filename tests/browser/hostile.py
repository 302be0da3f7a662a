"""Watches what HTML does in a real browser: what runs, what is asked for, what is left of the page around it."""

import json
import re
from pathlib import Path

from playwright.sync_api import Error

HERE = Path(__file__).parent

ORIGIN = "http://newsroom.example"

# Everything a vector may call, and everything a browser says of itself. Kept across the page's own scripts.
WATCH = (HERE / "watch.js").read_text()
AUDIT = (HERE / "audit.js").read_text()

# What may stand in a clean text: written down a second time, so that a slip in richtext.allowed is seen here.
CLEAN = {
    "": ["lang", "dir"],
    "a": ["href", "title", "rel"],
    "abbr": ["title"],
    "blockquote": ["cite", "data-pull"],
    "q": ["cite"],
    "time": ["datetime"],
    "ol": ["start", "reversed"],
    "th": ["colspan", "rowspan", "scope"],
    "td": ["colspan", "rowspan"],
    "figure": [
        "data-image", "data-place", "data-alt", "data-gallery", "data-story", "data-document",
        "data-embed", "data-title", "data-poster", "data-chart",
    ],
    "aside": ["data-box"],
    "small": ["data-note"],
    **{name: ["id"] for name in ("h2", "h3", "h4", "p", "li", "sup")},
    **{name: [] for name in ("ul", "pre", "hr", "br", "figcaption", "strong", "em", "s", "sub", "code", "cite")},
    **{name: [] for name in ("table", "caption", "thead", "tbody", "tfoot", "tr")},
}  # fmt: skip

# The page around the texts: each of these is asked for afterwards.
CHROME = """
<header><a id="top" href="/">Newsroom</a>
<form id="search" name="search" action="/search/"><input name="q"><button>Search</button></form></header>
"""
UNHARMED = """() => [
  document.title, document.querySelectorAll("head > *").length, document.body.children.length,
  document.getElementById("top")?.getAttribute("href"), document.forms.length, document.forms.search?.action,
  document.forms.search?.elements.length, typeof document.cookie, typeof document.createElement,
  document.body.localName, document.head.localName, document.defaultView === window, typeof window.name,
  document.querySelectorAll("article[data-vector]").length, document.querySelector("main").children.length,
]"""


def chunk(texts):
    """A page without any policy that shows each text in an article of its own."""
    articles = "\n".join(f'<article data-vector="{n}">{html}</article>' for n, html in enumerate(texts))
    head = f'<meta charset="utf-8"><title>Corpus</title><link rel="icon" href="data:,"><script>{WATCH}</script>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{CHROME}<main>{articles}</main></body></html>'


def unharmed(count):
    return [
        "Corpus", 4, 2, "/", 1, f"{ORIGIN}/search/", 2, "string", "function",
        "body", "head", True, "string", count, count,
    ]  # fmt: skip


class Reader:
    """A browser without a policy, in which nothing but the page itself, and our own pictures, can be had."""

    def __init__(self, browser):
        self.context = browser.new_context(service_workers="block")
        self.html = ""
        self.asked = []
        self.context.route(re.compile(".*"), self._answer)

    def _answer(self, route):
        url = route.request.url
        if url == f"{ORIGIN}/a/":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
            return
        if not url.startswith((f"{ORIGIN}/media/", f"{ORIGIN}/static/")):
            self.asked.append(url)
        route.abort()

    def show(self, texts, allowed):
        """What is wrong with ``texts``: by number, and under "page" what no single text can be named for."""
        page = self.context.new_page()
        outside = []
        page.on("popup", lambda popup: outside.append("popup"))
        page.on("console", lambda message: message.type == "log" and outside.append(f"console {message.text}"))
        self.html, self.asked = chunk(texts), []
        found, at_page = {}, []
        try:
            page.goto(f"{ORIGIN}/a/")
            found = page.evaluate(f"(() => {{ {AUDIT}; return tryOut({json.dumps(allowed)}); }})()")
            page.wait_for_timeout(150)
            state = page.evaluate(UNHARMED)
            at_page += page.evaluate("window.seen")
            at_page += [] if state == unharmed(len(texts)) else [f"the page around is harmed: {state}"]
        except Error as error:
            at_page.append(f"the page was led away: {error.message[:200]}")
        page.close()
        at_page += outside + self.asked
        return {int(number): problems for number, problems in found.items()} | ({"page": at_page} if at_page else {})

    def guilty(self, vectors, texts, allowed):
        """Problems by the vector's name: where only the page knows, the vectors are halved until one is left."""
        found = self.show(texts, allowed)
        named = {vectors[number].name: problems for number, problems in found.items() if number != "page"}
        if "page" in found and not named:
            if len(vectors) == 1:
                return {vectors[0].name: found["page"]}
            half = len(vectors) // 2
            named = self.guilty(vectors[:half], texts[:half], allowed) | self.guilty(
                vectors[half:], texts[half:], allowed
            )
            return named or {"all together": found["page"]}
        return named
