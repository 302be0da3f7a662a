"""The commentary desk in a real browser, without a mouse: queues, one piece, decisions, two editors at once."""

import re

import pytest
from playwright.sync_api import expect

from commentary.models import Letter, Submission
from newsroom.roles import EDITOR
from tests.browser.test_desk_chrome import looked_at
from tests.browser.test_first_story import sign_in
from tests.commentary.make import guest, make_piece
from tests.make import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUES = "/admin/commentary/submission/"


def fresh(piece):
    return Submission.objects.get(pk=piece.pk)


def heading(page, words):
    expect(page.get_by_role("heading", level=1, name=re.compile(words))).to_be_visible()


def test_a_piece_goes_from_the_inbox_to_its_end_by_keyboard(page, live_server):
    ruben = make_user(role=EDITOR, name="Ruben Adeyemi")
    piece = make_piece()
    make_piece(headline="Another one", text="Something else.", **{"writer.email": "otto@example.org"})
    sign_in(page, live_server, ruben)

    page.goto(live_server.url + QUEUES)
    page.keyboard.press("?")
    expect(page.get_by_text("Take the piece at hand")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("c")
    expect(page.get_by_text("is yours now.")).to_be_visible()
    assert fresh(piece).assignee == ruben

    page.keyboard.press("/")
    page.keyboard.type(piece.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="All pieces")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "Who drinks the river")
    page.get_by_label("Internal note").fill("She farms near my sister.")
    page.get_by_role("button", name="Leave the note").press("Enter")
    expect(page.locator(".thread__said--note")).to_contain_text("She farms near my sister.")

    page.keyboard.press("r")
    heading(page, "^Ask for changes")
    page.get_by_label("What we need").fill("Please say how you know.")
    page.get_by_role("button", name="Ask for changes").press("Enter")
    expect(page.get_by_text("The writer is asked.")).to_be_visible()
    fresh(piece).resubmit("Who drinks the river", "I measured it myself every August.", by=guest(piece))

    page.reload()
    expect(page.locator(".guest-text")).to_contain_text("I measured it myself")
    page.keyboard.press("a")
    heading(page, "^Accept")
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_text("left to take the decision back")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back. No letter leaves.")).to_be_visible()
    assert fresh(piece).status == "in_review"

    page.keyboard.press("d")
    heading(page, "^Decline")
    page.get_by_label("Reason").select_option("late")
    expect(page.get_by_label("Your words to the writer")).to_have_value(re.compile("The moment for it has passed"))
    page.get_by_label("Your words to the writer").fill("We had three on the river this week. I am sorry.")
    expect(page.locator("[data-letter]")).to_contain_text("We had three on the river this week.")
    page.get_by_role("button", name="Decline").press("Enter")
    expect(page.get_by_text("Not for us at present").or_(page.get_by_text("The moment has passed"))).to_be_visible()

    letter = Letter.objects.get(code="declined", cancelled_at=None)
    assert (fresh(piece).status, "three on the river" in letter.text) == ("declined", True)
    assert page.problems == []


def test_of_two_editors_who_decide_at_once_the_second_is_told(page, browser, live_server):
    ruben, olive = make_user(role=EDITOR, name="Ruben Adeyemi"), make_user(role=EDITOR, name="Olive Other")
    piece = make_piece(status="in_review", editor=ruben)
    address = f"{live_server.url}{QUEUES}{piece.pk}/"
    sign_in(page, live_server, ruben)
    page.goto(f"{address}accept/")
    page.get_by_label("Your words to the writer").fill("What a fine piece.")
    fresh(piece).decline("late", "", by=olive)

    page.get_by_role("button", name="Accept").click()

    expect(page.get_by_role("alert")).to_contain_text("This changed since you opened it. Nothing was done.")
    expect(page.get_by_role("alert")).to_contain_text("Olive Other declined")
    expect(page.get_by_text("What a fine piece.")).to_be_visible()
    page.get_by_role("button", name="Keep it as a note").click()
    expect(page.locator(".thread__said--note")).to_contain_text("What a fine piece.")
    assert fresh(piece).status == "declined"
    assert [problem for problem in page.problems if "409" not in problem] == []


def test_the_pages_of_a_piece_are_sound(page, live_server):
    ruben = make_user(role=EDITOR, name="Ruben Adeyemi")
    piece = make_piece(status="changes_requested", editor=ruben, headline="A headline of many words " * 9)
    piece.resubmit("Short", "Word " * 400 + "https://example.org/" + "long" * 60, note="Here.", by=guest(piece))
    piece.note("Unbroken" * 40, by=ruben)
    sign_in(page, live_server, ruben)

    wrong = {
        address: found
        for address in ("?queue=mine", f"{piece.pk}/", f"{piece.pk}/?version=2&against=1", f"{piece.pk}/decline/")
        if (found := looked_at(page, live_server.url + QUEUES + address))
    }

    assert wrong == {}
