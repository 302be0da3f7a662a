"""The form a guest writes on: what it keeps, what it gives back, and that one piece is one piece."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actors import Sample
from commentary.models import Guidelines, Letter, Link, Office, Submission, Version
from commentary.states import Status
from tests.images.draw import jpeg
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_section, make_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

START = "/commentary/submit/?kind=commentary"
TEXT = {"headline": "Who drinks the river", "text": "My river runs dry every August.\n\nI know why."}
YOU = {"name": "Gail Guest", "email": "gail@example.org", "city": "Fresno", "about": "She farms almonds."}
OPEN = {"elsewhere": "no", "interests": "no", "helped": "no", "ai": "no"}


def ticket(client, path=START):
    """What the page carries to be known by when it arrives."""
    return client.get(path).text.partition('name="ticket" value="')[2].partition('"')[0]


def begin(client, path=START, **fields):
    """Send the first page; answers with the draft and the response."""
    answered = client.post(path, TEXT | {"ticket": ticket(client, path)} | fields)
    return Submission.objects.order_by("pk").last(), answered


def page(piece, step):
    return f"/commentary/submit/{piece.reference}/{step}/"


def seen(piece):
    """The text a page of the draft would carry now."""
    version = Version.objects.get(submission=piece, sealed_at=None)
    return f"{version.pk}.{version.saves}"


def post(client, piece, step, **fields):
    return client.post(page(piece, step), {"version": seen(piece)} | fields)


def fill(client):
    """A commentary, complete to the last page."""
    piece, _ = begin(client)
    post(client, piece, "you", **YOU)
    post(client, piece, "openness", **OPEN)
    return piece


def test_a_commentary_goes_from_the_door_to_the_letter(client):
    assert client.get("/commentary/submit/").status_code == 200
    piece, first = begin(client)
    ways = [first.url]
    ways += [post(client, piece, "you", **YOU).url, post(client, piece, "openness", **OPEN).url]
    checked = client.get(page(piece, "check"))
    ways += [post(client, piece, "check").url, post(client, piece, "send", agreed="on").url]
    sent = client.get(page(piece, "sent"))

    assert ways == [page(piece, step) for step in ("you", "openness", "check", "send", "sent")]
    assert all(answer in checked.text for answer in ("Who drinks the river", "I know why.", "Gail Guest", "Fresno"))
    assert all(fact in sent.text for fact in (piece.reference, "gail@example.org", "within 3 working days"))
    piece.refresh_from_db()
    assert (piece.status, Letter.objects.get().code) == (Status.UNCONFIRMED, "confirm")


def test_looking_at_the_form_begins_nothing(client):
    story = make_article(published_at=YESTERDAY)

    pages = [client.get(path) for path in ("/commentary/submit/", START, f"/commentary/submit/?re={story.pk}")]

    assert [answer.status_code for answer in pages] == [200] * 3
    assert not Submission.objects.exists()
    assert all("no-store" in answer.headers["Cache-Control"] for answer in pages)
    assert set(client.cookies) <= {"csrftoken"}


def test_an_empty_first_page_is_refused_and_begins_nothing(client):
    answered = client.post(START, {"headline": " ", "text": "\u200b \n", "ticket": ticket(client)})

    assert "<title>Error: Your text" in answered.text
    assert 'href="#id_text">Write your text.</a>' in answered.text
    assert not Submission.objects.exists()


def test_a_double_click_on_the_first_page_begins_one_draft(client):
    fields = TEXT | {"ticket": ticket(client)}

    answers = [client.post(START, fields), Client().post(START, fields)]

    assert answers[0].url == answers[1].url
    assert Submission.objects.count() == 1


def test_what_the_form_noticed_goes_with_the_piece_and_refuses_nothing(client, time_machine_at):
    piece = fill(client)
    challenge = client.get(f"/commentary/submit/{piece.reference}/proof/").json()
    time_machine_at(NOW + timedelta(minutes=3))

    answered = post(client, piece, "send", agreed="on", website="http://spam.example", altcha="bm90IG9uZQ==")

    piece.refresh_from_db()
    assert answered.url == page(piece, "sent")
    assert piece.noticed == {"trap": True, "proof": False, "seconds": 180}
    assert piece.network == "127.0.0.1"
    assert challenge.keys() == {"algorithm", "challenge", "maxnumber", "salt", "signature"}
    assert Client().get(f"/commentary/submit/{piece.reference}/proof/").status_code == 404


def test_a_reaction_sent_at_once_was_open_as_long_as_its_page(client, time_machine_at):
    story = make_article(published_at=YESTERDAY)
    opened = ticket(client, answer_to(story))
    time_machine_at(NOW + timedelta(minutes=2))

    client.post(answer_to(story), TEXT | YOU | {"ticket": opened, "agreed": "on"})

    assert Submission.objects.get().noticed["seconds"] == 120


def test_a_double_click_on_send_is_one_piece(client):
    piece = fill(client)
    fields = {"version": seen(piece), "agreed": "on"}

    answers = [client.post(page(piece, "send"), fields) for _ in range(2)]

    assert [answer.url for answer in answers] == [page(piece, "sent")] * 2
    assert (Submission.objects.count(), Letter.objects.filter(code="confirm").count()) == (1, 1)


def test_back_and_resend_is_one_piece_and_gives_back_what_is_new(client):
    fields = TEXT | {"ticket": ticket(client)}
    client.post(START, fields)
    piece = Submission.objects.get()
    post(client, piece, "you", **YOU)
    post(client, piece, "openness", **OPEN)
    post(client, piece, "send", agreed="on")

    same = client.post(START, fields)
    changed = client.post(START, fields | {"text": "A second thought."})
    step = client.post(page(piece, "text"), TEXT | {"text": "A third thought."})

    assert same.url == page(piece, "sent")
    assert (changed.status_code, step.status_code) == (409, 409)
    assert "A second thought.</textarea>" in changed.text
    assert "A third thought.</textarea>" in step.text
    assert Submission.objects.count() == 1


def test_the_same_text_sent_twice_from_one_address_is_one_piece(client):
    for browser in (client, Client()):
        piece = fill(browser)
        post(browser, piece, "send", agreed="on")
        last = browser.get(page(piece, "sent"))

    assert "this very text from this address before" in last.text
    assert Letter.objects.filter(code="confirm").count() == 1


def test_two_pieces_by_one_address_are_two(client):
    for number in (1, 2):
        piece, _ = begin(client, text=f"Piece {number}.")
        post(client, piece, "you", **YOU)
        post(client, piece, "openness", **OPEN)
        post(client, piece, "send", agreed="on")

    assert Submission.objects.filter(status=Status.UNCONFIRMED).count() == 2
    assert client.get("/commentary/submit/").text.count("Go on with") == 0


def test_answers_that_nobody_could_read_are_given_back(client):
    Guidelines(number=0, questions=["Have you held an office?"]).issue(by=Sample())
    piece, _ = begin(client)

    long = post(client, piece, "openness", **OPEN, ai_how="x" * 1_001)
    further = post(client, piece, "openness", **OPEN, further_0="y" * 1_001)

    assert "This is 1,001 characters long; 1,000 fit. Shorten it." in long.text
    assert "x" * 1_001 in long.text
    assert "This is 1,001 characters long; 1,000 fit. Shorten it." in further.text
    assert "y" * 1_001 in further.text


def test_what_is_missing_is_said_on_its_page_and_kept(client):
    piece, _ = begin(client)

    answered = post(client, piece, "you", name="Gail", email="nowhere", about="word " * 61)

    assert "<title>Error: About you" in answered.text
    assert answered.text.count("Write an e-mail address, as in name@example.org.") == 2
    assert answered.text.count("This has 61 words; 60 fit. Shorten it.") == 2
    assert 'value="nowhere"' in answered.text
    assert (piece.writer.name, piece.writer.email) == ("Gail", "nowhere")


def test_the_last_page_names_what_is_missing_elsewhere(client):
    piece, _ = begin(client)
    post(client, piece, "you", name="Gail", email="gail@example.org")

    answered = post(client, piece, "send")

    assert "Tick the box to agree to the licence." in answered.text
    assert f'href="{page(piece, "openness")}">Openness</a>: Choose yes or no.' in answered.text
    piece.refresh_from_db()
    assert piece.status == Status.DRAFT


def test_nothing_is_chosen_before_the_writer_chooses(client):
    piece, _ = begin(client)

    shown = client.get(page(piece, "openness")).text + client.get(page(piece, "send")).text

    assert "checked" not in shown


@pytest.mark.parametrize("odd", ["two\nlines\r\nhere", "a\0b", "line\u2028separated\u2029text", "x" * 3_000])
def test_odd_characters_in_a_headline_or_a_name_are_taken_or_given_back(client, odd):
    piece, first = begin(client, headline=odd)
    second = post(client, piece, "you", **YOU | {"name": odd})

    piece.refresh_from_db()
    if len(odd) < 3_000:
        clean = " ".join(odd.replace("\0", "").split())
        assert (piece.version.headline, piece.writer.name) == (clean, clean)
    else:
        assert all(f'value="{odd}"' in answer.text for answer in (first, second))
        assert "3,000 characters long" in first.text
        assert "3,000 characters long" in second.text


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Zoë Żółć", "Cafe\u0301 au lait.", 3),
        ("نجيب محفوظ", "اتفق المشرعون على ميزانية جديدة", 5),
        ("李白", "我们需要更多的水。", 8),
        ("👩‍🌾 Gail", "Water 💧 now 💧", 2),
    ],
)
def test_names_and_texts_in_every_writing_are_kept_and_counted(client, name, text, words):
    piece, _ = begin(client, text=text)
    post(client, piece, "you", **YOU | {"name": name})

    shown = client.get(page(piece, "text"))

    assert (piece.version.text, piece.version.words) == (text, words)
    assert Submission.objects.get().writer.name == name
    assert f"<span data-counted>{words}</span>" in shown.text
    assert 'dir="auto"' in shown.text


def test_a_decomposed_name_is_the_composed_one(client):
    piece, _ = begin(client)

    post(client, piece, "you", **YOU | {"name": "Zoe\u0308"})

    assert Submission.objects.get().writer.name == "Zoë"


def test_fifty_thousand_words_are_kept_and_shown_with_what_to_do(client):
    text = "word " * 50_000

    piece, answered = begin(client, text=text)

    assert "Your text has 50,000 words; we can take 1,950 at most. Shorten it." in answered.text
    assert answered.text.count("word word word") > 0
    assert piece.version.text == text
    assert piece.version.words == 50_000


def test_what_no_row_can_hold_is_given_back_whole(client):
    text = "word " * 90_000

    piece, answered = begin(client, text=text)

    assert "450,000 characters long; 400,000 can be kept." in answered.text
    assert text.strip() in answered.text
    assert piece.version.text == ""


def test_two_tabs_the_second_save_is_refused_with_both_texts(client):
    piece, _ = begin(client)
    old = seen(piece)
    client.post(page(piece, "text"), TEXT | {"text": "From the first tab.", "version": old})

    second = client.post(page(piece, "text"), TEXT | {"text": "From the second tab.", "version": old})
    resolved = post(client, piece, "text", **TEXT | {"text": "From the second tab."})

    assert second.status_code == 409
    assert all(f"From the {tab} tab.</textarea>" in second.text for tab in ("first", "second"))
    assert f'name="version" value="{seen(piece).partition(".")[0]}.' in second.text
    assert resolved.status_code == 302
    assert Submission.objects.get().version.text == "From the second tab."


def test_the_same_page_twice_is_no_conflict(client):
    piece, _ = begin(client)
    fields = TEXT | {"text": "Once.", "version": seen(piece)}

    answers = [client.post(page(piece, "text"), fields) for _ in range(2)]

    assert [answer.url for answer in answers] == [page(piece, "you")] * 2


def test_autosave_begins_a_draft_and_follows_it(client):
    fields = {"headline": "", "text": "First words", "ticket": ticket(client), "step": "text"}

    first = client.post("/commentary/submit/save/?kind=commentary", fields).json()
    again = client.post("/commentary/submit/save/?kind=commentary", fields).json()
    later = client.post(first["save"], {"text": "First words and more", "step": "text", "version": again["version"]})
    stale = client.post(first["save"], {"text": "From elsewhere", "step": "text", "version": first["version"]})

    piece = Submission.objects.get()
    assert first["action"] == page(piece, "text")
    assert (later.json()["words"], stale.status_code, stale.json()["stale"]) == (4, 409, True)
    assert piece.version.text == "First words and more"
    assert client.cookies[f"draft-{piece.reference}"]["path"] == "/commentary/submit/"


def test_autosave_of_nothing_begins_nothing(client):
    answered = client.post("/commentary/submit/save/?kind=commentary", {"text": "  ", "ticket": ticket(client)})

    assert (answered.json(), Submission.objects.count()) == ({}, 0)


def test_autosave_without_the_key_says_so(client):
    piece, _ = begin(client)

    answered = Client().post(f"/commentary/submit/{piece.reference}/save/", {"text": "Mine", "step": "text"})

    assert (answered.status_code, "Copy your text" in answered.json()["sentence"]) == (404, True)
    assert Submission.objects.get().version.text == TEXT["text"]


def test_another_browser_learns_nothing_of_a_draft_and_gets_its_text_back(client):
    piece, _ = begin(client)

    seen_by_others = Client().get(page(piece, "text"))
    posted = Client().post(page(piece, "text"), {"text": "A text of an hour.", "version": "1.1"})

    assert (seen_by_others.status_code, posted.status_code) == (404, 404)
    assert TEXT["headline"] not in seen_by_others.text
    assert "A text of an hour.</textarea>" in posted.text
    assert Client().get(page(piece, "portrait")).status_code == 404


def test_the_same_browser_resumes_by_its_cookie_where_something_is_missing(client):
    piece, _ = begin(client)
    post(client, piece, "you", **YOU)

    door = client.get("/commentary/submit/")

    assert f"Go on with {piece.reference}" in door.text
    assert client.get(f"/commentary/submit/{piece.reference}/").url == page(piece, "openness")


def test_another_browser_resumes_by_the_letter(client):
    from commentary import keys

    piece, _ = begin(client)
    answered = client.post(page(piece, "later"), {"email": "gail@example.org"})
    other = Client()

    entered = other.post(f"/commentary/key/{keys.cut(piece, 'resume', writer=piece.writer)}/")

    assert "A letter is on its way to gail@example.org" in answered.text
    assert list(Letter.objects.values_list("code", "to")) == [("resume", "gail@example.org")]
    assert entered.url == f"/commentary/submit/{piece.reference}/"
    assert TEXT["headline"] in other.get(page(piece, "text")).text


def test_links_to_go_on_are_not_sent_to_one_address_without_end(client):
    for number in range(5):
        piece, _ = begin(client, text=f"Draft {number}.")
        answered = client.post(page(piece, "later"), {"email": "victim@example.org"})

    assert "<title>Error: Your draft is saved" in answered.text
    assert Letter.objects.filter(to="victim@example.org").count() == 3


def test_later_keeps_without_asking_for_what_is_missing(client):
    piece, answered = begin(client, headline="", later="1")

    assert answered.url == page(piece, "later")
    assert piece.version.text == TEXT["text"]


def test_an_expired_form_gives_the_text_back_to_be_sent_again():
    browser = Client(enforce_csrf_checks=True)
    fields = TEXT | {"ticket": ticket(browser), "csrfmiddlewaretoken": "old"}

    refused = browser.post(START, fields, HTTP_ACCEPT="text/html")
    token = refused.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = browser.post(START, fields | {"csrfmiddlewaretoken": token})

    assert refused.status_code == 403
    assert "I know why.</textarea>" in refused.text
    assert f'name="ticket" value="{fields["ticket"]}"' in refused.text
    assert again.status_code == 302
    assert Submission.objects.get().version.text == TEXT["text"]


def test_an_expired_autosave_gets_a_new_token():
    browser = Client(enforce_csrf_checks=True)

    refused = browser.post("/commentary/submit/save/?kind=commentary", TEXT, HTTP_ACCEPT="application/json")

    assert (refused.status_code, len(refused.json()["csrf"])) == (403, 64)


def test_a_body_over_the_limit_gets_a_kind_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000

    answered = client.post(START, TEXT | {"text": "word " * 5_000}, headers={"accept": "text/html"})

    assert answered.status_code == 413
    assert "What you sent is larger than this server takes" in answered.text
    assert "data-kept" in answered.text
    assert "Write for us" in answered.text


def test_a_restarted_server_knows_the_drafts_of_its_browsers(client, settings):
    piece, _ = begin(client)
    kept = client.cookies[f"draft-{piece.reference}"].value

    other = Client()
    other.cookies[f"draft-{piece.reference}"] = kept
    forged = Client()
    forged.cookies[f"draft-{piece.reference}"] = kept[:-2] + "xx"

    assert other.get(page(piece, "text")).status_code == 200
    assert forged.get(page(piece, "text")).status_code == 404


def test_a_manuscript_comes_into_the_box_and_the_old_text_stays_in_sight(client):
    piece, _ = begin(client)
    file = SimpleUploadedFile("essay.txt", b"A text from a file.\n\nIt has two paragraphs.")

    shown = post(client, piece, "text", **TEXT, manuscript=file)

    assert "We read 9 words. Check it." in shown.text
    assert "A text from a file.\n\nIt has two paragraphs.</textarea>" in shown.text
    assert "What stood in the box before" in shown.text
    assert Submission.objects.get().version.text == TEXT["text"]


def test_a_manuscript_we_cannot_read_leaves_the_box_as_it_was(client):
    piece, _ = begin(client)
    file = SimpleUploadedFile("essay.pdf", b"%PDF-1.7 and so on")

    shown = post(client, piece, "text", headline="New", text="Typed, not saved.", manuscript=file)

    assert "This is a PDF." in shown.text
    assert "Typed, not saved.</textarea>" in shown.text


@pytest.mark.parametrize("again", [{}, {"agreed": "on"}])
def test_reading_no_file_says_so_and_sends_nothing(client, again):
    story = make_article(published_at=YESTERDAY)

    piece, shown = begin(client, answer_to(story), name="Rea", email="rea@example.org", read="1", **again)

    assert shown.text.count("Choose a file first, then have it read.") == 2
    assert piece.status == Status.DRAFT


def test_the_enter_key_presses_the_main_button(client):
    form = client.get(START).text.partition("<form method")[2]

    first = form.partition("<button")[2].partition("</button>")[0]
    assert first.endswith(">Save and continue")
    assert "name=" not in first


def test_a_portrait_is_kept_apart_and_shown_to_its_sender(client):
    piece, _ = begin(client)

    answered = post(client, piece, "you", **YOU, portrait=SimpleUploadedFile("me.jpg", jpeg()))

    shown = client.get(page(piece, "portrait"))
    assert answered.status_code == 302
    assert (shown.headers["Content-Type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert piece.writer.portrait is None


def test_a_portrait_that_is_none_is_refused_and_the_rest_kept(client):
    piece, _ = begin(client)

    answered = post(client, piece, "you", **YOU, portrait=SimpleUploadedFile("me.jpg", b"GIF89a nothing"))

    assert "A portrait has to be a JPEG, PNG or WebP." in answered.text
    assert Submission.objects.get().writer.city == "Fresno"


def test_a_second_writer_is_named_and_taken_out(client):
    piece, _ = begin(client)
    post(client, piece, "you", **YOU, cowriter_name="Cora", cowriter_email="cora@example.org")
    named = Submission.objects.get().cowriter

    post(client, piece, "you", **YOU, cowriter_name="", cowriter_email="")

    assert (named.name, Submission.objects.get().cowriter) == ("Cora", None)


def test_further_questions_of_the_guidelines_are_asked_and_kept(client):
    Guidelines(number=0, questions=["Have you held an office?"]).issue(by=Sample())
    piece, _ = begin(client)

    post(client, piece, "openness", **OPEN, further_0="Never\0.")

    assert "Have you held an office?" in client.get(page(piece, "check")).text
    assert Submission.objects.get().further == ["Never."]


def test_a_draft_keeps_the_terms_it_began_under(client):
    piece, _ = begin(client)

    Guidelines(number=0, commentary_words=100, most_writers=1).issue(by=Sample())

    assert "of about 650 words" in client.get(page(piece, "text")).text
    assert "of about 100 words" in client.get(START).text


def test_the_letter_can_be_asked_for_again_and_the_address_corrected_twice(client, time_machine_at):
    piece = fill(client)
    post(client, piece, "send", agreed="on")
    sent = page(piece, "sent")

    at_once = client.post(sent, {"again": "1"})
    time_machine_at(NOW + timedelta(minutes=5))
    again = client.post(sent, {"again": "1"})
    corrected = [client.post(sent, {"email": f"gail{number}@example.org"}) for number in (1, 2, 3)]
    wrong = client.post(sent, {"email": "nowhere"})

    assert "A letter has just left." in at_once.text
    assert "A new letter is on its way to gail@example.org." in again.text
    assert ["The address is corrected" in answer.text for answer in corrected] == [True, True, False]
    assert "Error: Confirm your address" in wrong.text
    assert list(Letter.objects.filter(cancelled_at=None).values_list("to", flat=True)) == ["gail2@example.org"]


def test_a_corrected_address_ends_the_links_to_the_first(client):
    from commentary import keys

    piece = fill(client)
    post(client, piece, "send", agreed="on")
    token = keys.cut(piece, "confirm", writer=piece.writer)

    client.post(page(piece, "sent"), {"email": "other@example.org"})

    assert client.post(f"/commentary/key/{token}/").status_code == 410
    assert Submission.objects.get().status == Status.UNCONFIRMED


@pytest.mark.parametrize("send", [False, True])
def test_a_writer_deletes_what_no_editor_has_seen(client, send):
    piece = fill(client)
    if send:
        post(client, piece, "send", agreed="on")

    asked = client.get(page(piece, "delete"))
    deleted = client.post(page(piece, "delete"))

    assert (asked.status_code, deleted.status_code) == (200, 200)
    left = [model.objects.count() for model in (Submission, Version, Letter, Link)]
    assert left == [0, 0, 0, 0]


def test_what_the_desk_has_is_not_deleted_from_the_form(client):
    piece = fill(client)
    post(client, piece, "send", agreed="on")
    piece.refresh_from_db()
    piece.confirm(by=piece.guest)

    assert client.post(page(piece, "delete")).status_code == 404
    assert Submission.objects.get().status == Status.RECEIVED


# A reaction


def answer_to(story):
    return f"/commentary/submit/?re={story.pk}"


def test_a_reaction_is_one_page(client):
    story = make_article(published_at=YESTERDAY)
    form = client.get(answer_to(story))

    piece, answered = begin(client, answer_to(story), name="Rea", email="rea@example.org", agreed="on")

    assert story.live.headline in form.text
    assert answered.url == page(piece, "sent")
    assert (piece.kind, piece.answers, piece.status) == ("reaction", story, Status.UNCONFIRMED)


def test_a_reaction_says_all_that_is_missing_at_once(client):
    story = make_article(published_at=YESTERDAY)

    piece, answered = begin(client, answer_to(story), headline="")

    for sentence in ("Write a headline.", "Write the name as it should be published.", "Tick the box to agree"):
        assert sentence in answered.text
    assert f'action="{page(piece, "reaction")}"' in answered.text
    assert TEXT["text"] in answered.text


def closed_stories():
    withdrawn = make_article(headline="SECRET withdrawn", published_at=YESTERDAY)
    withdrawn.withdraw(by=Sample(), note="Wrong.")
    embargoed = make_article(headline="SECRET embargoed")
    embargoed.classify(by=Sample(), embargo_until=TOMORROW)
    return {
        "unpublished": make_article(headline="SECRET draft").pk,
        "scheduled": make_article(headline="SECRET tomorrow", published_at=TOMORROW).pk,
        "embargoed": embargoed.pk,
        "withdrawn": withdrawn.pk,
        "old": make_article(headline="SECRET old", published_at=NOW - timedelta(days=31)).pk,
        "deleted": 999_999_999,
        "nonsense": "x'--",
        "huge": "9" * 40,
        "nul": "1\0",
    }


def test_a_reaction_to_a_story_readers_cannot_read_is_refused_without_its_headline(client):
    for name, key in closed_stories().items():
        shown = client.get("/commentary/submit/", {"re": key})
        posted = client.post(f"/commentary/submit/?re={key}".replace("\0", "%00"), TEXT)

        assert (name, shown.status_code) == (name, 404)
        assert (name, posted.status_code) == (name, 409)
        assert "SECRET" not in shown.text + posted.text
        assert "I know why.</textarea>" in posted.text
    assert not Submission.objects.exists()


def test_a_story_that_went_while_its_reaction_was_written_is_not_named_any_more(client):
    story = make_article(headline="SECRET later", published_at=YESTERDAY)
    piece, _ = begin(client, answer_to(story))
    story.withdraw(by=Sample(), note="Wrong.")

    shown = client.get(page(piece, "reaction"))

    assert "SECRET" not in shown.text
    assert "The story you answer is not here any more." in shown.text
    assert TEXT["text"] in shown.text


def test_a_story_deleted_while_its_reaction_was_written_leaves_the_text_to_its_writer(client):
    story = make_article(headline="SECRET deleted", published_at=YESTERDAY)
    piece, _ = begin(client, answer_to(story), name="Rea", email="rea@example.org")
    Submission.objects.filter(pk=piece.pk).update(answers=None)  # as the database does

    answered = post(client, piece, "reaction", **TEXT, name="Rea", email="rea@example.org", agreed="on")

    assert "The story you answer was deleted." in answered.text
    assert "I know why.</textarea>" in answered.text
    assert "SECRET" not in answered.text
    assert Submission.objects.get().status == Status.DRAFT


def test_a_renamed_story_is_answered_under_its_new_headline(client):
    story = make_article(published_at=YESTERDAY)
    piece, _ = begin(client, answer_to(story))
    story.revise(make_text(headline="Renamed since"), revision=story.draft, by=Sample())
    story.publish(revision=story.draft, by=Sample())

    assert "Renamed since" in client.get(page(piece, "reaction")).text


def test_a_story_invites_reactions_while_it_is_open(client):
    open_story = make_article(published_at=YESTERDAY)
    old = make_article(headline="Old", published_at=NOW - timedelta(days=31))
    closed = make_article(headline="Closed", published_at=YESTERDAY, section=make_section("Sports"))
    refusing = make_article(headline="Refusing", published_at=YESTERDAY)
    refusing.classify(closed_to_reactions=True, by=Sample())
    office = Office.objects.create()
    office.closed_sections.add(closed.section)

    def invited(story):
        return (
            f'href="/commentary/submit/?re={story.pk}">React to this story' in client.get(story.get_absolute_url()).text
        )

    assert [invited(story) for story in (open_story, old, closed, refusing)] == [True, False, False, False]
    assert "Refusing" not in client.get("/commentary/submit/").text
    assert "Refusing" not in client.get(f"/commentary/submit/?re={refusing.pk}").text
    office.takes_pieces = False
    office.save()
    assert not invited(open_story)


def test_a_closed_door_gives_back_what_was_typed(client):
    Office.objects.create(takes_pieces=False)

    shown, posted = client.get("/commentary/submit/"), client.post(START, TEXT)

    assert "We take no guest commentary at present." in shown.text
    assert "I know why.</textarea>" in posted.text
    assert not Submission.objects.exists()
