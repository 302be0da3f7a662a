"""What operators and load balancers ask."""

from datetime import timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heartbeat import watches
from heartbeat.models import Beat, Worker

FRESH = timedelta(minutes=1)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The web server answers; nothing else is asked."""
    return JsonResponse({"web": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and no watch has anything to say: 200, otherwise 503.

    A silent heartbeat or worker is told in the answer but does not make it a 503: readers can read without
    them, and a load balancer must not take the pages away. What should have been announced and was not does.
    """
    fresh = timezone.now() - FRESH
    try:
        heartbeat = Beat.objects.filter(last_finished__gte=fresh).exists()
        worker = Worker.objects.filter(seen_at__gte=fresh).exists()
        wrong = watches.wrong()
    except Error:
        return JsonResponse({"database": "silent"}, status=503)
    said = {True: "ok", False: "silent"}
    answer = {"database": "ok", "heartbeat": said[heartbeat], "worker": said[worker]} | wrong
    return JsonResponse(answer, status=503 if wrong else 200)
