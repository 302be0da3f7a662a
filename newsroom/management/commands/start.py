from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from newsroom.opening import fill_if_empty, opening_text
from newsroom.processes import children, web_answers
from newsroom.sample.people import refuse_in_production
from newsroom.static_files import collect_if_changed
from newsroom.supervisor import Supervisor, say
from newsroom.surroundings import refuse_unusable_address, refuse_unusable_folder


class Command(BaseCommand):
    help = "Prepares the newsroom and runs it (web server, worker, heartbeat) until it is stopped."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Everything is prepared before the first process starts; a refusal comes before anything is changed."""
        refuse_unusable_folder()
        refuse_unusable_address()
        call_command("migrate", interactive=False, verbosity=0)
        refuse_in_production()
        fill_if_empty()
        collect_if_changed()
        opening = opening_text()
        connections.close_all()
        Supervisor(children()).run(is_open=web_answers, once_open=lambda: say(opening))
