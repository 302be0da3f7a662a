"""Into the desk: signing in, and a new password by letter for who has forgotten theirs."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from desk import letters, policy

ENTER = "Enter your e-mail address and your password."
NO_MATCH = (
    "This address and password do not open the desk. Check both for typing mistakes, or set a new password with "
    "the link below."
)


class SignInForm(AdminAuthenticationForm):
    """Django's, with one answer for a wrong password, an unknown address and an account that is shut."""

    username = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username", "inputmode": "email"}),
        error_messages={"required": "Enter your e-mail address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    error_messages = {"invalid_login": NO_MATCH, "inactive": NO_MATCH}


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


@policy.strict
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_new_password(request: HttpRequest) -> HttpResponse:
    """The answer and the time it takes are the same whether the address is known or not."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        letters.send_new_password.enqueue(form.cleaned_data["email"])
        return redirect("desk:new_password_asked")
    return TemplateResponse(request, "desk/sign_in/ask.html", {"form": form, "title": "Set a new password"})


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
    view = PasswordResetConfirmView.as_view(
        template_name="desk/sign_in/choose.html", success_url=reverse_lazy("desk:new_password_set")
    )
    response = view(request, **address)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@policy.strict
@never_cache
@require_safe
def new_password_set(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "desk/sign_in/set.html", {"title": "Your new password is set"})
