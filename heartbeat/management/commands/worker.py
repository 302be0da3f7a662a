import os
import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as Runner

from heartbeat.life import show_life


class Command(BaseCommand):
    help = "Runs tasks until it is stopped; a task that is running is finished first."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """A worker never goes on after a database error: its name must die with a task it could not finish.

        The heartbeat finds that task by the name's silence; whoever started this process starts a new one.
        """
        name = f"{socket.gethostname()[:32]}-{os.getpid()}-{get_random_string(8)}"
        runner = Runner(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        runner.configure_signals()
        os.nice(5)  # readers come first
        try:
            show_life(name)
            runner.run()
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"The worker ends because the database does not answer: {error}") from error
