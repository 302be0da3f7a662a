"""Passwords: chosen by their owner alone, through a letter or with the old one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import entrance, limits, people, sessions
from accounts.backends import may_enter
from accounts.client import network
from accounts.models import User
from desk import letters, policy
from desk.requests import person

TOO_MANY_LETTERS = "Too many letters were asked for from here. Wait an hour, then try again."


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username", "inputmode": "email"}),
        error_messages={
            "required": "Enter the e-mail address you sign in with.",
            "invalid": "This is not an e-mail address. It looks like name@example.org.",
        },
    )


class ChooseForm(SetPasswordForm[User]):
    """The new password, told to ``people`` so that it is logged and ends what it should."""

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- Django's own signature
        people.change_password(self.user, self.cleaned_data["new_password1"], by=self.user)
        return self.user


class ChooseView(PasswordResetConfirmView):
    """Where the letter's link leads, closed to whoever may not sign in."""

    form_class = ChooseForm
    template_name = "desk/sign_in/choose.html"
    success_url = reverse_lazy("desk:new_password_set")
    token_generator = default_token_generator

    def get_user(self, uidb64: str) -> Any:
        user = super().get_user(uidb64)
        return user if may_enter(user) else None


@policy.strict
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_new_password(request: HttpRequest) -> HttpResponse:
    """The answer and the time it takes are the same whether the address is known or not.

    So is the limit: of more letters an hour to one address than ``limits.LETTER`` nobody hears.
    """
    form = AddressForm(request.POST or None)
    status = 200
    if form.is_valid():
        if limits.ASKING.take(network(request)):
            email = form.cleaned_data["email"]
            if limits.LETTER.take(email.lower()):
                letters.send_new_password.enqueue(email)
            return redirect("desk:new_password_asked")
        form.add_error(None, TOO_MANY_LETTERS)
        status = 429
    context = {"form": form, "title": "Set a new password"}
    return TemplateResponse(request, "desk/sign_in/ask.html", context, status=status)


@policy.strict
@never_cache
@require_safe
def new_password_asked(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "desk/sign_in/asked.html", {"title": "Look for our letter"})


@policy.strict
@require_http_methods(["GET", "HEAD", "POST"])
def choose_new_password(request: HttpRequest, **address: Any) -> HttpResponseBase:
    """Where the letter's link leads. The address is the key, so it is told to no other site.

    A browser that told it to no page at all (``no-referrer``) would send ``Origin: null`` with the form, which the
    CSRF check refuses.
    """
    response = ChooseView.as_view()(request, **address)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@policy.strict
@never_cache
@require_safe
def new_password_set(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "desk/sign_in/set.html", {"title": "Your new password is set"})


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Where an invitation leads: the same answer for a wrong, a used, a replaced and an old key."""
    user = people.invited_with(key)
    if user is None:
        return _shut(request)
    form = SetPasswordForm(user, request.POST or None)
    if form.is_valid():
        try:
            user = people.accept(key, form.cleaned_data["new_password1"])
        except people.KeyRefused:
            return _shut(request)
        entrance.enter(request, user, proved=True)
        return redirect("admin:index")
    context = {"form": form, "person": user, "title": "Choose your password"}
    return TemplateResponse(
        request, "desk/sign_in/invitation.html", context, headers={"Referrer-Policy": "same-origin"}
    )


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """``DeskSite.password_change``: with the old password; signed out everywhere else."""
    user = person(request)
    form = PasswordChangeForm(user, request.POST or None)
    status = 200
    if request.method == "POST":
        attempt = limits.proof(request, user.pk)
        if not attempt.begin():
            form, status = PasswordChangeForm(user), 429
        elif form.is_valid():
            attempt.succeed()
            people.change_password(user, form.cleaned_data["new_password1"], by=user, but=request.session.session_key)
            sessions.keep(request, user)
            letters.send_notice.enqueue(user.pk, "password changed")
            messages.success(request, "Your password is changed. You are signed out everywhere else.")
            return redirect("desk:account")
    context = {"form": form, "trouble": limits.WAIT if status == 429 else "", "title": "Change your password"}
    return TemplateResponse(request, "registration/password_change_form.html", context, status=status)


def _shut(request: HttpRequest) -> HttpResponse:
    context = {"title": "This invitation no longer opens anything"}
    return TemplateResponse(request, "desk/sign_in/shut.html", context, status=404)
