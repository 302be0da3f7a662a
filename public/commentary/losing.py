"""For whoever has lost the link in a letter, or holds one that has ended. The answer tells nobody who writes for us."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from commentary import keys, lost
from public.commentary.pages import guest_page, show

SENT = "Look into your mail"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="The one you sent your piece from.",
        max_length=254,
        error_messages={
            "required": "Write the address you sent your piece from.",
            "invalid": "Write an e-mail address, as in name@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest) -> HttpResponseBase:
    """Ask for the address, and send new links to it. Whether anything was sent is for its owner alone to know."""
    if request.method == "POST" and (ended := keys.find(request.POST.get("key", ""))):
        lost.renew(ended)
        return show(request, "lost_sent.html", SENT)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        lost.write_to(form.cleaned_data["email"])
        return show(request, "lost_sent.html", SENT, {"email": form.cleaned_data["email"]})
    title = "Get a new link"
    return show(request, "lost.html", f"Error: {title}" if form.errors else title, {"form": form, "heading": title})
