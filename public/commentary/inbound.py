"""The door for mail servers: whoever knows the secret hands over a mail as it came in."""

from hmac import compare_digest

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from commentary.inbound import MOST_BYTES, take


@csrf_exempt
@never_cache
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """204 whatever became of the mail: a server that is told more sends it again, or learns which pieces there are."""
    if not settings.INBOUND_SECRET or not settings.INBOUND_ADDRESS:
        raise Http404
    given = request.headers.get("Authorization", "").encode()
    if not compare_digest(given, f"Bearer {settings.INBOUND_SECRET}".encode()):
        return HttpResponse("Show the secret as “Authorization: Bearer …”.", status=401, content_type="text/plain")
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return HttpResponse("Mail over 10 MB is not taken.", status=413, content_type="text/plain")
    try:
        take(raw, request.headers.get("X-Recipient", ""))
    except OperationalError:
        return HttpResponse("Try again soon.", status=503, content_type="text/plain")
    return HttpResponse(status=204)
