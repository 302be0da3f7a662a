"""The processes one newsroom consists of."""

import http.client
import signal
import sys
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.supervisor import Child

_THREADS = 4  # in each web process: a page waits for the database more than it computes
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared, not listened on


def children() -> list[Child]:
    """The web server, the worker and the heartbeat, as commands for the supervisor: the web server first."""
    manage = [sys.executable, "manage.py"]
    return [
        Child("web server", _web_server(), settings.ROOT, orphaned_by=signal.SIGTERM),
        Child("worker", [*manage, "worker"], settings.ROOT),
        Child("heartbeat", [*manage, "heartbeat"], settings.ROOT),
    ]


def web_answers() -> bool:
    """Whether the web server serves our pages by now."""
    host = _EVERYWHERE.get(settings.HOST, settings.HOST)
    web = http.client.HTTPConnection(host, settings.PORT, timeout=2)
    try:
        web.request("GET", "/health/live", headers={"Host": urlsplit(settings.SITE_ADDRESS).netloc})
        return web.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def _web_server() -> list[str]:
    """The kill timeout matters: without it, a stop in the server's first seconds would wait for ever."""
    options = {
        "--interface": "wsgi",
        "--host": settings.HOST,
        "--port": settings.PORT,
        "--http": "1",
        "--workers": settings.WEB_WORKERS,
        "--blocking-threads": _THREADS,
        "--workers-kill-timeout": 3,
        "--log-level": "warning",
    }
    named = [str(word) for option in options.items() for word in option]
    return [sys.executable, "-m", "granian", *named, "--respawn-failed-workers", "--no-ws", "newsroom.wsgi:application"]
