"""The page on which an empty newsroom gets its first administrator."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import entrance
from accounts.models import User
from desk import policy
from newsroom.models import FirstKey, KeyRefused


class FirstAdministratorForm(forms.Form):
    """Who the first administrator is."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="You sign in with it.",
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Password",
        max_length=1000,
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody here has this address already. Use another one.")
        return email

    @method_decorator(sensitive_variables())
    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            try:
                validate_password(given["password"], User(name=given.get("name", ""), email=given.get("email", "")))
            except forms.ValidationError as refused:
                self.add_error("password", refused)
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", "The two passwords differ. Type the same one twice.")
        return given


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest, key: str) -> HttpResponse:
    """The address is the key, so it is told to no other site: a browser that told none at all could not post."""
    if not FirstKey.fits(key):
        return _shut(request)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = FirstKey.use(key, email=given["email"], name=given["name"], password=given["password"])
        except KeyRefused:
            return _shut(request)
        entrance.enter(request, user, proved=True)
        return redirect("admin:index")
    context = {"form": form, "title": "The first administrator"}
    return TemplateResponse(request, "accounts/first.html", context, headers={"Referrer-Policy": "same-origin"})


def _shut(request: HttpRequest) -> HttpResponse:
    """The same for a wrong, an old and a used key."""
    context = {"title": "This address no longer opens anything"}
    return TemplateResponse(request, "accounts/key_shut.html", context, status=404)
