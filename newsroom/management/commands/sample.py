from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.sample.loading import SampleRefused, load


class Command(BaseCommand):
    help = "Fills an empty newsroom with a sample publication: stories, authors, pages and drawn pictures."

    def handle(self, **options: Any) -> None:
        try:
            load(say=self.stdout.write)
        except SampleRefused as refused:
            raise CommandError(str(refused)) from refused
