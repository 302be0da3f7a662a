from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from accounts.audit import Head, LogBroken, verify


class Command(BaseCommand):
    help = "Reads the sealed log of who did what and names the first row that is not as it was sealed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        act = acts.add_parser("verify", help="read the whole log again")
        act.add_argument(
            "--expect", metavar="HEAD", default="", help="a head that was noted earlier and kept elsewhere"
        )

    def handle(self, *, expect: str, **options: Any) -> None:
        try:
            verdict = verify(expected=Head.read(expect) if expect else None)
        except ValueError as unread:
            raise CommandError(str(unread), returncode=2) from unread
        except Error as error:
            raise CommandError(f"The log cannot be read: {str(error).strip()}", returncode=2) from error
        except LogBroken as broken:
            raise CommandError(
                f"{broken} Every row before it is as it was sealed. Keep a copy of the database, find out who could "
                "write to it, and compare with a backup."
            ) from broken
        sealed = verdict.head.position
        erased = f", {verdict.erased} of them emptied by erasing" if verdict.erased else ""
        self.stdout.write(f"The log is whole: {sealed} rows are sealed{erased}, {verdict.waiting} wait for their seal.")
        self.stdout.write(f"Head: {verdict.head}")
