"""What the commentary desk promises, when it works, what its letters say, and how it keeps its word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import people
from accounts.models import Activity
from commentary.models import Guidelines, Letter, LetterTemplate, Office, Submission
from commentary.numbers import numbers
from newsroom.roles import COMMENTARY_EDITOR, EDITOR
from tests.commentary.make import make_editor, make_piece, make_publishable
from tests.desk.conftest import signed_in
from tests.make import make_section

pytestmark = pytest.mark.django_db

GUIDELINES = "/admin/commentary/guidelines/"
OFFICE = "/admin/commentary/office/"
TEMPLATES = "/admin/commentary/lettertemplate/"


@pytest.fixture
def senior(client):
    return signed_in(client, EDITOR)


def terms(client, **typed):
    form = client.get(GUIDELINES).context["form"]
    return {field.name: field.value() for field in form} | typed


def test_guidelines_are_issued_as_a_new_version_and_old_ones_stay(client, senior):
    piece = make_piece()

    client.post(GUIDELINES, terms(client, commentary_words="700", questions="Where do you live?\n\nSince when?"))

    newest, older = Guidelines.objects.all()
    assert (newest.commentary_words, newest.questions, newest.made_by) == (
        700,
        ["Where do you live?", "Since when?"],
        senior,
    )
    assert Submission.objects.get(pk=piece.pk).guidelines == older
    page = client.get(f"{GUIDELINES}{older.pk}/").content.decode()
    assert "650 words" in page


def test_guidelines_that_somebody_else_issued_meanwhile_are_not_overwritten(client, senior):
    Guidelines.kept_current()
    typed = terms(client, commentary_words="700")
    client.post(GUIDELINES, terms(client, commentary_words="800"))

    response = client.post(GUIDELINES, typed)

    assert Guidelines.current().commentary_words == 800
    assert "Somebody has issued another version meanwhile" in response.content.decode()
    assert 'value="700"' in response.content.decode()


@pytest.mark.parametrize(
    "typed", [{"answer_days": "0"}, {"commentary_words": "x"}, {"questions": "a\n" * 11}, {"body": "\0"}]
)
def test_terms_nobody_could_keep_are_refused(client, senior, typed):
    response = client.post(GUIDELINES, terms(client, **typed))

    assert response.status_code == 200
    assert Guidelines.objects.count() == 0


def test_the_office_is_arranged(client, senior):
    section = make_section("Sports")
    typed = {
        "takes_pieces": "on", "workdays": ["0", "4"], "closes_at": "16:30", "holidays": "2026-12-25\n2026-01-01",
        "closed_sections": [section.pk], "told_of_threats": [senior.pk],
    }  # fmt: skip

    client.post(OFFICE, typed)

    office = Office.current()
    assert (office.workdays, f"{office.closes_at:%H:%M}") == ("04", "16:30")
    assert office.holidays == ["2026-01-01", "2026-12-25"]
    assert (list(office.closed_sections.all()), list(office.told_of_threats.all())) == ([section], [senior])
    assert Activity.objects.about(office).get().verb == "arranged"


@pytest.mark.parametrize("typed", [{"holidays": "Christmas"}, {"workdays": []}, {"closes_at": "25:00"}])
def test_an_office_that_could_keep_no_promise_is_refused(client, senior, typed):
    good = {"workdays": ["0"], "closes_at": "17:00", "holidays": ""}

    response = client.post(OFFICE, good | typed)

    assert "errorlist" in response.content.decode()
    assert not Office.objects.exists()


def test_the_people_named_are_told_of_a_threat(client, senior):
    client.post(OFFICE, {"workdays": ["0"], "closes_at": "17:00", "holidays": "", "told_of_threats": [senior.pk]})
    piece = make_piece()

    client.post(f"/admin/commentary/submission/{piece.pk}/legal_hold/", {"seen": piece.moves, "text": "A threat"})

    assert Letter.objects.get(code="legal_hold").reader == senior


def test_own_words_for_a_letter_are_kept_and_given_up(client, senior):
    words = {"subject": "Yes please: {title}", "text": "Dear {name},\n\nwe take it.\n\n{link:status}"}

    client.post(f"{TEMPLATES}accepted/", words | {"do": "keep"})

    own = LetterTemplate.objects.get()
    assert (own.code, own.subject, own.changed_by) == ("accepted", "Yes please: {title}", senior)
    assert "Your own" in client.get(TEMPLATES).content.decode()
    client.post(f"{TEMPLATES}accepted/", {"do": "product"})
    assert not LetterTemplate.objects.exists()


def test_a_place_no_letter_knows_is_refused_when_the_words_are_kept(client, senior):
    response = client.post(
        f"{TEMPLATES}accepted/", {"do": "keep", "subject": "Yes", "text": "Dear {nobody}, {link:status}"}
    )

    page = response.content.decode()
    assert "There is no “{nobody}” in this letter." in page
    assert "Dear {nobody}, {link:status}</textarea>" in page
    assert not LetterTemplate.objects.exists()


def test_words_are_shown_with_samples_before_they_are_kept(client, senior):
    response = client.post(f"{TEMPLATES}accepted/", {"do": "show", "subject": "Yes", "text": "Dear {name}, <b>yes</b>"})

    assert response.context["sample"]["text"] == "Dear Gail Guest, <b>yes</b>"
    assert "<b>yes</b>" not in response.content.decode()
    assert not LetterTemplate.objects.exists()


def test_a_letter_nobody_knows_is_not_found(client, senior):
    assert client.get(f"{TEMPLATES}nonsense/").status_code == 404


@pytest.mark.parametrize("address", [GUIDELINES, OFFICE, TEMPLATES, f"{TEMPLATES}accepted/"])
def test_settings_are_for_senior_editors(client, address):
    signed_in(client, COMMENTARY_EDITOR)

    assert (client.get(address).status_code, client.post(address, {}).status_code in {403, 405}) == (403, True)


def test_the_letter_of_a_decision_is_shown_as_it_will_leave(client):
    ruben = signed_in(client, COMMENTARY_EDITOR)
    piece = make_piece(status="in_review", editor=ruben)

    response = client.post(
        f"/admin/commentary/submission/{piece.pk}/decline/", {"do": "show", "reason": "late", "text": ""}
    )

    subject, text = response.context["letter"]
    assert piece.reference in subject
    assert "Dear Gail Guest" in text
    assert "The moment for it has passed" in text
    assert "The moment for it has passed" in response.context["form"]["text"].value()
    assert "errorlist" not in response.content.decode()
    assert Submission.objects.get(pk=piece.pk).status == "in_review"


def test_what_leaves_is_what_was_shown(client):
    ruben = signed_in(client, COMMENTARY_EDITOR)
    piece = make_piece(status="in_review", editor=ruben)
    address = f"/admin/commentary/submission/{piece.pk}/decline/"
    typed = {"reason": "late", "text": "We had three on this already."}
    shown = client.post(address, typed | {"do": "show"}).context["letter"]

    client.post(address, typed | {"seen": piece.moves})

    letter = Letter.objects.get(code="declined")
    assert shown[0] == letter.subject
    assert shown[1].split("(a link")[0] == letter.text.split("{link:")[0]


def test_numbers_say_how_promises_are_kept(client, time_machine):
    start = timezone.now().replace(day=10, hour=18)
    time_machine.move_to(start, tick=False)
    ruben = make_editor()
    quick = make_piece(status="in_review", editor=ruben)
    slow = make_piece(text="Another text.", **{"writer.email": "otto@example.org"})
    time_machine.move_to(start + timedelta(hours=2), tick=False)
    quick.decline("facts", "", by=ruben)
    time_machine.move_to(slow.promise_at + timedelta(hours=1), tick=False)
    slow.accept(by=ruben)

    month = next(month for month in numbers().months if month.received)

    assert (month.received, month.declined, month.accepted, month.kept_share) == (2, 1, 1, 50)
    assert month.median > timedelta(hours=2)
    assert month.p90 == slow.promise_at + timedelta(hours=1) - start
    assert numbers().reasons == [("We cannot stand behind the facts", 1)]
    assert (numbers().on_us, numbers().on_writers) == (0, 1)


def test_numbers_count_nothing_that_is_private(client):
    make_piece(status="unconfirmed")

    assert sum(month.received for month in numbers().months) == 0


def test_the_page_of_numbers_shows_them(client):
    ruben = signed_in(client, COMMENTARY_EDITOR)
    make_publishable(editor=ruben)

    page = client.get("/admin/commentary/submission/numbers/").content.decode()

    assert "Rounds of approval" in page


def test_the_palette_finds_pieces_for_whom_may_open_them(client):
    ruben = signed_in(client, COMMENTARY_EDITOR)
    piece, held = make_piece(), make_piece(text="Another.", headline="River held")
    make_piece(status="unconfirmed", text="A third.", headline="River private")
    held.set_legal_hold(held=True, by=ruben)

    groups = client.get("/admin/palette/?q=river").json()["groups"]

    found = next(group["items"] for group in groups if group["kind"] == "piece")
    assert [item["href"] for item in found] == [f"/admin/commentary/submission/{piece.pk}/"]
    signed_in(client, "Reporter")
    assert "piece" not in [group["kind"] for group in client.get("/admin/palette/?q=river").json()["groups"]]


def test_the_dashboard_says_what_waits_and_what_is_late(client, time_machine):
    ruben = signed_in(client, COMMENTARY_EDITOR)
    piece = make_piece()
    assert "Guest commentary: 1 overdue" not in client.get("/admin/").content.decode()

    time_machine.move_to(piece.promise_at + timedelta(minutes=1))
    client.force_login(ruben)

    page = client.get("/admin/").content.decode()
    assert "Guest commentary: 1 overdue" in page
    assert "Who drinks the river" in page


def taken(editor):
    return [
        make_piece(status="in_review", editor=editor),
        make_piece(status="editing", editor=editor, text="Another.", **{"writer.email": "otto@example.org"}),
    ]


@pytest.mark.parametrize("leaves", ["shut out", "deleted", "other role"])
def test_the_pieces_of_an_editor_who_leaves_go_back(client, leaves):
    ruben, administrator = make_editor(), make_editor(name="Ada")
    pieces = taken(ruben)

    if leaves == "shut out":
        people.shut_out(ruben, by=administrator)
    elif leaves == "deleted":
        ruben.delete()
    else:
        people.change_roles(ruben, [], by=administrator)

    found = [Submission.objects.get(pk=piece.pk) for piece in pieces]
    assert [(piece.assignee, piece.status) for piece in found] == [(None, "received"), (None, "editing")]


def test_an_editor_who_only_gains_a_role_keeps_their_pieces(client):
    ruben = make_editor()
    pieces = taken(ruben)

    people.change_roles(ruben, [*ruben.groups.all(), *make_editor(name="O").groups.all()], by=ruben)

    assert {Submission.objects.get(pk=piece.pk).assignee for piece in pieces} == {ruben}


def test_an_unassigned_piece_in_review_stands_in_the_inbox(client):
    signed_in(client, COMMENTARY_EDITOR)
    piece = make_piece(status="in_review")
    Submission.objects.filter(pk=piece.pk).update(assignee=None)

    shown = client.get("/admin/commentary/submission/").context["shelf"].rows

    assert [row.piece for row in shown] == [piece]
