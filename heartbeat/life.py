"""How a worker shows that it lives while a task keeps it busy."""

import logging
import threading
import time

from django.db import Error, close_old_connections, connection

from heartbeat.models import Worker

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds; heartbeat.rescue waits for several of them


def show_life(name: str) -> None:
    """Enter the worker of this name, and go on giving signs of life from a thread until the process ends.

    Raises the database's error when the first entry fails: a worker nobody can see must not take tasks.
    """
    Worker.sign_of_life(name)
    threading.Thread(target=_go_on, args=(name,), name="life", daemon=True).start()


def _go_on(name: str) -> None:
    while True:
        time.sleep(EVERY)
        close_old_connections()
        try:
            Worker.sign_of_life(name)
        except Error as error:
            connection.close()
            logger.warning("The worker %s could not give a sign of life: %s", name, error)
