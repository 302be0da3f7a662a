import re

import pytest
from django.conf import settings
from django.utils import timezone

from commentary import wordings
from commentary.models import Letter, LetterTemplate, Writer, letters
from commentary.models.deciding import REASONS
from tests.commentary.make import guest, make_draft, make_editor, make_piece

pytestmark = pytest.mark.django_db

EVERY = sorted(letters.WORDINGS)
HOSTILE = "<script>alert(1)</script>"
BREAKING = "One\r\nBcc: all@example.org\0\u2028Two\u2029\x85Three\x0b\x1b[31m"


def letter(code):
    return Letter.objects.filter(code=code).latest("pk")


@pytest.mark.parametrize("code", EVERY)
def test_the_products_own_words_may_be_saved_as_they_are(code):
    wording = letters.WORDINGS[code]

    assert wordings.problems(wording, wording.subject, wording.text) == []


@pytest.mark.parametrize("code", EVERY)
def test_a_preview_fills_every_place_but_links(code):
    wording = letters.WORDINGS[code]

    subject, text = wordings.preview(wording, subject=wording.subject, text=wording.text)

    assert wordings.PLACE.findall(subject) == []
    assert set(wordings.PLACE.findall(text)) == {f"link:{link}" for link in wording.links()}
    assert subject.endswith(" [C-7F3K-92Q]")


def test_every_reason_has_its_passage():
    assert {f"declined_{reason}" for reason in REASONS} <= set(letters.WORDINGS)


def test_a_subject_says_the_purpose_then_the_reference():
    piece = make_piece(status="awaiting_approval")

    assert letter("please_approve").subject == f"Action needed: approve your edited commentary [{piece.reference}]"


@pytest.mark.parametrize(
    ("code", "subject", "text", "told"),
    [
        ("accepted", "Good", "Dear {nmae}, {link:status}", "There is no “{nmae}” in this letter."),
        ("accepted", "Good", "Dear {name}", "needs “{link:status}”"),
        ("accepted", "Good", "{link:erase} {link:status}", "There is no “{link:erase}”"),
        ("accepted", "Good {copy}", "{link:status}", "cannot stand in the subject"),
        ("accepted", "Good\nBcc: x@example.org", "{link:status}", "one line"),
        ("accepted", " ", "{link:status}", "Write a subject"),
        ("accepted", "Good", " \n", "Write the letter"),
        ("accepted", "Good", "{link:status}" + "x" * 8_000, "8,000 fit"),
        ("confirm", "Hello {name}", "{link:confirm}", "cannot stand in the subject"),
        ("confirm", "Hello", "{title} {link:confirm}", "an address nobody has confirmed"),
    ],
)
def test_words_that_cannot_work_are_refused_with_a_sentence(code, subject, text, told):
    found = wordings.problems(letters.WORDINGS[code], subject, text)

    assert len([sentence for sentence in found if told in sentence]) == 1


def test_a_newsrooms_own_words_go_out():
    LetterTemplate.objects.create(
        code="received", subject="We have it, {name}", text="Until {promise}. {link:status}", changed_at=timezone.now()
    )

    piece = make_piece(status="received")

    assert letter("received").subject == f"We have it, Gail Guest [{piece.reference}]"
    assert letter("received").text.endswith(". {link:status}")


def test_own_words_that_became_unusable_do_not_hold_a_letter_back():
    LetterTemplate.objects.create(code="received", subject="x", text="No link", changed_at=timezone.now())

    make_piece(status="received")

    assert "{link:status}" in letter("received").text


def test_the_first_letter_carries_nothing_the_sender_wrote():
    canary = {
        name: f"Canary{number} word"
        for number, name in enumerate(
            [
                "headline",
                "text",
                "writer.name",
                "writer.phone",
                "writer.city",
                "writer.about",
                "cowriter.name",
                "cowriter.about",
                "elsewhere_where",
                "interests_which",
                "helped_by",
                "ai_how",
                "why_urgent",
            ]
        )
    }
    piece = make_draft(**canary | {"cowriter.email": "second@example.org"})

    piece.send(by=guest(piece), agreed=True)
    piece.confirm(by=guest(piece))
    first = [letter("confirm"), letter("cowriter")]
    later = [
        letters.write(piece, code, writer=piece.cowriter, by=guest(piece))
        for code in [*letters.TO_WRITERS]
        if not letters.WORDINGS[code].is_passage
    ]

    assert [one.code for one in [*first, *later] if "canary" in f"{one.subject} {one.text}".lower()] == []
    assert "Canary0" in Letter.objects.filter(code="received").earliest("pk").text


def test_editors_are_told_no_word_of_the_writer():
    piece = make_piece(**{"headline": "Canary one", "writer.name": "Canary two", "text": "Canary three"})

    told = [letters.tell_editor(piece, code, make_editor()) for code in letters.TO_EDITORS]

    assert [one.code for one in told if "canary" in f"{one.subject} {one.text}".lower()] == []
    assert all(f"/admin/commentary/submission/{piece.pk}/" in one.text for one in told)


def test_a_line_break_in_a_headline_stays_out_of_the_head():
    LetterTemplate.objects.create(
        code="received", subject="{title} by {name}", text="{title} {link:status}", changed_at=timezone.now()
    )
    piece = make_piece(**{"headline": BREAKING, "writer.name": BREAKING})

    assert letter("received").subject == (
        f"One Bcc: all@example.org Two Three [31m by One Bcc: all@example.org Two Three [31m [{piece.reference}]"
    )
    assert re.search(r"[\x00-\x08\x0b-\x1f\u2028\u2029\x85]", letter("received").text) is None


def test_three_thousand_characters_leave_a_subject_with_its_reference(now):
    LetterTemplate.objects.create(
        code="received", subject="{name}: {title}", text="{title} {link:status}", changed_at=timezone.now()
    )
    piece = make_piece(status="unconfirmed")
    piece.versions.update(headline="y" * 250)
    Writer.objects.update(name="x" * 120)

    piece.confirm(by=guest(piece))
    subject, _ = wordings.render(
        letters.WORDINGS["received"],
        {"reference": piece.reference, "name": "x" * 3_000, "title": "y" * 3_000},
        subject="{name}: {title}",
        text="{title}",
    )

    assert len(letter("received").subject) == len(subject) == 300
    assert letter("received").subject.endswith(f"… [{piece.reference}]")


def test_unicode_names_are_written_whole():
    LetterTemplate.objects.create(code="received", subject="{name}", text="{link:status}", changed_at=timezone.now())
    piece = make_piece(**{"writer.name": "Zoe\u0308 \u05d0\u05d1\u05d2 \u202e株式 👩‍🌾"})

    assert letter("received").subject == f"Zoë \u05d0\u05d1\u05d2 株式 👩‍🌾 [{piece.reference}]"


@pytest.mark.parametrize("typed", ["{link:erase}", "{\0link:erase}", "{ link:erase}", "{name}", "{{link:erase}}"])
def test_braces_somebody_typed_make_no_place(typed):
    make_piece(headline=f"My {typed} river", text=f"Some {typed} text.")

    assert wordings.linked(letter("received").text) == ["status"]
    assert "Gail Guest river" not in letter("received").text


def test_an_editors_words_stand_in_the_letter_and_a_passage_where_there_are_none():
    editor = make_editor()
    first, second = make_piece(editor=editor), make_piece(text="Quite another text.", editor=editor)

    first.decline("late", "", by=editor)
    second.decline("late", "Dear Gail, we were too slow.", by=editor)

    assert "The moment for it has passed" in Letter.objects.get(submission=first, code="declined").text
    told = Letter.objects.get(submission=second, code="declined").text
    assert ("we were too slow" in told, "The moment for it" in told) == (True, False)
    assert letters.passage(second, "declined", "late").startswith("The moment for it has passed")


def test_pages_show_letters_without_keys():
    make_piece()

    assert "{link" not in letter("received").shown
    assert "(a link that was in the letter alone)" in letter("received").shown


def test_an_accepted_piece_that_is_declined_in_time_gets_one_letter(now):
    """Accept, then decline inside the undo window: the writer reads one letter, the last."""
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    piece.accept(by=editor)
    piece.undo(by=editor)

    piece.decline("fit", "", by=editor)

    waiting = Letter.objects.filter(cancelled_at__isnull=True, code__in=["accepted", "declined", "killed"])
    assert [one.code for one in waiting] == ["declined"]
    assert waiting.get().send_after == now + letters.UNDO


def test_the_moment_is_told_in_the_newsrooms_zone():
    assert letters.moment(timezone.datetime.fromisoformat("2026-11-13T01:00:00+00:00")) == (
        "Thursday 12 November, 5 p.m. PST"
    )


def test_every_letter_the_code_writes_has_its_words():
    """The codes that stand in the code, and those two that a rule chooses."""
    written = re.compile(r"letters\.(?:write|tell_editor|tell_desk)\(\s*(?:piece|self|now)?,?\s*\"(\w+)\"")
    code = [path for app in ("commentary", "public", "desk") for path in (settings.ROOT / app).rglob("*.py")]
    used = {found for path in code for found in written.findall(path.read_text())}

    assert used - set(letters.WORDINGS) == set()
    assert {"confirm", "accepted", "declined", "correction", "retraction"} <= set(letters.WORDINGS)
    assert len(used) > 10
