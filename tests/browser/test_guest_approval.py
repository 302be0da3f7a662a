"""A guest's way from the editor's question to the published piece, by keyboard, with and without scripts."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from commentary import keys
from commentary.models import Submission
from tests.commentary.make import make_editor, make_piece
from tests.public.guests import deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 60


@pytest.fixture(params=["with scripts", "without scripts"])
def guest_page(request, browser):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        java_script_enabled=request.param == "with scripts",
        reduced_motion="reduce",  # colours would fade from one scheme to the other while axe looks
    )
    page = context.new_page()
    page.problems = []
    page.has_scripts = request.param == "with scripts"
    page.on("pageerror", lambda error: page.problems.append(f"exception: {error}"))
    page.on("console", lambda said: page.problems.append(said.text) if said.type in {"error", "warning"} else None)
    yield page
    context.close()


def look_at(page):
    """Nobody is shut out of the page, nothing is wider than a small phone, nothing is refused by the policy."""
    if not page.has_scripts:
        return
    noted = list(page.problems)
    for scheme, width in (("light", 320), ("dark", 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), (page.url, width)
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == [], page.url
    assert noted == []
    page.problems.clear()  # axe measures with inline styles, which the policy refuses it


def tab_to(page, locator):
    """Reach ``locator`` as somebody does who has no mouse."""
    wanted = locator.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{locator} cannot be reached with the Tab key")


def press(page, name, *, role="button"):
    """Go to a button or a link with the keyboard, and press it."""
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page, label, text):
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def open_letter(page, live_server, piece, purpose):
    page.goto(f"{live_server.url}/commentary/key/{keys.cut(piece, purpose, writer=piece.writer)}/")
    press(page, "Continue")


def heading(page, name):
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()


def now(piece):
    return Submission.objects.get(pk=piece.pk)


def test_a_guest_revises_confirms_and_approves_what_readers_get(guest_page, live_server):
    page = guest_page
    editor = make_editor()
    piece = make_piece(status="changes_requested", editor=editor)
    deliver(piece)

    open_letter(page, live_server, piece, "status")
    heading(page, "We need something from you")
    look_at(page)
    press(page, "Revise your text", role="link")
    look_at(page)
    fill(page, "Text", "My river runs dry every August.\n\nI measured it for ten years.")
    fill(page, "Your answer to the editor", "I kept a diary.")
    press(page, "Send the revised text")
    heading(page, "Being considered")

    now(piece).accept("We would love to.", by=editor)
    deliver(piece)
    page.reload()
    heading(page, "Accepted: action needed")
    press(page, "Read and confirm the terms", role="link")
    look_at(page)
    tab_to(page, page.get_by_label("This piece is not published elsewhere"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("No", exact=True))
    page.keyboard.press("Space")
    fill(page, "Your name, typed, to agree", "Gail Guest")
    press(page, "I agree")
    heading(page, "Being edited")
    look_at(page)

    edited = send_for_approval(piece, editor)
    open_letter(page, live_server, edited, "approve")
    heading(page, "Your edited text")
    look_at(page)
    step_through(page)
    fill(page, "Type your name", "Gail Guest")
    press(page, "Approve")
    heading(page, "Approved")
    look_at(page)

    article = now(piece).article
    article.publish(revision=article.draft, by=editor)
    page.goto(live_server.url + article.get_absolute_url())
    heading(page, "Who drinks our river")
    main = page.locator("main")
    for text in ("I measured it for eleven years.", "Gail Guest owns a pump."):
        assert main.get_by_text(text).count() == 1, text
    assert main.locator("article .kicker").get_by_text("Guest commentary", exact=True).count() == 1
    assert main.locator(".byline").get_by_role("link", name="Gail Guest").count() == 1
    assert page.problems == []


def send_for_approval(piece, editor):
    piece = now(piece)
    piece.check_identity(piece.writer, "phone", by=editor)
    piece.review_disclosure("Gail Guest owns a pump.", by=editor)
    article = now(piece).article
    draft = article.current_draft()
    body = draft.body.replace("ten years", "eleven years")
    text = replace(draft.text, headline="Who drinks our river", summary="A farmer on the river.", body=body)
    article.revise(text, revision=draft, by=editor)
    now(piece).send_for_approval(by=editor)
    return now(piece)


def step_through(page):
    """Every change can be reached one after the other, and is told in words."""
    assert page.get_by_role("heading", name="4 changes").count() == 1
    if not page.has_scripts:
        press_link = page.get_by_role("link", name="Paragraph changed: “ten” became “eleven”.")
        tab_to(page, press_link)
        page.keyboard.press("Enter")
        assert page.url.endswith("#change-3")
        return
    tab_to(page, page.get_by_role("button", name="Next change"))
    told = []
    for _ in range(4):
        page.keyboard.press("Enter")
        told.append((page.locator("[data-steps] [role=status]").inner_text(), page.locator(".current").inner_text()))
    assert [said for said, _ in told] == [f"Change {number} of 4" for number in (1, 2, 3, 4)]
    assert told[2][1].split()[4:10] == ["[removed:", "ten", "]", "[added:", "eleven", "]"]


ROOMS = ["approve/?view=clean", "approve/?view=original", "withdraw/", "held/"]


def test_every_page_of_a_piece_is_open_to_everybody(browser, live_server):
    page = browser.new_page(reduced_motion="reduce")
    page.has_scripts, page.problems = True, []
    editor = make_editor()
    fields = {"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org", "headline": "Wolkenkratzer" * 19}
    piece = make_piece(status="awaiting_approval", editor=editor, **fields)
    deliver(piece)
    home = f"{live_server.url}/commentary/s/{piece.reference}/"

    page.goto(home)
    look_at(page)
    for purpose, rooms in (("status", ROOMS), ("erase", ["erase/"])):
        open_letter(page, live_server, piece, purpose)
        for room in rooms:
            page.goto(home + room)
            look_at(page)
    page.goto(f"{live_server.url}/commentary/key/{keys.cut(piece, 'cowriter', writer=piece.cowriter)}/")
    press(page, "Continue")
    look_at(page)
    page.context.close()
