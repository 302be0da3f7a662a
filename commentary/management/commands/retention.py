from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commentary import retention


class Command(BaseCommand):
    help = "Erases what is kept of guest writers longer than the guidelines say, as the heartbeat does every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be erased, and erase nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        steps = retention.due() if dry_run else retention.keep_no_longer()
        for step in steps:
            self.stdout.write(str(step))
        done = "would be erased" if dry_run else "erased"
        self.stdout.write(f"{len(steps)} {done}." if steps else "Nothing is kept longer than it may be.")
