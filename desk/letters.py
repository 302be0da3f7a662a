"""What the desk sends by mail."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from heartbeat import retried


@retried()
def send_new_password(email: str) -> None:
    """A link to choose a password, to whoever signs in with this address, and to nobody if no one does.

    It runs as a task so that the page which asks for it takes equally long for known and unknown addresses.
    The link's host is the site's own setting, never what a request claims.
    """
    for user in User.objects.filter(email__iexact=email, is_active=True):
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        path = reverse("desk:choose_new_password", args=[uid, default_token_generator.make_token(user)])
        context = {"user": user, "link": f"{settings.SITE_ADDRESS}{path}", "site": settings.SITE_ADDRESS}
        subject = render_to_string("accounts/new_password_subject.txt", context).strip()
        EmailMessage(subject, render_to_string("accounts/new_password.txt", context), to=[user.email]).send()
