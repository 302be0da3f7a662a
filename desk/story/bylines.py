"""The byline rows of the story editor: a name, a role, and a tick for an author who is new here."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from accounts.models import User
from articles.models import Byline, Revision
from articles.texts import MOST_BYLINES, Credit
from authors.models import Author
from desk.story.forms import FORM


class BylineForm(forms.Form):
    """One row. The name is typed, with those the newsroom knows offered; a blank row is no byline."""

    name = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-authors", "autocomplete": "off", "placeholder": "Name"}),
    )
    role = forms.ChoiceField(choices=Byline.Role, initial=Byline.Role.BY)
    is_new = forms.BooleanField(required=False, label="New author: add them")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = FORM


class BaseBylines(BaseFormSet[BylineForm]):
    """All rows of one story, in the order their numbers say."""

    user: User

    def clean(self) -> None:
        """Every name is known, or ticked as new by somebody who may add authors."""
        known = _known({row.cleaned_data["name"] for row in self._rows()})
        for row in self._rows():
            name = row.cleaned_data["name"]
            authors = known.get(name.casefold(), [])
            if len(authors) > 1:
                row.add_error("name", f"{len(authors)} authors are called “{name}”. Choose one from the list.")
            elif not authors and not row.cleaned_data["is_new"]:
                row.add_error("name", f"No author is called “{name}”. Choose one from the list, or tick “New author”.")
            elif not authors and not self.user.has_perm("authors.add_author"):
                row.add_error("name", f"“{name}” is not known here. Ask an editor to add this author.")
            else:
                row.cleaned_data["author"] = authors[0] if authors else None

    def add_fields(self, form: BylineForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].widget.attrs |= {"form": FORM, "class": "byline__position"}

    def credits(self) -> tuple[Credit, ...]:
        """The bylines in order; authors ticked as new are made here, when everything else is in order."""
        made: dict[str, Author] = {}
        rows = sorted(self._rows(), key=lambda row: row.cleaned_data.get("ORDER") or MOST_BYLINES)
        return tuple(Credit(_author(row, made), row.cleaned_data["role"]) for row in rows)

    def _rows(self) -> list[BylineForm]:
        return [row for row in self.forms if getattr(row, "cleaned_data", {}).get("name")]


Bylines: type[BaseBylines] = formset_factory(  # type: ignore[assignment]
    BylineForm, formset=BaseBylines, extra=1, can_order=True, max_num=MOST_BYLINES, absolute_max=MOST_BYLINES + 10
)


def bylines_for(user: User, revision: Revision | None, data: Any = None) -> BaseBylines:
    """The rows as ``revision`` has them, or as ``data`` was posted; a new story begins with its writer."""
    if revision:
        initial = [
            {"name": named(line.author), "role": line.role} for line in revision.bylines.select_related("author")
        ]
    else:
        own = Author.objects.filter(user=user).first()
        initial = [{"name": named(own)}] if own else []
    rows = Bylines(data, initial=initial, prefix="byline")
    rows.user = user
    return rows


def named(author: Author) -> str:
    """How the editor names an author: alone where one has the name, with the address where several do."""
    return (
        author.name
        if Author.objects.filter(name__iexact=author.name).count() == 1
        else f"{author.name} ({author.slug})"
    )


def known_names() -> list[str]:
    """Every author the newsroom has, as the editor names them."""
    authors = list(Author.objects.all())
    counts: dict[str, int] = {}
    for author in authors:
        counts[author.name.casefold()] = counts.get(author.name.casefold(), 0) + 1
    return [a.name if counts[a.name.casefold()] == 1 else f"{a.name} ({a.slug})" for a in authors]


def _known(names: set[str]) -> dict[str, list[Author]]:
    """The authors each of ``names`` may mean, by folded name or by name and address."""
    if not names:
        return {}
    known: dict[str, list[Author]] = {}
    for author in Author.objects.all():
        known.setdefault(author.name.casefold(), []).append(author)
        known[f"{author.name} ({author.slug})".casefold()] = [author]
    return {name.casefold(): known[name.casefold()] for name in names if name.casefold() in known}


def _author(row: BylineForm, made: dict[str, Author]) -> Author:
    author: Author | None = row.cleaned_data["author"]
    if author is not None:
        return author
    name = row.cleaned_data["name"]
    if name.casefold() not in made:
        made[name.casefold()] = Author.objects.create(name=name)
    return made[name.casefold()]
