"""A real browser for the tests in this folder: Debian's Chromium, driven by Playwright.

A test asks for ``page`` (and ``live_server``, which serves the static files too). ``page.problems`` holds
what went wrong in the page: console errors, warnings of a policy, exceptions, failed requests.
"""

import os
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent

# Playwright's own event loop runs in this thread; Django takes that for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Every test here is marked ``browser``, and they run in two workers: much of their time is waiting."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            half = "first" if Path(item.path).name < "test_h" else "second"
            item.add_marker(pytest.mark.xdist_group(f"browser-{half}"))


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        sentence = f"NO BROWSER: {CHROMIUM} is missing, so nothing was tried in a real browser. Run bin/browser."
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(sentence)
        pytest.skip(sentence)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(f"exception: {error}"))
    page.on("requestfailed", lambda request: _note_failure(page.problems, request))
    page.on("console", lambda message: _note(page.problems, message))
    yield page
    context.close()


def _note(problems, message):
    if message.type in {"error", "warning"}:
        problems.append(f"{message.type}: {message.text}")


def _note_failure(problems, request):
    """A browser drops what a page was still loading when the page is left: that is no failure. All others are."""
    if request.failure != "net::ERR_ABORTED":
        problems.append(f"failed: {request.url} ({request.failure})")
