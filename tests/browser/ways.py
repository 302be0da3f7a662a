"""By which ways a text comes into the newsroom, and by which it goes out: one line each. A new way joins here.

A way in takes a signed-in client and a body, and answers with what is stored of it. A way out is the address of a page
or a feed. Text columns need no line: ``written_over`` finds them itself, in every app.
"""

from itertools import count, cycle, islice

from django.apps import apps
from django.db import models
from django.urls import reverse

from articles.models import Article, Revision
from authors.models import Author
from masthead.models import Page
from richtext.fields import BodyField
from tests.desk.opened import Page as Opened
from tests.make import make_article, make_text

_numbers = count(1)


def _by_the_editor(client, body):
    article = make_article()
    Opened(client, article).presses("save", body=body)
    return Article.objects.get(pk=article.pk).draft.body


def _by_autosave(client, body):
    article = make_article()
    Opened(client, article).saves(body=body)
    return Article.objects.get(pk=article.pk).draft.body


def _by_a_verb(_client, body):
    article = make_article()
    article.revise(make_text(body=body), revision=article.draft, by=Article.objects.get(pk=article.pk).draft.made_by)
    return Article.objects.get(pk=article.pk).draft.body


def _by_a_new_story(_client, body):
    return Article.objects.get(pk=make_article(body=body).pk).draft.body


def _by_a_bulk_update(_client, body):
    rows = Revision.objects.filter(pk=make_article().draft.pk)
    rows.update(body=body)
    return rows.get().body


def _by_a_standing_page(client, body):
    slug = f"page-{next(_numbers)}"
    client.post(reverse("admin:masthead_page_add"), {"title": "T", "slug": slug, "position": 0, "body": body})
    return Page.objects.get(slug=slug).body


def _by_saving_a_page(_client, body):
    return Page.objects.get(pk=Page.objects.create(title="T", slug=f"page-{next(_numbers)}", body=body).pk).body


WAYS_IN = {
    "the story editor": _by_the_editor,
    "autosave": _by_autosave,
    "a verb": _by_a_verb,
    "a new story, as the sample makes them": _by_a_new_story,
    "a bulk update": _by_a_bulk_update,
    "the form of a standing page": _by_a_standing_page,
    "a saved standing page": _by_saving_a_page,
}

# Where a text column holds no words but something a program reads.
FOR_PROGRAMS = {
    "slug", "token", "sha256", "original", "made_recipe", "words", "shape", "path", "language", "time_zone", "colour",
    "password", "verb", "actor_kind", "subject_kind", "salt", "digest", "seal", "action", "key", "sitting", "sort_name",
    "storage", "reference", "open_key", "network", "message_id", "mail_id", "cluster", "workdays", "code", "party",
    "event.before", "event.after",
}  # fmt: skip
OURS = {"articles", "authors", "commentary", "documents", "images", "masthead"}
OTHERS = {"accounts.user", "accounts.activity"}


def written_over(bodies, words):
    """Every text in the database becomes a vector: bodies through the cleaning of their field, words as they are."""
    bodies, words = cycle(bodies), cycle(words)
    for model in apps.get_models():
        if model._meta.app_label not in OURS and model._meta.label_lower not in OTHERS:
            continue
        columns = [
            column
            for column in model._meta.concrete_fields
            if type(column) in {models.CharField, models.TextField, BodyField}
            and not column.choices
            and not {column.name, f"{model._meta.model_name}.{column.name}"} & FOR_PROGRAMS
        ]
        for row in model._base_manager.all():
            model._base_manager.filter(pk=row.pk).update(
                **{column.name: _vector(column, row, bodies, words) for column in columns}
            )
    Author.objects.update(links=[{"label": next(words), "url": "https://a.example/?\"'><script>canary()</script>"}])


def _vector(column, row, bodies, words):
    if isinstance(column, BodyField):
        return next(bodies)
    mark = str(row.pk) if column.unique else ""
    fits = (column.max_length or 2000) - len(mark)
    # Where one is cut before it can say who it is, another takes its place: each page has to show one.
    given = next((word for word in islice(words, 30) if "canary" in word[:fits]), None) or next(words)
    return (given[:fits] + mark).replace("\0", "")


# Pages of readers, by what they are given from.
READERS = ["/", "/authors/", "/corrections/", "/commentary/guidelines/"]

# A guest's own pages, by the status of the piece and what the key opens.
GUESTS = [
    ("awaiting_approval", "approve"),
    ("changes_requested", "status"),
    ("accepted", "status"),
    ("draft", "resume"),
]

# Pages of the desk that show what somebody has written, by their lines in tests/desk/walk_table.py.
DESK = [
    "admin:index",
    "admin:accounts_activity_changelist",
    "admin:accounts_user_changelist",
    "admin:articles_article_bin",
    "admin:articles_article_change",
    "admin:articles_article_changelist",
    "admin:articles_article_compare",
    "admin:articles_article_history",
    "admin:articles_article_preview",
    "admin:articles_article_preview_frame",
    "admin:articles_article_publish",
    "admin:articles_article_read",
    "admin:articles_article_receipt",
    "admin:articles_article_share",
    "admin:articles_topic_change",
    "admin:authors_author_change",
    "admin:authors_author_changelist",
    "admin:authors_author_delete",
    "admin:commentary_guidelines_change",
    "admin:commentary_office_changelist",
    "admin:commentary_submission_change",
    "admin:commentary_submission_changelist",
    "admin:commentary_submission_deed(accept)",
    "admin:documents_document_change",
    "admin:documents_document_changelist",
    "admin:images_image_change",
    "admin:images_image_changelist",
    "admin:masthead_masthead_change",
    "admin:masthead_page_change",
    "admin:masthead_page_changelist",
]
