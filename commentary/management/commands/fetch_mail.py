from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commentary.inbound import MOST_BYTES, Taken, take


class Command(BaseCommand):
    help = "Takes the answers of guest writers from a maildir; what was taken moves from its folder “new” to “cur”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("maildir", type=Path)

    def handle(self, *, maildir: Path, **options: Any) -> None:
        """A mail stays in “new” until it is taken: a stop in the middle loses none."""
        new, cur = maildir / "new", maildir / "cur"
        if not new.is_dir():
            raise CommandError(f"“{maildir}” is no maildir: it has no folder “new”.")
        cur.mkdir(exist_ok=True)
        counts = Counter(self._take(path, cur) for path in sorted(new.iterdir()) if _is_mail(path))
        for taken, number in counts.items():
            self.stdout.write(f"{number}: {taken.value}")

    def _take(self, path: Path, cur: Path) -> Taken:
        too_large = path.stat().st_size > MOST_BYTES
        taken = Taken.REFUSED if too_large else take(path.read_bytes())
        path.rename(cur / f"{path.name.partition(':')[0]}:2,S")
        return taken


def _is_mail(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")
