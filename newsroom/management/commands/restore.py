from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.backup.archive import BackupRefused
from newsroom.backup.ending import ended_in_order
from newsroom.backup.returning import put_back


class Command(BaseCommand):
    help = "Puts a backup back into an empty place: DATA_DIR and DATABASE_URL name it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="read it all and look at the place, change nothing")

    def handle(self, *, file: Path, check: bool, **options: Any) -> None:
        try:
            with ended_in_order():
                manifest = put_back(file, check_only=check, say=self.stderr.write)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        done = "can be put back here" if check else "are back"
        self.stdout.write(
            f"{manifest.rows} rows and {len(manifest.files)} files of {manifest.taken_at} {done}.\n"
            f"Head of the log: {manifest.log_head}"
        )
        if not check:
            self.stdout.write("Everybody signs in again. What waited to be sent or made then is looked for anew.")
