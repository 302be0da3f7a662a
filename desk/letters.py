"""What the desk sends by mail. Each letter is a task, tried again until it has left."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import people
from accounts.backends import may_enter
from accounts.models import User
from heartbeat import retried

# What a person is told has happened to their account, whoever did it.
NOTICES = {
    "password changed": "Your password for the desk was changed.",
    "second factor added": "A second factor for signing in was added to your account.",
    "second factor removed": "A second factor for signing in was removed from your account.",
    "second factor reset": (
        "An administrator has taken all second factors off your account. Set up new ones when you next sign in."
    ),
    "recovery codes made": "New recovery codes were made for your account; the old ones no longer work.",
    "address changed": "The e-mail address you sign in with was changed by an administrator.",
}


@retried()
def send_new_password(email: str) -> None:
    """A link to choose a password, to whoever signs in with this address, and to nobody if no one does.

    It runs as a task so that the page which asks for it takes equally long for known and unknown addresses.
    The link's host is the site's own setting, never what a request claims.
    """
    for user in filter(may_enter, User.objects.filter(email__iexact=email)):
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        path = reverse("desk:choose_new_password", args=[uid, default_token_generator.make_token(user)])
        _send("accounts/new_password", user, link=f"{settings.SITE_ADDRESS}{path}")


@retried()
def send_invitation(person: int) -> None:
    """The key to choose a first password with. It is cut here, so that no queue ever holds it.

    If the task runs twice, the later letter's key is the one that opens.
    """
    for user in filter(may_enter, User.objects.filter(pk=person)):
        if user.is_invited:
            path = reverse("desk:invitation", args=[people.cut_key(user)])
            _send("accounts/invitation", user, link=f"{settings.SITE_ADDRESS}{path}")


@retried()
def send_notice(person: int, happened: str, email: str = "") -> None:
    """Something that matters for their safety has happened (a key of ``NOTICES``); ``email`` is an address given up."""
    for user in User.objects.filter(pk=person):
        _send("accounts/notice", user, to=email, sentence=NOTICES[happened])


def tell_of_new_address(user: User, old: str) -> None:
    """Both addresses hear of it; somebody who has not chosen a password yet gets a new invitation instead."""
    if user.is_invited:
        send_invitation.enqueue(user.pk)
        return
    for email in (old, user.email):
        send_notice.enqueue(user.pk, "address changed", email)


def _send(template: str, user: User, *, to: str = "", **told: Any) -> None:
    context = {"user": user, "site": settings.SITE_ADDRESS, **told}
    subject = render_to_string(f"{template}_subject.txt", context).strip()
    EmailMessage(subject, render_to_string(f"{template}.txt", context), to=[to or user.email]).send()
