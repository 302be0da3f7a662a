"""The byline rows of the story editor: a name, a role, and a tick for an author who is new here."""

from collections import Counter

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property

from accounts.models import User
from articles.models import Byline, Revision
from articles.texts import MOST_BYLINES, Credit
from authors.models import Author
from desk.story.forms import FORM

PREFIX = "byline"


class BylineForm(forms.Form):
    """One row. The name is typed, with those the newsroom knows offered; a blank row is no byline."""

    name = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-authors", "autocomplete": "off", "placeholder": "Name"}),
    )
    role = forms.ChoiceField(choices=Byline.Role, initial=Byline.Role.BY)
    is_new = forms.BooleanField(required=False, label="New author: add them")


class BaseBylines(BaseFormSet[BylineForm]):
    """All rows of one story, in the order their numbers say."""

    user: User
    unasked = False  # sent by the page, not by its person: nobody becomes an author by that

    @cached_property
    def author_names(self) -> dict[int, str]:
        """What the name fields offer, by the author's key."""
        return names_of()

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
            elif not authors and self.unasked:
                row.add_error("name", f"“{name}” becomes an author when you press Save.")
            else:
                row.cleaned_data["author"] = authors[0] if authors else None

    def add_fields(self, form: BylineForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].widget.attrs["class"] = "byline__position"
        for field in form.fields.values():
            field.widget.attrs["form"] = FORM

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


def bylines_of(revision: Revision | None, user: User) -> BaseBylines:
    """The rows as ``revision`` has them; a new story begins with its writer."""
    names = names_of()
    if revision:
        initial = [{"name": names[line.author_id], "role": line.role} for line in revision.bylines.all()]
    else:
        own = Author.objects.filter(user=user).first()
        initial = [{"name": names[own.pk]}] if own else []
    rows = Bylines(initial=initial, prefix=PREFIX)
    rows.author_names = names
    return rows


def posted_bylines(data: QueryDict, user: User, *, unasked: bool = False) -> BaseBylines:
    """The rows as ``user`` sent them, or as the page sent them ``unasked``."""
    rows = Bylines(data, prefix=PREFIX)
    rows.user, rows.unasked = user, unasked
    return rows


def names_of() -> dict[int, str]:
    """How the editor names every author, by key: alone where one has the name, with the address where several do."""
    authors = list(Author.objects.all())
    bearers = Counter(author.name.casefold() for author in authors)
    return {author.pk: author.name if bearers[author.name.casefold()] == 1 else _in_full(author) for author in authors}


def _in_full(author: Author) -> str:
    return f"{author.name} ({author.slug})"


def _known(names: set[str]) -> dict[str, list[Author]]:
    """The authors each of ``names`` may mean, by folded name or by name and address."""
    if not names:
        return {}
    known: dict[str, list[Author]] = {}
    for author in Author.objects.all():
        known.setdefault(author.name.casefold(), []).append(author)
        known[_in_full(author).casefold()] = [author]
    return {name.casefold(): known[name.casefold()] for name in names if name.casefold() in known}


def _author(row: BylineForm, made: dict[str, Author]) -> Author:
    author: Author | None = row.cleaned_data["author"]
    if author is not None:
        return author
    name = row.cleaned_data["name"]
    if name.casefold() not in made:
        made[name.casefold()] = Author.objects.create(name=name)
    return made[name.casefold()]
