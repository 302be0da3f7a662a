"""How long until somebody can write: a story opened in a real browser, from the real server, with 20,000 stories.

Interactive is when the rich-text editor takes letters and the page's script has nothing left to do. Beside it stands
the account page of the same desk, in the same browser: what this machine makes of a page without an editor.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from articles.models import Article
from benchmarks import newsroom
from newsroom import processes

CHROMIUM = "/usr/bin/chromium"
MANY = 20_000
LIMIT = 1.5
TIMES = 7
BODY = ".cke_wysiwyg_div[role]"
READY = """() => {
  const body = document.querySelector(".cke_wysiwyg_div[role]");
  return body ? body.isContentEditable : !document.querySelector("textarea[data-body-editor]");
}"""
QUIET = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"


def main() -> int:
    newsroom.opened()
    newsroom.fill(MANY)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        client = Client()
        client.force_login(newsroom.editor())
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        within = _measured(browser, address, session)
        browser.close()
    return 0 if within else 1


def _measured(browser: Browser, address: str, session: str) -> bool:
    """With what the browser keeps from the page before, as all day; and in an empty one, as on the first morning."""
    keys = iter(Article.objects.order_by("-pk").values_list("pk", flat=True)[: 2 * (TIMES + 1)])
    account = [f"{address}/admin/account/"] * (TIMES + 1)
    within = []
    for name, is_kept in (("until one can write", True), ("in an empty browser", False)):
        plain = _opened(browser, address, session, account, is_kept=is_kept)
        # Stories of their own: the one written in last is that closed browser's for a minute.
        stories = [f"{address}/admin/articles/article/{pk}/change/" for pk in islice(keys, TIMES + 1)]
        editor = _opened(browser, address, session, stories, is_kept=is_kept)
        ratio = f"{statistics.median(editor.wall) / statistics.median(plain.wall):.1f}"
        within.append(newsroom.told(f"editor at {MANY:,}, {name}", editor, limit=LIMIT, ratio_to_a_plain_page=ratio))
        newsroom.told("account page, the same way", plain, limit=LIMIT)
    return all(within)


def _at_desk(browser: Browser, address: str, session: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


def _opened(browser: Browser, address: str, session: str, pages: list[str], *, is_kept: bool) -> newsroom.Taken:
    """Each page once; the first, which warms the server, is not counted."""
    taken = newsroom.Taken([], [])
    context = _at_desk(browser, address, session)
    for place, path in enumerate(pages):
        page = context.pages[0] if context.pages else context.new_page()
        counters = page.context.new_cdp_session(page)
        counters.send("Performance.enable")
        busy = _busy(counters)
        page.goto(path, wait_until="commit")
        page.wait_for_function(READY, polling="raf")
        if place:
            taken.wall.append(page.evaluate(QUIET) / 1000)
            taken.cpu.append(max(_busy(counters) - busy, 0))
        counters.detach()
        if not is_kept:
            context.close()
            context = _at_desk(browser, address, session)
    if is_kept and page.locator(BODY).count():
        _writes(page)
    context.close()
    return taken


def _busy(counters: CDPSession) -> float:
    """Seconds that the page's main thread has worked."""
    metrics = counters.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def _writes(page: Page) -> None:
    """What was measured is an editor that takes letters."""
    body = page.locator(BODY)
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("zeitgeist")
    if "zeitgeist" not in body.inner_text():
        raise SystemExit("The editor took no letters.")


@contextmanager
def _served() -> Iterator[str]:
    """The product's own web server over the newsroom of this process; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.PORT = free.getsockname()[1]
    address = f"http://127.0.0.1:{settings.PORT}"
    environment = os.environ | {"PORT": str(settings.PORT), "SITE_ADDRESS": address}
    command = processes.children()[0].command
    server = subprocess.Popen(command, cwd=settings.ROOT, env=environment)  # noqa: S603 -- our own code
    try:
        _wait_for(f"{address}/health/live")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 -- our own server
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The web server did not start.")


if __name__ == "__main__":
    sys.exit(main())
