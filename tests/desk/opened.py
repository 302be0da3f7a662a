"""The story editor as its script keeps it, without a browser."""

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.make import make_article, make_user


class Page:
    """An opened editor as its script keeps it: a sitting that counts its turns and stands on what it was told."""

    def __init__(self, client, article=None, **typed):
        self.client, self.turn, self.sitting = client, 0, str(uuid4())
        self.place = {"revision": "", "saves": "", "seen": "{}"}
        self.address = reverse("admin:articles_article_begin")
        self.typed = {"kind": "news", "byline-TOTAL_FORMS": 0, "byline-INITIAL_FORMS": 0}
        if article:
            self.address = reverse("admin:articles_article_autosave", args=[article.pk])
            opened = client.get(reverse("admin:articles_article_change", args=[article.pk])).context
            self.place = {name: opened["standing"][name] for name in self.place}
            draft = article.revisions.get(pk=self.place["revision"])
            self.typed |= {name: getattr(draft, name) for name in ("headline", "summary", "body", "deck")}
            self.typed |= json.loads(self.place["seen"])
            self.name(*[line.author.name for line in draft.bylines.all()])
        else:
            self.typed["assignee"] = client.session["_auth_user_id"]
        self.typed |= typed

    def name(self, *names, **more):
        self.typed |= {"byline-TOTAL_FORMS": len(names)} | more
        for number, name in enumerate(names):
            prefix = f"byline-{number}"
            self.typed |= {f"{prefix}-name": name, f"{prefix}-role": "by", f"{prefix}-ORDER": number + 1}

    def sends(self, *, again=False, **typed):
        self.turn += not again
        self.typed |= typed
        return self.client.post(self.address, self.form(), headers={"Accept": "application/json"})

    def presses(self, button, **typed):
        self.turn += 1
        self.typed |= typed
        return self.client.post(self.address.replace("autosave", "change"), self.form() | {"do": button})

    def form(self):
        return self.typed | self.place | {"sitting": self.sitting, "turn": self.turn}

    def saves(self, **typed):
        response = self.sends(**typed)
        answer = response.json()
        assert response.status_code == 200, answer
        self.place = {name: answer[name] for name in self.place}
        self.address = answer["autosave"]
        return answer


def crowd(clients, saves, *, seed=1):
    """So many people write one story at once, each so many lines; gives the lines that are nowhere.

    A line has to be in the final text, or in a clash that its author was shown. Answers are lost and sent for again,
    what comes in is shown at once or only later, and clashes are decided for both or against oneself.
    """
    story = make_article(body="\n".join(f"<p>Of {number}.</p>" for number in range(clients)) + "\n<p>Of all.</p>")
    people = [make_user() for _ in range(clients)]

    def write(number):
        try:
            client = Client()
            client.force_login(people[number])
            page = Page(client, Article.objects.get(pk=story.pk))
            chance = random.Random(f"{seed}-{number}")  # noqa: S311 -- the same crowd every time
            return Writer(page, number, chance).writes(saves)
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        written = list(pool.map(write, range(clients)))
    story.refresh_from_db()
    return {line for lines, shown in written for line in lines - shown if line not in story.draft.body}


class Writer:
    def __init__(self, page, number, chance):
        self.page, self.number, self.chance = page, number, chance
        self.shown = set()

    def writes(self, saves):
        lines = [f"[{self.number}:{line}]" for line in range(saves)]
        for line in lines:
            self.page.typed["body"] = self.with_line(self.page.typed["body"], line)
            self.save(lines)
        return set(lines), self.shown

    def with_line(self, body, line):
        """Into one's own paragraph, into everybody's, or a paragraph of its own at the end."""
        where = self.chance.choices([f"Of {self.number}.", "Of all.", ""], [6, 1, 2])[0]
        if where and where in body:
            return body.replace(where, f"{where} {line}", 1)
        return f"{body}\n<p>{line}</p>"

    def save(self, lines):
        response = self.page.sends()
        if self.chance.random() < 0.1:  # the answer was lost
            response = self.page.sends(again=True)
        while response.status_code == 409:
            response = self.decide(response.json(), lines)
        assert response.status_code == 200, response.content
        self.take_in(response.json())

    def decide(self, answer, lines):
        self.shown |= {line for line in lines if line in answer["panel"]}
        self.page.place = {name: answer[name] for name in self.page.place}
        keys = set(re.findall(r'name="(clash-[^"]+)"', answer["panel"]))
        kept = re.search(r'name="kept"[^>]*value="(\d+)"', answer["panel"])[1]
        choices = {key: self.chance.choice(["both", "theirs"]) for key in keys}
        self.page.typed = {name: value for name, value in self.page.typed.items() if not name.startswith("clash-")}
        return self.page.sends(kept=kept, **choices)

    def take_in(self, answer):
        page = self.page
        page.place = {name: answer[name] for name in page.place}
        sent = {name: value for name, value in page.typed.items() if not name.startswith(("clash-", "kept", "before"))}
        page.typed = dict(sent)
        if "body" not in answer["came_in"]:
            return
        if self.chance.random() < 0.7:
            page.typed["body"] = answer["came_in"]["body"]
        else:  # somebody is typing: it is shown later
            page.typed["before"] = urlencode(sent, doseq=True)
