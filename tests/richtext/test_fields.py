import json

import pytest
from django import forms
from django.db import connection, models
from django.test.utils import isolate_apps

from desk.policy import BODY_POLICY
from richtext import editor
from richtext.fields import BodyField
from richtext.forms import LONGEST_BODY, BodyFormField
from richtext.widgets import BodyWidget

with isolate_apps("richtext"):  # no other test finds this model among the product's own

    class Story(models.Model):
        body = BodyField(blank=True)

        class Meta:
            app_label = "richtext"
            managed = False

        def __str__(self):
            return self.body


class Write(forms.Form):
    body = BodyFormField()


def test_migrations_know_a_plain_text_field():
    assert Story._meta.get_field("body").deconstruct()[1:] == ("django.db.models.TextField", [], {"blank": True})


@pytest.fixture
def table(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE richtext_story (id integer PRIMARY KEY, body text NOT NULL)")
        yield cursor
        cursor.execute("DROP TABLE richtext_story")


def test_whatever_writes_a_body_it_is_stored_clean(table):
    story = Story.objects.create(id=1, body="a<script>b</script>")
    Story.objects.bulk_create([Story(id=2, body="<p onclick=x>a</p>")])

    made = list(Story.objects.order_by("id").values_list("body", flat=True))
    Story.objects.update(body="<i>b</i>")

    assert (story.body, made) == ("<p>a</p>", ["<p>a</p>", "<p>a</p>"])
    assert set(Story.objects.values_list("body", flat=True)) == {"<p><em>b</em></p>"}


def test_a_form_cleans_what_was_typed():
    form = Write({"body": "a <b>b</b>"})

    assert form.is_valid()
    assert form.cleaned_data == {"body": "<p>a <strong>b</strong></p>"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a\x00b", "The text holds a NUL character, which cannot be kept. Paste it again as plain text."),
        ("a" * (LONGEST_BODY + 1), "The text is 2,000,001 characters long; at most 2,000,000 can be kept. "),
        ("<p>&nbsp;</p>", "This field is required."),
    ],
)
def test_a_form_refuses_with_a_sentence(typed, sentence):
    form = Write({"body": typed})

    assert form.errors["body"][0].startswith(sentence)


def test_a_model_form_uses_the_editor():
    field = Story._meta.get_field("body").formfield()

    assert (type(field), type(field.widget), field.required) == (BodyFormField, BodyWidget, False)


def test_what_is_loaded_into_the_editor_is_clean():
    html = BodyWidget().render("body", "<p>a<script>b</script></p>", {"id": "body"})

    assert "&lt;p&gt;a&lt;/p&gt;</textarea>" in html
    assert "style=" not in html
    assert "on" not in {name[:2] for name in BodyWidget().get_context("body", "", {})["widget"]["attrs"]}


def test_each_text_area_has_its_own_configuration():
    one, other = BodyWidget(), BodyWidget()

    one.config["height"] = 1

    assert (other.config["height"], editor.CONFIG["height"]) == ("auto", "auto")
    assert (
        json.loads(other.get_context("body", "", {})["widget"]["attrs"]["data-editor-config"])["versionCheck"] is False
    )


def test_the_editor_is_closed_where_it_must_be():
    plugins = set(editor.CONFIG["plugins"].split(","))

    assert (
        plugins & {"preview", "print", "exportpdf", "embed", "autoembed", "iframe", "scayt", "wsc", "uploadimage"}
        == set()
    )
    assert (editor.CONFIG["fullPage"], editor.CONFIG["versionCheck"]) == (False, False)
    assert isinstance(editor.CONFIG["allowedContent"], str)
    assert "unsafe" not in "".join(BODY_POLICY["script-src"])
