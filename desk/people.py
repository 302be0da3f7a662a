"""Who works here, and whose names stand over stories."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from accounts import factors, people, sessions
from accounts.activity import record
from accounts.actors import Actor
from accounts.models import Invitation, User
from articles.models import Byline
from authors.models import Author
from desk import deeds, letters, permissions
from desk.forms import AuthorForm, DeskForm
from desk.log import about_address, done_by_address
from desk.proof import fresh_password
from desk.reference import ReferenceAdmin
from desk.requests import person

admin.site.unregister(Group)  # Django's UserAdmin registers it; roles are newsroom/roles.py's


class AccountForm(DeskForm[User]):
    """No field makes an all-powerful account, and no password is typed for somebody else."""

    asking: User  # who fills it in: ``AccountAdmin.get_form``

    class Meta:
        model = User
        fields = ["name", "email", "is_active", "groups"]
        labels = {"groups": "Roles", "is_active": "May sign in"}
        help_texts = {
            "groups": "",
            "is_active": "Take this away instead of deleting somebody who has left: their stories keep their name.",
        }

    def clean_email(self) -> str:
        """Addresses are one person's whatever their capitals; twin of ``UserManager.create_user``."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody signs in with this address already.")
        return email

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if not active and self.instance.pk == self.asking.pk:
            raise forms.ValidationError("This would shut you out. Ask another administrator to do it.")
        return active

    def clean_groups(self) -> Any:
        """Nobody takes a role from themselves: so that somebody is left who administers."""
        groups = self.cleaned_data["groups"]
        if self.instance.pk == self.asking.pk and set(self.instance.groups.all()) - set(groups):
            raise forms.ValidationError("You cannot take a role from yourself. Ask another administrator to do it.")
        return groups


@admin.register(User)
class AccountAdmin(ReferenceAdmin[User], UserAdmin[User]):
    """Who may sign in. People are invited; every change asks for a fresh password. ``accounts.people`` tells of it."""

    form = add_form = AccountForm
    list_display = ["name", "email", "roles", "may_sign_in", "second_factor", "last_login"]
    list_filter = ["is_active", ("groups", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "email"]
    ordering = ["name"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["name", "email"]}),
        ("What they may do", {"fields": ["groups", "is_active"]}),
        ("Sign-in", {"fields": ["password_state", "second_factor", "last_login", "date_joined", "offers"]}),
        ("Activity", {"fields": ["log_links"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "email", "groups"]})]
    readonly_fields = ["password_state", "second_factor", "last_login", "date_joined", "offers", "log_links"]
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    add_form_template = None

    def get_urls(self) -> list[URLPattern]:
        """Without Django's page on which one person types another's password."""
        deed = self.admin_site.admin_view(deeds.do)
        plain = super(UserAdmin, self).get_urls()
        return [path("<int:pk>/do/<slug:deed>/", deed, name="accounts_user_deed"), *plain]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups").annotate(secured=factors.secured())

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nothing is offered to be done to oneself: that is what “Your account” is for."""
        shown = super().get_fieldsets(request, obj)
        if obj is None or obj.pk != request.user.pk:
            return shown
        return [(name, {"fields": [field for field in told["fields"] if field != "offers"]}) for name, told in shown]

    def get_form(  # type: ignore[override] # as UserAdmin's
        self, request: HttpRequest, obj: User | None = None, **kwargs: Any
    ) -> type[forms.ModelForm[User]]:
        form: Any = super().get_form(request, obj, **kwargs)
        form.asking = person(request)
        return cast("type[forms.ModelForm[User]]", form)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_self = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and _is_within_reach(request, obj) and not is_self

    @method_decorator(fresh_password)
    def changeform_view(self, *args: Any, **kwargs: Any) -> Any:
        return super().changeform_view(*args, **kwargs)

    @method_decorator(fresh_password)
    def delete_view(self, *args: Any, **kwargs: Any) -> Any:
        return super().delete_view(*args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:  # noqa: FBT001 -- Django's
        """Only what the form shows is written: a password chosen meanwhile stays."""
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            letters.send_invitation.enqueue(obj.pk)
            messages.info(request, f"A letter is on its way to {obj.email}, with a link to choose a password.")
            return
        by = person(request)
        if "name" in form.changed_data:
            people.rename(obj, obj.name, by=by)
        if "email" in form.changed_data:
            old = form.initial["email"]
            people.change_address(obj, obj.email, by=by)
            letters.tell_of_new_address(obj, old)
        if "is_active" in form.changed_data:
            (people.let_in if obj.is_active else people.shut_out)(obj, by=by)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        by, user, roles = person(request), form.instance, form.cleaned_data["groups"]
        if not change:
            user.groups.set(roles)
        elif user == by:
            if people.change_roles(user, roles, by=by, but=request.session.session_key):
                sessions.keep(request, user)
        else:
            people.change_roles(user, roles, by=by)

    def tell(self, verb: str, subject: User, *, by: Actor) -> None:
        """``accounts.people`` has told of each change by its own name."""
        if verb != "changed":
            record("invited" if verb == "added" else verb, subject, by=by)

    @admin.display(description="role")
    def roles(self, user: User) -> str:
        names = sorted(group.name for group in user.groups.all())
        return ", ".join(["All rights"] * user.is_superuser + names) or "None"

    @admin.display(description="may sign in", ordering="is_active")
    def may_sign_in(self, user: User) -> str:
        return "No" if not user.is_active else "Invited" if user.is_invited else "Yes"

    @admin.display(description="second factor", ordering="secured")
    def second_factor(self, user: User) -> str:
        return "Yes" if getattr(user, "secured", False) else "No"

    @admin.display(description="password")
    def password_state(self, user: User) -> str:
        if not user.is_invited:
            return "Chosen. Nobody but they can read or set it."
        invitation = Invitation.objects.filter(user=user).first()
        if invitation is None or invitation.expires_at < timezone.now():
            return "Not chosen yet. No invitation is open: send another one."
        return f"Not chosen yet. The invitation is open until {date(localtime(invitation.expires_at), 'M j, H:i')}."

    @admin.display(description="what can be done")
    def offers(self, user: User) -> str:
        links = [
            (reverse("admin:accounts_user_deed", args=[user.pk, name]), deed.button)
            for name, deed in deeds.DEEDS.items()
            if deed.is_possible(user)
        ]
        return format_html('<ul class="deeds">{}</ul>', format_html_join("", '<li><a href="{}">{}</a></li>', links))

    @admin.display(description="the log")
    def log_links(self, user: User) -> str:
        links = '<a href="{}">What {} did</a>, <a href="{}">what was done to this account</a>'
        return format_html(links, done_by_address(user.pk), user, about_address(user))


@admin.register(Author)
class AuthorAdmin(ReferenceAdmin[Author]):
    """Profiles. One that stands over a story cannot be deleted: templates/admin/delete_confirmation.html says why."""

    form = AuthorForm
    list_display = ["name", "role", "kind", "beat", "signs_in"]
    list_filter = ["is_guest"]
    search_fields = ["name", "sort_name", "role"]
    autocomplete_fields = ["portrait", "user"]
    fieldsets = [
        (None, {"fields": ["name", "role", "is_guest", "beat"]}),
        ("For readers", {"fields": ["biography", "portrait", "links", "email", "email_shown"]}),
        ("In the system", {"classes": ["collapse"], "fields": ["sort_name", "slug", "user"]}),
    ]

    class Media:
        js = [Script("desk/counter.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return super().get_queryset(request).select_related("user")

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> list[str]:
        """Whoever signs in as an author has that author's stories for their own: a matter of accounts."""
        return [] if request.user.has_perm("accounts.change_user") else ["user"]

    def has_change_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        return permissions.may_change_author(request.user, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """What keeps an author are bylines; people know them by their stories."""
        gone, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            lines = Byline.objects.filter(author__in=objs).select_related("revision__article__draft")
            protected = sorted({str(line.revision.article) for line in lines})
        return gone, counts, lacking, protected

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        why = "The name stands over these stories, now or in an earlier version of them, and stays for the record:"
        return super().delete_view(request, object_id, {"why_kept": why} | (extra_context or {}))

    @admin.display(description="kind", ordering="is_guest")
    def kind(self, author: Author) -> str:
        return "Guest" if author.is_guest else "Staff"

    @admin.display(description="signs in as")
    def signs_in(self, author: Author) -> str:
        return author.user.email if author.user else ""


def _is_within_reach(request: HttpRequest, user: User | None) -> bool:
    """Only somebody with all rights changes an account that has all rights."""
    return user is None or not user.is_superuser or bool(getattr(request.user, "is_superuser", False))
