"""The heartbeat itself: whatever is due is run, for ever."""

import logging
import time
import traceback

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from heartbeat.beats import RegisteredBeat, registered_beats
from heartbeat.models import Beat

logger = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two rounds: how late a beat may be
LONGEST_PAUSE = 30.0  # while the database does not answer


def beat_forever() -> None:
    """Run rounds until the process is ended; a database that is away is waited for."""
    pause = PAUSE
    while True:
        close_old_connections()
        try:
            beat_once()
        except (DatabaseError, InterfaceError) as error:
            connection.close()
            pause = min(pause * 2, LONGEST_PAUSE)
            logger.error("The database does not answer, next try in %.0f s: %s", pause, error)
        else:
            pause = PAUSE
        time.sleep(pause)


def beat_once() -> None:
    """Run every beat that is due and that no other heartbeat has claimed."""
    for registered in registered_beats():
        if beat := Beat.claim(registered.name, every=registered.every):
            _run(registered, beat)


def _run(registered: RegisteredBeat, beat: Beat) -> None:
    """Run one beat; what it raises is kept in its row and logged, and never stops the others."""
    try:
        registered.function()
    except Exception:
        logger.exception("The beat %s failed; it is due again at %s.", registered.name, beat.next_due)
        beat.finish(error=traceback.format_exc())
    else:
        beat.finish()
