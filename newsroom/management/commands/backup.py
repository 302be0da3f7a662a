from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.backup.archive import BackupRefused
from newsroom.backup.ending import ended_in_order
from newsroom.backup.taking import take


class Command(BaseCommand):
    help = "Keeps the newsroom in one file, while people write: database, pictures and originals, no secret key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that is not there yet")
        parser.add_argument(
            "--allow-missing", action="store_true", help="keep the rest if a picture's file is lost, and name what is"
        )

    def handle(self, *, file: Path, allow_missing: bool, **options: Any) -> None:
        try:
            with ended_in_order():
                kept = take(file.absolute(), allow_missing=allow_missing, say=self.stderr.write)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        for name in kept.missing:
            self.stderr.write(f"Not in the backup, because it is missing: {name}")
        size = file.stat().st_size / 1_000_000
        self.stdout.write(
            f"{kept.rows} rows and {len(kept.files)} files are kept in “{file}” ({size:.1f} MB).\n"
            f"Head of the log: {kept.log_head}\n"
            "The secret key is not in it: keep SECRET_KEY, or DATA_DIR/secret-key, and your settings elsewhere."
        )
