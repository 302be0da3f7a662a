"""When a guest's form does not even reach its page: what was typed is given back, or kept by the browser."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token

from public.commentary import writing
from public.commentary.pages import guest_page

DOOR = "/commentary/"
TOO_OLD = (
    "The page was open for too long, or your browser keeps no cookies for this site. Nothing was changed, and nothing "
    "is lost."
)
TOO_LARGE = (
    "What you sent is larger than this server takes: more than 4 MB. Most likely a picture or a whole document was "
    "pasted into the text. Go back in your browser, where your text still stands, and shorten it."
)
UNREADABLE = "Something in what your browser sent was broken. Go back, reload the page, and try again."


@guest_page
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """An expired or missing token. A script gets a new one; a person gets the text and a button to send it again."""
    if _wants_json(request):
        return JsonResponse({"sentence": TOO_OLD, "csrf": get_token(request)}, status=403)
    return writing.give_back(request, TOO_OLD, status=403, again=request.get_full_path())


@guest_page
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A body over the limit was never read, so only the browser still has it."""
    too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if too_large else 400
    sentence = TOO_LARGE if too_large else UNREADABLE
    if _wants_json(request):
        return JsonResponse({"sentence": sentence}, status=status)
    return writing.refuse_unread(request, sentence, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
