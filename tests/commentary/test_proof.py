import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import limits
from accounts.models import Tally
from commentary import proof
from tests.articles.test_races import at_once
from tests.commentary.make import guest, make_draft
from tests.make import NOW

pytestmark = pytest.mark.django_db


def solved(told, **changes):
    """What the widget would post: the number is searched for as a browser does it."""
    number = next(
        number
        for number in range(told["maxnumber"] + 1)
        if hashlib.sha256(f"{told['salt']}{number}".encode()).hexdigest() == told["challenge"]
    )
    answer = {name: told[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
    return base64.b64encode(json.dumps(answer | changes).encode()).decode()


def test_a_challenge_has_the_form_the_widget_knows():
    piece = make_draft()

    told = proof.challenge(piece)

    assert set(told) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}
    assert (told["algorithm"], told["maxnumber"], told["salt"][-1]) == ("SHA-256", proof.HARDEST, "&")


def test_a_proof_passes_once():
    piece = make_draft()
    answer = solved(proof.challenge(piece))

    assert [proof.passes(answer, piece), proof.passes(answer, piece)] == [True, False]


def test_a_proof_is_for_one_draft():
    piece, other = make_draft(), make_draft()

    assert not proof.passes(solved(proof.challenge(piece)), other)


def test_a_proof_has_its_time(time_machine_at):
    piece = make_draft()
    answer = solved(proof.challenge(piece))

    time_machine_at(NOW + timedelta(seconds=proof.LASTS + 1))

    assert not proof.passes(answer, piece)


def test_a_used_proof_is_forgotten_only_when_its_time_is_over(time_machine_at):
    piece = make_draft()
    answer = solved(proof.challenge(piece))
    proof.passes(answer, piece)

    time_machine_at(NOW + timedelta(seconds=proof.LASTS - 1))
    limits.forget_old()

    assert not proof.passes(answer, piece)
    assert Tally.objects.filter(action=proof.ACTION, until__gt=timezone.now()).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": -1},
        {"number": 10**30},
        {"number": "many"},
        {"signature": "0" * 64},
        {"signature": "é"},
        {"algorithm": "SHA-1"},
        {"algorithm": ["SHA-256"]},
        {"salt": "x?expires=99999999999&piece=C-2222-222&"},
        {"salt": None},
        {"challenge": {"a": 1}},
    ],
    ids=str,
)
def test_a_changed_answer_is_no_proof(changes):
    piece = make_draft()

    assert proof.passes(solved(proof.challenge(piece), **changes), piece) is False


def test_a_number_cannot_be_moved_into_the_salt():
    """With “…&” cut off, digits of the number would become a longer life."""
    piece = make_draft()
    told = proof.challenge(piece)
    answer = json.loads(base64.b64decode(solved(told)))
    digits = str(answer["number"])
    answer |= {"salt": told["salt"] + digits[:1], "number": int(digits[1:] or 0)}

    assert not proof.passes(base64.b64encode(json.dumps(answer).encode()).decode(), piece)


@pytest.mark.parametrize("answer", ["", "x", "\0", "🦊" * 50, "bnVsbA==", "W10=", "e30=", "A" * 1_000_000])
def test_rubbish_is_no_proof_and_no_error(answer):
    assert proof.passes(answer, make_draft()) is False


def test_a_text_is_never_lost_for_want_of_a_proof():
    piece = make_draft()

    piece.send(by=guest(piece), agreed=True, signals={"proof": False})

    assert piece.status == "unconfirmed"


@pytest.mark.django_db(transaction=True)
def test_proof_of_work_replayed_50_times_at_once_passes_once():
    piece = make_draft()
    answer = solved(proof.challenge(piece))

    passed = at_once(*[lambda: proof.passes(answer, piece)] * 50)

    assert sorted(passed) == [False] * 49 + [True]
