import json

import pytest
from django.apps import apps

from commentary.held import held_about
from commentary.models import Letter
from commentary.privacy import MAP, WHOLE, Rule, personal
from tests.commentary.make import guest, make_editor, make_piece, make_publishable

pytestmark = pytest.mark.django_db


def fields_of(model):
    return [field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]]


def test_every_field_of_every_model_has_its_row_in_the_map():
    models = apps.get_app_config("commentary").get_models()

    assert {name: sorted(rows) for name, rows in MAP.items()} == {
        model.__name__: sorted(fields_of(model)) for model in models
    }


def test_rows_that_go_as_a_whole_have_one_rule():
    assert {name: len(set(MAP[name].values())) for name in WHOLE} == dict.fromkeys(WHOLE, 1)


def test_every_personal_rule_says_how_long():
    assert all(rule.value.unpublished and rule.value.told for rule in Rule if rule.is_personal)


def test_what_is_personal_can_be_asked():
    assert personal("Writer", Rule.PHONE) == ["phone"]
    assert "checked_how" not in personal("Writer")


def test_a_writer_learns_everything_that_is_theirs():
    editor = make_editor()
    piece = make_publishable(
        editor=editor, **{"writer.phone": "+1 555 0100", "interests": "yes", "interests_which": "Farm."}
    )
    piece.say("When does it run?", by=guest(piece))
    piece.note("Sounds like my neighbour.", by=editor)

    told = json.loads(json.dumps(held_about(piece)))

    assert told["reference"] == piece.reference
    assert told["writers"][0] | {"agreed_at": ""} == {
        "name": "Gail Guest",
        "email": "gail@example.org",
        "phone": "+1 555 0100",
        "city": "Fresno",
        "about": "Gail Guest farms almonds near Fresno.",
        "agreed_at": "",
        "agreed_as": "Gail Guest",
        "portrait": "",
    }
    assert told["declared"]["interests_which"] == "Farm."
    assert [text["headline"] for text in told["texts"]] == ["Who drinks the river"]
    assert [message["text"] for message in told["messages"]] == ["When does it run?"]
    assert len(told["letters"]) == Letter.objects.filter(submission=piece, reader=None).count() > 3
    assert [given["name"] for given in told["approvals"]] == ["Gail Guest"]
    assert told["notes_among_editors"] == 1
    assert len(told["kept_for"]) == sum(rule.is_personal for rule in Rule)


def test_a_writer_never_sees_scores_notes_or_the_assignee():
    editor = make_editor(name="Ruth Redactor")
    piece = make_piece(status="in_review", editor=editor, text="https://a.b " * 9)
    piece.note("Sounds like my neighbour.", by=editor)

    told = json.dumps(held_about(piece))

    assert piece.risk > 0
    assert not any(word in told for word in ("Ruth", "neighbour", piece.signals[0], '"risk"'))


def test_of_two_writers_neither_gets_what_is_the_others():
    second = {"cowriter.name": "Sam Second", "cowriter.email": "sam@example.org", "cowriter.city": "Merced"}
    piece = make_piece(status="awaiting_approval", **second, **{"writer.phone": "+1 555 0100"})

    told = held_about(piece, to=piece.cowriter)

    sender, cowriter = told["writers"]
    assert (sender, cowriter["email"]) == ({"name": "Gail Guest"}, "sam@example.org")
    assert {letter["to"] for letter in told["letters"]} == {"sam@example.org"}
    assert "gail@example.org" not in json.dumps(told)
    assert "+1 555 0100" not in json.dumps(told)
