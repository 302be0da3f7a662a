"""How a writer ends a piece, and how they change the address it is answered at."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from articles.states import AlreadySo, MoveRefused
from commentary import whereabouts
from commentary.models import Purpose
from public.commentary.pages import show
from public.commentary.rooms import ask_for_proof, home, masked, room
from public.commentary.visits import Visit


class WithdrawForm(forms.Form):
    note = forms.CharField(required=False, widget=forms.Textarea, max_length=4_000)


class NewAddressForm(forms.Form):
    email = forms.EmailField(max_length=254, error_messages={"required": "Write the address you want to have."})

    email.error_messages["invalid"] = "Write an e-mail address, as in name@example.org."


@room(Purpose.WITHDRAW, Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Take the piece back. After acceptance that takes the mailbox, not a link that may have been passed on."""
    if not whereabouts.may(here.piece, "withdraw"):
        return home(here)
    is_proved = here.purpose == Purpose.WITHDRAW or not whereabouts.is_taken(here.piece)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and not is_proved:
        return ask_for_proof(request, here, Purpose.WITHDRAW)
    if request.method == "POST" and form.is_valid():
        try:
            here.piece.withdraw(by=here.piece.guest, note=form.cleaned_data["note"])
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            return home(here, done="gone")
    heading = "Decline the offer" if "complete" in whereabouts.deeds(here.piece) else "Withdraw your piece"
    context = {"here": here, "piece": here.piece, "form": form, "is_proved": is_proved, "heading": heading}
    return show(request, "withdraw.html", f"Error: {heading}" if form.errors else heading, context)


@room(Purpose.ADDRESS, Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Three steps: a link to the present mailbox, the new address, a link to the new mailbox."""
    wanted = here.link.fact.casefold()
    if here.purpose == Purpose.ADDRESS and wanted not in {"", here.writer.email.casefold()}:
        return _new_mailbox(request, here)
    if here.purpose == Purpose.ADDRESS:
        return _known_mailbox(request, here)
    if request.method == "POST":
        return ask_for_proof(request, here, Purpose.ADDRESS)
    context = {"here": here, "piece": here.piece, "masked": masked(here.writer.email), "step": "ask"}
    return show(request, "address.html", "Change your e-mail address", context)


def _known_mailbox(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """It is the writer who asks: here they say which address they want."""
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            here.piece.ask_address(email, writer=here.writer, by=here.piece.guest)
        except MoveRefused as refused:
            form.add_error("email", str(refused))
        else:
            context = {"here": here, "piece": here.piece, "masked": email}
            return show(request, "proof_sent.html", "Look into your new mailbox", context)
    heading = "Your new e-mail address"
    context = {"here": here, "piece": here.piece, "form": form, "step": "new", "heading": heading}
    return show(request, "address.html", f"Error: {heading}" if form.errors else heading, context)


def _new_mailbox(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Whoever asked reads the new mailbox, too."""
    context = {"here": here, "piece": here.piece, "email": here.link.fact, "step": "confirm"}
    if request.method == "POST":
        try:
            here.piece.change_address(here.link.fact, writer=here.writer, by=here.piece.guest)
        except AlreadySo:
            pass  # pressed twice
        except MoveRefused as refused:
            context["sentence"] = str(refused)
            return show(request, "address.html", "Error: Confirm your new address", context)
        return home(here, done="address")
    return show(request, "address.html", "Confirm your new address", context)
