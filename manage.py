#!/usr/bin/env python
import os
import signal
import sys


def main() -> None:
    if sys.argv[1:2] == ["start"]:
        # Until the supervisor has something to end, a stop is simply the end: what `start` prepares
        # bears being cut short anywhere.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: os._exit(0))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
