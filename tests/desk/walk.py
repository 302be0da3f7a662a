"""What ``test_walk`` walks over: every address of the desk, and the stories that could leak."""

from contextlib import contextmanager

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.views.generic import RedirectView

from accounts.models import Activity, Tally, User
from articles.models import Article, PreviewLink, Topic
from commentary.erasure import erase
from commentary.models import Guidelines
from desk.deeds import DEEDS
from desk.story.offers import OFFERS
from images.models import Image
from masthead.models import Masthead, Page
from newsroom.roles import ADMINISTRATOR
from tests.commentary.make import guest, make_piece
from tests.desk.conftest import prove
from tests.desk.walk_table import ANONYMOUS, DEACTIVATED, EDITORS, NO_ROLE, NOBODY, PIECES, READS, ROLES, STORIES, TABLE
from tests.documents.make import make_document
from tests.images.make import make_image
from tests.make import TOMORROW, YESTERDAY, make_article, make_author, make_text, make_user

NOT_THE_DESK = {
    "public",
    "images",
    "documents",
}  # the reader's addresses: anybody may ask them, they have tests of their own
VERBS = {
    "admin:articles_article_move": OFFERS,
    "admin:accounts_user_deed": DEEDS,
    "admin:commentary_submission_deed": ("accept", "claim", "lift_hold", "note", "recuse"),  # one for each right
}
# Who may meet words of a piece that is not an ordinary one.
MEETS = {
    "draft": NOBODY,
    "unconfirmed": NOBODY,
    "quarantined": PIECES,
    "held": EDITORS,
    "erased": NOBODY,
}
FOR_MACHINES = {"live", "ready"}

# Everything Django's admin or a careless view might take.
HOSTILE = {
    "action": "delete_selected",
    "_selected_action": "1",
    "post": "yes",
    "_save": "Save",
    "do": "publish",
    "status": "published",
    "stage": "ready",
    "live": "1",
    "draft": "1",
    "headline": "Smuggled in",
    "name": "Smuggled in",
    "title": "Smuggled in",
    "slug": "smuggled",
    "email": "smuggled@example.org",
    "kind": "news",
    "note": "Because",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-id": "1",
    "form-0-status": "withdrawn",
    "byline-TOTAL_FORMS": "0",
    "byline-INITIAL_FORMS": "0",
}


def addresses():
    """Each address of the desk: its name in the table, how to reverse it, and the names of its parameters."""
    found = {}
    for namespace, entry in _entries(get_resolver()):
        if namespace in NOT_THE_DESK or entry.name in FOR_MACHINES:
            continue
        parameters = tuple(entry.pattern.regex.groupindex)
        if not entry.name:
            is_old = getattr(entry.callback, "view_class", None) is RedirectView
            found[f"{namespace}:(old address)" if is_old else f"{namespace}:(anything else)"] = (None, parameters)
            continue
        name = f"{namespace}:{entry.name}" if namespace else entry.name
        if name in VERBS:
            found |= {f"{name}({verb})": (name, parameters) for verb in [*VERBS[name], "nonsense"]}
        else:
            found[name] = (name, parameters)
    return found


def lines_of(name):
    """The lines of the table about the address ``name``: itself, and the ways to ask it."""
    return {line: row for line, row in TABLE.items() if line.split("?")[0] == name}


def missing_line(name, parameters):
    about = "Row(READS, EDITS)" if "pk" in parameters else "Row(EDITORS, EDITORS)"
    strange = sorted(set(parameters) - {"pk", "object_id", "number", "id", "verb", "content_type_id"})
    path = f", path={{{', '.join(f'{parameter!r}: …' for parameter in strange)}}}" if strange else ""
    return (
        f"The address “{name}” has no line in tests/desk/walk_table.py. Put one into TABLE, in alphabetical order, "
        f"that says who may look (GET) and who may act (POST):\n\n"
        f'    "{name}": {about[:-1]}{path}),\n\n'
        "NOBODY or NONE where a method is refused to everybody; what the words mean stands at the head of that file."
    )


class Newsroom:
    """Stories of every standing, with words that only their readers may meet, as one person finds them."""

    def __init__(self, who):
        editor = make_user(name="Edda Editor")
        self.who = who
        self.letters = STORIES if who in ROLES else "DL"  # to whoever is let in to none, two will do
        self.user = None if who == ANONYMOUS else _person(who)
        self.stories = {letter: _story(letter, editor, self.user) for letter in STORIES}
        self.others = _others(editor)
        self.pieces = private_pieces(editor)
        self.session = self._signed_in()
        self.before = state()

    def address(self, line, row, entry, letter=None):
        """Where ``line`` leads, aimed at the story ``letter`` where it is about one."""
        name, parameters = entry
        story = self.stories[letter] if letter else None
        query = "?" + line.partition("?")[2] if "?" in line else ""
        if line == "admin:(old address)":
            return f"/admin/articles/topic/{self.others['articles.topic']}/"
        if name is None:
            return reverse("admin:index") + row.path["url"]
        values = {key: self._value(key, row, line, story) for key in parameters}
        try:
            return reverse(name, kwargs=values) + query
        except NoReverseMatch:
            return reverse(name, args=list(values.values())) + query

    def everywhere(self):
        """Every line of the table, and where it leads; about the story ``D`` where it is about one."""
        for name, entry in addresses().items():
            for line, row in lines_of(name).items():
                yield line, self.address(line, row, entry, "D" if row.is_about_a_story else None)

    def ask(self, method, address):
        """The answer, and what it changed: everything is as before when this returns."""
        client = Client()
        if self.session:
            client.cookies["sessionid"] = self.session
        mail.outbox.clear()
        with watched() as written:
            response = client.generic(method, address) if method != "POST" else client.post(address, HOSTILE)
            body = b"" if response.streaming else response.content
            changed = changes(self.before) if written else {}
            told = Activity.objects.count() - len(self.before["accounts.activity"]) if written else 0
            transaction.set_rollback(True)
        return response, body.decode(errors="replace"), changed, told

    def leaked(self, body):
        """The stories whose words stand in ``body`` though the walker may not read them."""
        hidden = {letter for letter in STORIES if letter not in READS.get(self.who, "")}
        hidden |= {f"piece{name}" for name in self.pieces if self.who not in MEETS[name]}
        return [name for name in sorted(hidden) if f"canary{name}" in body]

    def _value(self, key, row, line, story):
        if key in row.path:
            given = row.path[key]
            return given(story) if callable(given) else given
        if key in {"verb", "deed"}:
            return line.rpartition("(")[2].rstrip(")")
        if key == "content_type_id":
            return ContentType.objects.get_for_model(Article).pk
        if key == "number":
            return 1
        if key == "id":
            return self.others["accounts.user"]
        if story is not None:
            return story.pk
        app, model, *_ = line.partition(":")[2].split("_")
        return self.others[f"{app}.{model}"]

    def _signed_in(self):
        if self.user is None:
            return ""
        client = Client()
        client.force_login(self.user)
        prove(client)
        if self.who == DEACTIVATED:
            User.objects.filter(pk=self.user.pk).update(is_active=False)
        return client.cookies["sessionid"].value


def private_pieces(editor):
    """Pieces by guests that are hidden, from some or from all, with a word of their own in every field there is."""
    return {name: _private(name, editor) for name in MEETS}


def _private(name, editor):
    word = f"canarypiece{name}"
    typed = ("headline", "text", "elsewhere_where", "interests_which", "helped_by", "ai_how", "why_urgent")
    fields = {field: f"{word} {field}" for field in typed}
    for who in ("writer", "cowriter"):
        fields |= {f"{who}.{field}": f"{word} {field}" for field in ("name", "phone", "city", "about")}
        fields[f"{who}.email"] = f"{word}{who}@example.org"
    status = {"draft": "draft", "unconfirmed": "unconfirmed"}.get(name, "received")
    piece = make_piece(status=status, editor=editor, **fields)
    if name in {"quarantined", "held", "erased"}:
        piece.note(f"{word} note", by=editor)
        piece.say(f"{word} message", by=guest(piece))
        piece.review_disclosure(f"{word} disclosure", by=editor)
    if name == "quarantined":
        piece.quarantine(aside=True, by=editor)
    if name == "held":
        piece.set_legal_hold(held=True, note=f"{word} why", by=editor)
    if name == "erased":
        piece.decline("other", f"{word} letter", by=editor)
        erase(piece, by=editor)
    return piece


@contextmanager
def watched():
    """In a transaction of its own; what is yielded fills with the statements that write to a table of ours."""
    written = []

    def watch(execute, sql, params, many, context):
        if sql.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"} and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written


def state():
    """Every row that stands for something in the newsroom."""
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values())
        for app in ("accounts", "articles", "authors", "commentary", "desk", "documents", "images", "masthead")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model is not Tally  # counts what was tried, and so what was refused
    }


def changes(before):
    return {name: rows for name, rows in state().items() if rows != before[name]}


def _entries(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace, entry
        else:
            yield from _entries(entry, entry.namespace or namespace)


def _person(who):
    role = None if who == NO_ROLE else ADMINISTRATOR if who == DEACTIVATED else who
    user = make_user(name="Wanda Walker", **({"role": role} if role else {}))
    if role is None:
        user.groups.clear()
    return user


def _story(letter, editor, person):
    own = letter in "OM"
    words = {
        "headline": f"canary{letter} headline",
        "summary": f"canary{letter} summary",
        "body": f"<p>canary{letter}</p>",
    }
    if letter in "LM":
        words = {"headline": f"Out {letter}"}
    kind = "commentary" if letter == "C" else "news"
    published = YESTERDAY if letter in "LM" else None
    by = person if own and person else editor
    article = make_article(by=by, published_at=published, kind=kind, **words)
    if own and person:
        article.classify(assignee=person, by=editor)
    if letter in "LM":
        article.revise(make_text(headline=f"canary{letter} newer"), revision=article.draft, by=by)
    PreviewLink.objects.create(
        article=article, token=f"token{letter}", expires_at=TOMORROW, made_at=YESTERDAY, made_by_name="Edda Editor"
    )
    if letter in "RY":
        article.submit(by=by)
    if letter == "Y":
        article.mark_ready(by=editor)
    return article


def _others(editor):
    """The key of one row of everything else, none of them the walker's own."""
    colleague = make_user(name="Cora Colleague", role="Reporter")
    Masthead(name="The Walked Paper").save()
    return {
        "accounts.user": colleague.pk,
        "accounts.activity": Activity.objects.order_by("pk").first().pk,
        "articles.section": Article.objects.first().section_id,
        "articles.topic": Topic.objects.create(name="Water", slug="water").pk,
        "authors.author": make_author("Staff Writer").pk,
        "commentary.guidelines": Guidelines.kept_current().pk,
        "commentary.submission": make_piece(editor=editor).pk,
        "documents.document": make_document().pk,
        "images.image": make_image().pk if not Image.objects.exists() else Image.objects.first().pk,
        "masthead.masthead": 1,
        "masthead.page": Page.objects.create(title="About", slug="about-us", body="<p>Us</p>").pk,
    }
