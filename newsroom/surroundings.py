"""What a start needs of the machine, asked before anything is changed."""

import errno
import socket
import tempfile

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refuse_unusable_folder() -> None:
    """Raise ``ImproperlyConfigured`` if nothing can be kept in DATA_DIR."""
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.DATA_DIR):
            return
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR is “{settings.DATA_DIR}”, where nothing can be kept ({error.strerror}). "
            "Set it to a folder this user may write to."
        ) from error


def refuse_unusable_address() -> None:
    """Raise ``ImproperlyConfigured`` if HOST and PORT cannot be listened on.

    Left to itself the web server would share the port with another one instead of complaining.
    """
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    try:
        with socket.create_server((settings.HOST, settings.PORT), family=family):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ImproperlyConfigured(
                f"Port {settings.PORT} is in use. Stop what uses it, or set PORT to another number, for example: "
                f"make run PORT={settings.PORT % 65535 + 1}"
            ) from error
        raise ImproperlyConfigured(
            f"Nothing can be served at {settings.HOST}, port {settings.PORT} ({error.strerror}). "
            "Set HOST to an address of this machine, and PORT to a number this user may listen on."
        ) from error
