import signal
from typing import Any

from django.core.management.base import BaseCommand

from heartbeat.loop import beat_forever


class Command(BaseCommand):
    help = "Runs everything that recurs, until it is stopped. Several at once share the work."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """A stop may come in the middle of a beat: its transaction is rolled back and it is due again next time."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            beat_forever()
        except KeyboardInterrupt:
            return
