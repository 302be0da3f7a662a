"""Who works here, and whose names stand over stories."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from articles.models import Byline
from authors.models import Author
from desk import letters
from desk.forms import AuthorForm, DeskForm
from desk.log import about_address, done_by_address
from desk.reference import ReferenceAdmin

admin.site.unregister(Group)  # Django's UserAdmin registers it; roles are newsroom/roles.py's


class AccountForm(DeskForm[User]):
    """No field makes an all-powerful account, and no password is typed for somebody else."""

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


@admin.register(User)
class AccountAdmin(ReferenceAdmin[User], UserAdmin[User]):
    """Who may sign in. A new person chooses their password through a letter."""

    form = add_form = AccountForm
    list_display = ["name", "email", "roles", "may_sign_in", "last_login"]
    list_filter = ["is_active", ("groups", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "email"]
    ordering = ["name"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["name", "email"]}),
        ("What they may do", {"fields": ["groups", "is_active"]}),
        ("Sign-in", {"fields": ["password_link", "last_login", "date_joined"]}),
        ("Activity", {"fields": ["log_links"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "email", "groups"]})]
    readonly_fields = ["password_link", "last_login", "date_joined", "log_links"]
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    add_form_template = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_self = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and _is_within_reach(request, obj) and not is_self

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:  # noqa: FBT001 -- Django's
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            letters.send_new_password.enqueue(obj.email)
            messages.info(request, f"A letter is on its way to {obj.email}, with a link to choose a password.")

    @admin.display(description="role")
    def roles(self, user: User) -> str:
        names = sorted(group.name for group in user.groups.all())
        return ", ".join(["All rights"] * user.is_superuser + names) or "None"

    @admin.display(description="may sign in", ordering="is_active")
    def may_sign_in(self, user: User) -> str:
        return "Yes" if user.is_active else "No"

    @admin.display(description="password")
    def password_link(self, user: User) -> str:
        state = "Chosen." if user.has_usable_password() else "Not chosen yet."
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('{} <a href="{}">Set another one</a>', state, address)

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
